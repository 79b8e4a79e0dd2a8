import { capitalized } from '../functions/domain/fields/words.ts';
import { calledOff, returningTo, stepPlanning } from '../functions/domain/playbook/capabilities.ts';
import type { AskStep, Playbook, StepRule } from '../functions/domain/playbook/playbook.ts';
import * as say from './expressions.ts';
import { askState, pascal, phraseOf, roundVariable, ruleOf, sla, whether } from './state-names.ts';
import {
  type Block,
  chain,
  dynamoDbRetry,
  lambdaTask,
  onlyIf,
  recordKey,
  type State,
  type States,
  stepKey,
  type Transition,
  throughTarget,
} from './states.ts';
import { type Scope, tellTask, waitFor } from './tell-blocks.ts';

/** Whether a step is passed over where there is nothing to do: the package is complete, or somebody holds the role. */
export const isPassedOver = (rule: StepRule): boolean =>
  rule.kind === 'ask' && (rule.fills !== undefined || rule.names !== undefined);

/** The states of one step, in the order they come. `optional`: only some handoffs have it, and nothing around it asks which. */
export function stepBlocks(
  playbook: Playbook,
  step: string,
  { scope, optional }: { readonly scope: Scope; readonly optional: boolean },
): Block[] {
  const rule = ruleOf(playbook, step);
  if (rule.kind === 'tell')
    return rule.tells.flatMap((tell) => [
      ...(tell.opens
        ? [waitFor({ step, opens: tell.opens, key: `${step}/${tell.say}`, called: tell.say }, scope)]
        : []),
      tellTask(step, tell, { begins: scope.begins === true }),
    ]);
  const [returning] = returningTo(playbook, rule.returns?.to ?? step);
  // All steps of a loop count the same rounds.
  const round = roundVariable(returning?.id ?? step);
  const needed = (condition: string) => (optional ? say.both(say.hasStep(step), condition) : condition);
  const pair = askAndWait(step, rule, returning || rule.returns || rule.repeat ? round : undefined);
  const blocks = [
    ...(rule.opens
      ? [
          waitFor(
            { step, opens: rule.opens, key: step, called: step, ...(rule.repeat && { assign: { [round]: 1 } }) },
            scope,
          ),
        ]
      : []),
    {
      ...(rule.scores && !rule.announce
        ? scored(step, rule, rule.scores)
        : answered(playbook, { step, rule, round, pair })),
      // A step that is asked again counts its rounds from here.
      ...(rule.repeat && !rule.opens && { sets: { [round]: 1 } }),
    },
  ];
  if (rule.announce) {
    scope.opens = { variable: `opensAfter${pascal(step)}`, used: false };
    blocks.push(tellTask(step, rule.announce, { opens: scope.opens }));
  }
  if (rule.scores && rule.announce) blocks.push(scoreCheck(step, rule.scores));
  if (rule.fills === 'package') {
    // The rounds of the review count from here, whether the package had to be completed or not.
    const condition = needed(say.packageIncomplete);
    return [onlyIf({ name: whether(rule), condition, assign: { [round]: 1 } }, chain(blocks))];
  }
  if (rule.names)
    return [onlyIf({ name: whether(rule), condition: needed(say.nobodyHolds(rule.names)) }, chain(blocks))];
  return blocks;
}

/** What happens with the answer: go on, go back to an earlier step, or ask again later. */
function answered(playbook: Playbook, of: { step: string; rule: AskStep; round: string; pair: Pair }): Block {
  const { step, rule, round, pair } = of;
  if (rule.ifCalledOff) return heldOrCalledOff(playbook, { step, rule, pair });
  if (!rule.returns && !rule.repeat) return pairBlock(pair);
  const asksAgain = rule.returns ? ruleOf(playbook, rule.returns.to) : rule;
  const [first] = rule.returns ? returningTo(playbook, rule.returns.to) : [];
  const after = first && first.id !== step ? ` after the ${rule.waitFor}` : '';
  const assign = { Assign: { [round]: say.jsonata(say.oneMore(round)) } };
  const condition = rule.returns
    ? say.choiceIs(rule.returns.choice)
    : say.openQuestion(rule.repeat?.choice ?? '', round, rule.repeat?.times ?? 0);
  return toldApartBlock(pair, (target) => ({
    read: `Read the ${rule.waitFor}`,
    output: { choice: say.jsonata(say.decidedChoice) },
    decide: `Whether to ask again to ${phraseOf(asksAgain)}${after}`,
    choice: {
      Type: 'Choice',
      // Asked again, it waits in its own pair until the time has come.
      Choices: [{ Condition: say.jsonata(condition), ...assign, Next: askState(asksAgain) }],
      Default: target,
    },
  }));
}

