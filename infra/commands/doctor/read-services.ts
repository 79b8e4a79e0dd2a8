import {
  GetAccountSendingEnabledCommand,
  GetSendQuotaCommand,
  GetSendStatisticsCommand,
  type SESClient,
} from '@aws-sdk/client-ses';
import type { QueueCall } from '../../draining/queue-calls.ts';
import type { Patience } from '../patience.ts';
import type { MailServiceSeen, QueueSeen } from './sight.ts';

/** How many messages are in queues. Throws QueueDoesNotExist when one is not there. */
export async function readQueues(
  names: readonly string[],
  { call, again }: { readonly call: QueueCall; readonly again: Patience },
): Promise<readonly QueueSeen[]> {
  const seen: QueueSeen[] = [];
  for (const name of names) {
    const { QueueUrl } = await again(() => call('GetQueueUrl', { QueueName: name }));
    const { Attributes } = await again(() => call('GetQueueAttributes', { QueueUrl, AttributeNames: counts }));
    const of = Object(Attributes);
    seen.push({ name, messages: counts.reduce((sum, count) => sum + Number(of[count] ?? 0), 0) });
  }
  return seen;
}

const counts = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];

const day = 24 * 3_600_000;
/** SES counts what was sent in quarters of an hour. */
const quarterSeconds = 15 * 60;

/** What SES says of its quotas and of what was sent in the day before `at` (UTC). */
export async function readMailService(
  client: SESClient,
  { at, again }: { readonly at: string; readonly again: Patience },
): Promise<MailServiceSeen> {
  const quota = await again(() => client.send(new GetSendQuotaCommand({})));
  const { Enabled = true } = await again(() => client.send(new GetAccountSendingEnabledCommand({})));
  const { SendDataPoints = [] } = await again(() => client.send(new GetSendStatisticsCommand({})));
  const attempts = SendDataPoints.filter(
    ({ Timestamp }) => Timestamp !== undefined && Date.parse(at) - Timestamp.getTime() < day,
  ).map(({ DeliveryAttempts = 0 }) => DeliveryAttempts);
  return {
    most: quota.Max24HourSend ?? -1,
    sent: quota.SentLast24Hours ?? 0,
    rate: quota.MaxSendRate ?? -1,
    peak: Math.max(0, ...attempts) / quarterSeconds,
    isEnabled: Enabled,
  };
}
