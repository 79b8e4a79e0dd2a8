import type { Refusals } from '../ports/deals.ts';
import type { Table } from './dynamodb.ts';
import { digest, epochSeconds, instantKey } from './item-keys.ts';
import { partition, timeToLive } from './table.ts';

const keptDays = 90;
/** Characters of an event that are kept, of up to three bytes each: an event may be large, an item at most 400 KB. */
const eventKept = 100_000;

/** The events that could not be used, for a while. */
export function refusalRecords(table: Table): Refusals {
  return {
    async store({ event, refused, at }) {
      const text = JSON.stringify(event) ?? 'undefined';
      await table.put({
        pk: partition.refused,
        sk: `${instantKey(at)}#${digest(text)}`,
        event: text.slice(0, eventKept),
        refused: JSON.stringify(refused),
        at,
        [timeToLive]: epochSeconds(at) + keptDays * 86_400,
      });
    },
  };
}
