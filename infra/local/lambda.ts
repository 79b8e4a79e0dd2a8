import type { Context } from 'aws-lambda';
import type { Clock } from './clock.ts';
import { arn, type Identity } from './identity.ts';
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

/** An event that nobody will handle any more. */
export interface DeadLetter {
  /** Virtual milliseconds since the epoch at which it was given up. */
  readonly at: number;
  /** What sent it, e.g. `rule deal-won`. */
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
   * failing event up to the dead letters. Throws like `invoke` when the function cannot be reached at all.
   */
  invokeAsync(functionName: string, payload: string, origin: string): void;
  /** The next `count` invocations of the function are throttled. */
  throttleNext(functionName: string, count: number): void;
  /** The latest failures, oldest first; at most 200. */
  readonly failures: readonly FunctionFailure[];
  /** All functions' names. */
  names(): string[];
  /** The bare name of the function that a name or ARN refers to. Throws ResourceNotFoundException. */
  nameOf(reference: string): string;
}

const syncLimit = 6 * 1024 * 1024;
const asyncLimit = 1024 * 1024;
const retryDelays = [60_000, 120_000];
/** Milliseconds a function may take, as far as its context tells. */
export const timeLimit = 30_000;
const keptFailures = 200;

export interface LambdaWorld {
  readonly clock: Clock;
  readonly identity: Identity;
  readonly meter: Meter;
  readonly newId: () => string;
  readonly functions: () => Functions;
  readonly deadLetters: DeadLetter[];
}

export function createLambda(world: LambdaWorld): Lambda {
  const { clock, identity } = world;
  const throttled = new Map<string, number>();
  const failures: FunctionFailure[] = [];

  /** The function's bare name from a name, partial ARN or ARN, with or without a qualifier. */
  function find(reference: string): { readonly name: string; readonly run: LambdaFunction } {
    const name =
      /^(?:arn:aws[^:]*:lambda:[^:]+:)?(?:\d{12}:)?(?:function:)?([A-Za-z0-9_-]+)(?::[A-Za-z0-9_$-]+)?$/.exec(
        reference,
      )?.[1];
    const functions = world.functions();
    const run = name !== undefined && Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (name === undefined || run === undefined) {
      const missing = arn(identity, 'lambda', `function:${name ?? reference}`);
      throw new AwsError('ResourceNotFoundException', `Function not found: ${missing}`, { httpStatus: 404 });
    }
    return { name, run };
  }

  function admit(
    reference: string,
    payload: string,
    limit: number,
  ): { readonly name: string; readonly run: LambdaFunction } {
    const found = find(reference);
    const left = throttled.get(found.name) ?? 0;
    if (left > 0) {
      throttled.set(found.name, left - 1);
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
        httpStatus: 429,
        fields: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
      });
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

  async function run(
    found: { readonly name: string; readonly run: LambdaFunction },
    payload: string,
    requestId: string,
  ): Promise<Invoked> {
    world.meter.lambda(found.name);
    try {
      const event = JSON.parse(payload === '' ? '{}' : payload) as never;
      const result = await found.run(event, context(found.name, requestId), undefined as never);
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

  async function attempt(call: AsyncCall, number: number): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const invoked = await run(call, call.payload, call.requestId);
    if (invoked.functionError === undefined) return;
    const delay = retryDelays[number - 1];
    if (delay !== undefined) {
      clock.at(clock.now() + delay, () => attempt(call, number + 1), `Retry ${call.name} (${call.origin})`);
      return;
    }
    const failure = JSON.parse(invoked.payload) as { errorType: string; errorMessage: string };
    world.deadLetters.push({
      at: clock.now(),
      origin: call.origin,
      functionName: call.name,
      payload: call.payload,
      errorType: failure.errorType,
      errorMessage: failure.errorMessage,
      attempts: number,
    });
  }

  return {
    invoke: async (reference, payload) => run(admit(reference, payload, syncLimit), payload, world.newId()),
    invokeAsync: (reference, payload, origin) => {
      const call = { ...admit(reference, payload, asyncLimit), payload, origin, requestId: world.newId() };
      void clock.busy(() => attempt(call, 1));
    },
    throttleNext: (name, count) => {
      throttled.set(name, count);
    },
    failures,
    names: () => Object.keys(world.functions()),
    nameOf: (reference) => find(reference).name,
  };
}

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
