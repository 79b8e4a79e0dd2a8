import { StateMachineDoesNotExist } from '@aws-sdk/client-sfn';
import { executionArnOf } from '../../../functions/aws/execution-names.ts';
import { type ReadingExecutions, runningExecutions } from '../read-executions.ts';

/** The ARNs of all executions of a machine that run; none where there is no such machine. */
export async function openExecutions(reading: ReadingExecutions): Promise<readonly string[]> {
  try {
    const running = await runningExecutions(reading);
    return [...running.keys()].map((name) => executionArnOf(reading.stateMachineArn, name));
  } catch (error) {
    if (error instanceof StateMachineDoesNotExist) return [];
    throw error;
  }
}
