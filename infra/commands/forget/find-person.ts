import { type DynamoDBClient, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item } from '../../../functions/aws/dynamodb.ts';
import { jsonOrNothing } from '../../../functions/aws/json-or-nothing.ts';
import { withTexts } from '../../../functions/aws/packed-text.ts';
import { partition, sort } from '../../../functions/aws/table.ts';
import { isClosed } from '../../../functions/domain/handoff/handoff.ts';
import { hasAddress, namesBeside } from './erase.ts';

/** Where somebody stands in the table. */
export interface FoundPerson {
  /**
   * The partitions with a record that has their address, and before those of handoffs the others about the same deal: by the
   * handoff's all of them are found again.
   */
  readonly partitions: readonly string[];
  /** How many records have it. */
  readonly records: number;
  /** The handoffs among them. */
  readonly handoffs: readonly string[];
  /** Open handoffs in which they hold a role. */
  readonly holds: readonly { readonly id: string; readonly role: string }[];
  /** Full names that stand beside their address. */
  readonly names: readonly string[];
}

const ofHandoffs = partition.handoff('');

/** Looks through the whole table, consistently: nobody knows beforehand in whose notes an address stands. */
export async function findPerson(
  { client, table, pageSize }: { readonly client: DynamoDBClient; readonly table: string; readonly pageSize?: number },
  email: string,
): Promise<FoundPerson> {
  const isIn = hasAddress(email);
  const partitions = new Set<string>();
  const names = new Set<string>();
  const deals = new Map<string, string>();
  const holds: { id: string; role: string }[] = [];
  let records = 0;
  for (let from: ScanCommandOutput['LastEvaluatedKey'], first = true; first || from; first = false) {
    const page: ScanCommandOutput = await client.send(
      new ScanCommand({
        ...{ TableName: table, ConsistentRead: true },
        ...(pageSize !== undefined && { Limit: pageSize }),
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    for (const item of (page.Items ?? []).map((each): Item => withTexts(unmarshall(each)))) {
      const pk = String(item['pk']);
      if (item['sk'] === sort.deal) deals.set(pk, String(Object(jsonOrNothing(String(item['deal']))).dealId));
      if (pk === partition.forgetting || !isIn(item)) continue;
      records += 1;
      partitions.add(pk);
      for (const name of namesBeside(email, item)) names.add(name);
      holds.push(...rolesIn(item, email));
    }
    from = page.LastEvaluatedKey;
  }
  const handoffs = [...partitions].flatMap((pk) => (pk.startsWith(ofHandoffs) ? [pk.slice(ofHandoffs.length)] : []));
  const about = handoffs.flatMap((id) => aboutDeal(id, deals.get(partition.handoff(id)) ?? ''));
  return { partitions: [...new Set([...about, ...partitions])], records, handoffs, holds, names: [...names] };
}

/** Where a handoff's deal is spoken of beside the handoff. */
const aboutDeal = (id: string, dealId: string): readonly string[] => [
  partition.deal(dealId),
  partition.seenDeal(dealId),
  partition.writtenBack(id),
];

function rolesIn(item: Item, email: string): { id: string; role: string }[] {
  const { pk, sk, status, people } = item as { pk: string; sk: string; status?: unknown; people?: object };
  if (sk !== sort.handoff || !people || isClosed(status as Parameters<typeof isClosed>[0])) return [];
  return Object.entries(people).flatMap(([role, holder]) =>
    holder === email ? [{ id: pk.slice(ofHandoffs.length), role }] : [],
  );
}
