import type { DealCondition } from '../domain/deal/deal-condition.ts';
import { either, listed } from '../domain/fields/words.ts';
import type { CrmSettings } from '../ports/crm-access.ts';
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

/** Whether deals have each property that the stage's conditions name; no check where there are none. */
export async function conditionChecks(
  { deals = [] }: CrmSettings,
  accessRemedy: string,
  whatIsKnown: () => Promise<(property: string) => boolean>,
): Promise<readonly SetupCheck[]> {
  if (deals.length === 0) return [];
  const what = 'Deals have every property by which the stage leaves some out';
  return [await checked(what, accessRemedy, async () => conditionProblem(deals, await whatIsKnown()))];
}

function conditionProblem(deals: readonly DealCondition[], isKnown: (property: string) => boolean): Problem {
  const unknown = deals.flatMap(({ property }) => (isKnown(property) ? [] : [`"${property}"`]));
  if (unknown.length === 0) return undefined;
  return {
    problem: `Deals have no property ${either(unknown)}: no deal is read until they do.`,
    remedy: 'In "deals" of the stage in cdk.json, name it as the API does, then deploy; or let the token see it.',
  };
}

/** The first of many names. */
export const some = (names: readonly string[]): string =>
  names.length <= 6 ? names.join(', ') : listed([...names.slice(0, 5), `${names.length - 5} more`]);
