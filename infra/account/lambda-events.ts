import type { Clock } from './clock.ts';
import type { Access } from './iam/access.ts';
import { arn, type Identity } from './identity.ts';
import type { Queues } from './sqs/queues.ts';
import { AwsError, asAwsError } from './wire/errors.ts';

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

/** What becomes of events that a function, invoked by nobody who waits, has failed at for good. */
export interface OnFailure {
  /** The queue that gets a record of them. */
  readonly queue: string;
  /** The function's role, in which Lambda writes to the queue. */
  readonly role?: string;
}

/** An event that Lambda has accepted. */
export interface QueuedCall {
  readonly name: string;
  readonly payload: string;
  readonly origin: string;
  readonly requestId: string;
}

/** What a run came to: a JSON text, of a failure what the function threw. */
interface Run {
  readonly payload: string;
  readonly functionError?: 'Unhandled';
}

export interface EventQueueWorld {
  readonly clock: Clock;
  readonly identity: Identity;
  readonly deadLetters: DeadLetter[];
  readonly queues: Queues;
  /** By function name; elsewhere such events are dead letters. */
  readonly onFailure: Readonly<Record<string, OnFailure>>;
  /** Throws when a role may not. */
  readonly access: () => Access;
}

const retryDelays = [60_000, 120_000];
/** How long an event waits for a place, and how long at most between two attempts to get one. */
const longestWait = 6 * 3_600_000;
const longestPause = 5 * 60_000;
/** Its multiples, without their whole parts, lie evenly between 0 and 1. */
const goldenRatio = (1 + Math.sqrt(5)) / 2;

/** What a function threw; without a trace it never ran. */
interface Failed extends Pick<DeadLetter, 'errorType' | 'errorMessage'> {
  readonly trace?: readonly string[];
}

/** How long an event has waited for a place so far, and for how long it is to wait next; milliseconds. */
interface Waited {
  readonly ms: number;
  readonly pause: number;
}

/**
 * Lambda's queue of events: each is tried up to three times, after one and two more minutes, and then given up, to the function's queue
 * for failures or to the dead letters. `run`: undefined where there is no place for it; such an event waits for up to six hours.
 * Resolves once the first attempt is over.
 */
export function createEventQueue(
  world: EventQueueWorld & { readonly run: (call: QueuedCall) => Promise<Run | undefined> },
): (call: QueuedCall) => Promise<void> {
  const { clock, identity, onFailure: onFailures } = world;
  let waits = 0;

  async function attempt(call: QueuedCall, number: number, waited: Waited = { ms: 0, pause: 1000 }): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const invoked = await world.run(call);
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
  function waitForPlace(call: QueuedCall, number: number, { ms, pause }: Waited): void {
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

  function giveUp(call: QueuedCall, failure: Failed, attempts: number): void {
    const { errorType, errorMessage } = failure;
    const letter = { at: clock.now(), origin: call.origin, functionName: call.name, payload: call.payload, attempts };
    const onFailure = Object.hasOwn(onFailures, call.name) ? onFailures[call.name] : undefined;
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
  function failureRecord(call: QueuedCall, failure: Failed, attempts: number): string {
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

  return (call) => attempt(call, 1);
}

/** What Lambda answers where as many invocations run as may. */
export const tooManyRequests = (reason: string): AwsError =>
  new AwsError('TooManyRequestsException', 'Rate Exceeded.', { httpStatus: 429, fields: { Reason: reason } });
