import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandings, bands } from '../../../../functions/domain/reports/bands.ts';
import {
  type Comparison,
  compare,
  enoughToSay,
  type Split,
  splitBy,
  verdictText,
} from '../../../../functions/domain/reports/comparison.ts';
import { definitionOf, type MeasureId, measureIds } from '../../../../functions/domain/reports/definitions.ts';
import { filtered, handoffsBehind } from '../../../../functions/domain/reports/filters.ts';
import type { MeasuredHandoff } from '../../../../functions/domain/reports/measured-handoff.ts';
import { outcomesBeforeAndAfter, outcomesBy } from '../../../../functions/domain/reports/outcomes.ts';
import { rankTest } from '../../../../functions/domain/reports/rank-test.ts';
import { changesTogether, versionChanges } from '../../../../functions/domain/reports/version-changes.ts';
import {
  anyMeasured,
  measuredAsOf,
  measuredHandoff,
  measuredOf,
  measuredPlaybooks,
  measuredRound,
} from '../../../support/measured.ts';

const yes = (count: number, of: number) => Array.from({ length: of }, (_, i) => (i < count ? 1 : 0));

function comparedBy(measure: MeasureId, split: Split, asOf: string): Comparison {
  const [comparison] = compare([measure], split, asOf);
  if (!comparison) throw new Error('Nothing was compared.');
  return comparison;
}

const chanceOf = (a: readonly number[], b: readonly number[]): number => rankTest(a, b).chance;

describe('the rank test', () => {
  // By SciPy: mannwhitneyu(a, b, method='asymptotic').pvalue.
  it.each([
    [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 0.012_185_78],
    [[1, 2, 2, 3, 5], [2, 4, 4, 6, 7], 0.137_563_89],
    [[1, 2, 3], [1, 2, 3], 1],
  ])('says of %j and %j what statistics programs say', (a, b, chance) => {
    expect(chanceOf(a, b)).toBeCloseTo(chance, 6);
  });

  it('is the same the other way round, and 1 where nothing differs or is there', () => {
    const values = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 30 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(chanceOf(a, b)).toBeCloseTo(chanceOf(b, a), 9);
        expect(chanceOf(a, b)).toBeGreaterThanOrEqual(0);
        expect(chanceOf(a, b)).toBeLessThanOrEqual(1);
      }),
    );
    expect([chanceOf([], [1]), chanceOf([2, 2], [2])]).toEqual([1, 1]);
    expect(chanceOf([Number.POSITIVE_INFINITY, 1], [Number.POSITIVE_INFINITY, 1])).toBeCloseTo(1, 6);
  });

  it('says which group tends to be larger, in exact pairs', () => {
    const values = fc.array(fc.constantFrom(0, 1, 2, 3, Number.POSITIVE_INFINITY), { maxLength: 20 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const pairs = a.flatMap((one) => b.map((other): number => (other === one ? 0 : other > one ? 0.5 : -0.5)));
        expect(rankTest(a, b).difference + 0).toBe(pairs.reduce((sum, each) => sum + each, 0));
      }),
    );
  });

  it('calls chance a difference about once in twenty, as it should', () => {
    // The same two groups drawn over and over from one population.
    let seed = 7;
    const next = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const draw = () => Array.from({ length: 30 }, () => Math.floor(10 * next()));
    const found = Array.from({ length: 2000 }, () => chanceOf(draw(), draw())).filter((chance) => chance < 0.05);
    expect(found.length / 2000).toBeGreaterThan(0.03);
    expect(found.length / 2000).toBeLessThan(0.07);
  });

  it('carries the reason for the least number to say anything: 40% against 70% of fewer may well be chance', () => {
    const below = enoughToSay - 1;
    expect(chanceOf(yes(Math.round(0.4 * below), below), yes(Math.round(0.7 * below), below))).toBeGreaterThan(0.05);
  });
});

/** Handoffs signed in a month, on time with their step or not. */
const some = (count: number, onTime: number, signedAt: string, prefix = signedAt) =>
  Array.from({ length: count }, (_, i) =>
    measuredHandoff({
      id: `${prefix}-${i}`,
      signedAt,
      rounds: [measuredRound(i < onTime ? {} : { timeliness: 'late', daysLate: 1 })],
    }),
  );

