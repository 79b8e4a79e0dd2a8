import { answerText } from '../fields/answer.ts';
import { recordOf } from '../fields/record.ts';
import { stakeholders } from '../fields/row-kinds.ts';
import { neededRoles } from '../fields/values.ts';
import { freezePlaybook } from '../playbook/freeze.ts';
import type { FrozenPlaybook, Playbook } from '../playbook/playbook.ts';
import { checkPackage, type PackageCheck } from './completeness.ts';
import { answerAt, type FieldPath, type PackageField, packageFieldsOf } from './package.ts';
import { variantOfDeal } from './variant.ts';

/** A deal that was won before there was a handoff for it, as far as an export of the CRM tells. */
export interface ClosedDeal {
  /** Where it stands in the export, for people: 'line 4'. */
  readonly place: string;
  readonly dealId?: string;
  readonly name: string;
  readonly customer?: string;
  /** The day it was won, `YYYY-MM-DD`. */
  readonly closedOn?: string;
  readonly industry?: string;
  /** Who sold it, by address or name. */
  readonly accountExecutive?: string;
  /** Who took over, by address or name. */
  readonly customerSuccessManager?: string;
  /** Answers as the export has them, with the facts of the deal among them. */
  readonly package: unknown;
}

/** The people that a deal itself may name. */
export const namedOwners = ['accountExecutive', 'customerSuccessManager'] as const;
export type NamedOwner = (typeof namedOwners)[number];

/** What an export has room for: of anything else it cannot be known whether the CRM holds it. */
export interface ExportScope {
  readonly fields: ReadonlySet<FieldPath>;
  readonly owners: ReadonlySet<NamedOwner>;
}

/** How an answer that the playbook requires stands in a deal. */
export type AnswerState = 'there' | 'empty' | 'wrong' | 'no column';

/** A closed deal held against what the playbook requires of a handoff. */
export interface ExaminedDeal {
  readonly deal: ClosedDeal;
  readonly rules: FrozenPlaybook;
  /** Every required field of the package, in its order. */
  readonly answers: readonly { readonly field: PackageField; readonly state: AnswerState; readonly remedy?: string }[];
  /** The roles of key contacts (S0–S4) that nobody is named for, where the playbook asks who is who at the customer. */
  readonly contacts?: { readonly missing: readonly (typeof neededRoles)[number][] } | 'no column';
  readonly owners: Readonly<Record<NamedOwner, Exclude<AnswerState, 'wrong'>>>;
}

/** Examines closed deals by a playbook: each by the rules of its own segment and industry. */
export function examineDeals(
  deals: readonly ClosedDeal[],
  { playbook, scope }: { readonly playbook: Playbook; readonly scope: ExportScope },
): readonly ExaminedDeal[] {
  const frozen = new Map<string, FrozenPlaybook>();
  return deals.map((deal) => {
    const { variant } = variantOfDeal(playbook, deal);
    const key = JSON.stringify(variant);
    const rules = frozen.get(key) ?? freezePlaybook(playbook, variant);
    frozen.set(key, rules);
    return examined(deal, { rules, scope });
  });
}

function examined(
  deal: ClosedDeal,
  { rules, scope }: { readonly rules: FrozenPlaybook; readonly scope: ExportScope },
): ExaminedDeal {
  const check = checkPackage({ package: deal.package, deal: { customer: {} }, rules });
  const required = packageFieldsOf(rules).filter((field) => field.required);
  const asksForPeople = required.some(({ path }) => path === 'stakeholders');
  const people = scope.fields.has('stakeholders') ? { missing: missingContacts(deal) } : 'no column';
  return {
    deal,
    rules,
    answers: required.map((field) => ({ field, ...stateOf(field, { deal, check, scope }) })),
    ...(asksForPeople && { contacts: people }),
    owners: {
      accountExecutive: ownerState(deal, 'accountExecutive', scope),
      customerSuccessManager: ownerState(deal, 'customerSuccessManager', scope),
    },
  };
}

function stateOf(
  field: PackageField,
  { deal, check, scope }: { readonly deal: ClosedDeal; readonly check: PackageCheck; readonly scope: ExportScope },
): { readonly state: AnswerState; readonly remedy?: string } {
  const gap = check.gaps.find(({ path }) => path === field.path);
  if (gap === undefined) return { state: 'there' };
  const said = answerText(field.kind, answerAt(deal.package, field.path)).trim() !== '';
  if (said) return { state: 'wrong', remedy: gap.remedy };
  return { state: scope.fields.has(field.path) ? 'empty' : 'no column' };
}

function missingContacts(deal: ClosedDeal): readonly (typeof neededRoles)[number][] {
  const held = stakeholders.tidied(answerAt(deal.package, 'stakeholders')).flatMap((row) => recordOf(row)['roles']);
  return neededRoles.filter((role) => !held.includes(role));
}

const ownerState = (deal: ClosedDeal, owner: NamedOwner, scope: ExportScope): Exclude<AnswerState, 'wrong'> =>
  deal[owner] === undefined ? (scope.owners.has(owner) ? 'empty' : 'no column') : 'there';
