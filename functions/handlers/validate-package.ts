import { findPlaybook } from '../../statemachines/shipped-playbooks.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { sha256 } from '../aws/world.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { validatePackage, validatePackageUses } from '../verbs/validate-package.ts';

/** State `Validate handoff package`, for handoffs that follow the playbook of the name that the function was given. */
export const validatePackageBy = (playbookOf: (name: string | undefined) => Playbook) =>
  stack('validate-package', [...validatePackageUses, 'playbookName'], (world) =>
    validatePackage(world, playbookOf(world.playbookName), sha256),
  );

/** Throws while the function starts when its playbook is none of the shipped ones. */
function shippedPlaybook(name: string | undefined): Playbook {
  const found = findPlaybook(name ?? '');
  if ('problem' in found) throw new Error(`The setting PLAYBOOK cannot be used: ${found.problem}`);
  return found.playbook;
}

export const validatePackageHandler = validatePackageBy(shippedPlaybook);

export const handler = onLambda(validatePackageHandler);
