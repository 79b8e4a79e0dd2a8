import { MailInHand } from '../ports/errors.ts';

/**
 * Does all of them in turn: one mail that cannot go out keeps nobody else from hearing of it. Throws the first trouble when all
 * have been tried, and that somebody else is at one only where there is no other.
 */
export async function tellEach(tellings: readonly (() => Promise<unknown>)[]): Promise<void> {
  const troubles: unknown[] = [];
  for (const tell of tellings)
    await tell().catch((error: unknown) => {
      troubles.push(error);
    });
  if (troubles.length > 0) throw troubles.find((trouble) => !(trouble instanceof MailInHand)) ?? troubles[0];
}
