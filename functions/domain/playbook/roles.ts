/** Who does what in a handoff; the roster says who holds which. */
export const roleIds = [
  'accountExecutive',
  'customerSuccessManager',
  'salesManager',
  'successManager',
  'revenueOperations',
] as const;
export type RoleId = (typeof roleIds)[number];