/** A step with a score: one below the target is told. */
function scored(step: string, rule: AskStep, target: NonNullable<AskStep['scores']>): Block {
  return toldApartBlock(askAndWait(step, rule), (next) => {
    const { read, decide, choice, output } = scoreStates(target, next);
    return { read, decide, choice, output, more: tellTask(step, target).states({ Next: next }) };
  });
}

interface Reading {
  /** The states' names. */
  readonly read: string;
  readonly decide: string;
  /** What the one reads, and how the other decides by it. */
  readonly output: State;
  readonly choice: State;
  readonly more?: States;
}

/**
 * A pair that goes straight on after an answer after which the flow does. Whoever decides tells any other answer apart
 * (`Handoff.ReadAnswer`): that one is read, and so is one that was there before the token.
 */
function toldApartBlock(pair: Pair, reading: (target: string) => Reading): Block {
  return {
    start: pair.ask,
    asks: pair,
    states: (next, { past } = {}) =>
      throughTarget(next, `Done - ${pair.rule.waitFor}`, (target) => {
        const { read, decide, output, choice, more = {} } = reading(target);
        return {
          ...pairStates(pair, {
            next: past?.next ?? next,
            ifDecided: read,
            token: say.tokenToldApart(past?.unless),
            catches: ['Handoff.ReadAnswer'],
          }),
          [read]: readStep(pair.step, output, decide),
          [decide]: choice,
          ...more,
        };
      }),
  };
}

/** The step that plans the meeting on which another one reports. */
function plannerOf(playbook: Playbook, { holds = '' }: AskStep): StepRule {
  const planner = stepPlanning(playbook, holds)?.id;
  if (planner === undefined) throw new Error(`The meeting "${holds}" can be called off, but no step plans it.`);
  return ruleOf(playbook, planner);
}

/**
 * A step whose meeting may be called off, after which the execution is not let go on, but asks again: what is decided by then
 * is read, and leads back to the step that plans the meeting. In which round, the records say.
 */
function heldOrCalledOff(playbook: Playbook, { step, rule, pair }: { step: string; rule: AskStep; pair: Pair }): Block {
  const planner = plannerOf(playbook, rule);
  const read = `Read the ${rule.waitFor}`;
  const decide = `Whether to ask again to ${phraseOf(planner)}`;
  return {
    start: pair.ask,
    asks: pair,
    states: (next) =>
      throughTarget(next, `Done - ${rule.waitFor}`, (target) => ({
        ...pairStates(pair, { next, ifDecided: read }),
        [read]: readStep(step, { choice: say.jsonata(say.decidedChoice) }, decide),
        [decide]: {
          Type: 'Choice',
          Choices: [{ Condition: say.jsonata(say.choiceIs(calledOff)), Next: askState(planner) }],
          Default: target,
        },
      })),
  };
}

const askAndWait = (step: string, rule: AskStep, round?: string): Pair => ({
  step,
  rule,
  ask: askState(rule),
  wait: `Wait for ${rule.waitFor} (SLA ${sla(rule)})`,
  key: stepKey(step),
  payload: { step, round: round ? say.jsonata(say.variable(round)) : 1 },
});

/** The same two states for whichever open item the execution is about, and what is said once it is settled. */
export function itemBlocks(rule: AskStep): Block[] {
  const payload = { step: say.jsonata(say.itemStep), round: 1 };
  const settled = capitalized(rule.waitFor);
  return [
    pairBlock({
      step: '',
      rule,
      ask: askState(rule),
      wait: `Wait for ${rule.waitFor}`,
      key: recordKey(say.jsonata(say.itemKey)),
      payload,
    }),
    {
      start: settled,
      states: (next) => ({
        [settled]: {
          ...lambdaTask({
            comment: 'Tells whoever let the handoff go on without it.',
            functionArn: '${NotifyFunctionArn}',
            payload,
          }),
          Output: {},
          ...next,
        },
      }),
    },
  ];
}

