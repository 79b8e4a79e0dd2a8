import { openTable } from '../../../functions/aws/dynamodb.ts';
import { recordsIn } from '../../../functions/aws/records.ts';
import { partition, sort } from '../../../functions/aws/table.ts';
import type { QueueCall } from '../../draining/queue-calls.ts';
import { connectionFailure } from '../aws-failure.ts';
import type { DeploymentClients } from '../deployment.ts';
import { causeOf, type Patience } from '../patience.ts';
import type { EndedExecution, ExecutionsSeen } from '../read-executions.ts';
import { endOf, executionsNeeded, runningExecutions } from '../read-executions.ts';
import { idsToRead, readRecords, scanKeys } from './read-handoffs.ts';
import { readRoster } from './read-roster.ts';
import { readMailService, readQueues } from './read-services.ts';
import type { HandoffsSeen, Sight, SightPart } from './sight.ts';

export interface Looking {
  readonly clients: Pick<DeploymentClients, 'dynamodb' | 'sfn' | 'ses'>;
  readonly table: string;
  readonly stateMachineArn: string;
  /** The queues for dead letters, by name. */
  readonly queues: readonly string[];
  readonly call: QueueCall;
  /** UTC. */
  readonly at: string;
  readonly again: Patience;
  /** Of scans and lists; the most there can be when left out. */
  readonly pageSize?: number;
}

export interface Looked {
  readonly sight: Partial<Sight>;
  /** What could not be looked at, and why: sentences. */
  readonly unseen: readonly { readonly part: SightPart; readonly why: string }[];
}

/**
 * Looks at all there is of a deployment, and changes nothing. What cannot be looked at is named, and the rest is looked at.
 * Throws what says that AWS cannot be reached at all.
 */
export async function look(looking: Looking): Promise<Looked> {
  const { clients, table, again, at, pageSize } = looking;
  const unseen: { part: SightPart; why: string }[] = [];
  const seen = async <T>(part: SightPart, reading: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await reading();
    } catch (error) {
      const cause = causeOf(error);
      if (connectionFailure(cause) !== undefined) throw cause;
      unseen.push({ part, why: cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause) });
      return undefined;
    }
  };
  const records = openTable(clients.dynamodb, table);
  const { handoffs: ports, roster: people } = recordsIn(records);
  const reading = { client: clients.sfn, stateMachineArn: looking.stateMachineArn, again, pageSize };
  // Executions first: whatever was stored for one of them is then in the table.
  const running = await seen('executions', () => runningExecutions(reading));
  const read = async (): Promise<HandoffsSeen> => {
    const { withItems, ...keys } = await scanKeys({ client: clients.dynamodb, table, again, pageSize });
    const ids = idsToRead({ withItems, ...keys }, running?.keys() ?? []);
    return { ...keys, ...(await readRecords(ids, { handoffs: ports, again })) };
  };
  const handoffs = await seen('handoffs', read);
  const emails = async () => {
    const items = await records.query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': partition.roster },
      ProjectionExpression: 'sk',
    });
    return items.map(({ sk }) => String(sk).slice(sort.person('').length));
  };
  const roster = await seen('roster', () => readRoster({ roster: people, emails, again }));
  const ended =
    running && handoffs && (await seen('executions', () => whatEnded(handoffs, running, { reading, handoffs: ports })));
  const queues = await seen('queues', () => readQueues(looking.queues, looking));
  const mailService = await seen('mailService', () => readMailService(clients.ses, { at, again }));
  return {
    sight: {
      ...(handoffs && { handoffs: ended?.handoffs ?? handoffs }),
      ...(ended
        ? { executions: ended.executions }
        : running && !handoffs
          ? { executions: { running, over: new Map() } }
          : {}),
      ...(roster && { roster }),
      ...(queues && { queues }),
      ...(mailService && { mailService }),
    },
    unseen,
  };
}

interface Ending {
  readonly reading: Parameters<typeof endOf>[1];
  readonly handoffs: Parameters<typeof readRecords>[1]['handoffs'];
}

/**
 * What became of the executions that should run and were not among those that do; with the records as they are after that, as
 * a handoff may have ended, or begun, since the list was made.
 */
async function whatEnded(
  seen: HandoffsSeen,
  listed: ExecutionsSeen['running'],
  { reading, handoffs }: Ending,
): Promise<{ readonly executions: ExecutionsSeen; readonly handoffs: HandoffsSeen }> {
  const running = new Map(listed);
  const over = new Map<string, EndedExecution | undefined>();
  const ask = async (name: string): Promise<boolean> => {
    if (running.has(name)) return true;
    const end = await endOf(name, reading);
    if (end?.status === 'RUNNING') running.set(name, '');
    else over.set(name, end);
    return end?.status === 'RUNNING';
  };
  for (const { id } of seen.waiting) await ask(id);
  const again: string[] = [];
  for (const record of seen.records) {
    let all = true;
    for (const name of executionsNeeded(record)) all = (await ask(name)) && all;
    if (!all) again.push(record.state.id);
  }
  const { records, unreadable } = await readRecords(again, { handoffs, again: reading.again });
  const fresh = new Map(records.map((record) => [record.state.id, record]));
  return {
    executions: { running, over },
    handoffs: {
      ...seen,
      records: seen.records.map((record) => fresh.get(record.state.id) ?? record),
      unreadable: [...seen.unreadable, ...unreadable],
    },
  };
}
