import { defined } from '../fields/record.ts';
import type { Rest } from '../handoff/resting.ts';
import type { Instant } from '../time/calendar.ts';
import { type Period, periodsUntil } from '../time/periods.ts';
import type { MeasureId } from './definitions.ts';
import { type Figure, figuresByWeek } from './figures.ts';
import type { Measured } from './measured-handoff.ts';
import { type NeedsAPerson, needAPerson } from './need-a-person.ts';
import { type Correction, comparePublished, type PublishedKpis } from './published.ts';
import { heldUpAt, overdueRounds, restingRounds, titleIn } from './steps.ts';

/** So many weeks are shown beside each other, the one asked for included. */
export const weeksInTrend = 4;

/** What leadership sees of each week (S4), in this order. */
export const kpiMeasures = [
  'won',
  'completed',
  'stepsOnTime',
  'timeToCompletion',
  'surveyScore',
] as const satisfies readonly MeasureId[];

/** One number of the week beside the weeks before it. */
export interface Kpi {
  readonly measure: MeasureId;
  readonly figure: Figure;
  readonly lastWeek: Figure;
  /** Four weeks, this one the last. */
  readonly trend: readonly { readonly week: Period; readonly figure: Figure }[];
}

/** Leadership's week: steps and customers, no names. */
export interface WeeklyKpis {
  /** Or a month, where its numbers are asked for: the others are then of months, too. */
  readonly week: Period;
  /** What happened since is not in it. UTC. */
  readonly asOf: Instant;
  readonly kpis: readonly Kpi[];
  /** The step that most handoffs are overdue at now; of two the one that has been so for longest. */
  readonly mostOverdue?: {
    readonly step: string;
    readonly title: string;
    readonly handoffs: readonly string[];
    /** Calendar days of the one that is longest overdue. */
    readonly longestDays: number;
  };
  /** How many handoffs wait for somebody to decide on an exception, and since when the first of them does; absent where none do. */
  readonly undecided?: { readonly handoffs: number; readonly since: Instant };
  /** Stalled now, the longest first. */
  readonly stalled: readonly {
    readonly handoff: string;
    readonly customer: string;
    readonly since: Instant;
    /** What holds it up, where that isn't the owner of a step. */
    readonly rests?: Rest;
  }[];
  /** At most three. */
  readonly needAPerson: readonly NeedsAPerson[];
  /** What the numbers that went out for this week say differently now; empty where nothing was published. */
  readonly revised: readonly Correction[];
}

/**
 * Leadership's numbers of a week (or of a month, in the same form) in the stage's zone. What happened in it counts, whenever the handoff began; what is overdue or
 * stalled is so now. Throws a RangeError naming a text that is no week.
 */
export function weeklyKpis({
  measured,
  week,
  zone,
  published,
}: {
  readonly measured: Measured;
  readonly week: Period;
  readonly zone: string;
  readonly published?: PublishedKpis | undefined;
}): WeeklyKpis {
  const { asOf, handoffs, playbooks } = measured;
  const weeks = periodsUntil(week, weeksInTrend);
  const kpis = kpiMeasures.flatMap((measure): readonly Kpi[] => {
    const trend = figuresByWeek(measure, handoffs, { weeks, zone });
    const [figure, lastWeek] = [trend.at(-1)?.figure, trend.at(-2)?.figure];
    return figure && lastWeek ? [{ measure, figure, lastWeek, trend }] : [];
  });
  const [most] = [...Map.groupBy(overdueRounds(handoffs), ({ round }) => round.step)].sort(
    ([, a], [, b]) => b.length - a.length || (b[0]?.days ?? 0) - (a[0]?.days ?? 0),
  );
  const undecided = restingRounds(handoffs, 'decision');
  return {
    week,
    asOf,
    kpis,
    ...(most && {
      mostOverdue: {
        step: most[0],
        title: titleIn(playbooks, most[0]),
        handoffs: [...new Set(most[1].map(({ handoff }) => handoff.id))],
        longestDays: most[1][0]?.days ?? 0,
      },
    }),
    ...(undecided[0] && {
      undecided: {
        handoffs: new Set(undecided.map(({ handoff }) => handoff.id)).size,
        since: undecided[0].rests.since,
      },
    }),
    stalled: handoffs
      .filter(({ status }) => status === 'stalled')
      .map((handoff) => ({
        handoff: handoff.id,
        customer: handoff.customer,
        since: handoff.stalledAt.at(-1) ?? handoff.signedAt,
        ...defined({ rests: heldUpAt(handoff)?.rests }),
      }))
      .sort((a, b) => Date.parse(a.since) - Date.parse(b.since)),
    needAPerson: needAPerson(measured, 3),
    revised: published
      ? comparePublished(
          kpis.map(({ figure }) => figure),
          published,
        )
      : [],
  };
}
