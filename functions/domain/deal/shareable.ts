import type { Stakeholder } from '../fields/values.ts';
import { isForgotten } from './forgotten.ts';
import { answerAt, type FieldPath, type HandoffPackage, packageFields } from './package.ts';

/** What may be said to the customer of somebody at the customer: never what sales noted about them. */
export type KnownContact = Pick<Stakeholder, 'name' | 'email' | 'roles' | 'stays'>;

/** The package as mails to the customer may use it: the answers to shareable fields only. */
export interface ShareablePackage {
  /** The answer at a path; undefined where there is none, where it is an explicit "none", or where it is internal. */
  readonly text: (path: FieldPath) => string | undefined;
  readonly list: (path: FieldPath) => readonly string[];
  readonly metrics: NonNullable<NonNullable<HandoffPackage['customerGoals']>['successMetrics']>;
  /** Without those who were forgotten. */
  readonly contacts: readonly KnownContact[];
}

const shareablePaths: ReadonlySet<string> = new Set(
  packageFields.filter(({ shareable }) => shareable).map(({ path }) => path),
);

/** Strips a package of everything that is not for the customer's eyes. */
export function shareable(pkg: HandoffPackage): ShareablePackage {
  const at = (path: FieldPath): unknown => (shareablePaths.has(path) ? answerAt(pkg, path) : undefined);
  const list = (path: FieldPath): readonly string[] => {
    const answer = at(path);
    return Array.isArray(answer) ? answer.filter((item) => typeof item === 'string') : [];
  };
  return {
    text: (path) => {
      const answer = at(path);
      return typeof answer === 'string' && answer !== 'none' ? answer : undefined;
    },
    list,
    metrics: at('customerGoals.successMetrics') === undefined ? [] : (pkg.customerGoals?.successMetrics ?? []),
    contacts: (at('stakeholders') === undefined ? [] : (pkg.stakeholders ?? []))
      .filter(({ email }) => !isForgotten(email))
      .map(({ name, email, roles, stays }) => ({ name, email, roles, stays })),
  };
}
