import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definitionOf, isMeasure, measureIds } from '../../../../functions/domain/reports/definitions.ts';
import { sampleText, valueText } from '../../../../functions/domain/reports/figure-text.ts';
import {
  figureOf,
  figuresByStep,
  figuresByWeek,
  medianOf,
  percentileOf,
} from '../../../../functions/domain/reports/figures.ts';
import type { MeasuredHandoff } from '../../../../functions/domain/reports/measured-handoff.ts';
import { periodsUntil } from '../../../../functions/domain/time/periods.ts';
import { weekOf } from '../../../../functions/domain/time/weeks.ts';
import { anyMeasured, measuredAsOf, measuredHandoff, measuredRound } from '../../../support/measured.ts';

const zone = 'Europe/Berlin';

/** The same numbers once more, by loops and without the table of definitions. */
function slowly(handoffs: readonly MeasuredHandoff[]) {
  let [timely, judged, kept, promised, done, due, late] = [0, 0, 0, 0, 0, 0, 0];
  const completions: number[] = [];
  for (const handoff of handoffs) {
    const confirmed = handoff.reached.handoffConfirmed;
    if (confirmed) completions.push((Date.parse(confirmed) - Date.parse(handoff.signedAt)) / 86_400_000);
    for (const round of handoff.rounds) {
      const { timeliness } = round;
      if (timeliness === 'on time' || timeliness === 'reported late') timely++;
      if (!['not yet', 'unasked', 'skipped', 'open'].includes(timeliness)) judged++;
      if (round.promise === 'kept') kept++;
      if (round.promise) promised++;
      if (timeliness !== 'open') due++;
      if (round.daysLate !== undefined) late++;
      if (round.endedAt && !round.saidNo && !['not yet', 'unanswered', 'skipped'].includes(timeliness)) done++;
    }
  }
  completions.sort((a, b) => a - b);
  return { timely, judged, kept, promised, done, due, late, completions };
}

