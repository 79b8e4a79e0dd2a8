import { RecordsUnavailable } from '../ports/errors.ts';

const timesInsisted = 5;

/**
 * Notes what becomes of a mail. Left unnoted it would be unknown, and go out twice or be held: records that are over their
 * capacity for a moment (the client waits between its own attempts) must not do that.
 */
export async function insist<T>(note: () => Promise<T>): Promise<T> {
  for (let left = timesInsisted - 1; left > 0; left--) {
    try {
      return await note();
    } catch (error) {
      if (!(error instanceof RecordsUnavailable)) throw error;
    }
  }
  return note();
}
