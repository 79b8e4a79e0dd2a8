import type { DeadLetter } from '../lambda-events.ts';
import { isObject } from '../wire/message.ts';
import type { Message } from './queues.ts';

/** What waits in a queue for dead letters, read: Lambda's record of a failure, or what a rule or a schedule could not deliver. */
export function deadLetterIn(queue: string, { body, attributes, sentAt, receives, from }: Message): DeadLetter {
  const record = parsed(body);
  const context = isObject(record) ? record['requestContext'] : undefined;
  if (isObject(record) && isObject(context)) {
    const thrown = isObject(record['responsePayload']) ? record['responsePayload'] : {};
    return {
      at: sentAt,
      origin: `queue ${from ?? queue}`,
      functionName: nameIn(context['functionArn']),
      payload: JSON.stringify(record['requestPayload'] ?? record['DDBStreamBatchInfo']),
      errorType: String(thrown['errorType'] ?? context['condition']),
      errorMessage: String(thrown['errorMessage'] ?? ''),
      attempts: Number(context['approximateInvokeCount']) + receives,
    };
  }
  const { RULE_ARN: rule, SCHEDULE_ARN: schedule, TARGET_ARN: target } = attributes;
  const sender = rule
    ? `rule ${rule.split('/').at(-1)}`
    : schedule
      ? `schedule ${schedule.split('/').at(-1)}`
      : undefined;
  return {
    at: sentAt,
    origin: sender ?? `queue ${from ?? queue}`,
    functionName: nameIn(target),
    payload: body,
    errorType: attributes['ERROR_CODE'] ?? 'Unknown',
    errorMessage: attributes['ERROR_MESSAGE'] ?? '',
    attempts: receives,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A function's name in its ARN, with or without a qualifier. */
const nameIn = (functionArn: unknown): string => /:function:([^:]+)/.exec(String(functionArn))?.[1] ?? 'nobody';
