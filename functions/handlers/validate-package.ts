import { playbookOfSetting } from '../../statemachines/shipped-playbooks.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { sha256 } from '../aws/world.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { validatePackage, validatePackageUses } from '../verbs/validate-package.ts';

/** State `Validate handoff package`, for handoffs that follow the playbook of the name that the function was given. */
export const validatePackageBy = (playbookOf: (name: string | undefined) => Playbook) =>
  stack('validate-package', [...validatePackageUses, 'playbookName'], (world) => {
    // A setting that is wrong stops the function before its first handoff.
    playbookOf(world.playbookName);
    return (event: Parameters<ReturnType<typeof validatePackage>>[0]) =>
      validatePackage(world, playbookOf(world.playbookName), sha256)(event);
  });

export const validatePackageHandler = validatePackageBy(playbookOfSetting);

export const handler = onLambda(validatePackageHandler);
