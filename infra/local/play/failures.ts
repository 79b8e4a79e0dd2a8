import type { Account } from '../../account/account.ts';
import { triedAgain } from '../../wiring/queues.ts';

/** What failed, in words, each thing once and with how often it happened. */
export function failuresOf({ lambda, deadLetters }: Pick<Account, 'lambda' | 'deadLetters'>): string[] {
  const counts = new Map<string, number>();
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  // Giving up on a handoff fails its execution on purpose, and is told with it; whoever calls again only passes on what failed.
  for (const { functionName, errorType, errorMessage } of lambda.failures)
    if (errorType !== 'HandoffAbandoned' && functionName !== triedAgain.what)
      count(`The function ${functionName} failed: ${errorType}: ${errorMessage}`);
  for (const { origin, functionName, errorMessage } of deadLetters)
    count(`An event of the ${origin} for the function ${functionName} was given up: ${errorMessage}`);
  return [...counts].map(([what, times]) => (times === 1 ? what : `${what} (${times} times)`));
}
