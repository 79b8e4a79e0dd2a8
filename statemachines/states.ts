import * as say from './expressions.ts';

/** A state in Amazon States Language, as far as this project writes it. */
export type State = Readonly<Record<string, unknown>>;
export type States = Readonly<Record<string, State>>;
export type Transition = { readonly Next: string } | { readonly End: true };

/** A few states that are entered at `start` and leave by whatever transition they are given. */
export interface Block {
  readonly start: string;
  readonly states: (next: Transition, following?: Following) => States;
  /** The condition on which it is gone through; all others pass it by, and nothing else happens then. */
  readonly only?: string;
  /** What is gone through then. */
  readonly inside?: Block;
  /** It begins with a request and the wait for its answer. */
  readonly asks?: Asks;
  /** Before it is entered, variables have to be set. */
  readonly sets?: State;
}

/** What a state that says something can say at the same moment in place of the request after it, and where that waits. */
export interface Asks {
  readonly payload: State;
  readonly wait: string;
}

/** What comes after a block, for those that can make one state of two. */
export interface Following {
  /** What comes next is passed by unless the condition holds; then this is the way on. */
  readonly past?: { readonly unless: string; readonly next: Transition };
  readonly asks?: Asks;
}

/** Puts blocks one after the other. Throws when a state name comes twice, or when there is no block. */
export function chain(given: readonly Block[]): Block {
  const blocks = given.flatMap((block, i) => withSetting(block, given[i + 1], i === 0));
  const first = blocks[0];
  if (!first) throw new Error('A part of the flow has no step.');
  return {
    start: first.start,
    ...(first.asks && { asks: first.asks }),
    states: (next) =>
      mergeStates(
        blocks.map((block, i) => {
          const on = (at: number): Transition => {
            const following = blocks[at];
            return following ? { Next: following.start } : next;
          };
          const needed = blocks.findIndex((each, at) => at > i && each.only === undefined);
          const end = needed < 0 ? blocks.length : needed;
          const unless = blocks.slice(i + 1, end).flatMap(({ only }) => only ?? []);
          const asks = blocks[i + 1]?.asks;
          return block.states(on(i + 1), {
            ...(unless.length > 0 && { past: { unless: say.either(unless), next: on(end) } }),
            ...(asks && { asks }),
          });
        }),
      ),
  };
}

/** A block whose first state sets what the one after it needs; where there is none before, a state of its own does. */
function withSetting(block: Block, following: Block | undefined, isFirst: boolean): readonly Block[] {
  const { only: _, inside: _inside, ...setting } = block;
  const sets = following?.sets;
  return [
    ...(block.sets && isFirst ? [settingBlock(block.start, block.sets)] : []),
    sets
      ? {
          // Nobody passes it by.
          ...setting,
          // What it sets is not known to itself yet: it asks for nothing that needs it.
          states: (next, { asks: _asks, ...after } = {}) => {
            const states = block.states(next, after);
            return { ...states, [block.start]: assigning(states[block.start] ?? {}, sets) };
          },
        }
      : block,
  ];
}

/** A state that also assigns variables, whichever way it is left. */
function assigning(state: State, sets: State): State {
  const also = (one: State): State => ({ ...one, Assign: { ...Object(one['Assign']), ...sets } });
  return { ...also(state), ...(state['Type'] === 'Choice' && { Choices: (state['Choices'] as State[]).map(also) }) };
}

function settingBlock(before: string, sets: State): Block {
  const name = `Begin to ${before.slice(0, 1).toLowerCase()}${before.slice(1)}`;
  return { start: name, states: (next) => ({ [name]: { Type: 'Pass', Assign: sets, ...next } }) };
}

/** All of them in one; state names are unique in the whole state machine. */
export function mergeStates(parts: readonly States[]): States {
  const all: Record<string, State> = {};
  for (const [name, state] of parts.flatMap((part) => Object.entries(part))) {
    if (all[name]) throw new Error(`Two states are called "${name}": give the steps different wordings.`);
    if (!/^[A-Za-z0-9 ()-]{1,80}$/.test(name))
      throw new Error(`"${name}" is no state name: at most 80 letters, digits, spaces, hyphens, and parentheses.`);
    all[name] = state;
  }
  return all;
}

/** A Choice that leads into `inside` when the condition holds, and past it otherwise; past what follows, too, where that may be passed by. */
export function onlyIf(choice: { name: string; condition: string; assign?: State }, inside: Block): Block {
  const { name, condition, assign } = choice;
  const assigned = assign && { Assign: assign };
  return {
    start: name,
    ...(!assign && { only: condition, inside }),
    states: (next, { past } = {}) =>
      throughTarget(next, `Done - ${name}`, (target) => {
        const also = past && 'Next' in past.next ? { unless: past.unless, target: past.next.Next } : undefined;
        return mergeStates([
          {
            [name]: {
              Type: 'Choice',
              Choices: [
                { Condition: say.jsonata(condition), Next: inside.start, ...assigned },
                ...(also ? [{ Condition: say.jsonata(also.unless), Next: target, ...assigned }] : []),
              ],
              Default: also?.target ?? target,
              ...assigned,
            },
          },
          inside.states({ Next: target }),
        ]);
      }),
  };
}

