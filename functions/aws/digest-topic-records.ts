import type { DigestTopics } from '../ports/digest-topics.ts';
import type { Table } from './dynamodb.ts';
import { epochSeconds } from './item-keys.ts';
import { partition, sort, timeToLive } from './table.ts';

/** No handoff runs longer. */
const keptDays = 400;

/** What the daily digests look at: a partition of each reader, an item a handoff. */
export function digestTopicRecords(table: Table): DigestTopics {
  return {
    async note(email, { handoffId, at }) {
      await table.put({
        ...{ pk: partition.digest(email), sk: sort.topic(handoffId), handoffId, at },
        [timeToLive]: epochSeconds(at) + keptDays * 86_400,
      });
    },

    async of(email) {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk',
        values: { ':pk': partition.digest(email) },
      });
      return items.map(({ handoffId, at }) => ({ handoffId: String(handoffId), at: String(at) }));
    },

    async drop(email, { handoffId, at }) {
      await table.delete(
        { pk: partition.digest(email), sk: sort.topic(handoffId) },
        { ConditionExpression: '#at = :at', ExpressionAttributeNames: { '#at': 'at' }, values: { ':at': at } },
      );
    },
  };
}
