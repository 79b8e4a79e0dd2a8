import { checkPackage, formValue, withDealFacts } from '../../../functions/domain/deal/completeness.ts';
import type { Deal } from '../../../functions/domain/deal/deal.ts';
import {
  answerAt,
  type PackageField,
  type PackageRules,
  packageFields,
  withAnswer,
} from '../../../functions/domain/deal/package.ts';
import { inventedAnswer, inventedPeople } from './invented-answers.ts';

/** What the people of a play can say about a customer. */
export interface KnownCustomer {
  /** What somebody types into a field of the package; empty when they leave it to the form. */
  packageAnswer(path: string): string;
  /** Mail addresses of people at the customer. */
  readonly contacts: readonly string[];
}

/**
 * What is known of a customer: what its own deal and package say, wherever that is usable, and invented answers for the rest.
 * The people are those of the event; whoever is missing, or cannot be written to, is invented at the customer's own reserved
 * domain. So nobody of another customer ever gets its mail.
 */
export function knownCustomer({
  deal,
  package: given,
  playbook: rules,
}: {
  readonly deal: Deal;
  readonly package: unknown;
  readonly playbook: PackageRules;
}): KnownCustomer {
  const checked = checkPackage({ package: given, deal, rules });
  const wrong = new Set<string>(checked.gaps.map(({ path }) => path));
  const said = withDealFacts(checked.package, deal);
  const people = inventedPeople({
    deal,
    right: checked.package.stakeholders ?? [],
    given: answerAt(given, 'stakeholders'),
  });
  const known = packageFields.reduce<unknown>((so, field) => {
    if (field.kind === 'stakeholders') return withAnswer(so, field.path, people);
    const isSaid = answerAt(so, field.path) !== undefined && !wrong.has(field.path);
    return isSaid ? so : withAnswer(so, field.path, inventedAnswer(field, deal));
  }, said);
  const fieldAt = new Map<string, PackageField>(packageFields.map((field) => [field.path, field]));
  return {
    packageAnswer: (path) => {
      const field = fieldAt.get(path);
      return field ? formValue(known, field) : '';
    },
    contacts: people.map(({ email }) => email),
  };
}
