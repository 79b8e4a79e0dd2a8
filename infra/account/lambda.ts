import type { Context } from 'aws-lambda';
import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Access } from './iam/access.ts';
import { arn, type Identity } from './identity.ts';
import { invocationOf } from './invocations.ts';
import { functionNotFound, functionReference, latest } from './lambda-reference.ts';
import type { Limits } from './limits.ts';
import type { Queues } from './sqs/queues.ts';
import type { Meter } from './usage.ts';
import { AwsError, asAwsError } from './wire/errors.ts';

/** A handler as Lambda calls it; the result (or the promise's) is the answer. */
type LambdaFunction = (event: never, context: Context, callback: never) => unknown;
export type Functions = Readonly<Record<string, LambdaFunction>>;

/** The answer to a synchronous invocation; payloads are JSON texts. */
interface Invoked {
  readonly payload: string;
  /** Present when the function threw; the payload is then `{errorType, errorMessage, trace}`. */
  readonly functionError?: 'Unhandled';
}

/** An event that nobody will handle any more. */
export interface DeadLetter {
  /** Virtual milliseconds since the epoch at which it was given up. */
  readonly at: number;
  /** What sent it, e.g. `rule order-placed`. */
  readonly origin: string;
  readonly functionName: string;
  readonly payload: string;
  readonly errorType: string;
  readonly errorMessage: string;
  readonly attempts: number;
}

