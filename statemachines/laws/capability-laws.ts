import {
  type Announcement,
  type AnnouncementRule,
  announcementRule,
} from '../../functions/domain/playbook/announcements.ts';
import { askSteps, choiceOf, type NamedStep, tellsOf } from '../../functions/domain/playbook/capabilities.ts';
import type { ChoiceRule, FrozenPlaybook, Playbook } from '../../functions/domain/playbook/playbook.ts';
import { openSlots } from '../../functions/domain/playbook/wording.ts';
import { hoursOf } from '../../functions/domain/time/due.ts';
import { floorProblems } from './floor-laws.ts';
import type { Position } from './flow-order.ts';
import { negativeProblems } from './negative-laws.ts';
import { when } from './when.ts';

interface Whole {
  readonly playbook: Playbook;
  readonly positions: ReadonlyMap<string, Position>;
}

/**
 * Capabilities of one variant's steps that cannot do what they say: a meeting that is not there, a mail without what it is
 * written from, a wording that speaks of a number no rule gives, …
 */
export function capabilityProblems(frozen: FrozenPlaybook, whole: Whole): string[] {
  const steps = askSteps(frozen);
  const filling = steps.filter(({ rule }) => rule.fills === 'package');
  const items = steps.filter(({ rule }) => rule.settles === 'open-item');
  return [
    ...when(items.length > 1, `${items.map(({ id }) => `"${id}"`).join(' and ')} both ask for open items.`),
    ...when(filling.length > 1, `${filling.map(({ id }) => `"${id}"`).join(' and ')} both fill the package.`),
    ...steps.flatMap((step) => [
      ...wordingProblems(step),
      ...momentProblems(step),
      ...meetingProblemsOf(step, frozen, whole),
      ...packageProblems(step, frozen),
      ...linkProblems(step, frozen, whole),
      ...floorProblems(step, { frozen, positions: whole.positions }),
      ...announcingProblems(step, frozen),
      ...negativeProblems(step, items.length > 0),
    ]),
    ...tellsOf(frozen).flatMap(({ step, tell }) => sayProblems(`"${step}"`, tell.say, { frozen, whole, step })),
  ];
}

/** A moment that is brought about is told by `heldAt`, if there is such a field; of a meeting there must be. */
const momentProblems = ({ id, rule }: NamedStep): string[] =>
  rule.marks === undefined || rule.holds !== undefined
    ? []
    : otherKinds(`"${id}" marks "${rule.marks}", but`, rule, { heldAt: 'pastDateTime' });

const wordingProblems = ({ id, rule }: NamedStep): string[] =>
  openSlots(rule).map((slot) => `"${id}" speaks of {${slot}}, which none of its rules gives.`);

function meetingProblemsOf({ id, rule }: NamedStep, frozen: FrozenPlaybook, { positions }: Whole): string[] {
  const meeting = rule.plans ?? rule.holds;
  if (meeting === undefined) return [];
  if (!frozen.meetings[meeting]) return [`"${id}" has the meeting "${meeting}", which is not defined.`];
  if (rule.plans)
    return [
      ...when(rule.holds, `"${id}" both plans and holds a meeting.`),
      ...lacks(`"${id}" plans a meeting, but`, rule, { meetingAt: 'futureDateTime', minutes: 'minutes' }),
      ...otherKinds(`"${id}" plans a meeting, but`, rule, { place: 'text' }),
      ...askSteps(frozen)
        .filter((other) => other.rule.plans === meeting && other.id < id)
        .map((other) => `"${other.id}" and "${id}" both plan the meeting "${meeting}".`),
    ];
  const planner = askSteps(frozen).find((other) => other.rule.plans === meeting);
  return [
    ...when(!planner, `"${id}" holds the meeting "${meeting}", which no step plans.`),
    ...when(
      planner && !positions.get(id)?.before.has(planner.id),
      `"${id}" holds the meeting "${meeting}", but "${planner?.id}", which plans it, does not come before it.`,
    ),
    ...lacks(`"${id}" holds a meeting, but`, rule, { heldAt: 'pastDateTime' }),
  ];
}

