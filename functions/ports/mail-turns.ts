import type { Instant } from '../domain/time/calendar.ts';

/** Who comes next when more mails are due than the mail service takes a second. */
export interface MailTurns {
  /** A moment after `at` (UTC) that nobody else was given, as far apart from the one before as the service's rate asks for. */
  take(at: Instant): Promise<Instant>;
}
