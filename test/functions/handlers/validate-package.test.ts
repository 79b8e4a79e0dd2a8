import { expect, it } from 'vitest';
import { validatePackageHandler } from '../../../functions/handlers/validate-package.ts';
import { openSystem } from '../../support/world.ts';

it('does not start for a playbook that is none of the shipped ones, and says which there are', async () => {
  const { world } = await openSystem();
  expect(() => validatePackageHandler({ ...world, playbookName: 'deflaut' })).toThrow(/PLAYBOOK.*"deflaut".*default/);
  expect(() => validatePackageHandler({ ...world, playbookName: undefined })).toThrow(/PLAYBOOK.*default/);
  expect(() => validatePackageHandler({ ...world, playbookName: 'default' })).not.toThrow();
});
