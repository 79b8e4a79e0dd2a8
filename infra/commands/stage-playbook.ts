import { usualPlaybook } from '../../statemachines/shipped-playbooks.ts';
import type { FunctionName } from '../wiring/function-names.ts';
import { stageName } from '../wiring/names.ts';
import { deployedVariables } from './deployment.ts';

/** What functions are told of what new handoffs follow, and of where people are. */
export interface Told {
  readonly playbookName: string;
  /** IANA, of who is not on the roster. */
  readonly defaultZone: string;
}

/** What the functions of a stage are told of the playbook and the zone; on this machine, what npm start takes. */
export async function toldOf(
  stage: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Told> {
  const name = stage && stageName(stage, 'validate-package' satisfies FunctionName);
  const variables = (name && (await deployedVariables(environment)(name))) || {};
  return {
    playbookName: variables['PLAYBOOK'] ?? usualPlaybook,
    defaultZone: variables['DEFAULT_ZONE'] ?? 'UTC',
  };
}

/** Recipients a second that the functions of a stage take SES to allow; undefined where they are not told, as on this machine. */
export async function toldMailRate(
  stage: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number | undefined> {
  if (stage === undefined) return undefined;
  const told = (await deployedVariables(environment)(stageName(stage, 'notify' satisfies FunctionName)))?.[
    'MAIL_PER_SECOND'
  ];
  return told === undefined ? undefined : Number(told);
}
