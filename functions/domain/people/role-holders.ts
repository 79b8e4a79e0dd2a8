import type { Deal } from '../deal/deal.ts';
import type { RoleId } from '../playbook/roles.ts';
import type { Person } from './person.ts';

/** Who holds each role. An account executive who has left is replaced by their manager (P: no work for absent people). */
export function roleHolders(input: {
  deal: Deal;
  roster: readonly Person[];
  assigned: Person | undefined;
}): Partial<Record<RoleId, string>> {
  const { deal, roster, assigned } = input;
  const active = (email: string | undefined) => roster.find((person) => person.email === email && person.active);
  const first = (role: RoleId) => roster.find((person) => person.role === role && person.active);
  const seller = roster.find((person) => person.email === deal.accountExecutive);
  const salesManager = active(seller?.manager) ?? first('salesManager');
  const successManager = active(assigned?.manager) ?? first('successManager');
  const accountExecutive = seller && !seller.active ? (salesManager?.email ?? seller.email) : deal.accountExecutive;
  const people: Partial<Record<RoleId, string | undefined>> = {
    accountExecutive,
    customerSuccessManager: assigned?.email,
    salesManager: salesManager?.email,
    successManager: successManager?.email,
    revenueOperations: first('revenueOperations')?.email,
  };
  return Object.fromEntries(Object.entries(people).filter(([, email]) => email !== undefined));
}

/** Somebody whom the roster does not know is asked all the same, without a manager or a calendar of their own. */
export const strangerNotes = (deal: Deal, roster: readonly Person[]): string[] =>
  roster.some(({ email }) => email === deal.accountExecutive)
    ? []
    : [`${deal.accountExecutive}, who sold it, is not in the roster: usual office hours are assumed.`];