/** A function that threw, for people to look at. */
interface FunctionFailure {
  readonly at: number;
  readonly functionName: string;
  readonly requestId: string;
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

export interface Lambda {
  /** Runs the function and waits. Throws ResourceNotFoundException, TooManyRequestsException, RequestTooLargeException. */
  invoke(functionName: string, payload: string): Promise<Invoked>;
  /**
   * Accepts the event and returns; Lambda then tries up to three times, after one and two more minutes, and gives a
   * failing event up: to the function's queue for failures, or to the dead letters. While as many invocations run as may, the event waits for up to six hours.
   * Throws like `invoke` when the function cannot be reached at all.
   */
  invokeAsync(functionName: string, payload: string, origin: string): void;
  /** The next `count` invocations of the function are throttled. */
  throttleNext(functionName: string, count: number): void;
  /** The latest failures, oldest first; at most 200. */
  readonly failures: readonly FunctionFailure[];
  /** All functions' names. */
  names(): string[];
  /**
   * The bare name of the function that a name or ARN refers to, for a call that IAM knows as the action. Throws like
   * `functionReference`, and ResourceNotFoundException for functions and qualifiers that are not there.
   */
  functionNameOf(reference: string, options?: { readonly qualifier?: unknown; readonly action?: string }): string;
  /** Milliseconds that each function may take. */
  readonly timeLimit: number;
}

const syncLimit = 6 * 1024 * 1024;
const asyncLimit = 1024 * 1024;
const retryDelays = [60_000, 120_000];
/** How long an event waits for a place, and how long at most between two attempts to get one. */
const longestWait = 6 * 3_600_000;
const longestPause = 5 * 60_000;
/** Its multiples, without their whole parts, lie evenly between 0 and 1. */
const goldenRatio = (1 + Math.sqrt(5)) / 2;
/** Milliseconds a function may take, as far as its context tells, unless the account says otherwise. */
const usualTimeLimit = 30_000;
const keptFailures = 200;

/** What becomes of events that a function, invoked by nobody who waits, has failed at for good. */
export interface OnFailure {
  /** The queue that gets a record of them. */
  readonly queue: string;
  /** The function's role, in which Lambda writes to the queue. */
  readonly role?: string;
}

export interface LambdaWorld {
  readonly clock: Clock;
  readonly identity: Identity;
  readonly meter: Meter;
  readonly newId: () => string;
  readonly functions: () => Functions;
  readonly deadLetters: DeadLetter[];
  readonly limits: Limits | undefined;
  readonly queues: Queues;
  /** By function name; elsewhere such events are dead letters. */
  readonly onFailure: Readonly<Record<string, OnFailure>>;
  /** Throws when a role may not. */
  readonly access: () => Access;
  /** What goes wrong; undefined for nothing. */
  readonly faults: Faults | undefined;
  /** Milliseconds that each function may take; 30 seconds when undefined. */
  readonly timeLimit: number | undefined;
}

export function createLambda(world: LambdaWorld): Lambda {
  const { clock, identity, timeLimit = usualTimeLimit } = world;
  const throttled = new Map<string, number>();
  let waits = 0;
  const failures: FunctionFailure[] = [];

  function find(text: string, options: { readonly qualifier?: unknown; readonly action?: string } = {}): Found {
    const meant = functionReference(identity, text, options);
    const { name, qualifier = latest } = meant;
    const functions = world.functions();
    const run = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (run === undefined || qualifier !== latest) throw functionNotFound(identity, meant);
    return { name, run };
  }

  function admit(reference: string, payload: string, limit: number): Found {
    const found = find(reference);
    const left = throttled.get(found.name) ?? 0;
    if (left > 0) {
      throttled.set(found.name, left - 1);
      throw tooManyRequests('ReservedFunctionConcurrentInvocationLimitExceeded');
    }
    if (Buffer.byteLength(payload) > limit) {
      throw new AwsError(
        'RequestTooLargeException',
        `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
        { httpStatus: 413 },
      );
    }
    return found;
  }

  /** Runs the function once there is a place for it, and keeps the place until it is done; undefined when there is none. */
  async function runInPlace(found: Found, payload: string, requestId: string): Promise<Invoked | undefined> {
    if (isThrottled(found.name, payload)) return undefined;
    if (world.limits === undefined) return run(found, payload, requestId);
    const place = world.limits.occupy(found.name);
    if (place === undefined) return undefined;
    try {
      if (place.milliseconds > 0) await clock.sleep(clock.now() + place.milliseconds, found.name);
      return await run(found, payload, requestId);
    } finally {
      place.free();
    }
  }

  /** Whether an invocation is refused because as many run as may: whoever asks for it, and each time it is tried. */
  function isThrottled(FunctionName: string, Payload: string): boolean {
    const call = {
      service: 'lambda',
      action: 'Invoke',
      parameters: { FunctionName, Payload },
      functionName: undefined,
    };
    return world.faults?.next(call) === 'throttled';
  }

  async function run(found: Found, payload: string, requestId: string): Promise<Invoked> {
    world.meter.lambda(found.name);
    try {
      const event = JSON.parse(payload === '' ? '{}' : payload) as never;
      const result = await invocationOf(found.name, () =>
        found.run(event, context(found.name, requestId), undefined as never),
      );
      const text = JSON.stringify(result ?? null);
      if (Buffer.byteLength(text) <= syncLimit) return { payload: text };
      throw new AwsError(
        'Function.ResponseSizeTooLarge',
        `Response payload size exceeded maximum allowed payload size (${syncLimit} bytes).`,
      );
    } catch (thrown) {
      const failure = describeFailure(thrown);
      failures.push({ at: clock.now(), functionName: found.name, requestId, ...failure });
      if (failures.length > keptFailures) failures.shift();
      return { payload: JSON.stringify(failure), functionError: 'Unhandled' };
    }
  }

  function context(functionName: string, awsRequestId: string): Context {
    const ends = clock.now() + timeLimit;
    return {
      functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: arn(identity, 'lambda', `function:${functionName}`),
      memoryLimitInMB: '256',
      awsRequestId,
      logGroupName: `/aws/lambda/${functionName}`,
      logStreamName: `local/[$LATEST]${awsRequestId}`,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => ends - clock.now(),
      done: noCallbacks,
      fail: noCallbacks,
      succeed: noCallbacks,
    };
  }

  async function attempt(call: AsyncCall, number: number, waited: Waited = { ms: 0, pause: 1000 }): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const invoked = await runInPlace(call, call.payload, call.requestId);
    if (invoked === undefined) {
      waitForPlace(call, number, waited);
      return;
    }
    if (invoked.functionError === undefined) return;
    const delay = retryDelays[number - 1];
    if (delay !== undefined) {
      clock.at(clock.now() + delay, () => attempt(call, number + 1), `Retry ${call.name} (${call.origin})`);
      return;
    }
    giveUp(call, JSON.parse(invoked.payload) as Failed, number);
  }

  /** Being throttled is no failure of the function: the attempt does not count. */
  function waitForPlace(call: AsyncCall, number: number, { ms, pause }: Waited): void {
    const { name, message } = tooManyRequests('ConcurrentInvocationLimitExceeded');
    if (ms + pause > longestWait) {
      giveUp(call, { errorType: name, errorMessage: message }, number);
      return;
    }
    const waited = { ms: ms + pause, pause: Math.min(2 * pause, longestPause) };
    // Thousands that found no place at one moment do not come back at one moment: evenly spread, and the same in every run.
    waits += 1;
    const spread = 0.5 + ((waits * goldenRatio) % 1);
    clock.at(
      clock.now() + Math.round(pause * spread),
      () => attempt(call, number, waited),
      `Wait for a place: ${call.name}`,
    );
  }

  function giveUp(call: AsyncCall, failure: Failed, attempts: number): void {
    const { errorType, errorMessage } = failure;
    const letter = { at: clock.now(), origin: call.origin, functionName: call.name, payload: call.payload, attempts };
    const onFailure = Object.hasOwn(world.onFailure, call.name) ? world.onFailure[call.name] : undefined;
    if (onFailure === undefined) {
      world.deadLetters.push({ ...letter, errorType, errorMessage });
      return;
    }
    try {
      const { queue, role } = onFailure;
      const resources = [world.queues.arnOf(queue)];
      world.access().check(role, { action: 'sqs:SendMessage', resources, context: {} });
      world.queues.send(queue, failureRecord(call, failure, attempts));
    } catch (error) {
      // On AWS all that is left is a metric.
      const { name, message } = asAwsError(error);
      world.deadLetters.push({ ...letter, errorType: name, errorMessage: message });
    }
  }

  /** What Lambda tells a destination. */
  function failureRecord(call: AsyncCall, failure: Failed, attempts: number): string {
    const { errorType, errorMessage, trace } = failure;
    return JSON.stringify({
      version: '1.0',
      timestamp: new Date(clock.now()).toISOString(),
      requestContext: {
        requestId: call.requestId,
        functionArn: `${arn(identity, 'lambda', `function:${call.name}`)}:$LATEST`,
        condition: trace ? 'RetriesExhausted' : 'EventAgeExceeded',
        approximateInvokeCount: attempts,
      },
      requestPayload: JSON.parse(call.payload === '' ? '{}' : call.payload),
      ...(trace && {
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: { errorType, errorMessage, trace },
      }),
    });
  }

  return {
    invoke: async (reference, payload) => {
      const invoked = await runInPlace(admit(reference, payload, syncLimit), payload, world.newId());
      if (invoked === undefined) throw tooManyRequests('ConcurrentInvocationLimitExceeded');
      return invoked;
    },
    invokeAsync: (reference, payload, origin) => {
      const call = { ...admit(reference, payload, asyncLimit), payload, origin, requestId: world.newId() };
      const parameters = { FunctionName: call.name };
      const fault = world.faults?.next({
        service: 'lambda',
        action: 'InvokeAsync',
        parameters,
        functionName: undefined,
      });
      void clock.busy(() => attempt(call, 1));
      // Lambda's queue delivers at least once.
      if (fault === 'twice at once') void clock.busy(() => attempt(call, 1));
    },
    throttleNext: (name, count) => {
      throttled.set(name, count);
    },
    failures,
    timeLimit,
    names: () => Object.keys(world.functions()),
    functionNameOf: (reference, options) => find(reference, options).name,
  };
}

/** What a function threw; without a trace it never ran. */
interface Failed extends Pick<DeadLetter, 'errorType' | 'errorMessage'> {
  readonly trace?: readonly string[];
}

interface Found {
  readonly name: string;
  readonly run: LambdaFunction;
}

/** How long an event has waited for a place so far, and for how long it is to wait next; milliseconds. */
interface Waited {
  readonly ms: number;
  readonly pause: number;
}

const tooManyRequests = (reason: string): AwsError =>
  new AwsError('TooManyRequestsException', 'Rate Exceeded.', { httpStatus: 429, fields: { Reason: reason } });

interface AsyncCall {
  readonly name: string;
  readonly run: LambdaFunction;
  readonly payload: string;
  readonly origin: string;
  readonly requestId: string;
}

function describeFailure(thrown: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') };
}

function noCallbacks(): never {
  throw new Error('Node.js 24 on Lambda has no callback-style handlers');
}
