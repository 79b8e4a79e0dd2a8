import { describe, expect, it } from 'vitest';
import type { Handing } from '../../../../functions/domain/handoff/handing.ts';
import { handingReaders, wasHanded } from '../../../../functions/domain/handoff/handing-readers.ts';
import type { MailRecord } from '../../../../functions/domain/handoff/mail-record.ts';
import {
  anna,
  daniel,
  handoffRecord,
  klaus,
  lena,
  people,
  ruth,
  type StepOverrides,
  stepRecord,
} from '../../../support/handoff-record.ts';

const [tom, grace, olivia] = ['tom.hughes@example.com', 'grace.okafor@example.com', 'olivia.bennett@example.com'];
const at = '2026-11-23T09:00:00Z';
const until = '2026-11-30T08:00:00Z';

/** Who hears that a step was handed over, and has not had it: mail addresses in the order of the alphabet. */
function concerned(handed: Handing, over: StepOverrides, told: readonly string[] = []): readonly string[] {
  const step = stepRecord('review-brief', { handed, ...over });
  const mails = told.map((key): [string, MailRecord] => [key, { key, status: 'sent', at }]);
  const record = { ...handoffRecord({ steps: [step] }), mails: Object.fromEntries(mails) };
  if (!wasHanded(step)) throw new Error('The step was handed over.');
  return handingReaders(record, step, people)
    .filter(({ as }) => as === 'concerned')
    .map(({ person }) => person.email)
    .toSorted();
}

describe('who hears that a step has another owner', () => {
  it('is both managers and the other side, for one step too', () => {
    const asked = { by: lena, at, why: 'asked' } as const;
    expect(concerned({ ...asked, from: lena }, { owner: tom })).toEqual([anna, daniel, grace]);
    expect(concerned({ ...asked, from: anna, by: anna }, { owner: olivia })).toEqual([klaus, lena]);
  });

  it('is, of a second stand-in, also the one who is away', () => {
    const handed = { from: tom, by: 'system', at, why: 'away', until } as const;
    expect(concerned(handed, { owner: daniel, standInFor: lena })).toEqual([anna, grace, lena, ruth].toSorted());
  });

  it('is everybody who was told of a stand-in, when the one who was away is back', () => {
    const told = [
      `handed-over/until ${until}/${lena}/${tom}/${anna}`,
      `handed-over/until ${until}/${lena}/${tom}/${grace}`,
      `handed-over/until ${until}/${lena}/${tom}/${lena}`,
      `handed-over/until ${until}/${tom}/${daniel}/${ruth}`,
      `handed-over/until ${until}/${klaus}/${olivia}/${klaus}`,
    ];
    const back = { from: daniel, by: 'system', at, why: 'back' } as const;
    expect(concerned(back, { owner: lena }, told)).toEqual([anna, grace, ruth, tom].toSorted());
  });
});