/**
 * A branch of its own that only some handoffs go through. A Choice would need a state to go to for all others; a Map over one
 * item, or none, ends by itself.
 */
export function branchIf({ start: name, only = 'true', inside }: Block & { readonly inside: Block }): Block {
  return {
    start: name,
    states: (next) => ({
      [name]: {
        Type: 'Map',
        Comment: 'Once where this handoff has it, else not at all.',
        Items: say.jsonata(say.onceIf(only)),
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: inside.start,
          States: inside.states({ End: true }),
        },
        Output: {},
        ...next,
      },
    }),
  };
}

/** A Choice must name a state to go to: where the branch would end, that is a Succeed of its own. */
export function throughTarget(next: Transition, name: string, states: (target: string) => States): States {
  if ('Next' in next) return states(next.Next);
  return { ...states(name), [name]: { Type: 'Succeed' } };
}

/** Pauses double from `seconds` to `longest`; jitter halves each on average. */
const backOff = (seconds: number, attempts: number, longest: number): State => ({
  IntervalSeconds: seconds,
  MaxAttempts: attempts,
  BackoffRate: 2,
  MaxDelaySeconds: longest,
  JitterStrategy: 'FULL',
});

/** What passes by itself may take a day: 31 hours on average, under 24 in no run that anybody will see. */
const forADay = backOff(2, 260, 900);

/** An hour and a half on average: for a name that an outage shares with a permission that is missing. */
const forAnHour = backOff(2, 45, 300);

/**
 * Invokes one of the project's functions with the handoff's id and the time. Retries what Lambda, DynamoDB or the mail
 * service refuse for the moment. Each retry is billed as a transition, and writes three events into the history.
 */
export function lambdaTask(input: { comment: string; functionArn: string; payload: State }): State {
  return {
    Type: 'Task',
    Comment: input.comment,
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: {
      FunctionName: input.functionArn,
      Payload: { handoffId: say.jsonata(say.handoffId), at: say.jsonata(say.enteredAt), ...input.payload },
    },
    Retry: [
      // SES sends 14 a second. Asks, and what begins a handoff, take turns instead (`mailing/in-turn.ts`); this is for the other mails, which
      // people's answers spread. Shorter first pauses ask more often, in vain; longer last ones leave SES idle while a few mails wait.
      { ErrorEquals: ['MailThrottled'], ...backOff(15, 150, 240) },
      // The quota of a day frees itself hour by hour. Jitter halves a pause on average: this lasts almost two days.
      { ErrorEquals: ['MailQuotaExhausted', 'MailBlocked'], ...backOff(600, 60, 5400) },
      {
        ErrorEquals: [
          'Lambda.ServiceException',
          'Lambda.SdkClientException',
          'Lambda.TooManyRequestsException',
          'Lambda.ClientExecutionTimeoutException',
          'MailUnavailable',
          'RecordsUnavailable',
          'ServiceUnavailable',
        ],
        ...forADay,
      },
      // A service that does not answer, or a function that never will: middy says the second name just before Lambda would the first.
      { ErrorEquals: ['Sandbox.Timedout', 'TimeoutError'], ...forAnHour },
      // What has no name of its own, a missing permission among it; a sandbox that crashed or ran out of memory: they may be
      // called again, but not for ever.
      {
        ErrorEquals: ['Lambda.AWSLambdaException', 'Lambda.Unknown', 'Runtime.ExitError'],
        ...backOff(5, 3, 60),
      },
    ],
  };
}

/** Retries of a direct call to an AWS service, for what passes by itself. Any other error fails the execution at once. */
const sdkRetry = (service: string, errors: readonly string[]): readonly State[] => [
  { ErrorEquals: [...errors, 'SdkClientException'].map((error) => `${service}.${error}`), ...forADay },
];

export const dynamoDbRetry: readonly State[] = [
  ...sdkRetry('DynamoDb', [
    'ProvisionedThroughputExceededException',
    'ThrottlingException',
    'RequestLimitExceededException',
    'InternalServerErrorException',
  ]),
  // What has no class of its own in Step Functions' SDK: "service unavailable", and "access denied" as well.
  { ErrorEquals: ['DynamoDb.DynamoDbException'], ...forAnHour },
];

/** The key of a step's record, by its sort key. */
export const recordKey = (sort: string): State => ({ pk: { S: say.jsonata(say.handoffKey) }, sk: { S: sort } });

export const stepKey = (step: string): State => recordKey(`STEP#${step}`);
