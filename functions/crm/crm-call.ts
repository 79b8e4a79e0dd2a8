import type { CrmAnswer } from '../ports/crm-access.ts';
import { CrmAccessRefused, CrmUnavailable } from '../ports/errors.ts';

/** The answer as JSON; undefined where it has no body. Throws `CrmUnavailable` for anything else: half an answer is none. */
export function jsonOf({ text, status }: CrmAnswer, crm: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new CrmUnavailable(`${crm} answered ${status} with something that is no JSON.`);
  }
}

/**
 * Throws where asking again later may bring another answer: 429, 423, 477 and 5xx are busy or broken, 401 and 403 don't let us in.
 * `what`: what was asked for, without personal data, such as `read a deal`.
 */
export function refuseFailure({ status, headers }: CrmAnswer, { crm, what }: { crm: string; what: string }): void {
  if (status === 401 || status === 403)
    throw new CrmAccessRefused(`${crm} answered ${status} to the request to ${what}: check the token and its scopes.`);
  if (status === 429 || status === 423 || status === 477 || status === 408 || status >= 500) {
    const wait = headers['retry-after'];
    throw new CrmUnavailable(
      `${crm} answered ${status} to the request to ${what}${wait ? `, and asks to wait ${wait} seconds` : ''}.`,
    );
  }
}
