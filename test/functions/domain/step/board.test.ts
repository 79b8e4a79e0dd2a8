import { describe, expect, it } from 'vitest';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import {
  boardEntries,
  boardPath,
  filtered,
  type KnownHandoff,
  readFilter,
} from '../../../../functions/domain/step/board.ts';
import { handoffRecord, lena, ruth, stepRecord } from '../../../support/handoff-record.ts';

const now = Date.UTC(2026, 10, 25, 12);
const hoursFromNow = (hours: number): string => new Date(now + hours * 3_600_000).toISOString();

function standing(id: string, record: HandoffRecord): KnownHandoff {
  const deal = { ...record.deal, dealId: id };
  return { id, deal, record: { ...record, deal } };
}

const dueIn = (hours: number, over: Partial<ReturnType<typeof stepRecord>> = {}): HandoffRecord => {
  const step = stepRecord('review-brief', { dueAt: hoursFromNow(hours), ...over });
  return handoffRecord({ steps: [step] });
};

const withStatus = (record: HandoffRecord, state: Partial<HandoffRecord['state']>): HandoffRecord => ({
  ...record,
  state: { ...record.state, ...state },
});

describe('the board', () => {
  it('has what is stalled and late on top, then what is due next, then what waits, then what has ended', () => {
    const pause = { from: hoursFromNow(-1), until: hoursFromNow(50), reason: 'vacation', by: lena };
    const asked = { by: lena, at: hoursFromNow(-35), reason: 'x', paths: [], reviewer: ruth };
    const exception = { ...asked, askedAt: hoursFromNow(-35), dueAt: hoursFromNow(20), because: '' };
    const entries = boardEntries(
      [
        standing('ended', withStatus(dueIn(-9), { status: 'complete', endedAt: hoursFromNow(-1) })),
        standing('waits', dueIn(1, { pauses: [pause] })),
        standing('later', dueIn(9)),
        // Somebody else is to decide: its owner is not late.
        standing('undecided', dueIn(-30, { exceptions: [exception] })),
        standing('soon', dueIn(2)),
        standing('late', dueIn(-2)),
        standing('later-than-late', dueIn(-20)),
        standing('stalled', withStatus(dueIn(-1), { status: 'stalled' })),
      ],
      now,
    );
    expect(entries.map(({ handoff, urgency }) => [handoff.id, urgency])).toEqual([
      ['stalled', 'stalled'],
      ['later-than-late', 'late'],
      ['late', 'late'],
      ['undecided', 'open'],
      ['soon', 'open'],
      ['later', 'open'],
      ['waits', 'waiting'],
      ['ended', 'ended'],
    ]);
    expect(entries.find(({ handoff }) => handoff.id === 'waits')?.pausedUntil).toBe(hoursFromNow(50));
    expect(entries.at(-1)?.phase).toBe('ended');
  });

  it('tells customers of the same name apart, and only them', () => {
    const other = dueIn(1);
    const entries = boardEntries(
      [
        standing('a', dueIn(1)),
        standing('b', dueIn(1)),
        standing('c', { ...other, deal: { ...other.deal, customer: { name: 'Somebody else' } } }),
      ],
      now,
    );
    expect(entries.map(({ namesake }) => namesake)).toEqual([true, true, false]);
  });

  it('finds by person, segment, name and lateness, all at once', () => {
    const other = dueIn(-1, { owner: 'somebody@example.com' });
    const entries = boardEntries(
      [
        standing('mine', dueIn(-1)),
        standing('theirs', { ...other, deal: { ...other.deal, customer: { name: 'Fjord' } } }),
        standing('in-time', withStatus(dueIn(1), { segment: 'enterprise' })),
      ],
      now,
    );
    const ids = (query: string) =>
      filtered(entries, readFilter(new URLSearchParams(query))).map(({ handoff }) => handoff.id);
    expect(ids('person=somebody%40example.com')).toEqual(['theirs']);
    expect(ids('segment=enterprise')).toEqual(['in-time']);
    expect(ids('late=1')).toHaveLength(2);
    expect(ids('find=FJO&late=1')).toEqual(['theirs']);
    expect(ids('find=mine')).toEqual(['mine']);
    expect(ids('phase=ended')).toEqual([]);
    expect(ids('person=&segment=&find=&phase=nonsense')).toHaveLength(3);
  });

  it('keeps its filter in its address', () => {
    const filter = { person: 'a+b@example.com', late: true, phase: 'kicking off', find: 'A & B' } as const;
    expect(readFilter(new URL(boardPath('/', filter), 'http://local').searchParams)).toEqual(filter);
    expect(boardPath('/', {})).toBe('/');
  });
});