const isOfItem = (does: ChoiceRule['does']): boolean => does === 'supply-answers' || does === 'give-up';

function packageProblems({ id, rule }: NamedStep, { ladders }: FrozenPlaybook): string[] {
  const { choices, fills, reviewedBy, review, names, returns } = rule;
  const ladder = ladders[review?.ladder ?? ''];
  const returning = choiceOf(rule, returns?.choice);
  const granting = choices.filter(({ does }) => does === 'grant-exception');
  const people = choices.flatMap(({ evidence }) => evidence.filter(({ kind }) => kind === 'person'));
  const person = people.some(({ required }) => required);
  return [
    ...when(
      fills && !choices.some(({ does }) => does === 'complete-package'),
      `"${id}" fills the package, but no choice hands it over ("does": "complete-package").`,
    ),
    ...choices
      .filter(({ does }) => does && !(isOfItem(does) ? rule.settles : fills))
      .map(({ id: choice, does }) =>
        isOfItem(does)
          ? `"${id}", choice "${choice}", does "${does}", but the step asks for no open items.`
          : `"${id}", choice "${choice}", does "${does}", but the step fills no package.`,
      ),
    ...when(review && !reviewedBy, `"${id}" says how a review goes, but has no reviewers.`),
    ...when(review && !(hoursOf(review.within) > 0), `"${id}" gives its reviewer "${review?.within}".`),
    ...when(review && !ladder, `"${id}" has the ladder "${review?.ladder}" for its reviewer, which is not defined.`),
    ...when(
      review && ladder && !('nagEvery' in ladder.afterwards),
      `"${id}" has the ladder "${review?.ladder}" for its reviewer, which ends unanswered: an exception is granted or declined.`,
    ),
    ...when(granting.length > 0 && !reviewedBy?.length, `"${id}" can grant an exception, but nobody reviews it.`),
    ...when(reviewedBy && granting.length === 0, `"${id}" has reviewers, but no choice grants an exception.`),
    ...granting.flatMap((choice) =>
      lacksIn(`"${id}", choice "${choice.id}", grants an exception, but`, [choice], {
        owner: 'emails',
        dueDate: 'date',
        reason: 'longText',
      }),
    ),
    ...when(names && !person, `"${id}" names who holds a role, but asks for no person.`),
    ...when(
      names && person && !people.every(({ from }) => typeof from === 'object' && from.role === names),
      `"${id}" names who holds the role "${names}", but its person is not chosen from those who hold it.`,
    ),
    ...(returning ? lacksIn(`"${id}" goes back to another step, but`, [returning], { gaps: 'gaps' }) : []),
  ];
}

function linkProblems({ id, rule }: NamedStep, frozen: FrozenPlaybook, { playbook }: Whole): string[] {
  const { announce, approves } = rule;
  const offered = announce?.offers;
  const target = offered === undefined ? undefined : playbook.steps[offered];
  const approved = approves === undefined ? undefined : playbook.steps[approves];
  return [
    ...when(offered && !target, `"${id}" offers "${offered}", which is not defined.`),
    ...when(
      target && !(target.kind === 'ask' && target.optional),
      `"${id}" offers "${offered}", which is not optional: somebody is asked to do it anyway.`,
    ),
    ...when(target && offered && !frozen.steps[offered], `"${id}" offers "${offered}", which is left out.`),
    ...when(approves && !approved, `"${id}" approves the mails of "${approves}", which is not defined.`),
    ...when(approved && approved.kind !== 'tell', `"${id}" approves the mails of "${approves}", which sends none.`),
    ...when(
      rule.optional && !askSteps(frozen).some((other) => other.rule.announce?.offers === id),
      `"${id}" is optional, but no mail offers it.`,
    ),
  ];
}

