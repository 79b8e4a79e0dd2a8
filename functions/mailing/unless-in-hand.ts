import { MailInHand } from '../ports/errors.ts';

/** Leaves a mail to whoever is sending it: only where somebody looks again should they be interrupted. */
export async function unlessInHand(sending: Promise<unknown>): Promise<void> {
  await sending.catch((error: unknown) => {
    if (!(error instanceof MailInHand)) throw error;
  });
}
