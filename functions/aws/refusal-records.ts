import type { Refusal } from '../domain/fields/refusal.ts';
import type { Refusals } from '../ports/deals.ts';
import type { Table } from './dynamodb.ts';
import { digest, epochSeconds, instantKey } from './item-keys.ts';
import { jsonOrNothing } from './json-or-nothing.ts';
import { partition, timeToLive } from './table.ts';

const keptDays = 90;
/** Characters of an event that are kept, of up to three bytes each: an event may be large, an item at most 400 KB. */
const eventKept = 100_000;

/** Of an event that is nested more deeply than this, what is below is not kept: it may be too deep to be written at all. */
const deepest = 100;

/** Has `JSON.stringify` put `…` for what lies below a depth. */
function cutBelow(depth: number): (this: unknown, key: string, value: unknown) => unknown {
  const depths = new Map<unknown, number>();
  return function (_key, value) {
    if (typeof value !== 'object' || value === null) return value;
    const at = (depths.get(this) ?? 0) + 1;
    depths.set(value, at);
    return at > depth ? '…' : value;
  };
}

/** The events that could not be used, for a while. */
export function refusalRecords(table: Table): Refusals {
  return {
    async store({ event, refused, at }) {
      const text = JSON.stringify(event, cutBelow(deepest)) ?? 'undefined';
      await table.put({
        pk: partition.refused,
        sk: `${instantKey(at)}#${digest(text)}`,
        event: text.slice(0, eventKept),
        refused: JSON.stringify(refused),
        at,
        [timeToLive]: epochSeconds(at) + keptDays * 86_400,
      });
    },
    async of({ dealId, detailType, since }) {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk AND sk >= :since',
        values: { ':pk': partition.refused, ':since': instantKey(since) },
        ConsistentRead: true,
      });
      return items
        .filter(({ event }) => {
          // What was cut is no JSON any more, and is of nobody.
          const { detail, 'detail-type': type } = Object(jsonOrNothing(String(event)));
          return type === detailType && String(Object(detail).dealId) === dealId;
        })
        .map(({ refused }) => JSON.parse(String(refused)) as Refusal[]);
    },
  };
}
