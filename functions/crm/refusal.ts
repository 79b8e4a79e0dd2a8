import { cleanLine } from '../domain/fields/clean-text.ts';
import type { CrmAnswer } from '../ports/crm-access.ts';
import { CrmAccessRefused, CrmUnavailable } from '../ports/errors.ts';
import { refuseFailure } from './crm-call.ts';

/**
 * What a CRM says of a write that it refuses, fit for pages and logs: without what was to be written (CRMs repeat it) and without
 * email addresses, at most 300 characters.
 */
export function refusalText(said: string, written: readonly unknown[]): string {
  const texts = written.flatMap((value) => (typeof value === 'string' && value.trim().length > 2 ? [value] : []));
  const hidden = cleanLine(
    texts
      .toSorted((one, other) => other.length - one.length)
      .reduce((text, value) => text.replaceAll(value, '…'), said)
      .replace(/[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/g, '…'),
  );
  return hidden.length > 300 ? `${hidden.slice(0, 299)}…` : hidden;
}

/** A name of an error, as CRMs write it in capitals; empty for anything else, which might hold a person's data. */
export const errorName = (value: unknown): string =>
  typeof value === 'string' && /^[A-Z][A-Z_]{2,80}$/.test(value) ? value : '';

/** For a condition of the stage that no deal can be held against: each would be left out, and nobody would notice. */
export const noProperty = (crm: string, property: string): CrmAccessRefused =>
  new CrmAccessRefused(
    `${crm} shows no property "${property}" of deals, which "deals" of the stage's "crm" in cdk.json names. Name it as the API does, or let the token see it.`,
  );

/** Throws for any answer that does not say that it worked: `CrmAccessRefused` and `CrmUnavailable` as `refuseFailure` does. */
export function expectSuccess(answer: CrmAnswer, request: { readonly crm: string; readonly what: string }): void {
  refuseFailure(answer, request);
  if (answer.status < 200 || answer.status > 299)
    throw new CrmUnavailable(`${request.crm} answered ${answer.status} to the request to ${request.what}.`);
}
