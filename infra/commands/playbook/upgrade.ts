import { parseArgs } from 'node:util';
import {
  DescribeExecutionCommand,
  DescribeStateMachineForExecutionCommand,
  ExecutionDoesNotExist,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { openTable } from '../../../functions/aws/dynamodb.ts';
import { executionArnOf } from '../../../functions/aws/execution-names.ts';
import { recordsIn } from '../../../functions/aws/records.ts';
import { sha256 } from '../../../functions/aws/world.ts';
import { findPlaybook } from '../../../statemachines/shipped-playbooks.ts';
import { clientsOf, findDeployment, UnusableOptions } from '../deployment.ts';
import { upgradeHandoff } from './upgrade-handoff.ts';

/** `playbook upgrade`: moves one running handoff to today's rules. */
export async function upgradeCommand(args: string[], say: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { stage: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
  });
  const [handoffId, ...more] = positionals;
  if (handoffId === undefined || more.length > 0) throw new UnusableOptions('Say which handoff: one id.');
  const { table, stateMachineArn } = await findDeployment(process.env, values.stage);
  const { dynamodb, sfn } = clientsOf(process.env);
  const moved = await upgradeHandoff({
    world: recordsIn(openTable(dynamodb, table)),
    handoffId,
    playbookNamed: (name) => {
      const found = findPlaybook(name);
      return 'playbook' in found ? found.playbook : undefined;
    },
    definitionOf: runningDefinition(sfn, stateMachineArn),
    hashOf: sha256,
    at: new Date().toISOString(),
    dryRun: values['dry-run'],
    say,
  });
  return moved ? 0 : 1;
}

/** The definition that an execution runs on, whatever was deployed since; undefined where none runs. */
export const runningDefinition =
  (client: SFNClient, stateMachineArn: string) =>
  async (handoffId: string): Promise<string | undefined> => {
    const executionArn = executionArnOf(stateMachineArn, handoffId);
    try {
      const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
      if (status !== 'RUNNING') return undefined;
      return (await client.send(new DescribeStateMachineForExecutionCommand({ executionArn }))).definition;
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return undefined;
      throw error;
    }
  };
