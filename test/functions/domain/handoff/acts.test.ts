import { describe, expect, it } from 'vitest';
import { handingAct } from '../../../../functions/domain/handoff/acts.ts';
import type { Handing } from '../../../../functions/domain/handoff/handing.ts';
import { anna, daniel, lena, people } from '../../../support/handoff-record.ts';

const because = 'due Wed, Nov 25, 9 AM New York time: 2 hours of working time were left when it was handed over';
const due = 'Due Wed, Nov 25, 9 AM New York time: 2 hours of working time were left when it was handed over.';

describe('what the audit trail says of a step that goes to somebody else', () => {
  it.each<[string, Partial<Handing>, string]>([
    [
      'they are away',
      { why: 'away', until: '2026-11-30T08:00:00Z' },
      `Lena Vogt is away until Mon, Nov 30, 9 AM Berlin time. ${due}`,
    ],
    ['nobody knows until when they are away', { why: 'away' }, `Lena Vogt is away. ${due}`],
    ['they have left', { why: 'left' }, `Lena Vogt has left. ${due}`],
    ['they are back', { why: 'back' }, `They are back. ${due}`],
    ['somebody wanted it so', { why: 'asked', by: anna, reason: 'Knows the customer' }, `Knows the customer. ${due}`],
    ['somebody asked why not', { why: 'asked', by: anna, reason: 'Why not?' }, `Why not? ${due}`],
    ['nobody said why', { why: 'asked', by: anna }, due],
  ])('is to whom, why, and when it is due from them now: %s', (_, more, said) => {
    const handed: Handing = { from: lena, by: 'system', at: '2026-11-24T08:00:00Z', why: 'away', ...more };
    const { entry } = handingAct(handed, people, { step: 'hold-kickoff', owner: daniel, because });
    expect(entry.detail).toBe(`From ${lena} to ${daniel}. ${said}`);
    expect(entry.what).toBe(handed.why === 'asked' ? 'reassigned' : 'stand-in');
  });

  it('is the same of the review of an exception', () => {
    const handed: Handing = { from: lena, by: 'system', at: '2026-11-24T08:00:00Z', why: 'left' };
    const { entry } = handingAct(handed, people, { step: 'hold-kickoff', owner: daniel, because, review: true });
    expect(entry.detail).toBe(`Exception: from ${lena} to ${daniel}. Lena Vogt has left. ${due}`);
  });
});
