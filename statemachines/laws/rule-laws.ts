import { askSteps } from '../../functions/domain/playbook/capabilities.ts';
import type { MeetingRule } from '../../functions/domain/playbook/meetings.ts';
import type { DueRule, LadderRule, Playbook, StepRule } from '../../functions/domain/playbook/playbook.ts';
import { slotsIn } from '../../functions/domain/playbook/wording.ts';
import { hoursOf } from '../../functions/domain/time/due.ts';
import { digestProblems, ladderProblems } from './ladder-laws.ts';
import { askProblems } from './step-laws.ts';
import { when } from './when.ts';

/** The rules that overlays may change: those of a playbook, or of one variant of it. */
export type Rules = Pick<Playbook, 'steps' | 'meetings' | 'ladders' | 'linkDays'> &
  Partial<Pick<Playbook, 'atLeast' | 'draftTarget' | 'previewMeeting' | 'escalations'>>;

/** Why rules make no sense, each in itself, one sentence each. */
export function ruleProblems({ steps, meetings, ladders, linkDays, atLeast, escalations, ...before }: Rules): string[] {
  const days = Number.isInteger(linkDays) && linkDays >= 1 && linkDays <= 30;
  return [
    ...when(!days, `Links work for ${linkDays} days: say 1 to 30.`),
    ...when(
      !isWithin(before.draftTarget, 1, 100),
      `At signature, ${before.draftTarget}% of the package are to be there: say 1 to 100.`,
    ),
    ...when(
      !isWithin(before.previewMeeting, 5, 480),
      `The meeting before signature takes ${before.previewMeeting} minutes: say 5 to 480.`,
    ),
    ...leastProblems('The playbook', atLeast),
    ...askSteps({ steps }).flatMap(({ id, rule }) => leastProblems(`"${id}"`, rule.atLeast)),
    ...earlyProblems(steps, ladders),
    ...askSteps({ steps }).flatMap(({ id, rule }) => askProblems(`"${id}"`, rule)),
    ...Object.entries(meetings).flatMap(([id, meeting]) => meetingProblems(id, meeting)),
    ...Object.entries(ladders).flatMap(([name, ladder]) => ladderProblems(name, ladder)),
    ...Object.entries(escalations === 'digest' ? ladders : {}).flatMap(([name, ladder]) =>
      digestProblems(name, ladder),
    ),
  ];
}

/** A week of working hours: more would not be an ask's least time, but another promise. */
const mostAtLeast = 40;

const leastProblems = (of: string, atLeast = mostAtLeast): string[] =>
  when(
    !(atLeast > 0 && atLeast <= mostAtLeast),
    `${of} leaves its owner at least ${atLeast} working hours: say more than 0, up to ${mostAtLeast}, as nobody is overdue when they are asked.`,
  );

/** Rules that lie before what they count from. */
function earlyProblems(steps: Rules['steps'], ladders: Rules['ladders']): string[] {
  const rules = [
    ...Object.entries<StepRule>(steps).flatMap(([id, rule]) => dueRulesOf(rule).map((due) => ({ of: `"${id}"`, due }))),
    ...Object.entries<LadderRule>(ladders).flatMap(([name, { rungs }]) =>
      rungs.flatMap(({ when: due }) => ('after' in due ? [{ of: `The ladder "${name}"`, due }] : [])),
    ),
  ];
  return rules.flatMap(({ of, due: { after, within } }) =>
    when(
      hoursOf(within) < 0 && after !== 'renewalDate',
      `${of} comes "${within}" after "${after}": only the renewal date is known beforehand.`,
    ),
  );
}

const dueRulesOf = (rule: StepRule): readonly DueRule[] =>
  rule.kind === 'tell'
    ? rule.tells.flatMap(({ opens }) => opens ?? [])
    : [rule.due, ...(rule.opens ? [rule.opens] : [])];

/** What the title of a meeting may speak of. */
const titleSlots = ['customer', 'company'];

function meetingProblems(id: string, { title, minutes, agenda, who }: MeetingRule): string[] {
  const planned = agenda.reduce((sum, item) => sum + item.minutes, 0);
  const { usual, least, most } = minutes;
  return [
    ...when(
      !(0 < least && least <= usual && usual <= most) || ![usual, least, most].every(Number.isInteger),
      `The meeting "${id}" takes ${usual} minutes, ${least} to ${most}.`,
    ),
    ...agenda.flatMap(({ title: item, minutes: share }) =>
      when(!(Number.isInteger(share) && share > 0), `The agenda of "${id}" gives ${share} minutes to "${item}".`),
    ),
    ...slotsIn(title)
      .filter((slot) => !titleSlots.includes(slot))
      .map((slot) => `The title of the meeting "${id}" speaks of {${slot}}; it may speak of {customer} and {company}.`),
    ...slotsIn(...agenda.map(({ title: item }) => item)).map(
      (slot) => `The agenda of "${id}" speaks of {${slot}}, which nothing fills in.`,
    ),
    ...when(planned !== usual, `The agenda of "${id}" takes ${planned} minutes, the meeting ${usual}.`),
    ...when(who.length === 0, `Nobody takes part in the meeting "${id}".`),
  ];
}

/** A number that may be left out. */
const isWithin = (number: number | undefined, least: number, most: number): boolean =>
  number === undefined || (number >= least && number <= most);
