import type { Deliveries, WaitingDelivery } from '../ports/deliveries.ts';
import { jsonOrNothing } from './json-or-nothing.ts';
import { orUnavailable } from './passing-errors.ts';
import { type CallSettings, jsonCalls } from './signed-calls.ts';

/** What SQS gives and takes at once, and how often it is asked again at a time where it gives as many. */
const batch = 10;
const furtherCalls = 9;

/** Deliveries in a queue of SQS, by its address. Throws ServiceUnavailable for what passes by itself. */
export function deliveryQueue(settings: CallSettings, QueueUrl: string): Deliveries {
  const sqs = jsonCalls(settings, { service: 'sqs', target: 'AmazonSQS' }, new URL(QueueUrl).origin);
  const call: typeof sqs = (action, parameters) => orUnavailable('SQS', () => sqs(action, { QueueUrl, ...parameters }));
  // Without waiting SQS asks some of its servers only.
  const some = async (): Promise<WaitingDelivery[]> => {
    const { Messages } = await call('ReceiveMessage', { MaxNumberOfMessages: batch, WaitTimeSeconds: 1 });
    const messages = (Messages ?? []) as readonly { readonly Body: string; readonly ReceiptHandle: string }[];
    return messages.map(({ Body, ReceiptHandle }) => ({ event: jsonOrNothing(Body), receipt: ReceiptHandle }));
  };
  return {
    async take() {
      const first = await some();
      if (first.length < batch) return first;
      const more = await Promise.all(Array.from({ length: furtherCalls }, some));
      return [...first, ...more.flat()];
    },

    async noted(receipts) {
      const batches = Array.from({ length: Math.ceil(receipts.length / batch) }, (_, i) =>
        receipts.slice(i * batch, (i + 1) * batch),
      );
      const remove = (some: readonly string[]) =>
        call('DeleteMessageBatch', {
          Entries: some.map((ReceiptHandle, i) => ({ Id: String(i), ReceiptHandle })),
        });
      await Promise.all(batches.map(remove));
    },
  };
}
