import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handoffsBehind } from '../../../../functions/domain/reports/filters.ts';
import { missesByWeek } from '../../../../functions/domain/reports/heat-map.ts';
import { needAPerson } from '../../../../functions/domain/reports/need-a-person.ts';
import { comparePublished, toPublish } from '../../../../functions/domain/reports/published.ts';
import { stepsInOrder, titleIn } from '../../../../functions/domain/reports/steps.ts';
import { kpiMeasures, weeklyKpis } from '../../../../functions/domain/reports/weekly-kpis.ts';
import { spanOf } from '../../../../functions/domain/time/periods.ts';
import {
  anyMeasured,
  measuredAsOf,
  measuredHandoff,
  measuredOf,
  measuredPlaybooks,
  measuredRound,
} from '../../../support/measured.ts';

const zone = 'Europe/Berlin';
const week = '2026-W47';
const overdueRound = (daysLate: number, step = 'brew') => ({
  step,
  round: 1,
  owner: 'p-ana',
  dueAt: '2026-11-10T10:00:00Z',
  timeliness: 'late' as const,
  daysLate,
});

describe("leadership's week", () => {
  it('counts what happened in the week, beside the week before', () => {
    const handoff = measuredHandoff({
      signedAt: '2026-11-17T10:00:00Z',
      reached: { handoffConfirmed: '2026-11-20T22:00:00Z' },
      survey: { score: 9, at: '2026-11-18T10:00:00Z' },
      rounds: [
        measuredRound({ dueAt: '2026-11-17T11:00:00Z' }),
        measuredRound({ dueAt: '2026-11-18T11:00:00Z', timeliness: 'late', daysLate: 1 }),
        // Sunday night in Berlin: the week before, whenever it was answered.
        measuredRound({ dueAt: '2026-11-15T22:30:00Z', endedAt: '2026-11-18T08:00:00Z' }),
        measuredRound({ dueAt: '2026-11-15T23:30:00Z', timeliness: 'skipped' }),
      ],
    });
    const { kpis } = weeklyKpis({ measured: measuredOf(handoff), week, zone });
    expect(kpis.map(({ measure, figure, lastWeek }) => [measure, figure.value, lastWeek.value])).toEqual([
      ['won', 1, 0],
      ['completed', 1, 0],
      ['stepsOnTime', 0.5, 1],
      ['timeToCompletion', 3.5, undefined],
      ['surveyScore', 9, undefined],
    ]);
    expect(kpis[2]?.trend.map(({ week: each, figure }) => [each, figure.n])).toEqual([
      ['2026-W44', 0],
      ['2026-W45', 0],
      ['2026-W46', 1],
      ['2026-W47', 2],
    ]);
  });

  it('has its numbers however often it is looked at, and none in an empty week', () => {
    fc.assert(
      fc.property(anyMeasured(), fc.constantFrom('2026-W13', '2026-W43', '2026-W47', '2027-W10'), (measured, asked) => {
        const { kpis } = weeklyKpis({ measured, week: asked, zone });
        const { from, until } = spanOf(asked, zone);
        const isIn = (at: string | undefined) =>
          at !== undefined && Date.parse(at) >= Date.parse(from) && Date.parse(at) < Date.parse(until);
        const due = measured.handoffs.flatMap(({ rounds }) => rounds).filter(({ dueAt }) => isIn(dueAt));
        const timely = due.filter(({ timeliness }) => timeliness === 'on time' || timeliness === 'reported late');
        const missed = due.filter(({ timeliness }) => timeliness === 'late' || timeliness === 'unanswered');
        expect(kpis.map(({ figure }) => figure.n)).toEqual([
          measured.handoffs.filter(({ signedAt }) => isIn(signedAt)).length,
          measured.handoffs.filter(({ reached }) => isIn(reached.handoffConfirmed)).length,
          timely.length + missed.length,
          measured.handoffs.filter(({ reached }) => isIn(reached.handoffConfirmed)).length,
          measured.handoffs.filter(({ survey }) => isIn(survey?.at)).length,
        ]);
      }),
      { numRuns: 200 },
    );
    const empty = weeklyKpis({ measured: measuredOf(), week, zone });
    expect(empty.kpis.map(({ figure }) => figure.value)).toEqual([0, 0, undefined, undefined, undefined]);
    expect(empty).toMatchObject({ stalled: [], needAPerson: [], revised: [], asOf: measuredAsOf });
    expect(empty.mostOverdue).toBeUndefined();
    expect(() => weeklyKpis({ measured: measuredOf(), week: 'now', zone })).toThrow('"now" is no week');
  });

  it('is at 0% where nobody does anything, and leads to what was ignored', () => {
    const ignored = { timeliness: 'late', daysLate: 3, promise: 'missed' } as const;
    const { endedAt: _, ...open } = measuredRound({ dueAt: '2026-11-19T10:00:00Z', ...ignored });
    const measured = measuredOf(
      measuredHandoff({ id: 'a', rounds: [open, { ...open, step: 'pour' }] }),
      measuredHandoff({ id: 'b', rounds: [{ ...open, timeliness: 'unanswered', endedAt: '2026-11-22T10:00:00Z' }] }),
      measuredHandoff({ id: 'c', rounds: [{ ...open, dueAt: '2026-11-12T10:00:00Z' }] }),
    );
    const kpi = weeklyKpis({ measured, week, zone }).kpis.find(({ measure }) => measure === 'stepsOnTime');
    expect(kpi?.figure).toMatchObject({ value: 0, hits: 0, n: 3, handoffs: ['a', 'b'] });
    expect(kpi?.lastWeek).toMatchObject({ value: 0, n: 1, handoffs: ['c'] });
    const behind = { measure: 'stepsOnTime', during: week } as const;
    expect(handoffsBehind(measured.handoffs, behind, zone)).toEqual(kpi?.figure.handoffs);
    // The heat map has the same in the same week.
    const { rows } = missesByWeek(measured, { miss: 'stepsOnTime', weeks: ['2026-W46', week], zone });
    expect(rows.map(({ cells }) => cells.map(({ missed, of }) => [missed, of]))).toEqual([
      [
        [1, 1],
        [2, 2],
      ],
      [
        [0, 0],
        [1, 1],
      ],
    ]);
  });

  it('names the step that most are overdue at, and what is stalled, the longest first', () => {
    const { mostOverdue, stalled } = weeklyKpis({
      measured: measuredOf(
        measuredHandoff({ id: 'a', rounds: [overdueRound(2), overdueRound(9, 'pour')] }),
        measuredHandoff({ id: 'b', rounds: [overdueRound(4)], status: 'stalled', stalledAt: ['2026-11-19T10:00:00Z'] }),
        measuredHandoff({ id: 'c', status: 'stalled', stalledAt: ['2026-11-01T10:00:00Z', '2026-11-18T10:00:00Z'] }),
        // What was open when it was canceled is nobody's any more.
        measuredHandoff({ id: 'd', rounds: [overdueRound(99, 'taste')], status: 'cancelled' }),
      ),
      week,
      zone,
    });
    expect(mostOverdue).toEqual({ step: 'brew', title: 'Brew it', handoffs: ['b', 'a'], longestDays: 4 });
    expect(stalled.map(({ handoff }) => handoff)).toEqual(['c', 'b']);
  });

  it('tells what waits for a decision or the customer apart from what is overdue', () => {
    const [since, until] = ['2026-05-27T10:00:00Z', '2026-11-25T10:00:00Z'];
    const decision = { for: 'decision', since } as const;
    const customer = { for: 'customer', since: '2026-11-18T10:00:00Z', until } as const;
    const stalledAt = ['2026-06-01T10:00:00Z'];
    const undecided = { ...overdueRound(1), rests: decision };
    const paused = { ...overdueRound(30, 'taste'), rests: customer };
    const measured = measuredOf(
      measuredHandoff({ id: 'a', status: 'stalled', stalledAt, rounds: [undecided, overdueRound(3, 'pour')] }),
      measuredHandoff({ id: 'b', status: 'stalled', stalledAt, rounds: [paused] }),
      measuredHandoff({ id: 'c', rounds: [{ ...undecided, rests: { ...decision, since: '2026-11-01T10:00:00Z' } }] }),
      measuredHandoff({ id: 'd', rounds: [paused] }),
      measuredHandoff({ id: 'e', status: 'cancelled', rounds: [undecided] }),
    );
    const kpis = weeklyKpis({ measured, week, zone });
    expect(kpis.mostOverdue).toEqual({ step: 'pour', title: 'Pour', handoffs: ['a'], longestDays: 3 });
    expect(kpis.undecided).toEqual({ handoffs: 2, since });
    expect(kpis.stalled.map(({ handoff, rests }) => [handoff, rests])).toEqual([
      ['a', decision],
      ['b', customer],
    ]);
    // Nobody here can do anything for those that wait for the customer.
    expect(kpis.needAPerson).toMatchObject([
      { handoff: 'a', need: { kind: 'stalled', step: 'brew', title: 'Brew it', rests: decision } },
    ]);
    expect(weeklyKpis({ measured: measuredOf(), week, zone })).not.toHaveProperty('undecided');
  });

  it('says what was published and is another number now', () => {
    const before = weeklyKpis({ measured: measuredOf(measuredHandoff({ rounds: [inWeek('on time')] })), week, zone });
    const published = { week, at: measuredAsOf, figures: before.kpis.map(({ figure }) => toPublish(figure)) };
    const late = measuredHandoff({ rounds: [inWeek('on time'), inWeek('late')] });
    expect(weeklyKpis({ measured: measuredOf(late), week, zone, published }).revised).toEqual([
      {
        measure: 'stepsOnTime',
        published: { measure: 'stepsOnTime', value: 1, n: 1 },
        now: { measure: 'stepsOnTime', value: 0.5, n: 2 },
      },
    ]);
    expect(
      comparePublished(
        before.kpis.map(({ figure }) => figure),
        published,
      ),
    ).toEqual([]);
    expect(comparePublished([], published)).toEqual([]);
    expect(kpiMeasures).toHaveLength(before.kpis.length);
  });
});

