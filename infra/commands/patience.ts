import { isThrottling } from '../../functions/aws/passing-errors.ts';
import { CrmUnavailable, RecordsUnavailable, ServiceUnavailable } from '../../functions/ports/errors.ts';
import { connectionFailure } from './aws-failure.ts';

/** Makes a call, and makes it again while the service says that it is called too often. */
export type Patience = <T>(call: () => Promise<T>) => Promise<T>;

const attempts = 8;
/** What SES and SQS call it. */
const otherNames = ['Throttling', 'RequestThrottled', 'OverLimit'];

/** Waits longer each time, half a minute at most, by `pause` (milliseconds); then throws what the service said. */
export const patience =
  (pause: (milliseconds: number) => Promise<void>): Patience =>
  async (call) => {
    for (let left = attempts - 1, wait = 500; left > 0; left--, wait = Math.min(wait * 2, 30_000)) {
      try {
        return await call();
      } catch (error) {
        if (!passes(error)) throw error;
        await pause(wait);
      }
    }
    return call();
  };

function passes(error: unknown): boolean {
  const cause = causeOf(error);
  // Without a network or credentials there is nothing to wait for.
  if (connectionFailure(cause) !== undefined) return false;
  if ([RecordsUnavailable, ServiceUnavailable, CrmUnavailable].some((passing) => error instanceof passing)) return true;
  if (isThrottling(cause)) return true;
  return cause instanceof Error && (otherNames.includes(cause.name) || Object(cause)['$fault'] === 'server');
}

/** What a service said, where an adapter has put it in other words. */
export const causeOf = (error: unknown): unknown =>
  (error instanceof RecordsUnavailable || error instanceof ServiceUnavailable) && error.cause !== undefined
    ? error.cause
    : error;
