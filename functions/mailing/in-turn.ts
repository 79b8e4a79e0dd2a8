import type { Instant } from '../domain/time/calendar.ts';
import { MailInHand, MailThrottled } from '../ports/errors.ts';
import type { MailTurns } from '../ports/mail-turns.ts';

/**
 * Does something that ends in an email, and can be done again later. When the mail service takes no more this second, `busy` answers in its
 * place, with the moment (UTC) of the turn that was taken: pauses drawn by chance would leave the service idle while the last few wait.
 * Any other error is thrown on.
 */
export async function inTurn<T>(
  given: { readonly turns: MailTurns; readonly at: Instant; readonly busy: (turn: Instant) => T },
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isOverRate(error)) throw error;
    return given.busy(await given.turns.take(given.at));
  }
}

/** A day's quota, a mail that somebody else sends, and a sender that is blocked are no matter of seconds in a queue. */
const isOverRate = (error: unknown): boolean =>
  error instanceof MailThrottled && error.name === 'MailThrottled' && !(error instanceof MailInHand);
