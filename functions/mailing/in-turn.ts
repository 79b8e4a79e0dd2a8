import type { Instant } from '../domain/time/calendar.ts';
import { MailInHand, MailThrottled } from '../ports/errors.ts';
import type { MailTurns } from '../ports/mail-turns.ts';

/**
 * Says something by mail that can be said again later: when the mail service takes no more this second, the answer is the moment to say
 * it at. Pauses drawn by chance would leave the service idle while the last few wait. Any other error is thrown on.
 */
export async function inTurn(
  turns: MailTurns,
  at: Instant,
  say: () => Promise<readonly Instant[]>,
): Promise<readonly Instant[]> {
  try {
    return await say();
  } catch (error) {
    if (!isOverRate(error)) throw error;
    return [await turns.take(at)];
  }
}

/** A day's quota, a mail that somebody else sends, and a sender that is blocked are no matter of seconds in a queue. */
const isOverRate = (error: unknown): boolean =>
  error instanceof MailThrottled && error.name === 'MailThrottled' && !(error instanceof MailInHand);
