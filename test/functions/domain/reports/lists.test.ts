import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapsOf, gapText } from '../../../../functions/domain/reports/audit-gaps.ts';
import { auditSize, drawSample } from '../../../../functions/domain/reports/audit-sample.ts';
import type { Fact } from '../../../../functions/domain/reports/fact.ts';
import { hasSomething, ownList } from '../../../../functions/domain/reports/own-list.ts';
import { quarterOf } from '../../../../functions/domain/time/periods.ts';
import {
  anyMeasured,
  measuredHandoff,
  measuredOf,
  measuredPlaybooks,
  measuredRound,
} from '../../../support/measured.ts';

const zone = 'Europe/Berlin';
const open = (step: string, dueAt: string, daysLate?: number) => ({
  ...{ step, round: 1, owner: 'p-ana', dueAt },
  ...(daysLate === undefined ? { timeliness: 'open' as const } : { timeliness: 'late' as const, daysLate }),
});

describe("somebody's week", () => {
  const asked = {
    person: new Set(['p-ana']),
    due: { from: '2026-11-22T23:00:00Z', until: '2026-11-29T23:00:00Z' },
    week: '2026-W47',
    zone,
  };

  it('lists what is overdue, due and later, and how the week before went', () => {
    const list = ownList(
      measuredOf(
        measuredHandoff({
          id: 'a',
          rounds: [
            open('brew', '2026-11-25T10:00:00Z'),
            open('taste', '2026-12-02T10:00:00Z'),
            open('grind', '2026-11-20T10:00:00Z', 2),
            { ...open('pour', '2026-11-24T10:00:00Z'), owner: 'p-bo' },
            { ...open('brew', '2026-06-01T10:00:00Z', 2), rests: { for: 'decision', since: '2026-06-03T10:00:00Z' } },
            { ...open('pour', '2026-11-24T10:00:00Z'), rests: { for: 'decision', since: '2026-11-20T10:00:00Z' } },
            {
              ...open('taste', '2026-11-10T10:00:00Z', 8),
              rests: { for: 'customer', since: '2026-11-18T10:00:00Z', until: '2026-11-25T10:00:00Z' },
            },
            measuredRound({ dueAt: '2026-11-17T11:00:00Z', endedAt: '2026-11-17T10:00:00Z' }),
          ],
        }),
        measuredHandoff({ id: 'b', rounds: [open('pour', '2026-11-10T10:00:00Z', 12)] }),
        measuredHandoff({ id: 'c', status: 'cancelled', rounds: [open('pour', '2026-11-10T10:00:00Z', 12)] }),
        measuredHandoff({ id: 'd', accountExecutive: 'p-ana' }),
        measuredHandoff({ id: 'e', accountExecutive: 'p-bo' }),
      ),
      asked,
    );
    const short = (steps: typeof list.overdue) => steps.map(({ handoff, title }) => `${handoff} ${title}`);
    expect([short(list.overdue), short(list.dueNow), short(list.later), list.running]).toEqual([
      ['b Pour', 'a Grind'],
      ['a Brew it'],
      ['a Taste'],
      ['a', 'b', 'd'],
    ]);
    expect([short(list.undecided), short(list.paused)]).toEqual([['a Brew it', 'a Pour'], ['a Taste']]);
    expect(list.undecided[0]).toMatchObject({ daysLate: 2, rests: { since: '2026-06-03T10:00:00Z' } });
    expect(list.numbers.map(({ measure, figure, trend }) => [measure, figure.value, trend.length])).toEqual([
      // One of two: what was due on Friday is still open.
      ['stepsOnTime', 0.5, 4],
      ['promisesKept', 1, 4],
      ['stepsUnanswered', 0, 4],
    ]);
    expect(hasSomething(list)).toBe(true);
  });

  it('is nothing to write about where there is nothing', () => {
    const nothing = ownList(measuredOf(measuredHandoff({ rounds: [measuredRound()] })), asked);
    expect(hasSomething(nothing)).toBe(false);
    expect(hasSomething(ownList(measuredOf(), asked))).toBe(false);
  });

  it('has each open step of theirs once, whoever they are', () => {
    fc.assert(
      fc.property(anyMeasured(), (measured) => {
        const { overdue, dueNow, later, undecided, paused } = ownList(measured, asked);
        const running = measured.handoffs.filter(({ status }) => status === 'open' || status === 'stalled');
        const own = running.flatMap(({ rounds }) => rounds).filter((each) => !each.endedAt && each.owner === 'p-ana');
        const all = [overdue, dueNow, later, undecided, paused].flat();
        expect(all).toHaveLength(own.length);
        expect(all.filter(({ rests }) => rests)).toEqual([...undecided, ...paused]);
      }),
    );
  });
});

