import type { FunctionName } from './function-names.ts';
import { dealsHeard, deliveries, writeBacks } from './queues.ts';

const takers: readonly { readonly name: string; readonly what: FunctionName }[] = [dealsHeard, writeBacks, deliveries];

/**
 * The ARN of the function that takes from a queue, by the queue's; `functionName`: how the account calls a function, by the name of
 * the queue's prefix, such as `handoff-production-`. Undefined for a queue that nobody takes from.
 */
export function takerOf(
  queueArn: string,
  functionName: (name: FunctionName, prefix: string) => string,
): string | undefined {
  const [, partition, service, region, account, queue = ''] = queueArn.split(':');
  const taker = takers.find(({ name }) => queue.endsWith(name));
  if (service !== 'sqs' || !taker) return undefined;
  const prefix = queue.slice(0, -taker.name.length);
  return `arn:${partition}:lambda:${region}:${account}:function:${functionName(taker.what, prefix)}`;
}
