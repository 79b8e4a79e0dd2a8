import { capitalized } from '../fields/words.ts';

/** Who does what in a handoff; the roster says who holds which. */
export const roleIds = [
  'accountExecutive',
  'customerSuccessManager',
  'salesManager',
  'successManager',
  'revenueOperations',
] as const;
export type RoleId = (typeof roleIds)[number];

/** The side a role belongs to: work moves to colleagues of the same side. */
export type Side = 'sales' | 'success' | 'operations';

/** What a playbook says of a role. */
export interface RoleRule {
  /** As sentences call whoever holds it: 'account executive'. */
  readonly name: string;
  readonly side: Side;
}

/** What a playbook calls its roles. */
export type Roles = { readonly [R in RoleId]: RoleRule };

/** Who leads the people of a side; operations answer to the customers' side. */
export const managerRoles: Readonly<Record<Side, RoleId>> = {
  sales: 'salesManager',
  success: 'successManager',
  operations: 'successManager',
};

/** 'Account executive': how headings and labels call a role. */
export const roleTitle = (roles: Roles, role: RoleId): string => capitalized(roles[role].name);
