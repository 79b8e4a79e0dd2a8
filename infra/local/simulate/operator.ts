import { DescribeExecutionCommand, RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import { functionCalls } from '../../../functions/aws/function-calls.ts';
import { drainQueues } from '../../draining/drain-queues.ts';
import { queueCalls } from '../../draining/queue-calls.ts';
import { deadLetterQueues } from '../../wiring/queues.ts';
import { takerOf } from '../../wiring/takers.ts';
import { queueName } from '../local-names.ts';
import type { System } from '../system.ts';

const day = 86_400_000;

export interface OperatorOptions {
  readonly system: System;
  /** Milliseconds since the epoch. */
  readonly from: number;
  /** How many mornings they look. */
  readonly days: number;
}

/**
 * Somebody who looks every morning, as the runbook says: executions that failed are redriven, queues for dead letters are
 * drained. A handoff that was given up failed on purpose.
 */
export function employOperator({ system, from, days }: OperatorOptions): void {
  const { account, clients, clock } = system;
  const redrive = async (executionArn: string): Promise<void> => {
    const { error, redriveStatus } = await clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (error === 'HandoffAbandoned' || redriveStatus !== 'REDRIVABLE') return;
    await clients.sfn.send(new RedriveExecutionCommand({ executionArn }));
  };
  const look = async (): Promise<void> => {
    for (const execution of account.stepFunctions.executions())
      if (execution.status === 'FAILED') await redrive(execution.arn);
    const queues = deadLetterQueues.map(queueName);
    if (queues.every((queue) => account.queues.messages(queue).length === 0)) return;
    await drainQueues({
      queues,
      call: queueCalls(clients.lambda, 'http://127.0.0.1'),
      takerOf: (queueArn) => takerOf(queueArn, (name) => name),
      functions: functionCalls(clients.lambda),
      say: () => undefined,
    });
  };
  for (let morning = 1; morning <= days; morning++) clock.at(from + morning * day, look, 'The operator looks');
}
