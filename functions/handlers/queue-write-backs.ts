import { onLambda, stack } from '../aws/lambda-stack.ts';
import { changedHandoffsIn, type StreamEvent } from '../aws/stream-event.ts';
import { queueingOfEnvironment } from '../aws/write-back-queue.ts';
import { queueWriteBacks, queueWriteBacksUses } from '../verbs/queue-write-backs.ts';

/** What changed in the table, from its stream, or what of it was given up. All of it or nothing: a failure brings it back. */
export const queueWriteBacksHandler = stack('queue-write-backs', queueWriteBacksUses, (world) => {
  const queue = queueWriteBacks(world);
  return async (event: StreamEvent) => queue(changedHandoffsIn(event));
});

export const handler = onLambda(queueWriteBacksHandler, queueingOfEnvironment);
