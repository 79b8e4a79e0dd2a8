import type { FunctionName } from './function-names.ts';

/**
 * What functions that nobody waits for have failed at, three times in as many minutes: tried again every ten minutes for
 * fifty hours. One queue for all of them, because Lambda's asking whether there is anything in one costs $0.26 a month.
 */
export const triedAgain = {
  name: 'tried-again',
  what: 'try-again',
  /** Longer than six times what its function may take, as AWS advises. */
  visibilitySeconds: 600,
  maxReceiveCount: 300,
} as const satisfies { readonly what: FunctionName; readonly [member: string]: unknown };

/**
 * What the CRM said of deals, until they have been read: every five minutes for fifty hours, as long as a CRM may be out. Two are read
 * at a time, whatever comes in: a CRM allows so many calls a second.
 */
export const dealsHeard = {
  name: 'deals-heard',
  what: 'read-deal',
  visibilitySeconds: 300,
  maxReceiveCount: 600,
  atOnce: 2,
} as const satisfies { readonly what: FunctionName; readonly [member: string]: unknown };

/**
 * Handoffs of which something is to be written back into the CRM: a minute later, as one change rarely comes alone, then every ten
 * minutes for fifty hours.
 */
export const writeBacks = {
  name: 'write-backs',
  what: 'write-back',
  delaySeconds: 60,
  visibilitySeconds: 600,
  maxReceiveCount: 300,
  atOnce: 2,
} as const satisfies { readonly what: FunctionName; readonly [member: string]: unknown };

/**
 * That mails arrived, until the night, when its function asks for it: Lambda's asking all the time would cost more than all that it
 * says. What cannot be noted ten nights long is given up, days before SQS would drop it.
 */
export const deliveries = {
  name: 'deliveries',
  what: 'track-mail',
  /** Longer than its function takes. */
  visibilitySeconds: 300,
  maxReceiveCount: 10,
} as const satisfies { readonly what: FunctionName; readonly [member: string]: unknown };

/** Where events wait for a person: those that came through to no function or that one failed at to the end. */
export const undelivered = 'undelivered';

/** The same of reminders, by name: schedules that were set years ago know it. */
export const undeliveredReminders = 'undelivered-reminders';

export const deadLetterQueues = [undelivered, undeliveredReminders] as const;
