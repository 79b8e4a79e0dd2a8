import { listed } from '../domain/fields/words.ts';
import { CrmAccessRefused, CrmUnavailable } from '../ports/errors.ts';
import type { SetupCheck } from './crm-setup.ts';

/** What is wrong and what to do about it; undefined where nothing is. */
export type Problem = Required<Pick<SetupCheck, 'problem' | 'remedy'>> | undefined;

/** A check that never rejects. `accessRemedy`: what to do where the CRM does not let us in. Throws what is no failure of the CRM. */
export async function checked(
  what: string,
  accessRemedy: string,
  look: () => Promise<Problem> | Problem,
): Promise<SetupCheck> {
  try {
    const problem = await look();
    return problem === undefined ? { what, ok: true } : { what, ok: false, ...problem };
  } catch (error) {
    if (error instanceof CrmAccessRefused) return { what, ok: false, problem: error.message, remedy: accessRemedy };
    if (error instanceof CrmUnavailable)
      return { what, ok: false, problem: error.message, remedy: 'Try again in a minute.' };
    throw error;
  }
}

/** What is wrong where the account that lets us in is not the stage's. */
export function accountProblem(found: string, account: string): Problem {
  if (found === account) return undefined;
  return {
    problem: `The token is of the account ${found}, and the stage is set to ${account}.`,
    remedy: 'Set the account of the stage to the one whose deals it takes, or use its token.',
  };
}

/** The first of many names. */
export const some = (names: readonly string[]): string =>
  names.length <= 6 ? names.join(', ') : listed([...names.slice(0, 5), `${names.length - 5} more`]);
