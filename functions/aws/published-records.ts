import type { PublishedKpis } from '../domain/reports/published.ts';
import type { PublishedWeeks } from '../ports/published-weeks.ts';
import type { Table } from './dynamodb.ts';
import { partition, sort } from './table.ts';

/** The numbers of each week as they went out: one item a week. */
export function publishedRecords(table: Table): PublishedWeeks {
  const keyOf = (week: string) => ({ pk: partition.published, sk: sort.week(week) });
  return {
    async keep({ week, at, figures }) {
      await table.put(
        { ...keyOf(week), week, at, figures: JSON.stringify(figures) },
        { ConditionExpression: 'attribute_not_exists(pk)' },
      );
    },

    async dropBefore(week, most) {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk AND sk < :week',
        values: { ':pk': partition.published, ':week': sort.week(week) },
        most,
      });
      for (const { pk, sk } of items.slice(0, most)) await table.delete({ pk, sk });
      return Math.min(items.length, most);
    },

    async of(weeks) {
      const items = await table.getAll([...new Set(weeks)].map(keyOf));
      return items.map(({ week, at, figures }) => ({
        ...{ week: String(week), at: String(at) },
        figures: JSON.parse(String(figures)) as PublishedKpis['figures'],
      }));
    },
  };
}
