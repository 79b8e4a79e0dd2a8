import { NoWorkingTimeError } from '../domain/time/calendar-days.ts';
import {
  CrmAccessRefused,
  CrmUnavailable,
  HandoffAbandoned,
  MailRejected,
  MailThrottled,
  MailTurn,
  MailUnavailable,
  RecordsUnavailable,
  RecordTooLarge,
  ServiceUnavailable,
} from '../ports/errors.ts';
import { inSources } from './source-frames.ts';

/** What may be said of an error in a log: its name, where it came from, and the same of what caused it. Never its message. */
export interface ErrorFacts {
  readonly error: string;
  readonly frames: readonly string[];
  readonly cause?: string;
}

const mostFrames = 8;

/** Messages may quote what somebody sent or where mail was to go; names and places in the code do not. */
export function errorFacts(thrown: unknown): ErrorFacts {
  if (!(thrown instanceof Error)) return { error: typeof thrown, frames: [] };
  const { name, cause } = thrown;
  return { error: name, frames: framesOf(thrown), ...(cause instanceof Error && { cause: cause.name }) };
}

const framesOf = ({ stack }: Error): string[] =>
  (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, mostFrames)
    .map((line) => inSources(line.trim()));

const own = [
  CrmAccessRefused,
  CrmUnavailable,
  HandoffAbandoned,
  MailRejected,
  MailThrottled,
  MailTurn,
  MailUnavailable,
  NoWorkingTimeError,
  RecordsUnavailable,
  RecordTooLarge,
  ServiceUnavailable,
];

/** IAM's own words say who may not do what on which resource, and that is what somebody has to mend. */
const isDenial = ({ name }: Error): boolean => name === 'AccessDeniedException';

/**
 * The error as Lambda's runtime may log it and Step Functions keep it. The messages of this project's own errors name
 * handoffs, steps and remedies, and stay, as IAM's do; anybody else's may hold personal data, and give way to where to look.
 */
export function withoutPersonalData(thrown: unknown): Error {
  if (
    thrown instanceof Error &&
    (thrown.constructor === Error || isDenial(thrown) || own.some((known) => thrown instanceof known))
  )
    return Object.assign(new Error(thrown.message), { name: thrown.name, stack: stackOf(thrown, thrown.message) });
  const { error } = errorFacts(thrown);
  const message = 'The message is withheld, as it may hold personal data; the log has the place in the code.';
  return Object.assign(new Error(message), {
    name: error,
    ...(thrown instanceof Error && { stack: stackOf(thrown, message) }),
  });
}

const stackOf = (thrown: Error, message: string): string =>
  [`${thrown.name}: ${message}`, ...framesOf(thrown).map((frame) => `    ${frame}`)].join('\n');
