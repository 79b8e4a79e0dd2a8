import type { Deal } from '../domain/deal/deal.ts';
import type { Deals } from '../ports/deals.ts';
import type { Table } from './dynamodb.ts';
import { partition, sort } from './table.ts';

/** The deals as they came in, and the won episodes of each. */
export function dealRecords(table: Table): Deals {
  return {
    async store(id, deal, { notes, at }) {
      const episode = { pk: partition.deal(deal.dealId), sk: sort.episode(deal.wonEpisode) };
      await table.put({ ...episode, handoffId: id });
      const stored = await table.put(
        { pk: partition.handoff(id), sk: sort.deal, deal: JSON.stringify(deal), notes, at },
        { ConditionExpression: 'attribute_not_exists(pk)' },
      );
      return stored ? 'stored' : 'exists';
    },

    async read(id) {
      const item = await table.get({ pk: partition.handoff(id), sk: sort.deal });
      if (!item) return undefined;
      const { at } = item;
      return {
        deal: JSON.parse(String(item['deal'])) as Deal,
        notes: (item['notes'] ?? []) as string[],
        ...(typeof at === 'string' && { at }),
      };
    },

    async episodes(dealId) {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk',
        values: { ':pk': partition.deal(dealId) },
        ConsistentRead: true,
      });
      return items.map((item) => String(item['handoffId']));
    },
  };
}
