import { isThrottling, passesByItself } from '../../../functions/aws/passing-errors.ts';
import { RecordsUnavailable } from '../../../functions/ports/errors.ts';

export interface Patience {
  /** Waits a moment before the next try. */
  readonly pause: () => Promise<void>;
  /** How often to try one thing before giving up. */
  readonly tries: number;
}

/** Asks AWS again, after a pause, while it is too busy to answer. Rejects with any other error, and with the last one. */
export async function patiently<T>({ pause, tries }: Patience, call: () => Promise<T>): Promise<T> {
  for (let left = tries - 1; ; left--) {
    try {
      return await call();
    } catch (error) {
      if (left <= 0 || !isBusy(error)) throw error;
    }
    await pause();
  }
}

/** CloudFormation spells it in its own way; records say it of their table. */
const isBusy = (error: unknown): boolean =>
  isThrottling(error) ||
  passesByItself(error) ||
  error instanceof RecordsUnavailable ||
  (error instanceof Error && error.name === 'Throttling');
