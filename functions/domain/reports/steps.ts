import type { Rest } from '../handoff/resting.ts';
import type { MeasuredHandoff, MeasuredPlaybook, MeasuredRound } from './measured-handoff.ts';

/** A step as reports name it. */
export interface NamedStep {
  readonly id: string;
  readonly title: string;
}

/**
 * Every step of these playbooks in the order of the SOP, titles as the newest that has it says them. A step that the newest does
 * without stands behind the one it used to follow.
 */
export function stepsInOrder(playbooks: readonly MeasuredPlaybook[]): readonly NamedStep[] {
  const steps = inOrder.get(playbooks) ?? put(playbooks);
  inOrder.set(playbooks, steps);
  return steps;
}

// A list of a thousand overdue steps asks for each title.
const inOrder = new WeakMap<readonly MeasuredPlaybook[], readonly NamedStep[]>();

function put(playbooks: readonly MeasuredPlaybook[]): readonly NamedStep[] {
  const newestFirst = playbooks.toSorted((a, b) => Date.parse(b.since) - Date.parse(a.since));
  const steps: NamedStep[] = [];
  for (const playbook of newestFirst) {
    for (const [i, step] of playbook.steps.entries()) {
      if (steps.some(({ id }) => id === step.id)) continue;
      const before = playbook.steps[i - 1]?.id;
      steps.splice(steps.findIndex(({ id }) => id === before) + 1, 0, { id: step.id, title: step.title });
    }
  }
  return steps;
}

/** What a step is called; its id where no playbook has it. */
export const titleIn = (playbooks: readonly MeasuredPlaybook[], step: string): string =>
  stepsInOrder(playbooks).find(({ id }) => id === step)?.title ?? step;

/** A round of a step that its owner should have ended, and has not. */
export interface OverdueRound {
  readonly handoff: MeasuredHandoff;
  readonly round: MeasuredRound;
  /** Calendar days after the due time, so far. */
  readonly days: number;
}

/** Everything overdue now, the longest first. Of handoffs that have ended nothing is. */
export const overdueRounds = (handoffs: readonly MeasuredHandoff[]): readonly OverdueRound[] =>
  handoffs
    .filter(isRunning)
    .flatMap((handoff) => handoff.rounds.map((round) => ({ handoff, round, days: round.daysLate ?? 0 })))
    .filter(({ round }) => isOverdue(round))
    .sort((a, b) => b.days - a.days || (a.handoff.id < b.handoff.id ? -1 : 1));

/**
 * Whether an open round is overdue now, as the digest calls it: past its due time, while its owner is to act. What waits for a
 * decision or for the customer is not, though it may have been late before.
 */
export const isOverdue = ({ endedAt, timeliness, rests }: MeasuredRound): boolean =>
  endedAt === undefined && timeliness === 'late' && rests === undefined;

/** An open round of which nothing is due from its owner now. */
export interface RestingRound {
  readonly handoff: MeasuredHandoff;
  readonly round: MeasuredRound;
  readonly rests: Rest;
}

/** Everything that waits for a decision, or for the customer, the longest first. */
export const restingRounds = (handoffs: readonly MeasuredHandoff[], what: Rest['for']): readonly RestingRound[] =>
  handoffs
    .filter(isRunning)
    .flatMap((handoff) =>
      handoff.rounds.flatMap((round) => (round.rests ? { handoff, round, rests: round.rests } : [])),
    )
    .filter(({ rests }) => rests.for === what)
    .sort((a, b) => Date.parse(a.rests.since) - Date.parse(b.rests.since) || (a.handoff.id < b.handoff.id ? -1 : 1));

/**
 * The open round that holds a handoff up: what has been overdue, or waited for a decision, for longest; else what waits for the
 * customer. Undefined where all is in time.
 */
export function heldUpAt(handoff: MeasuredHandoff): MeasuredRound | undefined {
  const overdue = overdueRounds([handoff]).map(({ round }) => ({ round, since: round.dueAt }));
  const undecided = restingRounds([handoff], 'decision').map(({ round, rests }) => ({ round, since: rests.since }));
  const [first] = [...overdue, ...undecided].toSorted((a, b) => Date.parse(a.since) - Date.parse(b.since));
  return first?.round ?? restingRounds([handoff], 'customer')[0]?.round;
}

/** Whether a handoff still needs work. */
export const isRunning = ({ status }: Pick<MeasuredHandoff, 'status'>): boolean =>
  status === 'open' || status === 'stalled';