describe("the quarter's audit", () => {
  const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
  const draw = (handoffs: Parameters<typeof drawSample>[0], seed: string, size?: number) =>
    drawSample(handoffs, { quarter: '2026-Q3', zone, seed, hashOf, ...(size === undefined ? {} : { size }) });
  const population = Array.from({ length: 200 }, (_, i) =>
    measuredHandoff({ id: `h-${i}`, status: 'complete', endedAt: '2026-08-05T10:00:00Z' }),
  );
  const ids = (sample: ReturnType<typeof draw>) => sample.handoffs.map(({ id }) => id);

  it('draws the same handoffs again by the seed, in whatever order they come', () => {
    expect(ids(draw(population, 'Q3'))).toHaveLength(auditSize);
    expect(ids(draw(population.toReversed(), 'Q3'))).toEqual(ids(draw(population, 'Q3')));
    expect(ids(draw(population, 'another seed'))).not.toEqual(ids(draw(population, 'Q3')));
    // As the docs say how to draw it by hand: sort by the SHA-256 of seed/id.
    const byHand = population
      .map(({ id }) => [hashOf(`Q3/${id}`), id] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    expect(ids(draw(population, 'Q3'))).toEqual(byHand.slice(0, auditSize).map(([, id]) => id));
  });

  it('draws each with the same chance', () => {
    const drawn = Array.from({ length: 400 }, (_, i) => ids(draw(population, `seed ${i}`, 20))).flat();
    const counts = population.map(({ id }) => drawn.filter((each) => each === id).length);
    // 40 expected of each, by a standard deviation of 6.
    expect(Math.min(...counts)).toBeGreaterThan(15);
    expect(Math.max(...counts)).toBeLessThan(65);
  });

  it('draws among those that ended or stalled in the quarter, all where there are few', () => {
    const isIn = (at: string | undefined) => at !== undefined && quarterOf(at, zone) === '2026-Q3';
    fc.assert(
      fc.property(anyMeasured(), fc.string(), ({ handoffs }, seed) => {
        const among = handoffs.filter(({ endedAt, stalledAt }) => isIn(endedAt) || stalledAt.some(isIn));
        const sample = draw(handoffs, seed, 5);
        expect([sample.of, sample.handoffs.length]).toEqual([among.length, Math.min(5, among.length)]);
        expect(sample.handoffs.every((each) => among.includes(each))).toBe(true);
      }),
    );
    expect(() => drawSample([], { quarter: 'autumn', zone, seed: '', hashOf })).toThrow('"autumn" is no week');
  });

  it('draws what stalled in a quarter again later, whatever became of it', () => {
    const stalledAt = ['2026-09-30T21:59:59Z'];
    const then = measuredHandoff({ id: 'h-1', status: 'stalled', stalledAt });
    const since = measuredHandoff({ id: 'h-1', status: 'complete', stalledAt, endedAt: '2026-11-05T10:00:00Z' });
    expect([ids(draw([then], 's')), ids(draw([since], 's'))]).toEqual([['h-1'], ['h-1']]);
    // In Berlin the next quarter has begun.
    expect(ids(draw([{ ...then, stalledAt: ['2026-09-30T22:00:00Z'] }], 's'))).toEqual([]);
  });

  it('names each gap, and what nobody knows', () => {
    const handoff = measuredHandoff({
      packagePercent: 60,
      packageComplete: false,
      rounds: [
        measuredRound({ round: 2, timeliness: 'late', daysLate: 1.26, promise: 'missed' }),
        measuredRound({ step: 'pour', timeliness: 'unanswered', promise: 'missed' }),
        { step: 'taste', round: 1, owner: 'p-ana', dueAt: '2026-11-03T10:00:00Z', timeliness: 'skipped' },
      ],
      returns: 1,
      exceptions: 2,
      openItems: { opened: 3, settled: 2, overdue: 1 },
      stalledAt: ['2026-11-05T10:00:00Z'],
      survey: { score: 6, target: 8, at: '2026-12-01T10:00:00Z' },
      notKnown: ['who asked for the exception'],
    });
    const facts: readonly Fact[] = [
      ...[true, false].map(
        (late): Fact => ({
          kind: 'exception',
          key: `exception/brew/${late}`,
          handoff: 'h-1',
          at: '2026-11-03T10:00:00Z',
          step: 'brew',
          round: 1,
          asked: 1,
          granted: 1,
          late,
        }),
      ),
    ];
    expect(gapsOf(handoff, { playbooks: measuredPlaybooks, facts }).map(gapText)).toEqual([
      'The package was 60% complete at signing.',
      'Brew it (2nd time): promise missed.',
      'Brew it (2nd time): 1.3 days late.',
      'Pour: promise missed.',
      'Pour: ended unanswered.',
      'Taste: skipped.',
      'The package was returned once.',
      'It went ahead with an exception 2 times.',
      'Brew it: the exception was decided late.',
      '1 open item not settled.',
      'It stalled once.',
      'Rated 6 of 10, below 8.',
      'Not known: who asked for the exception.',
    ]);
    expect(gapsOf(measuredHandoff({ rounds: [measuredRound()] }), { playbooks: [], facts: [] })).toEqual([]);
  });

  it.each([
    ['cancelled', 'Deal canceled: Wrong price', ['It was canceled. Why: Deal canceled: Wrong price']],
    ['cancelled', undefined, ['It was canceled.']],
    ['abandoned', undefined, ['It was abandoned.']],
    ['complete', undefined, []],
  ] as const)('say first that it was %s, and why: %s', (status, whyEnded, said) => {
    const handoff = measuredHandoff({ status, rounds: [measuredRound()] });
    expect(gapsOf(handoff, { playbooks: [], facts: [], whyEnded }).map(gapText)).toEqual(said);
  });
});
