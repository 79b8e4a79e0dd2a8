import { describe, expect, it } from 'vitest';
import type { ExceptionRequest } from '../../../../functions/domain/handoff/exception-request.ts';
import { viewDesk } from '../../../../functions/domain/step/desk-view.ts';
import {
  anna,
  handoffRecord,
  lena,
  people,
  personAt,
  ruth,
  site,
  stepRecord,
} from '../../../support/handoff-record.ts';

const sample = handoffRecord();
const optional = Object.entries(sample.playbook.steps).find(([, rule]) => rule.kind === 'ask' && rule.optional)?.[0];

function mineOf(step: string, status: 'open' | 'complete') {
  const dueAt = '2026-11-20T15:00:00Z';
  const record = handoffRecord({ steps: [stepRecord(step, { owner: lena, dueAt })], state: { status } });
  const { mine } = viewDesk({
    person: personAt(lena),
    desk: { email: lena, lookedAfter: new Set(), people },
    records: [record],
    unread: { mine: 0, theirs: 0, handoffs: 0 },
    sayAway: undefined as never,
    openings: [],
    at: '2026-12-15T15:00:00Z',
    site,
  });
  return mine.rows.map(({ due }) => [due.state, due.words]);
}

describe('A desk long after a due time', () => {
  it('calls a step overdue that somebody has to do', () => {
    expect(mineOf('review-brief', 'open')).toEqual([['overdue', '25 days overdue']]);
  });

  it.each(['open', 'complete'] as const)('never calls what is optional overdue, in a handoff that is %s', (status) => {
    expect(mineOf(optional ?? '', status)).toEqual([['in time', undefined]]);
  });

  it('has nothing of a handoff that has ended', () => {
    expect(mineOf('review-brief', 'complete')).toEqual([]);
  });
});

describe('A desk while a reviewer decides on an exception', () => {
  const dueAt = '2026-11-20T15:00:00Z';
  const request: ExceptionRequest = {
    by: anna,
    at: '2026-11-19T15:00:00Z',
    reason: 'Their CFO is away.',
    paths: ['contract.scope'],
    reviewer: ruth,
    askedAt: '2026-11-19T15:00:00Z',
    dueAt: '2026-11-25T15:00:00Z',
    because: 'due then',
  };
  const answer = { by: ruth, at: '2026-11-24T15:00:00Z', reason: 'No.', fields: [] };
  const rowsOf = (email: string, exceptions: readonly ExceptionRequest[], at = '2026-11-24T16:00:00Z') => {
    const record = handoffRecord({
      steps: [
        stepRecord('complete-package', { owner: anna, dueAt, exceptions }),
        stepRecord('schedule-internal-meeting', { owner: anna, dueAt: '2026-11-23T15:00:00Z' }),
      ],
    });
    const { mine } = viewDesk({
      person: personAt(email),
      desk: { email, lookedAfter: new Set(), people },
      records: [record],
      unread: { mine: 0, theirs: 0, handoffs: 0 },
      sayAway: undefined as never,
      openings: [],
      at,
      site,
    });
    return mine.rows.map(({ step, due: { text, state, words } }) => [step, state, text, words]);
  };
  const late = ['schedule-internal-meeting', 'overdue', 'Was due Mon, Nov 23, 4 PM Berlin time', '25 hours overdue'];

  it('tells the owner whose decision they wait for, behind what is theirs to do, and no due time that has passed', () => {
    expect(rowsOf(anna, [request])).toEqual([
      late,
      [
        'complete-package',
        'waiting',
        'Exception asked for Thu, Nov 19, 4 PM Berlin time',
        'Waiting for Ruth Lindqvist’s decision',
      ],
    ]);
  });

  it('tells the reviewer by when they decide, and of it when that has passed', () => {
    const at = (moment: string) => rowsOf(ruth, [request], moment);
    expect(at('2026-11-23T16:00:00Z')).toEqual([
      ['complete-package', 'in time', expect.stringMatching(/^Due Wed, Nov 25/), undefined],
    ]);
    expect(at('2026-11-26T16:00:00Z')).toEqual([
      ['complete-package', 'overdue', expect.stringMatching(/^Was due Wed, Nov 25/), '25 hours overdue'],
    ]);
  });

  it.each([
    ['nobody has asked', []],
    ['it was declined', [{ ...request, answer }]],
  ])('calls it overdue again where %s', (_, exceptions) => {
    expect(rowsOf(anna, exceptions)).toEqual([
      ['complete-package', 'overdue', 'Was due Fri, Nov 20, 4 PM Berlin time', '4 days overdue'],
      late,
    ]);
  });
});
