import type { PackageRules } from '../../functions/domain/deal/package.ts';
import { asListed } from './playbooks/package-table.ts';

/** What a playbook says of the package in tests that need no playbook: the fixture's required fields, with three segments. */
export const packageRules = (fields: PackageRules['fields'] = {}): PackageRules => ({
  segment: 'standard',
  segments: ['standard', 'enterprise', 'self-serve'],
  fields: { ...asListed, ...fields },
});
