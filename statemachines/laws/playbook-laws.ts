import { askSteps } from '../../functions/domain/playbook/capabilities.ts';
import { freezePlaybook, type Variant, variantsOf } from '../../functions/domain/playbook/freeze.ts';
import {
  type Anchor,
  type AskStep,
  type DueRule,
  type FrozenPlaybook,
  flowSteps,
  type Playbook,
  type StepRule,
} from '../../functions/domain/playbook/playbook.ts';
import { parseWithin, type Within } from '../../functions/domain/time/due.ts';
import { capabilityProblems, memberProblems } from './capability-laws.ts';
import { markersOf, type Position, positionsOf } from './flow-order.ts';
import { hoursOf, ladderProblems, roomProblems } from './ladder-laws.ts';
import { overlayProblems } from './overlay-laws.ts';
import { askProblems, twice } from './step-laws.ts';

/** Step Functions ends an execution after a year. */
const longestExecution = 365 * 24;

/**
 * Why this playbook cannot work, one sentence each: a step due after something that has not happened by then, a step that
 * comes twice or never, rungs in the wrong order, … Empty when all is well. State names are `compile`'s to judge.
 */
export function playbookProblems(playbook: Playbook): readonly string[] {
  return [
    ...memberProblems(playbook),
    ...settingProblems(playbook),
    ...spanProblems(playbook),
    ...flowProblems(playbook),
    ...askSteps(playbook).flatMap(({ id, rule }) => askProblems(`"${id}"`, rule)),
    ...Object.entries(playbook.ladders).flatMap(([name, ladder]) => ladderProblems(name, ladder)),
    ...overlayProblems(playbook),
    ...variantProblems(playbook),
  ];
}

function settingProblems({ linkDays, abandonAfter, segments, fallbackSegment }: Playbook): string[] {
  const days = Number.isInteger(linkDays) && linkDays >= 1 && linkDays <= 30;
  const hours = hoursOf(abandonAfter);
  return [
    ...(days ? [] : [`Links work for ${linkDays} days: say 1 to 30.`]),
    ...(hours <= 0 || hours > longestExecution
      ? [`Handoffs are abandoned after "${abandonAfter}": at most a year, because Step Functions ends them then.`]
      : []),
    ...(segments[fallbackSegment]
      ? []
      : [`A deal of an unknown segment falls back to "${fallbackSegment}", which is no segment of this playbook.`]),
  ];
}

/** Spans that cannot be parsed, and those that lie before what they count from. */
function spanProblems(playbook: Playbook): string[] {
  const rules: [string, DueRule][] = [];
  const spans: [string, Within][] = [['abandonAfter', playbook.abandonAfter]];
  for (const [id, rule] of Object.entries<StepRule>(playbook.steps)) {
    if (rule.kind === 'tell') rules.push(...rule.tells.map(({ opens }): [string, DueRule] => [`"${id}"`, opens]));
    else {
      rules.push([`"${id}"`, rule.due], ...(rule.opens ? [[`"${id}"`, rule.opens] as [string, DueRule]] : []));
      if (rule.returns) spans.push([`"${id}"`, rule.returns.within]);
      if (rule.repeat) spans.push([`"${id}"`, rule.repeat.every]);
    }
  }
  for (const [kind, overlays] of Object.entries({ segment: playbook.segments, industry: playbook.industries }))
    for (const [name, { steps = {} }] of Object.entries(overlays))
      for (const [id, own] of Object.entries(steps)) {
        const tells = Object.values(own?.tells ?? {}).filter((rule) => rule !== 'silent');
        const all = [own?.due, own?.opens, ...tells];
        rules.push(
          ...all.flatMap((rule) => (rule ? [[`"${id}" in ${kind} "${name}"`, rule] as [string, DueRule]] : [])),
        );
      }
  for (const [name, { rungs, afterwards }] of Object.entries(playbook.ladders)) {
    const of = `The ladder "${name}"`;
    spans.push([of, 'nagEvery' in afterwards ? afterwards.nagEvery : afterwards.unansweredAfterDue]);
    for (const { when } of rungs) {
      if ('after' in when) rules.push([of, when]);
      else spans.push([of, 'afterDue' in when ? when.afterDue : when.beforeDue]);
    }
  }
  spans.push(...rules.map(([of, { within }]): [string, Within] => [of, within]));
  const unparsed = spans.flatMap(([of, within]) => {
    const amount = parseWithin(within);
    return amount instanceof Error ? [`${of}: ${amount.message}.`] : [];
  });
  const early = rules.filter(([, { after, within }]) => hoursOf(within) < 0 && after !== 'renewalDate');
  return [
    ...unparsed,
    ...early.map(
      ([of, { after, within }]) =>
        `${of} comes "${within}" after "${after}": only the renewal date is known beforehand.`,
    ),
  ];
}