/** A request, and the wait for its answer. */
interface Pair {
  readonly step: string;
  readonly rule: AskStep;
  /** The states' names. */
  readonly ask: string;
  readonly wait: string;
  /** Of the step's record. */
  readonly key: State;
  readonly payload: State;
}

/** How a wait is left. */
interface Leaving {
  readonly next: Transition;
  /** The state after a decision that was there before the token. */
  readonly ifDecided: string;
  /** What stands in the record for the execution; the token itself unless said. */
  readonly token?: string;
  /** By what else that state is reached. */
  readonly catches?: readonly string[];
}

/** A pair after which the flow goes on, whatever the answer is. */
function pairBlock(pair: Pair): Block {
  return {
    start: pair.ask,
    asks: pair,
    states: (next) =>
      throughTarget(next, `Done - ${pair.rule.waitFor}`, (ifDecided) => pairStates(pair, { next, ifDecided })),
  };
}

function pairStates(pair: Pair, { next, ifDecided, token = say.taskToken, catches = [] }: Leaving): States {
  const { rule, ask, wait, key, payload } = pair;
  return {
    [ask]: {
      ...lambdaTask({ comment: rule.what, functionArn: '${NotifyFunctionArn}', payload }),
      Output: { nextAt: say.jsonata(say.payloadMember('nextAt')) },
      Next: wait,
    },
    [wait]: {
      Type: 'Task',
      Comment: `${rule.title}: the token only wakes the execution, the table is the truth.`,
      Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
      Arguments: {
        TableName: '${HandoffTable}',
        Key: key,
        UpdateExpression: 'SET taskToken = :token',
        // Only the Ask makes the item, and not once the handoff is canceled: an item with nothing but a token is none.
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(choice)',
        ExpressionAttributeValues: { ':token': { S: say.jsonata(token) } },
      },
      TimeoutSeconds: say.jsonata(say.waitSeconds),
      Retry: dynamoDbRetry,
      Catch: [
        { ErrorEquals: ['States.Timeout', 'Handoff.AskAgain'], Next: ask },
        // Somebody decided before the token was in its place. Of a canceled handoff the item may be missing: then its
        // execution has been stopped, and what comes next asks nobody.
        { ErrorEquals: ['DynamoDb.ConditionalCheckFailedException', ...catches], Next: ifDecided },
      ],
      ...next,
    },
  };
}

/** The check of a score once something else was told of it. */
function scoreCheck(step: string, target: NonNullable<AskStep['scores']>): Block {
  const { read } = scoreStates(target, '');
  return {
    start: read,
    states: (next) =>
      throughTarget(next, `Done - ${target.field}`, (end) => {
        const { decide, choice, output } = scoreStates(target, end);
        return {
          [read]: readStep(step, output, decide),
          [decide]: choice,
          ...tellTask(step, target).states({ Next: end }),
        };
      }),
  };
}

const scoreStates = (target: NonNullable<AskStep['scores']>, end: string): Reading => ({
  read: `Read the ${target.field}`,
  decide: `Whether the ${target.field} is below ${target.atLeast}`,
  output: { score: say.jsonata(say.decidedNumber(target.field)) },
  choice: {
    Type: 'Choice',
    Choices: [{ Condition: say.jsonata(say.scoreBelow(target.atLeast)), Next: target.state }],
    Default: end,
  },
});

/** Reads a step's record, consistently, without a Lambda. */
const readStep = (step: string, output: State, next: string): State => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::aws-sdk:dynamodb:getItem',
  Arguments: {
    TableName: '${HandoffTable}',
    Key: stepKey(step),
    ConsistentRead: true,
    ProjectionExpression: 'choice, evidence',
  },
  Retry: dynamoDbRetry,
  Output: output,
  Next: next,
});