const inWeek = (timeliness: 'on time' | 'late') => measuredRound({ timeliness, dueAt: '2026-11-18T10:00:00Z' });

describe('the handoffs that need a person', () => {
  const stalled = (id: string, at: string) => measuredHandoff({ id, status: 'stalled', stalledAt: [at] });
  const overdue = (id: string, days: number) => measuredHandoff({ id, rounds: [overdueRound(days)] });

  it('are the worst of each kind, then the second of each', () => {
    const measured = measuredOf(
      overdue('slow', 3),
      overdue('slower', 8),
      stalled('stuck', '2026-11-19T06:00:00Z'),
      stalled('stuck longer', '2026-11-12T06:00:00Z'),
      measuredHandoff({ id: 'owed', status: 'complete', openItems: { opened: 3, settled: 0, overdue: 2 } }),
      measuredHandoff({ id: 'back', returns: 2 }),
      measuredHandoff({ id: 'fine', returns: 1 }),
    );
    const order = needAPerson(measured, 9).map(({ handoff }) => handoff);
    expect(order).toEqual(['stuck longer', 'slower', 'owed', 'back', 'stuck', 'slow']);
    expect(needAPerson(measured, 3).map(({ need }) => need)).toEqual([
      { kind: 'stalled', days: 10 },
      { kind: 'overdue', days: 8, step: 'brew', title: 'Brew it' },
      { kind: 'open items', count: 2 },
    ]);
  });

  it('are each named once, and none where all is well', () => {
    const twice = measuredHandoff({
      status: 'stalled',
      stalledAt: ['2026-11-19T06:00:00Z'],
      rounds: [overdueRound(5)],
      returns: 3,
    });
    expect(needAPerson(measuredOf(twice), 3)).toEqual([
      { handoff: 'h-1', customer: 'Nordwind', need: { kind: 'stalled', days: 3, step: 'brew', title: 'Brew it' } },
    ]);
    expect(needAPerson(measuredOf(measuredHandoff()), 3)).toEqual([]);
  });
});

describe('steps of several versions of a playbook', () => {
  it('stand in the order of the SOP, titles as the newest says them', () => {
    expect(stepsInOrder(measuredPlaybooks).map(({ title }) => title)).toEqual(['Grind', 'Brew it', 'Pour', 'Taste']);
    expect(titleIn([], 'gone')).toBe('gone');
  });
});