describe('figures', () => {
  it('count a no to onboarding as one, and silence as nothing', () => {
    const said = [true, false, undefined].map((complete, i) =>
      measuredHandoff({ id: `${i}`, ...(complete !== undefined && { onboardingComplete: complete }) }),
    );
    const figure = figureOf('onboardingComplete', said);
    expect(figure).toMatchObject({ value: 0.5, hits: 1, n: 2, no: ['1'], notKnown: 1 });
    expect([valueText(figure), sampleText(figure)]).toEqual(['50%', '1 of 2, 1 not known']);
  });

  it('give no share of onboarding where nobody said no: it would be 100% whatever happened', () => {
    const said = (yes: number, silent: number) =>
      Array.from({ length: yes + silent }, (_, i) =>
        // An answer "not yet" to first value says nothing of onboarding.
        measuredHandoff({
          id: `${i}`,
          ...(i < yes ? { onboardingComplete: true, onboardingSaidAt: '2026-11-18T10:00:00Z' } : {}),
          rounds: [measuredRound({ timeliness: 'not yet', saidNo: true })],
        }),
      );
    const texts = (yes: number, silent: number) => {
      const figure = figureOf('onboardingComplete', said(yes, silent));
      expect([figure.value, figure.isSmall && yes > 0, figure.handoffs.length]).toEqual([undefined, false, yes]);
      return [valueText(figure), sampleText(figure)];
    };
    expect(texts(1362, 138)).toEqual(['1,362 said yes', '138 not known']);
    expect(texts(3, 0)).toEqual(['3 said yes', '']);
    expect(texts(0, 4)).toEqual(['–', '4 not known']);
    expect(texts(0, 0)).toEqual(['–', '']);
    const [{ figure } = {}] = figuresByWeek('onboardingComplete', said(3, 2), { weeks: ['2026-W47'], zone });
    expect([figure?.value, figure?.hits, figure?.notKnown]).toEqual([undefined, 3, undefined]);
  });

  it('say how many of all that were won bought more, told or not, by when they signed', () => {
    const expansion = { outcome: 'expanded', at: '2026-11-18T10:00:00Z' } as const;
    const handoffs = [
      measuredHandoff({ id: 'a', signedAt: '2026-11-03T10:00:00Z', outcomes: [expansion, expansion] }),
      measuredHandoff({ id: 'b', signedAt: '2026-11-03T10:00:00Z', outcomes: [{ ...expansion, outcome: 'renewed' }] }),
      measuredHandoff({ id: 'c', signedAt: '2026-11-04T10:00:00Z' }),
      measuredHandoff({ id: 'd', signedAt: '2026-11-18T10:00:00Z', status: 'cancelled' }),
    ];
    const byWeek = figuresByWeek('expandedOfWon', handoffs, { weeks: ['2026-W45', '2026-W47'], zone });
    // Nobody has told anything of those that were signed in the second week: that is no 0%.
    expect(byWeek.map(({ figure: { hits, n, yes } }) => [hits, n, yes])).toEqual([
      [1, 3, ['a']],
      [0, 0, []],
    ]);
    expect(figureOf('expandedOfWon', handoffs)).toMatchObject({ hits: 1, n: 4 });
    const [a, b, ...untold] = handoffs;
    expect(figureOf('expandedOfWon', untold)).toMatchObject({ value: undefined, n: 0, handoffs: [] });
    // A renewal is told, too: that none expanded is known then.
    expect(figureOf('expandedOfWon', [...(b ? [b] : []), ...untold])).toMatchObject({ value: 0, n: 3 });
    expect(a?.id).toBe('a');
  });

  it('are dated by when it was so: the first return and exception, the first handover, what was said of onboarding', () => {
    const reached = { packageReady: '2026-11-18T10:00:00Z', firstValueReached: '2026-12-01T10:00:00Z' };
    const times = {
      handedOverAt: '2026-11-04T10:00:00Z',
      returnedAt: '2026-11-05T10:00:00Z',
      exceptionAt: '2026-11-06T10:00:00Z',
      onboardingSaidAt: '2026-11-27T10:00:00Z',
    };
    const handoff = measuredHandoff({
      returns: 2,
      exceptions: 1,
      completeness: 80,
      onboardingComplete: false,
      reached,
    });
    const weeks = ['2026-W45', '2026-W47', '2026-W48', '2026-W49'];
    const weekIn = (measure: Parameters<typeof figureOf>[0], of: typeof handoff) =>
      figuresByWeek(measure, [of], { weeks, zone }).flatMap(({ week, figure }) => (figure.n > 0 ? week : []));
    const measures = ['packageReturned', 'exceptionGranted', 'completeness', 'onboardingComplete'] as const;
    const dated = { ...handoff, ...times };
    expect(measures.map((measure) => weekIn(measure, dated))).toEqual([
      ['2026-W45'],
      ['2026-W45'],
      ['2026-W45'],
      ['2026-W48'],
    ]);
    // Rows of earlier versions don't say.
    expect(measures.map((measure) => weekIn(measure, handoff))).toEqual([
      ['2026-W47'],
      ['2026-W47'],
      ['2026-W47'],
      ['2026-W49'],
    ]);
    // What never happened is dated by the handover that it did not happen in.
    expect(weekIn('packageReturned', { ...dated, returns: 0 })).toEqual(['2026-W47']);
    const { firstValueReached: _, ...early } = reached;
    expect(weekIn('onboardingComplete', { ...dated, reached: early })).toEqual(['2026-W48']);
  });

  it('count what stalled among those signed in the same weeks, whenever it stalled', () => {
    const signed = (id: string, stalledAt: readonly string[]) =>
      measuredHandoff({ id, signedAt: '2026-11-03T10:00:00Z', stalledAt });
    const handoffs = [signed('a', []), signed('b', []), signed('c', ['2026-11-18T10:00:00Z'])];
    const byWeek = figuresByWeek('stalled', handoffs, { weeks: ['2026-W45', '2026-W47'], zone });
    expect(byWeek.map(({ figure: { hits, n } }) => [hits, n])).toEqual([
      [1, 3],
      [0, 0],
    ]);
  });

  it('are what a slow count finds, whatever happened', () => {
    fc.assert(
      fc.property(anyMeasured(), ({ handoffs }) => {
        const slow = slowly(handoffs);
        const pair = (measure: Parameters<typeof figureOf>[0]) => {
          const { hits, n } = figureOf(measure, handoffs);
          return [hits, n];
        };
        expect(pair('stepsOnTime')).toEqual([slow.timely, slow.judged]);
        expect(pair('promisesKept')).toEqual([slow.kept, slow.promised]);
        expect(pair('stepsDone')).toEqual([slow.done, slow.due]);
        expect(figureOf('daysLate', handoffs).n).toBe(slow.late);
        expect(figureOf('won', handoffs).value).toBe(handoffs.length);
        const { value, percentile90, n } = figureOf('timeToCompletion', handoffs);
        expect(n).toBe(slow.completions.length);
        if (n === 0) expect([value, percentile90]).toEqual([undefined, undefined]);
        else {
          const middle = slow.completions[Math.floor((n - 1) / 2)] ?? 0;
          const next = slow.completions[Math.floor(n / 2)] ?? 0;
          expect(value).toBeCloseTo((middle + next) / 2, 1);
          // Nine of ten are at it or below, and it is one of them.
          expect(slow.completions.filter((days) => days <= (percentile90 ?? 0) + 0.005).length).toBeGreaterThanOrEqual(
            0.9 * n,
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  it('add up: each week and each step has its part of what there is', () => {
    fc.assert(
      fc.property(anyMeasured(), ({ handoffs }) => {
        const weeks = periodsUntil(weekOf('2027-03-01T00:00:00Z', zone), 70);
        for (const measure of measureIds) {
          const { samples, bySteps, summary } = definitionOf(measure);
          // In a week of which nothing is told there is no figure, though other weeks tell that others were.
          const byWeekOf = Map.groupBy(
            handoffs.flatMap(samples).filter(({ at }) => at !== undefined),
            ({ at = '' }) => weekOf(at, zone),
          );
          const dated = [...byWeekOf.values()].flatMap((those) =>
            those.every(({ isUntold }) => isUntold) ? [] : those,
          );
          const byWeek = figuresByWeek(measure, handoffs, { weeks, zone });
          expect(byWeek.reduce((sum, { figure }) => sum + figure.n, 0)).toBe(dated.length);
          const byStep = [...figuresByStep(measure, handoffs).values()];
          const { n, handoffs: behind, yes = [], no = [] } = figureOf(measure, handoffs);
          expect(byStep.reduce((sum, figure) => sum + figure.n, 0)).toBe(bySteps ? n : 0);
          if (summary === 'share') expect(new Set([...yes, ...no])).toEqual(new Set(behind));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are of a span, of a step, of an owner where that is asked', () => {
    const handoff = measuredHandoff({
      rounds: [
        measuredRound({ dueAt: '2026-11-01T22:59:59Z' }),
        measuredRound({ dueAt: '2026-11-01T23:00:00Z', step: 'taste', owner: 'p-bo' }),
        // It ended in the week after.
        measuredRound({
          timeliness: 'late',
          daysLate: 2,
          endedAt: '2026-11-08T23:00:00Z',
          dueAt: '2026-11-06T23:00:00Z',
        }),
      ],
    });
    const [week] = figuresByWeek('stepsOnTime', [handoff], { weeks: ['2026-W45'], zone });
    expect(week?.figure).toMatchObject({ hits: 1, n: 2 });
    expect(figureOf('stepsOnTime', [handoff], { step: 'brew' })).toMatchObject({ hits: 1, n: 2 });
    expect(figureOf('stepsOnTime', [handoff], { owner: 'p-bo' })).toMatchObject({ hits: 1, n: 1 });
    const dueIn = { from: '2026-11-06T00:00:00Z', until: '2026-11-07T00:00:00Z' };
    expect(figureOf('stepsOnTime', [handoff], { dueIn })).toMatchObject({ hits: 0, n: 1, no: ['h-1'] });
  });

  it('say how many they are made of, and that few are few', () => {
    const some = (count: number) => Array.from({ length: count }, (_, i) => measuredHandoff({ id: `h-${i}` }));
    expect(figureOf('packageComplete', some(9))).toMatchObject({ n: 9, isSmall: true });
    expect(figureOf('packageComplete', some(10))).toMatchObject({ n: 10, isSmall: false });
    expect(figureOf('won', some(1))).toMatchObject({ value: 1, isSmall: false });
    expect(figureOf('surveyScore', [])).toEqual({
      measure: 'surveyScore',
      value: undefined,
      n: 0,
      isSmall: true,
      handoffs: [],
    });
  });

  it('count what is open and overdue as not on time, in the week in which it was due', () => {
    const overdue = measuredHandoff({
      rounds: [
        { step: 'brew', round: 1, owner: 'p-ana', dueAt: '2026-11-03T10:00:00Z', timeliness: 'late', daysLate: 9 },
      ],
    });
    expect(figureOf('stepsOnTime', [overdue])).toMatchObject({ hits: 0, n: 1 });
    const weeks = ['2026-W45', weekOf(measuredAsOf, zone)];
    const bySteps = ['stepsOnTime', 'stepsDone', 'daysLate', 'stepsUnanswered'] as const;
    expect(
      bySteps.map((measure) => figuresByWeek(measure, [overdue], { weeks, zone }).map(({ figure: { n } }) => n)),
    ).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
      // It has not ended: how it will is not known.
      [0, 0],
    ]);
  });

  it('take the middle, and the nearest rank', () => {
    expect([medianOf([3, 1, 2]), medianOf([4, 1, 2, 3]), medianOf([])]).toEqual([2, 2.5, undefined]);
    const ten = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
    expect([percentileOf(ten, 90), percentileOf([...ten, 11], 90), percentileOf([7], 90)]).toEqual([9, 10, 7]);
  });

  it('are written in their unit', () => {
    const text = (measure: Parameters<typeof valueText>[0]['measure'], value?: number) => valueText({ measure, value });
    expect([text('stepsOnTime', 0.818), text('timeToCompletion', 1.02), text('timeToCompletion', 4.55)]).toEqual([
      '82%',
      '1 day',
      '4.6 days',
    ]);
    expect([text('surveyScore', 8.25), text('handoffScore', 70.4), text('won', 1200), text('won')]).toEqual([
      '8.3 of 10',
      '70 of 100',
      '1,200',
      '–',
    ]);
    expect(sampleText({ ...figureOf('packageComplete', [measuredHandoff()]) })).toBe('1 of 1');
    expect(sampleText(figureOf('won', [measuredHandoff()]))).toBe('');
  });

  it('know their own names', () => {
    expect(measureIds.every(isMeasure)).toBe(true);
    expect(['toString', '', 'pace'].some(isMeasure)).toBe(false);
  });
});
