import { ListExecutionsCommand, type SFNClient, StateMachineDoesNotExist } from '@aws-sdk/client-sfn';
import { type Patience, patiently } from './patience.ts';

export interface Machine {
  readonly sfn: SFNClient;
  /** With or without an alias: all that were started through any of them are meant. */
  readonly stateMachineArn: string;
}

/** The ARNs of all executions of a machine that run, oldest last; none where there is no such machine. */
export async function openExecutions(
  { sfn, stateMachineArn }: Machine,
  patience: Patience,
): Promise<readonly string[]> {
  const found: string[] = [];
  const [machine] = /^(?:[^:]*:){6}[^:]*/.exec(stateMachineArn) ?? [stateMachineArn];
  let nextToken: string | undefined;
  do {
    const page = new ListExecutionsCommand({
      stateMachineArn: machine,
      statusFilter: 'RUNNING',
      maxResults: 1000,
      ...(nextToken !== undefined && { nextToken }),
    });
    try {
      const { executions = [], nextToken: more } = await patiently(patience, () => sfn.send(page));
      found.push(...executions.flatMap(({ executionArn }) => executionArn ?? []));
      nextToken = more;
    } catch (error) {
      if (error instanceof StateMachineDoesNotExist) return [];
      throw error;
    }
  } while (nextToken !== undefined);
  return found;
}
