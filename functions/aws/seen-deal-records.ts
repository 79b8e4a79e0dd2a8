import type { Claims } from '../ports/deal-bus.ts';
import type { SeenDeal, SeenDeals } from '../ports/seen-deals.ts';
import type { Table } from './dynamodb.ts';
import { digest, epochSeconds } from './item-keys.ts';
import { putOver } from './put-over.ts';
import { partition, sort, timeToLive } from './table.ts';

/** Longer than anybody's signature is good for. */
const heardKeptSeconds = 3600;
/** Longer than what takes them tries. */
const claimKeptDays = 15;
/** Characters of a claim in one item, of up to three bytes each. */
const partLength = 100_000;

/** What was last seen of each deal in the CRM, and which requests were heard. */
export const seenDealRecords = (table: Table): SeenDeals => ({
  async load(dealId) {
    const item = await table.get({ pk: partition.seenDeal(dealId), sk: sort.seenDeal });
    if (!item) return undefined;
    const { version, phase, facts, at, outbox, isUntold, isDrafted, livesAs, tookIn, partOf } = item;
    const seen = {
      phase,
      facts,
      at,
      outbox: JSON.parse(String(outbox)),
      ...(isUntold === true && { isUntold }),
      ...(isDrafted === true && { isDrafted }),
      ...(livesAs !== undefined && { livesAs }),
      ...(tookIn !== undefined && { tookIn }),
      ...(partOf !== undefined && { partOf }),
    } as SeenDeal;
    return { seen, version: Number(version) };
  },

  async save(dealId, { outbox, ...seen }, over) {
    const item = { pk: partition.seenDeal(dealId), sk: sort.seenDeal, ...seen, outbox: JSON.stringify(outbox) };
    return putOver(table, item, over);
  },

  async isHeard(key) {
    return (await table.get({ pk: partition.heard(digest(key)), sk: sort.heard })) !== undefined;
  },

  async noteHeard(key, at) {
    await table.put({
      pk: partition.heard(digest(key)),
      sk: sort.heard,
      at,
      [timeToLive]: epochSeconds(at) + heardKeptSeconds,
    });
  },
});

/** What was too large for the bus, in as many items as it takes. */
export const claimRecords = (table: Table): Claims => ({
  async store(text, at) {
    const key = digest(text);
    const parts = Math.ceil(text.length / partLength);
    for (let part = 0; part < parts; part++)
      await table.put({
        pk: partition.claim(key),
        sk: sort.claim(part),
        text: text.slice(part * partLength, (part + 1) * partLength),
        parts,
        [timeToLive]: epochSeconds(at) + claimKeptDays * 86_400,
      });
    return key;
  },

  async read(key) {
    const items = await table.query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': partition.claim(key) },
      ConsistentRead: true,
    });
    return items.length > 0 && items.length === items[0]?.['parts']
      ? items.map(({ text }) => String(text)).join('')
      : undefined;
  },
});
