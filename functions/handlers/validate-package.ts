import { playbook } from '../../statemachines/playbooks/default.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { sha256 } from '../aws/world.ts';
import { validatePackage, validatePackageUses } from '../verbs/validate-package.ts';

/** State `Validate handoff package`. */
export const validatePackageHandler = stack('validate-package', validatePackageUses, (world) =>
  validatePackage(world, playbook, sha256),
);

export const handler = onLambda(validatePackageHandler);
