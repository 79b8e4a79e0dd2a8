import { type DynamoDBClient, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item } from '../../../functions/aws/dynamodb.ts';
import { openWork, partition, sort } from '../../../functions/aws/table.ts';
import { type HandoffRecord, type HandoffStatus, isClosed } from '../../../functions/domain/handoff/handoff.ts';
import { RecordsUnavailable } from '../../../functions/ports/errors.ts';
import type { Handoffs } from '../../../functions/ports/handoffs.ts';
import { isFromAws } from '../aws-failure.ts';
import type { Patience } from '../patience.ts';
import type { BegunHandoff, ClaimedMail, HandoffsSeen, WaitingDeal } from './sight.ts';

/** What the keys of the whole table tell. */
export interface TableKeys extends Pick<HandoffsSeen, 'begun' | 'waiting' | 'calledOff' | 'claims'> {
  /** Handoffs with an open item that nobody has settled, whatever became of them. */
  readonly withItems: ReadonlySet<string>;
}

interface Scanning {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly again: Patience;
  /** Items looked at in one call; as many as fit into 1 MB when left out. */
  readonly pageSize?: number | undefined;
}

/** Looks through the whole table, consistently: there is no index of handoffs, which nothing else would need. */
export async function scanKeys({ client, table, again, pageSize }: Scanning): Promise<TableKeys> {
  const begun = new Map<string, BegunHandoff>();
  const deals = new Map<string, WaitingDeal & { readonly calledOff: boolean }>();
  const claims: ClaimedMail[] = [];
  const withItems = new Set<string>();
  const [handoff, mail] = [partition.handoff(''), sort.mail('')];
  for (let from: ScanCommandOutput['LastEvaluatedKey'], first = true; first || from; first = false) {
    const page = await again(() =>
      client.send(
        new ScanCommand({
          TableName: table,
          ConsistentRead: true,
          ProjectionExpression: 'pk, sk, #status, #at, #item, calledOff, endedAt',
          FilterExpression: `begins_with(pk, :handoff) AND (sk IN (:state, :deal) OR (begins_with(sk, :mail) AND mailStatus = :claimed) OR (begins_with(sk, :step) AND attribute_exists(${openWork.partitionKey}) AND attribute_exists(#item)))`,
          ExpressionAttributeNames: { '#status': 'status', '#at': 'at', '#item': 'item' },
          ExpressionAttributeValues: {
            ':handoff': { S: handoff },
            ':state': { S: sort.handoff },
            ':deal': { S: sort.deal },
            ':mail': { S: mail },
            ':step': { S: sort.step('') },
            ':claimed': { S: 'claimed' },
          },
          ...(pageSize !== undefined && { Limit: pageSize }),
          ...(from && { ExclusiveStartKey: from }),
        }),
      ),
    );
    for (const item of (page.Items ?? []).map((each): Item => unmarshall(each))) {
      const id = String(item['pk']).slice(handoff.length);
      const key = String(item['sk']);
      const [at, endedAt] = [textOf(item['at']), textOf(item['endedAt'])];
      if (key === sort.handoff)
        begun.set(id, { status: item['status'] as HandoffStatus, ...(endedAt !== undefined && { endedAt }) });
      else if (key === sort.deal)
        deals.set(id, { id, ...(at !== undefined && { since: at }), calledOff: item['calledOff'] !== undefined });
      else if (key.startsWith(mail)) claims.push({ handoff: id, key: key.slice(mail.length), at: at ?? '' });
      else withItems.add(id);
    }
    from = page.LastEvaluatedKey;
  }
  const unbegun = [...deals.values()].filter(({ id }) => !begun.has(id));
  return {
    begun,
    claims: claims.toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    withItems,
    waiting: unbegun.filter(({ calledOff }) => !calledOff).map(({ calledOff: _, ...deal }) => deal),
    calledOff: new Set(unbegun.filter(({ calledOff }) => calledOff).map(({ id }) => id)),
  };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export type ReadRecords = Pick<HandoffsSeen, 'records' | 'unreadable'>;

/** Reads handoffs whole, some at a time. One that cannot be read is named, and the others are read. */
export async function readRecords(
  ids: readonly string[],
  { handoffs, again }: { readonly handoffs: Pick<Handoffs, 'load'>; readonly again: Patience },
): Promise<ReadRecords> {
  const records: HandoffRecord[] = [];
  const unreadable: { what: string; why: string }[] = [];
  for (let i = 0; i < ids.length; i += atOnce)
    await Promise.all(
      ids.slice(i, i + atOnce).map(async (id) => {
        try {
          const record = await again(() => handoffs.load(id));
          if (record) records.push(record);
          else unreadable.push({ what: id, why: 'the deal that it was made of is missing' });
        } catch (error) {
          if (isOutside(error)) throw error;
          unreadable.push({ what: id, why: saidOf(error) });
        }
      }),
    );
  const place = new Map(ids.map((id, i) => [id, i]));
  return {
    records: records.toSorted((a, b) => (place.get(a.state.id) ?? 0) - (place.get(b.state.id) ?? 0)),
    unreadable: unreadable.toSorted((a, b) => (a.what < b.what ? -1 : 1)),
  };
}

const atOnce = 10;

/** Whether it is not what is recorded that is wrong, but that it could not be read. */
export const isOutside = (error: unknown): boolean =>
  error instanceof RecordsUnavailable || isFromAws(error) || (error instanceof Error && 'code' in error);

export const saidOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The handoffs that are worth reading whole. */
export const idsToRead = ({ begun, withItems }: TableKeys, running: Iterable<string>): readonly string[] => {
  const isRunning = new Set(running);
  return [...begun]
    .filter(([id, { status }]) => !isClosed(status) || withItems.has(id) || isRunning.has(id))
    .map(([id]) => id)
    .toSorted();
};
