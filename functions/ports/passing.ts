import {
  CrmAccessRefused,
  CrmUnavailable,
  MailThrottled,
  MailUnavailable,
  RecordsUnavailable,
  ServiceUnavailable,
} from './errors.ts';

const passing = [
  RecordsUnavailable,
  ServiceUnavailable,
  MailThrottled,
  MailUnavailable,
  CrmUnavailable,
  CrmAccessRefused,
];

/** Whether an error passes by itself: what ran into it may be tried again. */
export const isPassing = (error: unknown): error is Error => passing.some((known) => error instanceof known);
