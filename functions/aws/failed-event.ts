import { jsonOrNothing } from './json-or-nothing.ts';

/** An event that a function failed at, as Lambda's destination for failures gets it. */
export interface FailedEvent {
  readonly functionArn: string;
  readonly event: unknown;
  /** What was thrown at the last of the first tries; undefined when the function was never reached. */
  readonly errorType?: string;
  readonly errorMessage?: string;
}

/** What the body of a message says, where it is Lambda's record of a failure; undefined where it is anything else. */
export function failedEventIn(body: string): FailedEvent | undefined {
  const { requestContext, requestPayload, responsePayload } = Object(jsonOrNothing(body));
  const { functionArn } = Object(requestContext);
  if (typeof functionArn !== 'string') return undefined;
  const { errorType, errorMessage } = Object(responsePayload);
  return {
    functionArn,
    event: requestPayload,
    ...(typeof errorType === 'string' && { errorType }),
    ...(typeof errorMessage === 'string' && { errorMessage }),
  };
}

/** Messages of a queue as Lambda hands them over; what they hold is read by who takes them. */
export interface QueueEvent {
  readonly Records: readonly { readonly body: string }[];
}

/** The same, with what SQS says of each: when it was sent, in milliseconds since 1970. */
export interface ReceivedEvent {
  readonly Records: readonly {
    readonly messageId?: string;
    readonly body: string;
    readonly attributes: { readonly SentTimestamp: string };
  }[];
}
