import { checkPackage } from '../deal/completeness.ts';
import { choiceOf, packageStep } from '../playbook/capabilities.ts';
import { type AskStep, anchorNames, type FrozenPlaybook, ruleOfStep, type StepRule } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { hoursOf, type Within } from '../time/due.ts';
import { anchorsOf } from './anchors.ts';
import { pendingRequest } from './exceptions.ts';
import { type HandoffRecord, isClosed } from './handoff.ts';
import { gapNames } from './handoff-package.ts';
import { meetingIn } from './meetings.ts';
import { type Decision, roundsOf, type StepRecord } from './step-record.ts';

/** Rules a running handoff could be moved to. */
export interface Upgrade {
  readonly record: HandoffRecord;
  /** Today's rules for its segment and industry. */
  readonly frozen: FrozenPlaybook;
  /** UTC. */
  readonly at: Instant;
}

/**
 * Why a running handoff cannot be moved to other rules, one sentence each; empty when it can. It must have the same steps in
 * the same flow, what is open must stay what its owner was asked, and what is over must keep its answers and its meetings.
 */
export function upgradeProblems(upgrade: Upgrade): readonly string[] {
  const { record, frozen } = upgrade;
  if (isClosed(record.state.status)) return [`The handoff has ended: it is ${record.state.status}.`];
  if (record.playbook.name !== frozen.name)
    return [`It follows the playbook "${record.playbook.name}", and these are the rules of "${frozen.name}".`];
  const problems = [
    ...stepProblems(record.playbook, frozen),
    ...Object.values(record.steps)
      .filter(({ decision }) => decision === undefined)
      .flatMap((open) => openProblems(open, upgrade)),
    ...Object.values(record.steps).flatMap((each) => [
      ...roundsOf(each).flatMap(({ decision }) => answerProblems(each.step, decision, upgrade)),
      ...meetingProblems(each, upgrade),
    ]),
    ...packageProblems(upgrade),
    ...endProblems(upgrade),
  ];
  return [...new Set(problems)];
}

function stepProblems(before: FrozenPlaybook, after: FrozenPlaybook): readonly string[] {
  const lost = Object.entries(before.steps).filter(([id]) => !after.steps[id]);
  const added = Object.entries(after.steps).filter(([id]) => !before.steps[id]);
  const sameFlow = JSON.stringify(before.flow) === JSON.stringify(after.flow);
  return [
    ...lost.map(([, { title }]) => `Today's rules have no step "${title}".`),
    ...added.map(([, { title }]) => `Today's rules have a step "${title}", which this handoff does not.`),
    ...when(!sameFlow && lost.length + added.length === 0, 'The steps come in another order today.'),
  ];
}

function openProblems(open: StepRecord, { record, frozen, at }: Upgrade): readonly string[] {
  const was: StepRule | undefined = ruleOfStep(record.playbook, open.step);
  const is: StepRule | undefined = ruleOfStep(frozen, open.step);
  if (was?.kind !== 'ask' || is?.kind !== 'ask')
    return when(is !== undefined, `"${was?.title ?? open.step}" is open, and nobody is asked to do it today.`);
  const of = `"${was.title}" is open, and`;
  const until = open.pauses.find((pause) => Date.parse(pause.until) > Date.parse(at))?.until;
  const gone = was.choices.filter(({ id }) => !is.choices.some((choice) => choice.id === id));
  const known = anchorsOf(record)[is.due.after] !== undefined || is.due.after === 'opened';
  return [
    ...when(until !== undefined, `${of} waits for the customer until ${until?.slice(0, 10)}.`),
    ...when(was.owner !== is.owner, `${of} another role does it today.`),
    ...gone.map(({ label }) => `${of} its answer "${label}" is gone.`),
    ...when(!known, `${of} is due after "${anchorNames[is.due.after]}" today, which has not happened.`),
    ...when(
      // Nobody is chased over what is only offered.
      !(was.optional && is.optional) && !keepsNumbers(record.playbook, frozen, [was.ladder, is.ladder]),
      `${of} its ladder has other rungs today: mails might go out twice, or not at all.`,
    ),
    ...when(
      pendingRequest(open) !== undefined &&
        !keepsNumbers(record.playbook, frozen, [reviewLadder(was), reviewLadder(is)]),
      `${of} somebody decides on an exception of it by a ladder that has other rungs today: mails might go out twice, or not at all.`,
    ),
  ];
}

