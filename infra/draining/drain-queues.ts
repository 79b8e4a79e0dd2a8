import { cleanLine } from '../../functions/domain/fields/clean-text.ts';
import type { Functions } from '../../functions/ports/functions.ts';
import { deadLetterOf, type QueueMessage, type TakerOf } from './dead-letters.ts';
import type { QueueCall } from './queue-calls.ts';

export interface DrainOptions {
  /** The queues for dead letters, by name. */
  readonly queues: readonly string[];
  readonly call: QueueCall;
  readonly functions: Functions;
  readonly takerOf: TakerOf;
  readonly say: (line: string) => void;
}

export interface Drained {
  readonly done: number;
  /** What failed again, and is where it was. */
  readonly left: number;
}

/** Longer than a function takes: nobody else gets a message in between. */
const visibilitySeconds = 900;

/**
 * Hands each dead letter to the function that was to have it, and deletes it once that went well: broken off or repeated, it
 * goes on where it was. What fails again stays. Says of each what it was, why it died and what became of it.
 * Throws QueueDoesNotExist when a queue is not there.
 */
export async function drainQueues(options: DrainOptions): Promise<Drained> {
  const { call, queues } = options;
  let [done, left] = [0, 0];
  for (const QueueName of queues) {
    const { QueueUrl } = await call('GetQueueUrl', { QueueName });
    const failed: string[] = [];
    for (;;) {
      const messages = await received(call, QueueUrl);
      if (messages.length === 0) break;
      for (const message of messages) {
        const { ReceiptHandle } = message;
        if (await handled(options, message)) {
          await call('DeleteMessage', { QueueUrl, ReceiptHandle });
          done += 1;
        } else failed.push(ReceiptHandle);
      }
    }
    for (const ReceiptHandle of failed)
      await call('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
    left += failed.length;
  }
  return { done, left };
}

async function received(call: QueueCall, QueueUrl: unknown): Promise<readonly QueueMessage[]> {
  const { Messages } = await call('ReceiveMessage', {
    QueueUrl,
    MaxNumberOfMessages: 10,
    VisibilityTimeout: visibilitySeconds,
    // Without waiting SQS asks some of its servers only.
    WaitTimeSeconds: 2,
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['DeadLetterQueueSourceArn', 'SentTimestamp'],
  });
  return (Messages ?? []) as readonly QueueMessage[];
}

async function handled({ functions, say, takerOf }: DrainOptions, message: QueueMessage): Promise<boolean> {
  const { what, why, functionArn, event } = deadLetterOf(message, takerOf);
  say(what);
  say(`  died of  ${cleanLine(why)}`);
  if (functionArn === undefined) {
    say('  left     nothing says which function was to have it');
    return false;
  }
  const name = functionArn.split(':function:').at(-1)?.replace(/:.*$/, '');
  try {
    say(`  became   ${outcomeOf(await functions.call(functionArn, event))} (${name})`);
    return true;
  } catch (error) {
    const again = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    say(`  left     ${name} fails again: ${cleanLine(again)}`);
    return false;
  }
}

/** What a function answers, in a word of its own. */
function outcomeOf(answer: unknown): string {
  const { outcome, refused, handoffId } = Object(answer);
  const word = refused ? 'refused, and kept in the table with the reasons' : outcome;
  return [
    typeof word === 'string' ? word : 'done',
    ...(typeof handoffId === 'string' ? [`handoff ${handoffId}`] : []),
  ].join(', ');
}