function flowProblems(playbook: Playbook): string[] {
  const flow = flowSteps(playbook.flow);
  const said = Object.values<StepRule>(playbook.steps).flatMap((rule) =>
    rule.kind === 'tell'
      ? rule.tells.map(({ say }) => say)
      : [rule.announce?.say, rule.scores?.say].filter((say) => say !== undefined),
  );
  return [
    ...flow.filter((id) => !playbook.steps[id]).map((id) => `The flow names "${id}", which is not defined.`),
    ...twice(flow).map((id) => `The flow comes to "${id}" twice.`),
    ...twice(said).map((say) => `"${say}" is said by two steps, but goes out only once.`),
    ...Object.entries<StepRule>(playbook.steps).flatMap(([id, rule]) => {
      const optional = rule.kind === 'ask' && rule.optional;
      if (!/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/.test(id))
        return [`"${id}" is no step id: say lower-case words joined by hyphens, each beginning with a letter.`];
      if (flow.includes(id)) return optional ? [`"${id}" is optional, and yet in the flow.`] : [];
      return optional ? [] : [`"${id}" is neither in the flow nor optional.`];
    }),
  ];
}

/** What is wrong in every variant is said once. */
function variantProblems(playbook: Playbook): string[] {
  const variants = variantsOf(playbook);
  const where = new Map<string, Variant[]>();
  for (const variant of variants)
    for (const problem of problemsIn(playbook, variant)) where.set(problem, [...(where.get(problem) ?? []), variant]);
  return [...where].map(([problem, found]) =>
    found.length === variants.length ? problem : `In ${variantNames(playbook, found)}: ${problem}`,
  );
}

/** 'the segment "a"', 'the segments "a" and "b"', 'the industry "x"': only as much as tells them apart. */
function variantNames(playbook: Playbook, found: readonly Variant[]): string {
  const quoted = (names: readonly (string | undefined)[]) =>
    [...new Set(names)].map((name) => `"${name}"`).join(' and ');
  const plain = found.filter(({ industry }) => industry === undefined).map(({ segment }) => segment);
  if (plain.length > 0) return `the segment${plain.length > 1 ? 's' : ''} ${quoted(plain)}`;
  const industries = [...new Set(found.map(({ industry }) => industry))];
  const inAll = found.length === industries.length * Object.keys(playbook.segments).length;
  const of = inAll ? '' : ` of the segment ${quoted(found.map(({ segment }) => segment))}`;
  return `the industr${industries.length > 1 ? 'ies' : 'y'} ${quoted(industries)}${of}`;
}

function problemsIn(playbook: Playbook, variant: Variant): string[] {
  const frozen = freezePlaybook(playbook, variant);
  const { steps } = frozen;
  const positions = positionsOf(playbook);
  const problems = capabilityProblems(frozen, { playbook, positions });
  for (const anchor of new Set(askSteps(frozen).flatMap(({ rule }) => rule.marks ?? []))) {
    const markers = markersOf(steps, anchor);
    if (markers.length > 1) problems.push(`${markers.map((id) => `"${id}"`).join(' and ')} both mark "${anchor}".`);
  }
  for (const [id, rule] of Object.entries(steps)) {
    const position = positions.get(id);
    if (!position) continue;
    const inside: Inside = { playbook, frozen, steps, positions, id, position };
    if (rule.kind === 'tell') problems.push(...rule.tells.flatMap(({ opens }) => tellProblems(inside, opens, rule.by)));
    else problems.push(...askProblemsIn(inside, rule));
  }
  return problems;
}

/** One step of one variant. */
interface Inside {
  readonly playbook: Playbook;
  readonly frozen: FrozenPlaybook;
  /** The variant's. */
  readonly steps: Playbook['steps'];
  readonly positions: ReadonlyMap<string, Position>;
  readonly id: string;
  readonly position: Position;
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

function tellProblems(inside: Inside, opens: DueRule, by: 'scheduler' | undefined): string[] {
  if (by !== 'scheduler') return openingProblems(inside, opens);
  return opens.after === 'renewalDate'
    ? []
    : [`"${inside.id}" is left to the scheduler, which counts from "renewalDate" and not from "${opens.after}".`];
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
  if (markersOf(steps, opens.after).includes(announcer)) return [];
  const at = positions.get(announcer) ?? position;
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
