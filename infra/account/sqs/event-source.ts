import type { Clock } from '../clock.ts';
import { handRecords } from '../hand-records.ts';
import type { Access } from '../iam/access.ts';
import type { Identity } from '../identity.ts';
import type { Lambda } from '../lambda.ts';
import type { Message, Queues } from './queues.ts';
import { md5, systemAttributes, typed } from './sqs.ts';

/** A queue whose messages a function gets, one at a time. */
export interface EventSource {
  readonly queue: string;
  readonly functionName: string;
  /** The function's role, in which Lambda reads the queue. */
  readonly role?: string;
  /** What comes of a message, as the clock's agenda calls it: `Write to the archive`; the queue's name unless said. */
  readonly label?: string;
}

/**
 * Lambda's poller: each message is handed to the function, and deleted when that went well. After a failure it comes back
 * in sight when its visibility timeout is over, and is tried again, until the queue gives it up. Without anything in the
 * queue there is nothing on the clock's agenda.
 */
export function poll(
  source: EventSource,
  world: {
    readonly clock: Clock;
    readonly identity: Identity;
    readonly lambda: Pick<Lambda, 'invoke'>;
    readonly queues: Queues;
    readonly access: Access;
  },
): void {
  const { clock, lambda, queues, identity } = world;
  const { queue, functionName, label = `Hand over from ${source.queue}` } = source;
  const queueArn = queues.arnOf(queue);

  const may = (action: string): void =>
    world.access.check(source.role, { action: `sqs:${action}`, resources: [queueArn], context: {} });

  async function next(): Promise<void> {
    may('GetQueueAttributes');
    may('ReceiveMessage');
    const { visibilitySeconds = 30 } = queues.settings(queue);
    for (const message of queues.receive(queue, { most: 10 })) {
      const again = clock.now() + visibilitySeconds * 1000;
      if (await handRecords(lambda, functionName, [record(message)])) {
        may('DeleteMessage');
        queues.remove(queue, message.receipt);
      } else clock.at(Math.max(again, clock.now()), next, `${label}, once more`);
    }
  }

  const record = (message: Message): object => ({
    messageId: message.id,
    receiptHandle: message.receipt,
    body: message.body,
    attributes: systemAttributes(message, queues),
    messageAttributes: typed(message.attributes),
    md5OfBody: md5(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: identity.region,
  });

  const { delaySeconds = 0 } = queues.settings(queue);
  queues.watch(queue, () => clock.at(clock.now() + delaySeconds * 1000, next, label));
}