describe('before and after', () => {
  const change = { at: '2026-06-01T00:00:00Z' };
  const compared = (before: readonly [number, number], after: readonly [number, number]) =>
    comparedBy(
      'stepsOnTime',
      splitBy([...some(...before, '2026-04-01T10:00:00Z'), ...some(...after, '2026-08-01T10:00:00Z')], change),
      measuredAsOf,
    );

  it('says better or worse where the data carries it, with how many there are', () => {
    const better = compared([40, 20], [40, 36]);
    expect(better).toMatchObject({ verdict: 'better', handoffs: { before: 40, after: 40 } });
    expect(verdictText(better)).toBe(
      'Better: 40 handoffs before, 40 after; chance alone rarely brings about as much (less than once in 100). What caused it, numbers cannot say.',
    );
    expect(compared([40, 36], [40, 20]).verdict).toBe('worse');
  });

  it('says so where it does not', () => {
    expect(verdictText(compared([40, 30], [40, 31]))).toMatch(/^No difference seen: 40 handoffs before, 40 after;/);
    expect(verdictText(compared([40, 40], [40, 40]))).toBe(
      'No difference seen: 40 handoffs before, 40 after; both sides are alike.',
    );
    expect(verdictText(compared([19, 0], [40, 40]))).toBe(
      'Too few to say: 19 handoffs before, 40 after; it takes 20 on each side.',
    );
    expect(compared([0, 0], [0, 0])).toMatchObject({ verdict: 'too few', before: { n: 0 }, after: { n: 0 } });
  });

  it('does not take handoffs signed lately for fast ones, because only the fast ones are through', () => {
    // Ten days before, and just the same after; of those signed lately only a fifth is through, after two days.
    const taking = (id: string, signedAt: string, days: number | undefined) => {
      const at = new Date(Date.parse(signedAt) + (days ?? 0) * 86_400_000).toISOString();
      return measuredHandoff({ id, signedAt, reached: days === undefined ? {} : { handoffConfirmed: at } });
    };
    const of = (month: string, days: (i: number) => number | undefined) =>
      Array.from({ length: 30 }, (_, i) => taking(`${month}-${i}`, `2026-${month}T10:00:00Z`, days(i)));
    const split = splitBy(
      [
        ...of('04-01', (i) => 8 + (i % 5)),
        ...of('08-01', (i) => 8 + (i % 5)),
        ...of('11-18', (i) => (i % 5 ? undefined : 2)),
      ],
      change,
    );
    const { verdict, handoffs, after } = comparedBy('timeToCompletion', split, measuredAsOf);
    expect([verdict, handoffs.after, after.value]).toEqual(['unclear', 30, 10]);
  });

  it('counts what never came, in spite of the time it had, as slower than all', () => {
    const never = (id: string) => measuredHandoff({ id, signedAt: '2026-08-01T10:00:00Z' });
    const done = (id: string) =>
      measuredHandoff({
        id,
        signedAt: '2026-04-01T10:00:00Z',
        reached: { firstValueReached: '2026-04-20T10:00:00Z' },
      });
    const ids = Array.from({ length: 25 }, (_, i) => `${i}`);
    const split = { before: ids.map(done), after: ids.map((id) => never(`never-${id}`)) };
    expect(comparedBy('timeToValue', split, measuredAsOf)).toMatchObject({
      verdict: 'worse',
      notYet: { before: 0, after: 25 },
    });
    const called = split.after.map((each) => ({ ...each, status: 'cancelled' as const }));
    expect(comparedBy('timeToValue', { ...split, after: called }, measuredAsOf).verdict).toBe('too few');
  });

  it('leaves out handoffs whose rules do not know the moment: another mix of segments is no change', () => {
    const of = (id: string, month: string, hash: string) =>
      measuredHandoff({
        id,
        signedAt: `2026-${month}-01T10:00:00Z`,
        playbook: { name: 'sample', hash },
        reached: hash === 'v1' ? { firstValueReached: `2026-${month}-20T10:00:00Z` } : {},
      });
    const ids = Array.from({ length: 25 }, (_, i) => `${i}`);
    const split = {
      before: ids.map((id) => of(`a${id}`, '04', 'v1')),
      after: [...ids.map((id) => of(`b${id}`, '08', 'v1')), ...ids.map((id) => of(`c${id}`, '08', 'short'))],
    };
    expect(comparedBy('timeToValue', split, measuredAsOf)).toMatchObject({
      verdict: 'unclear',
      handoffs: { before: 25, after: 25 },
      notYet: { before: 0, after: 0 },
    });
  });

  it('lists behind each figure the handoffs it is made of, of a time as well, and without some steps', () => {
    const some = fc.subarray(['grind', 'brew', 'pour']);
    fc.assert(
      fc.property(anyMeasured(60), fc.constantFrom(...measureIds), some, (measured, measure, left) => {
        const split = { ...splitBy(measured.handoffs, change), without: left };
        const { before, after, signedUntil, without } = comparedBy(measure, split, measured.asOf);
        expect(without).toEqual(definitionOf(measure).bySteps && left.length > 0 ? left : undefined);
        const behind = { measure, ...(signedUntil && { signedUntil }), ...(without && { without }) };
        expect(handoffsBehind(split.before, behind, 'UTC')).toEqual(before.handoffs);
        expect(handoffsBehind(split.after, behind, 'UTC')).toEqual(after.handoffs);
      }),
      { numRuns: 60 },
    );
  });

  it('parts by two versions, and finds the versions of a segment that came after each other', () => {
    const of = (hash: string, segment: string) =>
      measuredHandoff({ id: hash, playbook: { name: 'sample', hash }, segment });
    const handoffs = [of('v1', 'standard'), of('v2', 'standard'), of('e1', 'enterprise')];
    const enterprise = { name: 'sample', hash: 'e1', since: '2026-09-01T00:00:00Z', steps: [] };
    const changes = versionChanges(handoffs, [...measuredPlaybooks, enterprise]);
    expect(changes.map(({ from, to, segments }) => [from.hash, to.hash, segments])).toEqual([
      ['v1', 'v2', ['standard']],
    ]);
    const split = splitBy(handoffs, { from: ['v1'], to: ['v2'] });
    expect([split.before, split.after].map((side) => side.map(({ id }) => id))).toEqual([['v1'], ['v2']]);
  });

  it('finds what changed together, an industry with rules of its own apart from the others', () => {
    const rows = [
      ['s1', 'standard', 'retail', '2026-06-01'],
      ['s1', 'standard', 'software', '2026-06-01'],
      ['h1', 'standard', 'healthcare', '2026-06-03'],
      ['e1', 'enterprise', 'retail', '2026-06-05'],
      ['s2', 'standard', 'software', '2026-09-01'],
      ['e2', 'enterprise', 'software', '2026-09-09'],
      ['h2', 'standard', 'healthcare', '2026-09-20'],
      // Another change, of one segment alone.
      ['s3', 'standard', 'software', '2026-09-25'],
    ] as const;
    const handoffs = rows.map(([hash, segment, industry], i) =>
      measuredHandoff({ id: `${i}`, playbook: { name: 'sample', hash }, segment, industry }),
    );
    const playbooks = [...new Map(rows.map(([hash, , , since]) => [hash, since]))].map(([hash, since]) => ({
      ...{ name: 'sample', hash, since: `${since}T08:00:00Z`, steps: [] },
    }));
    const changes = versionChanges(handoffs, playbooks);
    expect(changes.map(({ from, to, industry }) => [from.hash, to.hash, industry])).toEqual([
      ['s2', 's3', undefined],
      ['h1', 'h2', 'healthcare'],
      ['e1', 'e2', undefined],
      ['s1', 's2', undefined],
    ]);
    expect(changesTogether(changes).map((group) => group.map(({ to }) => to.hash))).toEqual([
      ['s3'],
      ['s2', 'e2', 'h2'],
    ]);
  });

  it('knows an industry with rules of its own where the others are not named', () => {
    const rows = [
      ['g1', undefined, '2026-05-21'],
      ['h1', 'healthcare', '2026-05-25'],
      ['g2', undefined, '2026-08-20'],
      ['h2', 'healthcare', '2026-09-09'],
    ] as const;
    const handoffs = rows.map(([hash, industry]) =>
      measuredHandoff({ id: hash, playbook: { name: 'sample', hash }, ...(industry && { industry }) }),
    );
    const playbooks = rows.map(([hash, , since]) => ({ name: 'sample', hash, since: `${since}T08:00:00Z`, steps: [] }));
    const changes = versionChanges(handoffs, playbooks);
    expect(changes.map(({ from, to }) => `${from.hash} ${to.hash}`)).toEqual(['h1 h2', 'g1 g2']);
    expect(changesTogether(changes)).toHaveLength(1);
  });

  it('finds the change of a version that several segments follow, as one', () => {
    const handoffs = ['v1', 'v2'].flatMap((hash) =>
      ['standard', 'enterprise'].map((segment) =>
        measuredHandoff({ id: `${hash} ${segment}`, playbook: { name: 'sample', hash }, segment }),
      ),
    );
    const [change, ...more] = versionChanges(handoffs, measuredPlaybooks);
    expect([change?.from.hash, change?.to.hash, change?.segments, more]).toEqual([
      'v1',
      'v2',
      ['enterprise', 'standard'],
      [],
    ]);
  });

  it('takes no looser promise for better work: steps that were promised otherwise are left out', () => {
    // Brewing is as late as ever; pouring was late in half of all, and is given three times as long.
    const handoffs = (name: string, poured: number) =>
      Array.from({ length: 40 }, (_, i) =>
        measuredHandoff({
          id: `${name} ${i}`,
          rounds: [
            measuredRound(i % 10 === 0 ? { timeliness: 'late', promise: 'missed', daysLate: 1 } : {}),
            measuredRound({
              step: 'pour',
              ...(i < poured ? {} : { timeliness: 'late', promise: 'missed', daysLate: 1 }),
            }),
          ],
        }),
      );
    const split = { before: handoffs('before', 20), after: handoffs('after', 40) };
    for (const measure of ['stepsOnTime', 'promisesKept'] as const) {
      expect(comparedBy(measure, split, measuredAsOf).verdict).toBe('better');
      const fair = comparedBy(measure, { ...split, without: ['pour'] }, measuredAsOf);
      expect(fair).toMatchObject({ verdict: 'unclear', before: { value: 0.9, n: 40 }, after: { value: 0.9, n: 40 } });
    }
    // Nothing is left to compare.
    expect(comparedBy('stepsOnTime', { ...split, without: ['pour', 'brew'] }, measuredAsOf)).toMatchObject({
      verdict: 'too few',
      after: { n: 0 },
    });
  });

  it('makes no zero of what nobody told', () => {
    const untold = Array.from({ length: 30 }, (_, i) => measuredHandoff({ id: `u-${i}` }));
    const told = Array.from({ length: 30 }, (_, i) =>
      measuredHandoff({ id: `t-${i}`, outcomes: [{ outcome: 'expanded', at: '2026-11-18T10:00:00Z' }] }),
    );
    const split = { before: untold, after: told };
    expect(comparedBy('expandedOfWon', split, measuredAsOf)).toMatchObject({
      before: { value: undefined, n: 0 },
      after: { value: 1, n: 30 },
      handoffs: { before: 0, after: 30 },
      verdict: 'too few',
    });
  });

  it('does not take customers who had no time to buy more for customers who would not', () => {
    // One in five expands after 100 days, whenever signed: those signed after the change are 70 days old.
    const signed = (id: string, signedAt: string, i: number) => {
      const at = new Date(Date.parse(signedAt) + 100 * 86_400_000).toISOString();
      return measuredHandoff({
        id: `${id}-${i}`,
        signedAt,
        outcomes:
          i % 5 === 0 && at < measuredAsOf
            ? [{ outcome: 'expanded', at }]
            : [{ outcome: 'onboarding completed', at: signedAt }],
      });
    };
    const many = (id: string, signedAt: string) => Array.from({ length: 60 }, (_, i) => signed(id, signedAt, i));
    const of = (after: string) =>
      comparedBy(
        'expandedOfWon',
        splitBy([...many('before', '2026-04-01T10:00:00Z'), ...many('after', after)], change),
        measuredAsOf,
      );
    const young = of('2026-09-13T10:00:00Z');
    expect(young).toMatchObject({ verdict: 'too early', handoffs: { before: 60, after: 0 }, before: { value: 0.2 } });
    expect(verdictText(young)).toBe(
      'Too early to say: 60 handoffs before, 0 after; it takes 20 on each side that were signed long enough ago.',
    );
    expect(of('2026-08-01T10:00:00Z')).toMatchObject({ verdict: 'unclear', handoffs: { before: 60, after: 60 } });
  });

  const takingTime = [
    'handoffScore',
    'surveyScore',
    'surveyTarget',
    'renewed',
    'churned',
    'stalled',
    'packageReturned',
  ] as const;
  it.each(takingTime)('waits with %s for those signed lately, of which only the quick ones are through', (measure) => {
    // Before the change each takes 70 days. After it 25 have come to it within 10, and as many are young.
    const day = 86_400_000;
    const came = (id: string, signedAt: string, days: number) => {
      const at = new Date(Date.parse(signedAt) + days * day).toISOString();
      return measuredHandoff({
        ...{ id, signedAt, endedAt: at, handoffScore: 50, survey: { score: 5, target: 8, at }, stalledAt: [at] },
        ...{ returns: 1, returnedAt: at, outcomes: [{ outcome: 'churned', at }] },
      });
    };
    const ids = Array.from({ length: 25 }, (_, i) => `${i}`);
    const before = ids.map((id) => came(`before ${id}`, '2026-04-01T10:00:00Z', 70));
    const quick = ids.map((id) => came(`quick ${id}`, '2026-10-01T10:00:00Z', 10));
    const young = ids.map((id) => measuredHandoff({ id: `young ${id}`, signedAt: '2026-11-20T10:00:00Z' }));
    const of = (after: readonly MeasuredHandoff[], asOf: string) => comparedBy(measure, { before, after }, asOf);
    expect(of([...quick, ...young], measuredAsOf)).toMatchObject({
      verdict: 'too early',
      after: { n: 0 },
      handoffs: { before: 25, after: 0 },
    });
    expect(of(quick, '2026-12-11T10:00:00Z')).toMatchObject({
      verdict: 'unclear',
      handoffs: { before: 25, after: 25 },
    });
    // Time makes no more of three.
    expect(of(quick.slice(0, 3), measuredAsOf).verdict).toBe('too few');
  });

  it('compares any population in every measure without a slip', () => {
    fc.assert(
      fc.property(anyMeasured(60), ({ handoffs, asOf }) => {
        for (const { verdict, chance, handoffs: n } of outcomesBeforeAndAfter(splitBy(handoffs, change), asOf)) {
          const isSilent = verdict === 'too few' || verdict === 'too early';
          if (verdict !== 'no no') expect(isSilent).toBe(Math.min(n.before, n.after) < enoughToSay);
          expect(chance === undefined).toBe(isSilent || verdict === 'no no');
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('what became of customers', () => {
  const ended = (score: number, outcome: 'renewed' | 'churned' | undefined, i: number) =>
    measuredHandoff({
      id: `${score}-${i}`,
      handoffScore: score,
      status: 'complete',
      endedAt: '2026-09-01T10:00:00Z',
      outcomes: outcome ? [{ outcome, at: '2026-10-01T10:00:00Z' }] : [],
    });
  const many = (score: number, renewed: number, churned: number, silent: number) => [
    ...Array.from({ length: renewed }, (_, i) => ended(score, 'renewed', i)),
    ...Array.from({ length: churned }, (_, i) => ended(score, 'churned', renewed + i)),
    ...Array.from({ length: silent }, (_, i) => ended(score, undefined, renewed + churned + i)),
  ];

  it('is told by band, of those of whom anything was told', () => {
    const { bands: found, comparisons } = outcomesBy(
      'score',
      [...many(95, 24, 1, 5), ...many(40, 10, 15, 0), ...many(70, 1, 0, 0)],
      measuredAsOf,
    );
    expect(found.map(({ band, handoffs, told }) => [band.id, handoffs, told])).toEqual([
      ['score-80', 30, 25],
      ['score-60', 1, 1],
      ['score-0', 25, 25],
    ]);
    const renewed = found.map(({ figures }) => figures.find(({ measure }) => measure === 'renewed')?.value);
    expect(renewed).toEqual([0.96, 1, 0.4]);
    expect(
      comparisons.map(({ comparison: { measure, verdict }, best, lowest }) => [measure, verdict, best.id, lowest.id]),
    ).toEqual([
      ['onboardingComplete', 'too few', 'score-80', 'score-0'],
      ['expanded', 'unclear', 'score-80', 'score-0'],
      ['renewed', 'better', 'score-80', 'score-0'],
      ['churned', 'better', 'score-80', 'score-0'],
    ]);
    const [onboarding] = comparisons;
    const told =
      onboarding &&
      verdictText(onboarding.comparison, ({ before, after }) => `${after} in the best, ${before} in the lowest`);
    expect(told).toBe('Too few to say: 0 in the best, 0 in the lowest; it takes 20 on each side.');
  });

  it('carries no conclusion where little was told', () => {
    const { comparisons } = outcomesBy('score', [...many(95, 19, 0, 50), ...many(40, 0, 30, 0)], measuredAsOf);
    expect(comparisons.every(({ comparison: { verdict } }) => verdict === 'too few')).toBe(true);
  });

  it('is compared between the two bands furthest apart that have enough', () => {
    const bandsOf = (handoffs: readonly MeasuredHandoff[]) => {
      const { comparisons } = outcomesBy('score', handoffs, measuredAsOf);
      const churned = comparisons.find(({ comparison: { measure } }) => measure === 'churned');
      return [churned?.best.id, churned?.lowest.id, churned?.comparison.verdict];
    };
    // One handoff in the lowest band keeps nobody from comparing the others.
    expect(bandsOf([...many(95, 55, 3, 0), ...many(70, 20, 19, 0), ...many(40, 0, 1, 0)])).toEqual([
      'score-80',
      'score-60',
      'better',
    ]);
    expect(bandsOf([...many(95, 2, 0, 0), ...many(70, 30, 0, 0), ...many(40, 5, 20, 0)])).toEqual([
      'score-60',
      'score-0',
      'better',
    ]);
    expect(bandsOf([...many(95, 55, 3, 0), ...many(70, 1, 0, 0), ...many(40, 1, 0, 0)])).toEqual([
      'score-80',
      'score-0',
      'too few',
    ]);
  });

  it('is told of the first bands that have enough, where what is known of none can be compared', () => {
    const said = (score: number, n: number) =>
      Array.from({ length: n }, (_, i) => ({ ...ended(score, undefined, i), onboardingComplete: true }));
    const told = (...handoffs: readonly MeasuredHandoff[][]) => {
      const [onboarded] = outcomesBy('score', handoffs.flat(), measuredAsOf).comparisons;
      return [onboarded?.comparison.measure, onboarded?.best.id, onboarded?.lowest.id];
    };
    expect(told(said(95, 30), said(70, 30), said(40, 4))).toEqual(['onboardingComplete', 'score-80', 'score-60']);
    expect(told(said(95, 30), said(70, 4), said(40, 4))).toEqual(['onboardingComplete', 'score-80', 'score-0']);
  });

  it('is nothing to compare where nobody said no to onboarding', () => {
    const said = (score: number, complete: readonly boolean[]) =>
      complete.map((each, i) => ({ ...ended(score, undefined, i), onboardingComplete: each }));
    const yeses = Array.from({ length: 30 }, () => true);
    const of = (low: readonly boolean[]) => {
      const [first] = outcomesBy('score', [...said(95, yeses), ...said(40, low)], measuredAsOf).comparisons;
      return first?.comparison;
    };
    const onlyYes = of(yeses);
    expect(onlyYes).toMatchObject({ verdict: 'no no', before: { value: undefined, hits: 30 } });
    expect(onlyYes && verdictText(onlyYes)).toBe(
      'Nothing to compare: 30 handoffs before, 30 after said yes, and none said no.',
    );
    expect(of(yeses.map((_, i) => i % 2 === 0))?.verdict).toBe('better');
  });

  it('puts each handoff into one band of each kind at most, and lists it by the band', () => {
    fc.assert(
      fc.property(anyMeasured(), (measured) => {
        for (const banding of bandings) {
          for (const handoff of measured.handoffs)
            expect(bands[banding].filter(({ holds }) => holds(handoff)).length).toBe(
              banding === 'score' && definitionOf('handoffScore').samples(handoff).length === 0 ? 0 : 1,
            );
          for (const { id, holds } of bands[banding])
            expect(filtered(measured, { band: id }, 'UTC').handoffs).toEqual(measured.handoffs.filter(holds));
        }
      }),
    );
    expect(filtered(measuredOf(measuredHandoff()), { band: 'none' }, 'UTC').handoffs).toEqual([]);
  });
});
