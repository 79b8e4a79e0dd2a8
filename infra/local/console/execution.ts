import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  type HistoryEvent,
  paginateGetExecutionHistory,
} from '@aws-sdk/client-sfn';
import { arn } from '../../account/identity.ts';
import type { System } from '../system.ts';

/** The ARN of an execution of the handoffs' state machine, by its name. */
export function executionArn({ account, stateMachineArn }: System, name: string): string {
  const machine = stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1);
  return arn(account.identity, 'states', `execution:${machine}:${name}`);
}

export interface Execution {
  readonly described: DescribeExecutionCommandOutput;
  readonly events: readonly HistoryEvent[];
}

/** An execution of the handoff's state machine with its whole history; undefined when there is none of that name. */
export async function readExecution(system: System, name: string): Promise<Execution | undefined> {
  const { sfn } = system.clients;
  const which = { executionArn: executionArn(system, name) };
  try {
    const described = await sfn.send(new DescribeExecutionCommand(which));
    const events: HistoryEvent[] = [];
    const pages = paginateGetExecutionHistory({ client: sfn, pageSize: 1000 }, which);
    for await (const page of pages) events.push(...(page.events ?? []));
    return { described, events };
  } catch (error) {
    if (error instanceof Error && ['ExecutionDoesNotExist', 'InvalidArn'].includes(error.name)) return undefined;
    throw error;
  }
}
