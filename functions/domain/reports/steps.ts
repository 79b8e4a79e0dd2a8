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
    .filter(({ round }) => round.endedAt === undefined && round.timeliness === 'late')
    .sort((a, b) => b.days - a.days || (a.handoff.id < b.handoff.id ? -1 : 1));

/** Whether a handoff still needs work. */
export const isRunning = ({ status }: Pick<MeasuredHandoff, 'status'>): boolean =>
  status === 'open' || status === 'stalled';
