import { InvokeCommand } from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand, RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import { deadLetterQueues } from '../../wiring/queues.ts';
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
 * Somebody who looks every morning, as the runbook says: executions that failed are redriven, dead letters are sent once more.
 * A handoff that was given up failed on purpose.
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
    for (const { functionName, payload } of account.deadLetters)
      await clients.lambda.send(
        new InvokeCommand({ FunctionName: functionName, InvocationType: 'Event', Payload: Buffer.from(payload) }),
      );
    for (const queue of deadLetterQueues.map(queueName))
      for (const { receipt } of account.queues.receive(queue, { most: Number.POSITIVE_INFINITY }))
        account.queues.remove(queue, receipt);
  };
  for (let morning = 1; morning <= days; morning++) clock.at(from + morning * day, look, 'The operator looks');
}
