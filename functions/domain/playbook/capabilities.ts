import type { Evidence } from '../fields/values.ts';
import type { Announcement } from './announcements.ts';
import type { MeetingRule } from './meetings.ts';
import type { AskStep, ChoiceRule, FrozenPlaybook, StepRule, SuccessFact, Tell, TellStep } from './playbook.ts';
import type { Supply } from './supplies.ts';

// What code asks of a playbook instead of naming one of its steps.

type Steps = Pick<FrozenPlaybook, 'steps'>;

/** A step that somebody is asked to do, with its id. */
export interface NamedStep {
  readonly id: string;
  readonly rule: AskStep;
}

/** Every step that somebody is asked to do. */
export function askSteps({ steps }: { readonly steps: Readonly<Record<string, StepRule>> }): readonly NamedStep[] {
  const known = asked.get(steps);
  if (known) return known;
  const found = Object.entries(steps).flatMap(([id, rule]) => (rule.kind === 'ask' ? [{ id, rule }] : []));
  asked.set(steps, found);
  return found;
}

/** One page or mail asks dozens of times. */
const asked = new WeakMap<Readonly<Record<string, StepRule>>, readonly NamedStep[]>();

const stepWhere = (playbook: Steps, holds: (rule: AskStep) => boolean): NamedStep | undefined =>
  askSteps(playbook).find(({ rule }) => holds(rule));

/** The step whose form is the package. */
export const packageStep = (playbook: Steps): NamedStep | undefined =>
  stepWhere(playbook, ({ fills }) => fills === 'package');

/** The steps that send the handoff back to another one, in the order of the playbook. */
export const returningTo = (playbook: Steps, step: string): readonly NamedStep[] =>
  askSteps(playbook).filter(({ rule: { returns } }) => returns?.to === step);

/** The step by which open items are asked for; none in handoffs that began before there were any. */
export const openItemStep = (playbook: Steps): NamedStep | undefined =>
  stepWhere(playbook, ({ settles }) => settles === 'open-item');

/** The step that names who holds a role. */
export const stepNaming = (playbook: Steps, role: string): NamedStep | undefined =>
  stepWhere(playbook, ({ names }) => names === role);

/** The step whose decision a mail tells of. */
export const stepAnnouncing = (playbook: Steps, say: Announcement): NamedStep | undefined =>
  stepWhere(playbook, ({ announce, scores }) => announce?.say === say || scores?.say === say);

/** The step in which somebody approved a mail that is told later. */
export function stepApproving(playbook: Steps, say: Announcement): NamedStep | undefined {
  const telling = tellsOf(playbook).find(({ tell }) => tell.say === say)?.step;
  return stepWhere(playbook, ({ approves }) => approves !== undefined && approves === telling);
}

/** The step that plans a meeting. */
export const stepPlanning = (playbook: Steps, meeting: string): NamedStep | undefined =>
  stepWhere(playbook, ({ plans }) => plans === meeting);

/** The step that reports on a meeting. */
export const stepHolding = (playbook: Steps, meeting: string): NamedStep | undefined =>
  stepWhere(playbook, ({ holds }) => holds === meeting);

/** The step that brings a moment about. */
export const stepMarking = (playbook: Steps, anchor: AskStep['marks']): NamedStep | undefined =>
  stepWhere(playbook, ({ marks }) => marks !== undefined && marks === anchor);

/** The step in which somebody chooses what proves a fact. */
export const stepProving = (playbook: Steps, fact: SuccessFact): NamedStep | undefined =>
  stepWhere(playbook, ({ choices }) => choices.some(({ proves }) => proves === fact));

/** The names of the fields of a choice that supply something. */
export const fieldsSupplying = (choice: ChoiceRule | undefined, supply: Supply): readonly string[] =>
  choice?.evidence.filter(({ supplies }) => supplies === supply).map(({ name }) => name) ?? [];

/** The steps that ask for something that later steps use. */
export function stepsSupplying({ steps }: Steps, supply: Supply): readonly NamedStep[] {
  const ofSteps = supplying.get(steps) ?? new Map<Supply, readonly NamedStep[]>();
  const known = ofSteps.get(supply);
  if (known) return known;
  const found = askSteps({ steps }).filter(({ rule }) =>
    rule.choices.some((choice) => fieldsSupplying(choice, supply).length > 0),
  );
  supplying.set(steps, ofSteps.set(supply, found));
  return found;
}

/** Asked as often as `asked`. */
const supplying = new WeakMap<Steps['steps'], Map<Supply, readonly NamedStep[]>>();

/** The step that scores the handoff. */
export const scoringStep = (playbook: Steps): NamedStep | undefined =>
  stepWhere(playbook, ({ scores }) => scores !== undefined);

/** The meeting that a step plans or holds. */
export const meetingOfStep = (
  { meetings }: Pick<FrozenPlaybook, 'meetings'>,
  { plans, holds }: Pick<AskStep, 'plans' | 'holds'>,
): MeetingRule | undefined => meetings[plans ?? holds ?? ''];

/** Whether some step plans a meeting with the customer. */
export const meetsCustomer = (playbook: Pick<FrozenPlaybook, 'steps' | 'meetings'>): boolean =>
  askSteps(playbook).some(
    ({ rule }) => rule.plans !== undefined && meetingOfStep(playbook, rule)?.withCustomer === true,
  );

/** The choice of that id; undefined for what the system decides, or an action (skipped, unanswered). */
export const choiceOf = (rule: AskStep, id: string | undefined): ChoiceRule | undefined =>
  rule.choices.find((choice) => choice.id === id);

/** How a step ends that was to report on a meeting which has been called off; a reserved choice. */
export const calledOff = 'called-off';

/**
 * Whether an answer leaves what was asked undone: it goes back to another step, the step is asked again, or its meeting does
 * not take place.
 */
export const leavesUndone = ({ returns, repeat }: AskStep, choice: string): boolean =>
  returns?.choice === choice || repeat?.choice === choice || choice === calledOff;

/** Whether a step comes again after it was answered so in this round: it goes back to another step, or has a question left. */
export function comesAgain(
  rule: AskStep,
  { choice, round }: { readonly choice: string; readonly round: number },
): boolean {
  const { repeat } = rule;
  if (repeat && (choice === repeat.choice || choice === 'unanswered')) return round < repeat.times;
  return leavesUndone(rule, choice);
}

/** Whether the flow goes on after an answer in this round, and nothing else is told of it first: a score below target is. */
export function goesStraightOn(
  rule: AskStep,
  { choice, round, evidence }: { readonly choice: string; readonly round: number; readonly evidence: Evidence },
): boolean {
  const score = rule.scores && evidence[rule.scores.field];
  const isLow = rule.scores !== undefined && typeof score === 'number' && score < rule.scores.atLeast;
  return !isLow && !comesAgain(rule, { choice, round });
}

/** Every moment at which something is told, with its step. */
export const tellsOf = (
  playbook: Steps,
): readonly { readonly step: string; readonly rule: TellStep; readonly tell: Tell }[] =>
  Object.entries(playbook.steps).flatMap(([step, rule]) =>
    rule.kind === 'tell' ? rule.tells.map((tell) => ({ step, rule, tell })) : [],
  );
