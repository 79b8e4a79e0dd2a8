import type { World } from '../ports/world.ts';
import { executionArnOf, itemExecutionName } from './execution-names.ts';
import type { Settings } from './settings.ts';

/** AWS's consoles, by partition; `{region}` stands for the region. */
const consoles: Readonly<Record<string, string>> = {
  aws: 'https://{region}.console.aws.amazon.com',
  'aws-us-gov': 'https://console.amazonaws-us-gov.com',
  'aws-cn': 'https://console.amazonaws.cn',
};

/** The page of AWS's console on which an execution stands; undefined for a partition whose console is not known. */
function consolePageOf(executionArn: string): string | undefined {
  const [, partition = '', , region = ''] = executionArn.split(':');
  const host = Object.hasOwn(consoles, partition) ? consoles[partition]?.replace('{region}', region) : undefined;
  return host && `${host}/states/home?region=${region}#/v2/executions/details/${executionArn}`;
}

/** Where executions are shown: where the settings say, else in AWS's console; nowhere where the machine is not known. */
export const executionPages =
  ({ STATE_MACHINE_ARN: machine, EXECUTIONS_URL: url }: Settings): World['executionPage'] =>
  (handoffId, step) => {
    const name = step === undefined ? handoffId : itemExecutionName(handoffId, step);
    if (url) return `${url}/${encodeURIComponent(name)}`;
    return machine && consolePageOf(executionArnOf(machine, name));
  };
