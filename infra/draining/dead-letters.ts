import { failedEventIn } from '../../functions/aws/failed-event.ts';
import { jsonOrNothing } from '../../functions/aws/json-or-nothing.ts';

/** A message in a queue for dead letters, as SQS hands it over. */
export interface QueueMessage {
  readonly Body: string;
  readonly ReceiptHandle: string;
  /** What SQS itself says: the queue that gave it up. */
  readonly Attributes?: { readonly DeadLetterQueueSourceArn?: string; readonly SentTimestamp?: string };
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue?: string }>>;
}

/** What a dead letter was. */
export interface DeadLetter {
  /** In words, with the ids of deals and handoffs and nothing about people. */
  readonly what: string;
  /** Why it was given up, as far as that is known. */
  readonly why: string;
  /** Who was to have it; undefined when that cannot be told. */
  readonly functionArn: string | undefined;
  readonly event: unknown;
}

/** The function that takes the messages of a queue, by the queue's ARN; undefined of queues that nobody takes from. */
export type TakerOf = (queueArn: string) => string | undefined;

/**
 * Reads a message: Lambda's record of a failure, what EventBridge or its Scheduler could not deliver, or what a queue gave up. What was
 * in a queue, or on its way there, goes to the function that takes from it, as Lambda would hand it over. Of changes in a stream only
 * their place is left: whoever reads it takes that for all there are.
 */
export function deadLetterOf(message: QueueMessage, takerOf: TakerOf): DeadLetter {
  const { Body, Attributes = {}, MessageAttributes = {} } = message;
  const attribute = (name: string) => MessageAttributes[name]?.StringValue;
  const [target, code] = [attribute('TARGET_ARN'), attribute('ERROR_CODE')];
  const queue = Attributes.DeadLetterQueueSourceArn ?? (target?.includes(':sqs:') ? target : undefined);
  const taker = queue === undefined ? undefined : takerOf(queue);
  if (taker !== undefined) {
    const sent = { SentTimestamp: Attributes.SentTimestamp ?? '0' };
    const why = code
      ? said(code, attribute('ERROR_MESSAGE'))
      : 'the function failed at it for fifty hours: its log says why';
    return { what: heldInWords(Body), why, functionArn: taker, event: { Records: [{ body: Body, attributes: sent }] } };
  }
  const failed = failedEventIn(Body);
  const { DDBStreamBatchInfo: batch } = Object(jsonOrNothing(Body));
  if (failed && batch !== undefined) {
    const [from, to] = [words(batch.approximateArrivalOfFirstRecord), words(batch.approximateArrivalOfLastRecord)];
    return {
      what: `changes from ${from} to ${to}; of which handoffs is no longer known`,
      why: 'the function failed at them or could not be called for 23 hours: its log says why',
      functionArn: failed.functionArn,
      event: { DDBStreamBatchInfo: batch },
    };
  }
  if (failed) {
    const { functionArn, event, errorType, errorMessage } = failed;
    const why = errorType ? said(errorType, errorMessage) : 'the function could not be called for six hours';
    return { what: eventInWords(event), why, functionArn, event };
  }
  const event = jsonOrNothing(Body);
  return {
    what: eventInWords(event),
    why: code ? said(code, attribute('ERROR_MESSAGE')) : 'nothing says why',
    functionArn: event === undefined ? undefined : target,
    event,
  };
}

const said = (name: string, message: string | undefined): string => (message ? `${name}: ${message}` : name);

/** What a queue held: what a CRM said, or a handoff in which something has changed. */
function heldInWords(body: string): string {
  const { pk, 'detail-type': type } = Object(jsonOrNothing(body));
  if (typeof pk === 'string') return `changes of ${words(pk)}`;
  return type === undefined ? 'something that is no event' : `"${words(type)}", as the CRM said it`;
}

/** An event of a deal, of a mail, or a reminder, by its ids. */
function eventInWords(event: unknown): string {
  const { 'detail-type': type, detail, handoffId, say } = Object(event);
  if (typeof handoffId === 'string') return `${words(say) || 'reminder'} of handoff ${words(handoffId)}`;
  const { dealId, mail } = Object(detail);
  const [handoff] = [Object(Object(mail).tags).handoff].flat();
  if (handoff !== undefined) return `"${words(type)}" of handoff ${words(handoff)}`;
  if (type !== undefined) return `"${words(type)}" of deal ${words(dealId) || 'that it does not name'}`;
  return 'something that is no event';
}

/** At most a line of plain text: events may hold anything. */
const words = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value)
        .replace(/[^\w .:@/-]/g, '?')
        .slice(0, 120)
    : '';