function announcingProblems({ id, rule }: NamedStep, frozen: FrozenPlaybook): string[] {
  const problems: string[] = [...signingProblems({ id, rule }, frozen)];
  for (const say of [rule.announce?.say, rule.scores?.say]) {
    if (say === undefined) continue;
    const known: AnnouncementRule = announcementRule(say);
    const meeting = frozen.meetings[rule.plans ?? ''];
    problems.push(
      ...when(known.from === 'plans' && !rule.plans, `"${id}" says "${say}", but plans no meeting.`),
      ...when(
        known.from === 'plans' && meeting && (meeting.withCustomer ?? false) !== known.toCustomer,
        `"${id}" says "${say}", which is ${known.toCustomer ? 'for a meeting with the customer' : 'for a meeting of colleagues only'}.`,
      ),
      ...when(known.from === 'holds' && !rule.holds, `"${id}" says "${say}", but holds no meeting.`),
      ...when(known.from === 'scores' && rule.scores?.say !== say, `"${id}" says "${say}", but scores nothing by it.`),
      ...when(
        known.from === 'approved',
        `"${id}" says "${say}", which is for a step that tells, after somebody approved it.`,
      ),
      ...lacks(`"${id}" says "${say}", but`, rule, known.fields ?? {}),
      ...otherKinds(`"${id}" says "${say}", but`, rule, known.optional ?? {}),
    );
  }
  return problems;
}

/** What goes to the customer word for word, or later by itself, is in the name of whoever approved it. */
function signingProblems({ id, rule }: NamedStep, { roles }: FrozenPlaybook): string[] {
  const say = rule.announce?.say;
  const isLetter = say !== undefined && announcementRule(say).toCustomer && announcementRule(say).from === 'decision';
  return when(
    (isLetter || rule.approves) && rule.owner !== signer,
    `"${id}" approves what the customer gets in the name of the ${roles[signer].name}: let them own it ("owner": "${signer}").`,
  );
}

/** Whose name stands under the introduction and the onboarding emails. */
const signer = 'customerSuccessManager';

function sayProblems(
  of: string,
  say: Announcement,
  { frozen, whole, step }: { readonly frozen: FrozenPlaybook; readonly whole: Whole; readonly step: string },
): string[] {
  const known = announcementRule(say);
  if (known.from === 'handoff') return [];
  if (known.from !== 'approved') return [`${of} says "${say}", which tells of a decision: let the step announce it.`];
  const approving = askSteps(frozen).find(({ rule }) => rule.approves === step);
  return [
    ...when(!approving, `${of} says "${say}" to the customer, but no step approves its mails.`),
    ...when(
      approving && !whole.positions.get(step)?.before.has(approving.id),
      `${of} says "${say}" before "${approving?.id}" has approved it.`,
    ),
    ...(approving ? lacks(`"${approving.id}" approves mails, but`, approving.rule, { recipients: 'emails' }) : []),
  ];
}

type Fields = Readonly<Record<string, string>>;

/** The fields of which a step's answers that do something have none. */
function lacks(of: string, { choices, returns, repeat }: NamedStep['rule'], fields: Fields): string[] {
  const answers = choices.filter(({ id, does }) => !does && id !== returns?.choice && id !== repeat?.choice);
  return lacksIn(of, answers, fields);
}

/** Fields of these names that are of another kind. */
const otherKinds = (of: string, { choices }: NamedStep['rule'], fields: Fields): string[] =>
  choices
    .flatMap(({ evidence }) => evidence)
    .filter(({ name, kind }) => Object.hasOwn(fields, name) && fields[name] !== kind)
    .map(({ name, kind }) => `${of} "${name}" is of kind ${kind} and not ${fields[name]}.`);

/** What the code does without: the usual length, and the time of the decision. */
const mayBeEmpty = new Set(['minutes', 'heldAt']);

const lacksIn = (of: string, choices: NamedStep['rule']['choices'], fields: Fields): string[] =>
  Object.entries(fields).flatMap(([name, kind]) => {
    const found = choices.map(({ evidence }) => evidence.find((field) => field.name === name && field.kind === kind));
    if (found.length === 0 || found.includes(undefined)) return [`${of} asks for no "${name}" (of kind ${kind}).`];
    return when(!mayBeEmpty.has(name) && found.some((field) => !field?.required), `${of} "${name}" may be left empty.`);
  });
