import { failedEventIn, type QueueEvent } from '../aws/failed-event.ts';
import { functionCalls, lambdaOfEnvironment } from '../aws/function-calls.ts';
import type { Functions } from '../ports/functions.ts';

/**
 * Takes from the queue what other functions failed at, one message at a time, and calls them again. What fails again is
 * thrown, with its own name: the message comes back, until the queue gives it up.
 */
export const tryAgainHandler = Object.assign(
  (functions: Functions) =>
    async ({ Records }: QueueEvent): Promise<void> => {
      for (const { body } of Records) {
        const failed = failedEventIn(body);
        if (!failed) throw new Error('A message of this queue is no record of a failure.');
        await functions.call(failed.functionArn, failed.event);
      }
    },
  { functionName: 'try-again', uses: [] as const },
);

export const handler = tryAgainHandler(functionCalls(lambdaOfEnvironment()));
