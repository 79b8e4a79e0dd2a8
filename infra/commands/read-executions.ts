import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  ListExecutionsCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { executionArnOf, itemExecutionName } from '../../functions/aws/execution-names.ts';
import { type HandoffRecord, isClosed } from '../../functions/domain/handoff/handoff.ts';
import { openItemsOf } from '../../functions/domain/handoff/open-items.ts';
import { isOver } from '../../functions/domain/handoff/step-rule.ts';
import type { Instant } from '../../functions/domain/time/calendar.ts';
import type { Patience } from './patience.ts';

export interface ExecutionsSeen {
  /** Those that run, by name, with when they were started (UTC). */
  readonly running: ReadonlyMap<string, Instant>;
  /** Those that should run and do not, by name; undefined where there is none of that name. */
  readonly over: ReadonlyMap<string, EndedExecution | undefined>;
}

export interface EndedExecution {
  /** As Step Functions says it: `FAILED`, `ABORTED`, … */
  readonly status: string;
  readonly stoppedAt?: Instant;
  /** The error's name. */
  readonly error?: string;
  readonly isRedrivable: boolean;
}

export interface ReadingExecutions {
  readonly client: SFNClient;
  readonly stateMachineArn: string;
  readonly again: Patience;
  /** Of ListExecutions; the most there can be when left out. */
  readonly pageSize?: number | undefined;
}

/** Those that run, by name, with when they were started (UTC). */
export async function runningExecutions(reading: ReadingExecutions): Promise<ExecutionsSeen['running']> {
  const { client, again, pageSize = 1000 } = reading;
  // Executions belong to the state machine, whatever alias or version they were started by.
  const [stateMachineArn] = /^(?:[^:]*:){6}[^:]*/.exec(reading.stateMachineArn) ?? [];
  const running = new Map<string, string>();
  for (let nextToken: string | undefined, first = true; first || nextToken; first = false) {
    const page = await again(() =>
      client.send(
        new ListExecutionsCommand({
          stateMachineArn,
          statusFilter: 'RUNNING',
          maxResults: pageSize,
          ...(nextToken && { nextToken }),
        }),
      ),
    );
    for (const { name = '', startDate } of page.executions ?? []) running.set(name, startDate?.toISOString() ?? '');
    nextToken = page.nextToken;
  }
  return running;
}

/** What became of an execution: undefined when there is none of that name, `RUNNING` when it runs after all. */
export async function endOf(
  name: string,
  { client, stateMachineArn, again }: ReadingExecutions,
): Promise<EndedExecution | undefined> {
  const executionArn = executionArnOf(stateMachineArn, name);
  try {
    const told = await again(() => client.send(new DescribeExecutionCommand({ executionArn })));
    return {
      status: String(told.status),
      ...(told.stopDate && { stoppedAt: told.stopDate.toISOString() }),
      ...(told.error && { error: told.error }),
      isRedrivable: told.redriveStatus === 'REDRIVABLE',
    };
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  }
}

/** The executions that a handoff needs to go on: its own while it is open, and one for each open item. */
export function executionsNeeded(record: HandoffRecord): readonly string[] {
  const { id, status } = record.state;
  const items = openItemsOf(record).filter(({ step }) => !isOver(record, step));
  return [...(isClosed(status) ? [] : [id]), ...items.map(({ step }) => itemExecutionName(id, step))];
}
