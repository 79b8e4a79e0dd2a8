import type { PackageRules } from '../../functions/domain/deal/package.ts';

/** What a playbook says of the package in tests that need no playbook: as the field table has it, with three segments. */
export const packageRules = (fields: PackageRules['fields'] = {}): PackageRules => ({
  segment: 'standard',
  segments: ['standard', 'enterprise', 'self-serve'],
  fields,
});
