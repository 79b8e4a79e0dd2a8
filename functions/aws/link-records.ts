import type { Link } from '../domain/handoff/link.ts';
import type { Links } from '../ports/links.ts';
import type { Table } from './dynamodb.ts';
import { epochSeconds } from './item-keys.ts';
import { partition, sort, timeToLive } from './table.ts';

const keptDays = 90;

/** The links in mails, each under the hash of its id. */
export function linkRecords(table: Table): Links {
  return {
    async store(hash, link) {
      await table.put({
        pk: partition.link(hash),
        sk: sort.link,
        ...link,
        [timeToLive]: epochSeconds(link.expiresAt) + keptDays * 86_400,
      });
    },

    async find(hash, { maybeStale = false } = {}) {
      const item = await table.get({ pk: partition.link(hash), sk: sort.link }, { ConsistentRead: !maybeStale });
      return item as unknown as Link | undefined;
    },
  };
}
