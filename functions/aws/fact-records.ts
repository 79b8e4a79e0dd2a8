import { gunzipSync, gzipSync } from 'node:zlib';
import type { RecordedFact } from '../domain/reports/fact.ts';
import { weekOfFact } from '../domain/reports/revisions.ts';
import type { Facts } from '../ports/measured.ts';
import type { Item, Table } from './dynamodb.ts';
import { instantKey } from './item-keys.ts';
import { partition, sort } from './table.ts';

/** Facts: one item each under its week, and of each handoff what stands of it in one item. */
export function factRecords(table: Table): Facts {
  async function standingOf(handoffId: string, maybeStale = false): Promise<readonly RecordedFact[]> {
    const key = { pk: partition.factsOf(handoffId), sk: sort.factsOf };
    const item = await table.get(key, { ConsistentRead: !maybeStale });
    return item?.['facts'] instanceof Uint8Array
      ? (JSON.parse(gunzipSync(item['facts']).toString()) as RecordedFact[])
      : [];
  }

  return {
    of: (handoffId, { maybeStale } = {}) => standingOf(handoffId, maybeStale),

    async record({ handoffId, news, standing, over }) {
      // What stands is written last: whoever was interrupted records the same once more.
      await Promise.all(news.map((fact) => table.put({ ...keyOf(fact), ...fact })));
      const isRecorded = await table.put(
        {
          pk: partition.factsOf(handoffId),
          sk: sort.factsOf,
          facts: gzipSync(JSON.stringify(standing)),
          version: versionOf(standing),
        },
        {
          // Earlier versions of this code wrote none.
          ConditionExpression: 'attribute_not_exists(#version) OR #version = :over',
          ExpressionAttributeNames: { '#version': 'version' },
          values: { ':over': versionOf(over) },
        },
      );
      if (isRecorded) return true;
      // Whoever was faster may have found the same: in its week stands what stands of the handoff, and not what was written over it.
      const written = new Set(news.map(revisionOf));
      const stand = (await standingOf(handoffId)).filter((fact) => written.has(revisionOf(fact)));
      await Promise.all(stand.map((fact) => table.put({ ...keyOf(fact), ...fact })));
      return false;
    },

    async drop(handoffId, weeks) {
      for (const week of weeks) {
        const items = await table.query({
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :handoff)',
          values: { ':pk': partition.facts(week), ':handoff': sort.factsIn(handoffId) },
        });
        await Promise.all(items.map(({ pk, sk }) => table.delete({ pk, sk })));
      }
      await table.delete({ pk: partition.factsOf(handoffId), sk: sort.factsOf });
    },

    async inWeek(week) {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk',
        values: { ':pk': partition.facts(week) },
      });
      return items
        .map(({ pk: _pk, sk: _sk, ...fact }: Item) => fact as unknown as RecordedFact)
        .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
    },
  };
}

/** Grows with whatever is recorded: each news raises a revision, or begins one. */
const versionOf = (standing: readonly RecordedFact[]): number =>
  standing.reduce((sum, { revision }) => sum + revision, 0);

const keyOf = (fact: RecordedFact): Item => ({
  pk: partition.facts(weekOfFact(fact)),
  sk: sort.fact(fact.handoff, fact.key, fact.revision),
});

const revisionOf = ({ key, revision }: RecordedFact): string => `${key} ${revision}`;

const orderOf = ({ at, handoff, key, revision }: RecordedFact): string =>
  `${instantKey(at)} ${sort.fact(handoff, key, revision)}`;
