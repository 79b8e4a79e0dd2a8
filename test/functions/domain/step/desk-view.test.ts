import { describe, expect, it } from 'vitest';
import { viewDesk } from '../../../../functions/domain/step/desk-view.ts';
import { handoffRecord, lena, people, personAt, site, stepRecord } from '../../../support/handoff-record.ts';

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
