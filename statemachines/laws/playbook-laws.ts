import { nameIn } from '../../functions/domain/fields/words.ts';
import { type FlowItem, flowSteps, type Playbook, type StepRule } from '../../functions/domain/playbook/playbook.ts';
import { hoursOf } from '../../functions/domain/time/due.ts';
import { memberProblems } from './members.ts';
import { overlayProblems } from './overlay-laws.ts';
import { twice } from './step-laws.ts';
import { variantProblems } from './variant-laws.ts';

/** Step Functions ends an execution after a year. */
const longestExecution = 365 * 24;

/**
 * Why this playbook cannot work, one sentence each: a step due after something that has not happened by then, a step that
 * comes twice or never, rungs in the wrong order, … Empty when all is well. What nobody understands is said first, and nothing
 * else then. State names are `compileProblems`'s to judge.
 */
export function playbookProblems(playbook: Playbook): readonly string[] {
  const unclear = memberProblems(playbook);
  if (unclear.length > 0) return unclear;
  return [
    ...settingProblems(playbook),
    ...flowProblems(playbook),
    ...overlayProblems(playbook),
    ...variantProblems(playbook),
  ];
}

function settingProblems({ abandonAfter, segments, industries, fallbackSegment }: Playbook): string[] {
  const hours = hoursOf(abandonAfter);
  return [
    ...(hours <= 0 || hours > longestExecution
      ? [`Handoffs are abandoned after "${abandonAfter}": at most a year, because Step Functions ends them then.`]
      : []),
    ...(segments[fallbackSegment]
      ? []
      : [`A deal of an unknown segment falls back to "${fallbackSegment}", which is no segment of this playbook.`]),
    ...likeNames('segment', Object.keys(segments)),
    ...likeNames('industry', Object.keys(industries)),
  ];
}

/** Names that a deal's own wording cannot tell apart; a segment and an industry are never mistaken for each other. */
const likeNames = (kind: 'segment' | 'industry', names: readonly string[]): string[] =>
  names.flatMap((name) => {
    const meant = nameIn(names, name);
    return meant === name
      ? []
      : [`The ${kind} "${name}" is read as "${meant}": case, spaces, and hyphens do not count.`];
  });

function flowProblems(playbook: Playbook): string[] {
  const flow = flowSteps(playbook.flow);
  const said = Object.values<StepRule>(playbook.steps).flatMap((rule) =>
    rule.kind === 'tell'
      ? rule.tells.map(({ say }) => say)
      : [rule.announce?.say, rule.scores?.say].filter((say) => say !== undefined),
  );
  return [
    ...emptyRows(playbook.flow).map(
      (name) => `The part "${name}" of the flow has a row without a step, or none at all.`,
    ),
    ...Object.entries<StepRule>(playbook.steps).flatMap(([id, rule]) =>
      rule.kind === 'tell' && rule.tells.length === 0 ? [`"${id}" tells nothing.`] : [],
    ),
    ...flow
      .filter((id) => isScheduled(playbook.steps[id]) && !playbook.flow.includes(id))
      .map((id) => `"${id}" is left to the scheduler, and yet stands beside other steps.`),
    ...flow.filter((id) => !playbook.steps[id]).map((id) => `The flow names "${id}", which is not defined.`),
    ...twice(flow).map((id) => `The flow comes to "${id}" twice.`),
    ...twice(said).map((say) => `"${say}" is said by two steps, but goes out only once.`),
    ...Object.entries<StepRule>(playbook.steps).flatMap(([id, rule]) => {
      const optional = rule.kind === 'ask' && rule.optional;
      const settles = rule.kind === 'ask' && rule.settles;
      if (!/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/.test(id))
        return [`"${id}" is no step id: say lower-case words joined by hyphens, each beginning with a letter.`];
      if (flow.includes(id))
        return [
          ...(optional ? [`"${id}" is optional, and yet in the flow.`] : []),
          ...(settles ? [`"${id}" asks for open items, which nothing waits for, and yet is in the flow.`] : []),
        ];
      return optional || settles ? [] : [`"${id}" is neither in the flow nor optional.`];
    }),
  ];
}

const isScheduled = (rule: StepRule | undefined): boolean => rule?.kind === 'tell' && rule.by === 'scheduler';

/** The parts of the flow that have a row of no steps, or no rows. */
const emptyRows = (flow: readonly FlowItem[]): string[] =>
  flow.flatMap((item) => {
    if (typeof item === 'string') return [];
    const empty = item.beside.length === 0 || item.beside.some((row) => row.length === 0);
    return [...(empty ? [item.name] : []), ...item.beside.flatMap(emptyRows)];
  });
