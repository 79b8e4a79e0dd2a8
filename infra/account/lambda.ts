import type { Context } from 'aws-lambda';
import type { Faults } from './faults.ts';
import { arn } from './identity.ts';
import { invocationOf } from './invocations.ts';
import { createEventQueue, type EventQueueWorld, tooManyRequests } from './lambda-events.ts';
import { functionNotFound, functionReference, latest } from './lambda-reference.ts';
import type { Limits } from './limits.ts';
import type { Meter } from './usage.ts';
import { AwsError } from './wire/errors.ts';

/** A handler as Lambda calls it; the result (or the promise's) is the answer. */
type LambdaFunction = (event: never, context: Context, callback: never) => unknown;
export type Functions = Readonly<Record<string, LambdaFunction>>;

/** The answer to a synchronous invocation; payloads are JSON texts. */
interface Invoked {
  readonly payload: string;
  /** Present when the function threw; the payload is then `{errorType, errorMessage, trace}`. */
  readonly functionError?: 'Unhandled';
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
/** Milliseconds a function may take, as far as its context tells, unless the account says otherwise. */
const usualTimeLimit = 30_000;
const keptFailures = 200;

export interface LambdaWorld extends EventQueueWorld {
  readonly meter: Meter;
  readonly newId: () => string;
  readonly functions: () => Functions;
  readonly limits: Limits | undefined;
  /** What goes wrong; undefined for nothing. */
  readonly faults: Faults | undefined;
  /** Milliseconds that each function may take; 30 seconds when undefined. */
  readonly timeLimit: number | undefined;
}

export function createLambda(world: LambdaWorld): Lambda {
  const { clock, identity, timeLimit = usualTimeLimit } = world;
  const throttled = new Map<string, number>();
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

  const queue = createEventQueue({
    ...world,
    run: (call) => runInPlace(find(call.name), call.payload, call.requestId),
  });
  return {
    invoke: async (reference, payload) => {
      const invoked = await runInPlace(admit(reference, payload, syncLimit), payload, world.newId());
      if (invoked === undefined) throw tooManyRequests('ConcurrentInvocationLimitExceeded');
      return invoked;
    },
    invokeAsync: (reference, payload, origin) => {
      const { name } = admit(reference, payload, asyncLimit);
      const call = { name, payload, origin, requestId: world.newId() };
      const parameters = { FunctionName: call.name };
      const fault = world.faults?.next({
        service: 'lambda',
        action: 'InvokeAsync',
        parameters,
        functionName: undefined,
      });
      void clock.busy(() => queue(call));
      // Lambda's queue delivers at least once.
      if (fault === 'twice at once') void clock.busy(() => queue(call));
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

interface Found {
  readonly name: string;
  readonly run: LambdaFunction;
}

function describeFailure(thrown: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') };
}

function noCallbacks(): never {
  throw new Error('Node.js 24 on Lambda has no callback-style handlers');
}
