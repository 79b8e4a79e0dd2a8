import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bottleneckOf, bottleneckText } from '../../../../functions/domain/reports/bottleneck.ts';
import { filtered, handoffsBehind } from '../../../../functions/domain/reports/filters.ts';
import { missesByOwner, missesByTeam, missesByWeek } from '../../../../functions/domain/reports/heat-map.ts';
import type { MeasuredHandoff } from '../../../../functions/domain/reports/measured-handoff.ts';
import { somebody } from '../../../../functions/domain/reports/seen.ts';
import { periodsUntil } from '../../../../functions/domain/time/periods.ts';
import { weekOf } from '../../../../functions/domain/time/weeks.ts';
import {
  anyMeasured,
  measuredHandoff,
  measuredOf,
  measuredPlaybooks,
  measuredRound,
} from '../../../support/measured.ts';

const zone = 'America/New_York';

describe('the heat map', () => {
  it('has in each cell what a slow count finds, and lists what is behind it', () => {
    fc.assert(
      fc.property(anyMeasured(), fc.constantFrom('stepsOnTime', 'promisesKept'), (measured, miss) => {
        const weeks = periodsUntil('2026-W47', 12);
        const judged = measured.handoffs.flatMap(({ id, rounds }) =>
          rounds.flatMap((round) => {
            const kept =
              miss === 'promisesKept'
                ? round.promise && round.promise === 'kept'
                : ['on time', 'reported late'].includes(round.timeliness) ||
                  (['late', 'unanswered'].includes(round.timeliness) ? false : undefined);
            return kept === undefined ? [] : [{ ...round, id, kept, week: weekOf(round.dueAt, zone) }];
          }),
        );
        const maps = [
          { map: missesByWeek(measured, { miss, weeks, zone }), by: 'week' },
          { map: missesByTeam(measured, miss), by: 'team' },
          { map: missesByOwner(measured, miss), by: 'owner' },
        ] as const;
        for (const { map, by } of maps) {
          for (const { step, cells, all } of map.rows) {
            for (const [i, cell] of cells.entries()) {
              const those = judged.filter((each) => each.step === step.id && each[by] === map.columns[i]);
              const missed = those.filter(({ kept }) => !kept);
              expect([cell.missed, cell.of]).toEqual([missed.length, those.length]);
              expect(cell.share).toBe(those.length === 0 ? undefined : missed.length / those.length);
              expect(cell.handoffs).toEqual([...new Set(missed.map(({ id }) => id))]);
              expect(cell.behind && handoffsBehind(measured.handoffs, cell.behind, zone)).toEqual(cell.handoffs);
            }
            expect(all.behind === undefined).toBe(by === 'owner');
            if (all.behind) expect(handoffsBehind(measured.handoffs, all.behind, zone)).toEqual(all.handoffs);
            expect(all.of).toBe(cells.reduce((sum, { of }) => sum + of, 0));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps a step in the week in which it was due, whenever it ended', () => {
    const due = '2026-11-09T15:00:00Z';
    const map = (round: Partial<MeasuredHandoff['rounds'][number]>) =>
      missesByWeek(
        measuredOf(measuredHandoff({ rounds: [measuredRound({ dueAt: due, timeliness: 'late', ...round })] })),
        {
          miss: 'stepsOnTime',
          weeks: ['2026-W46', '2026-W47'],
          zone,
        },
      ).rows.map(({ cells }) => cells.map(({ missed, of }) => [missed, of]));
    const inItsWeek = [
      [
        [1, 1],
        [0, 0],
      ],
    ];
    expect(map({ endedAt: '2026-11-18T10:00:00Z' })).toEqual(inItsWeek);
    expect(map({})).toEqual(inItsWeek);
  });

  it('leads from no cell to the handoffs of others: people who are not told apart have no list', () => {
    const late = measuredRound({ owner: somebody, timeliness: 'late', daysLate: 1 });
    const [row] = missesByOwner(measuredOf(measuredHandoff({ rounds: [late] })), 'stepsOnTime').rows;
    expect(row?.cells.map(({ missed, behind }) => [missed, behind])).toEqual([[1, undefined]]);
  });

  it('adds up by team: work in no team has the last column, with a list of its own', () => {
    const late = (id: string, team?: string) =>
      measuredHandoff({ id, rounds: [{ ...measuredRound({ timeliness: 'late' }), ...(team && { team }) }] });
    const { handoffs } = measuredOf(late('a'), late('b', 't-1'), late('c'), late('d'));
    const { columns, rows } = missesByTeam({ ...measuredOf(), handoffs }, 'stepsOnTime');
    expect(columns).toEqual(['t-1', 'none']);
    const [row] = rows;
    expect([row?.cells.map(({ of }) => of), row?.all.of]).toEqual([[1, 3], 4]);
    const lists = row?.cells.map(({ behind }) => behind && handoffsBehind(handoffs, behind, zone));
    expect(lists).toEqual([['b'], ['a', 'c', 'd']]);
  });

  it('is empty where nothing was due', () => {
    expect(missesByTeam(measuredOf(measuredHandoff()), 'stepsOnTime')).toEqual({ columns: [], rows: [] });
    expect(missesByWeek(measuredOf(), { miss: 'promisesKept', weeks: ['2026-W47'], zone })).toEqual({
      columns: ['2026-W47'],
      rows: [],
    });
  });
});

/** So many handoffs of a segment, of which so many were late with a step by as many days. */
const some = (count: number, late: number, { segment = 'standard', days = 1.4, step = 'brew' } = {}) =>
  Array.from({ length: count }, (_, i) =>
    measuredHandoff({
      id: `${segment}-${step}-${i}`,
      segment,
      rounds: [measuredRound({ step, ...(i < late ? { timeliness: 'late', daysLate: days } : {}) })],
    }),
  );

describe('the bottleneck', () => {
  const text = (handoffs: readonly MeasuredHandoff[], playbooks = measuredPlaybooks) => {
    const found = bottleneckOf({ handoffs, playbooks });
    return found && bottleneckText(found);
  };

  it('is the step that costs the most days: often late by a day costs more than once late by ten', () => {
    expect(text([...some(50, 19), ...some(50, 1, { step: 'taste', days: 10 })])).toBe(
      '“Brew it” costs 26.6 days in all: late in 38% of deals (19 of 50), median 1.4 days.',
    );
    expect(text(some(50, 19, { days: 0.03 }))).toContain(
      'costs 0.6 days in all: late in 38% of deals (19 of 50), median less than a day.',
    );
    expect(text([...some(50, 19), ...some(50, 3, { step: 'taste', days: 10 })])).toContain(
      '“Taste” costs 30 days in all: late in 6%',
    );
  });

  it('counts every day: many short delays with a few long ones cost more than a handful in the middle', () => {
    // 12 of an hour and 3 of 12 days, against 5 of 1.2 days: the middle of the former says next to nothing.
    const many = [
      ...some(12, 12, { days: 0.04 }),
      ...some(3, 3, { days: 12 }).map((each) => ({ ...each, id: `long ${each.id}` })),
    ];
    expect(text([...many, ...some(22, 5, { step: 'taste', days: 1.2 })])).toContain('“Brew it” costs 36.5 days in all');
  });

  it('is no step that one stalled handoff was late with, while another is late again and again', () => {
    const stuck = measuredHandoff({
      id: 'stuck',
      rounds: [
        { step: 'taste', round: 1, owner: 'p-ana', dueAt: '2026-09-09T10:00:00Z', timeliness: 'late', daysLate: 73.5 },
      ],
    });
    expect(text([...some(32, 0, { step: 'taste' }), stuck, ...some(33, 3, { days: 0.5 })])).toBe(
      '“Brew it” costs 1.5 days in all: late in 9% of deals (3 of 33), median 0.5 days.',
    );
    expect(text([...some(32, 0, { step: 'taste' }), stuck])).toBe(
      '“Taste” costs 14 days in all: late in 1 of 33 deals, too few to say how often it will be, median 14 days.',
    );
    // Open rounds say how long nobody looked: those that ended long ago weigh more.
    const open = Array.from({ length: 3 }, (_, i) => ({ ...stuck, id: `stuck-${i}` }));
    expect(text([...open, ...some(20, 3, { days: 20 })])).toContain('“Brew it”');
  });

  it('is told of a segment where that is clearly worse', () => {
    const enterprise = some(20, 12, { segment: 'enterprise' });
    expect(text([...some(40, 4), ...enterprise])).toBe(
      '“Brew it” costs 16.8 days in all: late in 60% of enterprise deals (12 of 20), median 1.4 days.',
    );
    expect(text([...some(40, 20), ...enterprise])).toContain('of deals (32 of 60)');
    // Three deals make no segment.
    expect(text([...some(40, 4), ...some(3, 3, { segment: 'enterprise' })])).toContain('of deals (7 of 43)');
  });

  it('says how many steps wait for it, where that is known', () => {
    const [first, ...others] = measuredPlaybooks[1]?.steps ?? [];
    if (!first) throw new Error('no steps');
    const waiting = [
      {
        ...measuredPlaybooks[0],
        name: 'sample',
        hash: 'v3',
        since: '2026-10-01T00:00:00Z',
        steps: [{ ...first, waitsFor: [] }, ...others.map((step) => ({ ...step, waitsFor: [first.id] }))],
      },
    ];
    expect(text(some(20, 5, { step: 'grind', days: 1 }), waiting)).toBe(
      '“Grind” costs 5 days in all: late in 25% of deals (5 of 20), median 1 day. 2 steps wait for it.',
    );
    expect(text(some(20, 5, { step: 'taste' }), waiting)).toBe(
      '“Taste” costs 7 days in all: late in 25% of deals (5 of 20), median 1.4 days.',
    );
  });

  it('is told of just the handoffs that are listed for it', () => {
    fc.assert(
      fc.property(anyMeasured(40), (measured) => {
        const found = bottleneckOf(measured);
        if (!found) return;
        const { step, segment, late, handoffs } = found;
        const of = filtered(
          measured,
          { ...(segment && { segment }), behind: { measure: 'daysLate', step: step.id } },
          'UTC',
        );
        expect(of.handoffs.map(({ id }) => id)).toEqual(handoffs);
        expect(handoffs).toHaveLength(late);
      }),
    );
  });

  it('promises nothing of a few, and is none where nothing is late', () => {
    expect(text(some(4, 2))).toBe(
      '“Brew it” costs 2.8 days in all: late in 2 of 4 deals, too few to say how often it will be, median 1.4 days.',
    );
    expect(text(some(4, 0))).toBeUndefined();
    expect(text([])).toBeUndefined();
  });
});
