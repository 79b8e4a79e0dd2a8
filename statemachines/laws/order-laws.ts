import { stepPlanning } from '../../functions/domain/playbook/capabilities.ts';
import type {
  Anchor,
  AskStep,
  DueRule,
  FrozenPlaybook,
  Playbook,
  StepRule,
} from '../../functions/domain/playbook/playbook.ts';
import { hoursOf } from '../../functions/domain/time/due.ts';
import { markersOf, type Position } from './flow-order.ts';
import { roomProblems } from './ladder-laws.ts';

/** One step of one variant. */
export interface Inside {
  readonly playbook: Playbook;
  readonly frozen: FrozenPlaybook;
  /** The variant's. */
  readonly steps: Playbook['steps'];
  readonly positions: ReadonlyMap<string, Position>;
  readonly id: string;
  readonly position: Position;
}

/** Why the flow cannot come to a step as its rules say: what they count from has not happened by then, or never does. */
export function orderProblems(inside: Inside, rule: StepRule): string[] {
  return rule.kind === 'tell'
    ? rule.tells.flatMap(({ opens }) => tellProblems(inside, opens, rule.by))
    : askProblemsIn(inside, rule);
}

function askProblemsIn(inside: Inside, rule: AskStep): string[] {
  const { frozen, steps, id, position } = inside;
  const problems: string[] = [];
  if (rule.due.after !== 'opened') problems.push(...notYet(inside, `"${id}" is due`, rule.due.after));
  if (rule.opens && !rule.optional) problems.push(...openingProblems(inside, rule.opens));
  const ladder = frozen.ladders[rule.ladder];
  if (!ladder) problems.push(`"${id}" has the ladder "${rule.ladder}", which is not defined.`);
  for (const { when } of ladder?.rungs ?? [])
    if ('after' in when && when.after !== 'opened')
      problems.push(...notYet(inside, `"${id}" has a rung on its ladder`, when.after));
  problems.push(...(ladder ? roomProblems(`"${id}"`, rule.due.within, ladder) : []));
  const planner = rule.holds === undefined ? undefined : stepPlanning(frozen, rule.holds)?.id;
  if (rule.ifCalledOff && planner !== undefined && !position.sameRow.has(planner))
    problems.push(
      `"${id}" may be called off, but "${planner}", which plans its meeting, does not come before it in its row.`,
    );
  if (!rule.returns) return problems;
  const { to } = rule.returns;
  const target = steps[to];
  if (!target) problems.push(`"${id}" goes back to "${to}", which is left out.`);
  else if (!position.sameRow.has(to))
    problems.push(`"${id}" goes back to "${to}", which does not come before it in its row.`);
  else if (target.kind !== 'ask' || target.fills !== 'package')
    problems.push(`"${id}" goes back to "${to}", which is not the step that completes the package.`);
  return problems;
}

function tellProblems(inside: Inside, opens: DueRule | undefined, by: 'scheduler' | undefined): string[] {
  if (opens === undefined)
    return by === 'scheduler' ? [`"${inside.id}" is left to the scheduler, but says not when it opens.`] : [];
  if (by !== 'scheduler') return openingProblems(inside, opens);
  if (opens.after !== 'renewalDate')
    return [`"${inside.id}" is left to the scheduler, which counts from "renewalDate" and not from "${opens.after}".`];
  return hoursOf(opens.within) < 0
    ? []
    : [
        `"${inside.id}" reminds "${opens.within}" after "renewalDate", when it is over: say a time before it, such as "-90 days".`,
      ];
}

/** A step opens later than the flow arrives only if the mail before it finds out when. */
function openingProblems(inside: Inside, opens: DueRule): string[] {
  const { id, position, steps, positions } = inside;
  const { announcer } = position;
  if (announcer === undefined) return [`"${id}" opens after "${opens.after}", but no announcement comes before it.`];
  const announcing = steps[announcer];
  if (!announcing) return [`"${id}" opens after the announcement of "${announcer}", which is left out.`];
  if (announcing.kind === 'ask' && (announcing.names || announcing.fills))
    return [`"${id}" opens after the announcement of "${announcer}", which is not always made.`];
  const markers = markersOf(steps, opens.after);
  if (markers.includes(announcer)) return [];
  const at = positions.get(announcer) ?? position;
  const [marker] = markers;
  if (marker !== undefined && position.before.has(marker) && !at.before.has(marker))
    return [
      `"${id}" opens after "${opens.after}", but the announcement before it, of "${announcer}", goes out before "${marker}" marks that: put "${id}" behind "${marker}" in its row, or let a step between the two announce something.`,
    ];
  return notYet({ ...inside, position: at }, `"${id}" opens by the announcement of "${announcer}"`, opens.after);
}

/** Why an anchor cannot have happened when the flow comes to a step; nothing when it has. */
function notYet({ playbook, steps, positions, id, position }: Inside, what: string, anchor: Anchor): string[] {
  if (anchor === 'closedWon') return [];
  const because = (why: string) => [`${what} after "${anchor}", but ${why}.`];
  if (anchor === 'renewalDate') return because('only the scheduler counts from that');
  if (anchor === 'opened') return because('nothing opens by itself');
  const [marker] = markersOf(steps, anchor);
  if (marker !== undefined && position.before.has(marker)) return [];
  if (marker === undefined) {
    const [elsewhere] = markersOf(playbook.steps, anchor);
    return because(elsewhere ? `"${elsewhere}", which marks it, is left out` : 'no step marks it');
  }
  if (marker === id) return because('the step marks that itself');
  const isLater = positions.get(marker)?.before.has(id);
  return because(`"${marker}", which marks it, ${isLater ? 'comes later' : 'runs beside it'}`);
}