const reviewLadder = ({ review, ladder }: AskStep): string => review?.ladder ?? ladder;

/** What was answered is read by the rules: each answer must still be there, and all that it says. */
function answerProblems(step: string, decision: Decision | undefined, { record, frozen }: Upgrade): readonly string[] {
  const [was, is] = [ruleOfStep(record.playbook, step), ruleOfStep(frozen, step)];
  if (!decision || was?.kind !== 'ask' || is?.kind !== 'ask') return [];
  const [given, today] = [choiceOf(was, decision.choice), choiceOf(is, decision.choice)];
  if (!given) return [];
  const of = `"${was.title}" was answered "${given.label}"`;
  if (!today) return [`${of}, an answer that is gone.`];
  const kindToday = new Map(today.evidence.map(({ name, kind }) => [name, kind]));
  return given.evidence
    .filter(({ name, kind }) => decision.evidence[name] !== undefined && kindToday.get(name) !== kind)
    .map(({ name, label }) =>
      kindToday.has(name)
        ? `${of}, and "${label}" is another kind of field today.`
        : `${of}, and "${label}" is gone from that answer.`,
    );
}

/** A meeting is known by its id, in calendars, too. */
function meetingProblems({ step }: StepRecord, { record, frozen }: Upgrade): readonly string[] {
  const [was, is] = [ruleOfStep(record.playbook, step), ruleOfStep(frozen, step)];
  const planned = was?.kind === 'ask' ? was.plans : undefined;
  if (planned === undefined || is?.kind !== 'ask' || is.plans === planned || !meetingIn(record, planned)) return [];
  return [`"${was?.title}" has planned the meeting "${planned}", which it does not plan today.`];
}

/** Nobody who moves a handoff to other rules means to end it by that. Business days count as days here. */
function endProblems({ record, frozen, at }: Upgrade): readonly string[] {
  const { abandonAfter } = frozen;
  const isOver = (within: Within) =>
    Date.parse(record.deal.closedWonAt) + hoursOf(within) * 3_600_000 <= Date.parse(at);
  return when(
    isOver(abandonAfter) && !isOver(record.playbook.abandonAfter),
    `Today's rules abandon it ${abandonAfter} after closed won, which has passed.`,
  );
}

/** What was said is known by the number of its rung: those there are must keep theirs. Times and readers may change. */
function keepsNumbers(before: FrozenPlaybook, after: FrozenPlaybook, [was, is]: readonly [string, string]): boolean {
  const kinds = (playbook: FrozenPlaybook, ladder: string) => playbook.ladders[ladder]?.rungs.map(({ kind }) => kind);
  const [earlier = [], later = []] = [kinds(before, was), kinds(after, is)];
  return earlier.every((kind, i) => later[i] === kind);
}

/** A package that was handed over is not asked for more. */
function packageProblems({ record, frozen }: Upgrade): readonly string[] {
  const filling = packageStep(record.playbook);
  const isOver = record.state.packageComplete || (filling && record.steps[filling.id]?.decision !== undefined);
  if (!isOver) return [];
  const gaps = (rules: FrozenPlaybook) =>
    gapNames(checkPackage({ package: record.package, deal: record.deal, rules }).gaps);
  const before = new Set(gaps(record.playbook));
  return gaps(frozen)
    .filter((gap) => !before.has(gap))
    .map((gap) => `The package was handed over, and would lack "${gap}" today.`);
}

const when = (holds: boolean, problem: string): readonly string[] => (holds ? [problem] : []);
