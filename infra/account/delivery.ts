import type { Clock } from './clock.ts';
import type { Lambda } from './lambda.ts';
import type { DeadLetter } from './lambda-events.ts';
import type { MessageAttributes, Queues } from './sqs/queues.ts';
import { asAwsError } from './wire/errors.ts';

/** One event on its way to a function. */
interface Delivery {
  readonly functionName: string;
  /** JSON text. */
  readonly payload: string;
  /** What sends it, e.g. `rule order-placed`. */
  readonly origin: string;
  /** Throws what keeps its sender from calling the function. */
  readonly check?: () => void;
  /** How long it is tried, in milliseconds, and how often; 24 hours and 185 times when left out. */
  readonly retry?: { readonly longest?: number; readonly attempts?: number };
  /** Where it goes when it cannot be delivered, by the queue's name, and what its sender says of itself there. */
  readonly deadLetters?: () => { readonly queue: string; readonly attributes: MessageAttributes } | undefined;
}

export type Deliver = (delivery: Delivery) => void;

const longestTry = 24 * 60 * 60 * 1000;
const mostAttempts = 185;
const longestPause = 15 * 60 * 1000;

/**
 * Hands events to functions as EventBridge and its Scheduler do, at least once: a throttled or failing Lambda service
 * is tried again for 24 hours or 185 times, the pauses doubling from one second to 15 minutes; a function that does
 * not exist is not tried again. What cannot be delivered goes to its sender's queue, or to the dead letters. Once Lambda has taken the event, a
 * function that throws is Lambda's own business (see `invokeAsync`).
 */
export function createDelivery(world: {
  readonly clock: Clock;
  readonly lambda: Lambda;
  readonly deadLetters: DeadLetter[];
  readonly queues: Queues;
  readonly functionArn: (name: string) => string;
}): Deliver {
  const { clock, lambda, deadLetters } = world;

  function attempt(delivery: Delivery, number: number, since: number): void {
    try {
      delivery.check?.();
      lambda.invokeAsync(delivery.functionName, delivery.payload, delivery.origin);
    } catch (thrown) {
      const error = asAwsError(thrown);
      const pause = Math.min(1000 * 2 ** (number - 1), longestPause);
      const again = clock.now() + pause;
      const { longest = longestTry, attempts = mostAttempts } = delivery.retry ?? {};
      const retriable = error.httpStatus === 429 || error.httpStatus >= 500;
      if (retriable && number < attempts && again - since <= longest) {
        clock.at(again, () => attempt(delivery, number + 1, since), `Deliver again: ${delivery.origin}`);
        return;
      }
      const { functionName, payload, origin } = delivery;
      const letters = delivery.deadLetters?.();
      if (letters) {
        world.queues.send(letters.queue, payload, {
          ...letters.attributes,
          TARGET_ARN: world.functionArn(functionName),
          ERROR_CODE: error.name,
          ERROR_MESSAGE: error.message,
        });
        return;
      }
      deadLetters.push({
        functionName,
        payload,
        origin,
        at: clock.now(),
        errorType: error.name,
        errorMessage: error.message,
        attempts: number,
      });
    }
  }

  return (delivery) => attempt(delivery, 1, clock.now());
}
