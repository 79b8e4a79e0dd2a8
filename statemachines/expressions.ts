/**
 * Every JSONata expression of the state machine, by name. None holds a `${…}` placeholder: those name resources, and CDK
 * (on AWS) or the local account (on one machine) fills them in.
 */
import { toldApart } from '../functions/domain/handoff/waiting-token.ts';

/** Wraps an expression as Step Functions wants it. */
export const jsonata = (expression: string): string => `{% ${expression} %}`;

/** What an execution is given: of which handoff it is; and of which of its open items, if it asks for one. */
export const handoffId = '$states.context.Execution.Input.handoffId';
export const itemStep = '$states.context.Execution.Input.step';
export const isOpenItem = `$exists(${itemStep})`;

/** The open item's step; null where the execution is a handoff's. */
export const itemStepOrNull = `${isOpenItem} ? ${itemStep} : null`;

/** The handoff's partition key in the table. */
export const handoffKey = `'HANDOFF#' & ${handoffId}`;

/** The sort key of the open item's record. */
export const itemKey = `'STEP#' & ${itemStep}`;

/** The moment the state was entered: the same for every retry, which makes retries idempotent. */
export const enteredAt = '$states.context.State.EnteredTime';

/** The token of the task that waits. */
export const taskToken = '$states.context.Task.Token';

/**
 * The token, and how the answer is to be told to it: see `waiting-token.ts`. `readIf`: the condition on which every answer is to
 * be read.
 */
export const tokenToldApart = (readIf?: string): string =>
  readIf === undefined
    ? `'${toldApart.goesOn}' & ${taskToken}`
    : `(${readIf} ? '${toldApart.isRead}' : '${toldApart.goesOn}') & ${taskToken}`;

/** What the Lambda behind `lambda:invoke` returned, or one member of it. */
export const payload = '$states.result.Payload';
export const payloadMember = (member: string): string => `$states.result.Payload.${member}`;

/** When something is to be said again, as a mail's state found out that asked as well; functions of an earlier deploy do not. */
export const nextAtOrNow = `$exists(${payloadMember('nextAt')}) ? ${payloadMember('nextAt')} : ${enteredAt}`;

/** When a mail's turn comes that the mail service was too busy for: its function said so in its error. */
export const turnGiven = '$parse($states.errorOutput.Cause).errorMessage';

/** The same, in the wait for it. */
export const turnAt = '$states.input.turnAt';

/** When the ladder's next rung is due, as the Ask before found out. */
export const nextAt = '$states.input.nextAt';

/**
 * Whole seconds until then, at least one. They count from now and not from the Ask, which may have tried for two days to get
 * its mail out.
 */
export const waitSeconds = `$max([1, $ceil(($toMillis(${nextAt}) - $toMillis(${enteredAt})) / 1000)])`;

export const variable = (name: string): string => `$${name}`;

/** Whether the frozen playbook has this step: what another segment needs is passed over. */
export const hasStep = (step: string): string => `'${step}' in $steps`;

/** Whether both conditions hold. */
export const both = (one: string, other: string): string => `(${one}) and (${other})`;

/** A list of one thing to do where the condition holds, an empty one where not. */
export const onceIf = (condition: string): string => `${condition} ? [1] : []`;

/** Whether one of the conditions holds. */
export const either = (conditions: readonly string[]): string =>
  conditions.length === 1 ? `${conditions[0]}` : conditions.map((condition) => `(${condition})`).join(' or ');

export const packageIncomplete = '$not($packageComplete)';

/** Whether nobody holds a role after the assignment rules. */
export const nobodyHolds = (role: string): string => `'${role}' in $unheldRoles`;

/** What is told with the first requests; functions of an earlier deploy do not say. */
export const toldWithRequests = `$exists(${payloadMember('toldWithRequests')}) ? ${payloadMember('toldWithRequests')} : []`;

/** Whether a mail that begins a handoff has something to say that the first requests don't. */
export const isToldByItself = (key: string): string => `$not('${key}' in $toldWithRequests)`;

/** The choice that a getItem read from a step's record. */
export const decidedChoice = '$states.result.Item.choice.S';

/** A number in the evidence, or null: a step that was skipped or left unanswered has none, and nothing at all would be an error. */
export const decidedNumber = (field: string): string => {
  const number = `$states.result.Item.evidence.M.${field}.N`;
  return `$exists(${number}) ? $number(${number}) : null`;
};

export const choiceIs = (choice: string): string => `$states.input.choice = '${choice}'`;

/** Whether the score that was given, if one was, is below the target. */
export const scoreBelow = (target: number): string =>
  `$states.input.score != null ? $states.input.score < ${target} : false`;

/** Whether a question was left open and may be asked once more. */
export const openQuestion = (choice: string, round: string, times: number): string =>
  `(${choiceIs(choice)} or ${choiceIs('unanswered')}) and $${round} < ${times}`;

/** One more than the variable says. */
export const oneMore = (name: string): string => `$${name} + 1`;

/** When a step opens, from the times that an announcement before it returned. */
export const opensAt = (times: string, key: string): string => `$lookup($${times}, '${key}')`;
