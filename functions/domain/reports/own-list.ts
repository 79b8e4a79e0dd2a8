import { defined } from '../fields/record.ts';
import type { Rest } from '../handoff/resting.ts';
import type { Instant } from '../time/calendar.ts';
import { type Period, periodsUntil, type Span } from '../time/periods.ts';
import type { MeasureId } from './definitions.ts';
import type { PersonId } from './fact.ts';
import { type Figure, figuresByWeek } from './figures.ts';
import type { Measured, MeasuredHandoff, MeasuredRound } from './measured-handoff.ts';
import { isOverdue, isRunning, titleIn } from './steps.ts';

/** A step that somebody still has before them. */
export interface OwnStep {
  readonly handoff: string;
  readonly customer: string;
  readonly step: string;
  readonly title: string;
  readonly dueAt: Instant;
  /** Calendar days after the due time, so far, or until it began to rest; absent unless it was late. */
  readonly daysLate?: number;
  readonly rests?: Rest;
}

/** An own number of the week that is over, beside the weeks before it. */
export interface OwnNumber {
  readonly measure: MeasureId;
  readonly figure: Figure;
  readonly lastWeek: Figure;
  /** Four weeks, oldest first, the one that is over last. */
  readonly trend: readonly { readonly week: Period; readonly figure: Figure }[];
}

/** What somebody has before them, and how their week went. */
export interface OwnList {
  /** The longest overdue first. */
  readonly overdue: readonly OwnStep[];
  /** Due in the span asked for, soonest first. */
  readonly dueNow: readonly OwnStep[];
  /** Asked already and due later, soonest first. */
  readonly later: readonly OwnStep[];
  /** Nothing is due from them: what waits for a decision, then what waits for the customer; soonest due first. */
  readonly undecided: readonly OwnStep[];
  readonly paused: readonly OwnStep[];
  /** Handoffs in which they hold a side, or own a step, that still need work. */
  readonly running: readonly string[];
  readonly numbers: readonly OwnNumber[];
}

/** What an account executive or customer success manager is told of their own steps. */
const ownMeasures = ['stepsOnTime', 'promisesKept', 'stepsUnanswered'] as const satisfies readonly MeasureId[];

/**
 * The list of somebody's week: their steps that are open, and their numbers of the week that is over. `due`: the days that the
 * list is for; `week`: the one that is over, in the stage's zone. Throws a RangeError naming a text that is no week.
 */
export function ownList(
  { handoffs, playbooks }: Measured,
  {
    person,
    due,
    week,
    zone,
  }: {
    /** Their ids. */
    readonly person: ReadonlySet<PersonId>;
    readonly due: Span;
    readonly week: Period;
    readonly zone: string;
  },
): OwnList {
  const own = handoffs.map((handoff) => ({
    ...handoff,
    rounds: handoff.rounds.filter(({ owner }) => person.has(owner)),
  }));
  const open = own
    .filter(isRunning)
    .flatMap((handoff) =>
      handoff.rounds
        .filter(({ endedAt }) => endedAt === undefined)
        .map((round) => ({ ...ownStep(handoff, round, playbooks), isLate: isOverdue(round) })),
    );
  const inOrder = open
    .toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt) || (a.handoff < b.handoff ? -1 : 1))
    .map(({ isLate, ...step }) => ({ step, isLate, isNow: Date.parse(step.dueAt) < Date.parse(due.until) }));
  const weeks = periodsUntil(week, 4);
  const toDo = inOrder.filter(({ step }) => step.rests === undefined);
  const resting = (what: Rest['for']) => inOrder.flatMap(({ step }) => (step.rests?.for === what ? step : []));
  return {
    overdue: toDo.filter(({ isLate }) => isLate).map(({ step }) => step),
    dueNow: toDo.filter(({ isLate, isNow }) => !isLate && isNow).map(({ step }) => step),
    later: toDo.filter(({ isLate, isNow }) => !isLate && !isNow).map(({ step }) => step),
    undecided: resting('decision'),
    paused: resting('customer'),
    running: own.filter((handoff) => isRunning(handoff) && isTheirs(handoff, person)).map(({ id }) => id),
    numbers: ownMeasures.flatMap((measure): readonly OwnNumber[] => {
      const trend = figuresByWeek(measure, own, { weeks, zone });
      const [figure, lastWeek] = [trend.at(-1)?.figure, trend.at(-2)?.figure];
      return figure && lastWeek ? [{ measure, figure, lastWeek, trend }] : [];
    }),
  };
}

/** Whether there is anything to write about: the weekly list goes out only then. */
export const hasSomething = ({ overdue, dueNow, later, numbers }: OwnList): boolean =>
  overdue.length + dueNow.length + later.length > 0 || numbers.some(({ figure }) => figure.n > 0);

const isTheirs = (
  { accountExecutive, customerSuccessManager, rounds }: MeasuredHandoff,
  person: ReadonlySet<PersonId>,
): boolean =>
  rounds.length > 0 || [accountExecutive, customerSuccessManager].some((id) => id !== undefined && person.has(id));

const ownStep = (
  { id, customer }: MeasuredHandoff,
  { step, dueAt, daysLate, rests }: MeasuredRound,
  playbooks: Measured['playbooks'],
): OwnStep => ({
  handoff: id,
  customer,
  step,
  title: titleIn(playbooks, step),
  dueAt,
  ...defined({ daysLate, rests }),
});
