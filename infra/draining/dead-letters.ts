import { failedEventIn } from '../../functions/aws/failed-event.ts';
import { jsonOrNothing } from '../../functions/aws/json-or-nothing.ts';

/** A message in a queue for dead letters, as SQS hands it over. */
export interface QueueMessage {
  readonly Body: string;
  readonly ReceiptHandle: string;
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

/** Reads a message: Lambda's record of a failure, or what EventBridge or its Scheduler could not deliver. */
export function deadLetterOf({ Body, MessageAttributes = {} }: QueueMessage): DeadLetter {
  const failed = failedEventIn(Body);
  if (failed) {
    const { functionArn, event, errorType, errorMessage } = failed;
    const why = errorType ? said(errorType, errorMessage) : 'the function could not be called for six hours';
    return { what: eventInWords(event), why, functionArn, event };
  }
  const attribute = (name: string) => MessageAttributes[name]?.StringValue;
  const code = attribute('ERROR_CODE');
  const event = jsonOrNothing(Body);
  return {
    what: eventInWords(event),
    why: code ? said(code, attribute('ERROR_MESSAGE')) : 'nothing says why',
    functionArn: event === undefined ? undefined : attribute('TARGET_ARN'),
    event,
  };
}

const said = (name: string, message: string | undefined): string => (message ? `${name}: ${message}` : name);

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
