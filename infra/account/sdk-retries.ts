import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { Clock } from './clock.ts';

/** Any of the strategies that a client takes. */
export type RetryStrategy = Exclude<DynamoDBClientConfig['retryStrategy'], undefined>;

/** Milliseconds of the first pause: after a throttling answer, and after any other that passes by itself. */
const firstPause = { THROTTLING: 1000, TRANSIENT: 50 } as const;
const longestPause = 20_000;

/**
 * What a client does by itself when a service refuses: the SDK's standard mode (exponential pauses with full jitter), in
 * virtual time. For clients inside a function or a timer, whose work the clock knows of. `attempts` counts the first one.
 */
export function retriesInVirtualTime(options: {
  readonly clock: Clock;
  readonly attempts: number;
  /** In [0, 1). */
  readonly random: () => number;
}): RetryStrategy {
  const { clock, attempts, random } = options;
  const token = (retries: number) => ({ getRetryCount: () => retries, getRetryDelay: () => 0, getRetryCost: () => 0 });
  return {
    acquireInitialRetryToken: async () => token(0),
    refreshRetryTokenForRetry: async (refused, { errorType }) => {
      const retries = refused.getRetryCount();
      if (errorType !== 'THROTTLING' && errorType !== 'TRANSIENT') throw new Error('Not to be tried again');
      if (retries + 1 >= attempts) throw new Error('Tried often enough');
      const pause = random() * Math.min(firstPause[errorType] * 2 ** retries, longestPause);
      await clock.sleep(clock.now() + Math.floor(pause), 'SDK retry');
      return token(retries + 1);
    },
    recordSuccess: () => undefined,
  };
}
