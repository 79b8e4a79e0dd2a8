import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ServiceUnavailable } from '../ports/errors.ts';
import type { WriteBackQueue } from '../ports/write-backs.ts';
import { changeOf } from './item-keys.ts';
import { orUnavailable } from './passing-errors.ts';
import type { Settings } from './settings.ts';
import { type CallSettings, jsonCalls } from './signed-calls.ts';
import { nothingOutside, type Outside } from './world.ts';

/** What SQS takes at once. */
const batch = 10;

/** A queue of SQS, by its address. */
function writeBackQueue(settings: CallSettings, QueueUrl: string): WriteBackQueue {
  const sqs = jsonCalls(settings, { service: 'sqs', target: 'AmazonSQS' }, new URL(QueueUrl).origin);
  return {
    async put(handoffIds) {
      for (let from = 0; from < handoffIds.length; from += batch) {
        const some = handoffIds.slice(from, from + batch);
        const Entries = some.map((id, i) => ({ Id: String(i), MessageBody: changeOf(id) }));
        const { Failed } = await orUnavailable('SQS', () => sqs('SendMessageBatch', { QueueUrl, Entries }));
        // The call went well, and some of its messages may not have.
        const [failed] = (Failed ?? []) as readonly { readonly Code: string }[];
        if (failed) throw new ServiceUnavailable(`SQS says ${failed.Code} of a message: try again.`);
      }
    },
  };
}

/** What who queues handoffs to be written back is given beside the rest of the world. Throws where the settings name no queue. */
export function queueingWorld({ WRITE_BACK_QUEUE }: Settings, client: CallSettings): Outside {
  if (!WRITE_BACK_QUEUE)
    throw new Error('WRITE_BACK_QUEUE is not set: this function queues nothing to be written back.');
  return { ...nothingOutside, writeBackQueue: writeBackQueue(client, WRITE_BACK_QUEUE) };
}

/** The same of a function on Lambda, as its environment configures it. */
export const queueingOfEnvironment = (settings: Settings): Outside => queueingWorld(settings, new DynamoDBClient({}));
