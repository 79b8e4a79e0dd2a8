import { randomBytes } from 'node:crypto';
import type { Pseudonyms } from '../ports/measured.ts';
import type { Table } from './dynamodb.ts';
import { partition, sort } from './table.ts';

/** Who is behind the ids in facts: one item a person, which is all there is to forget. */
export function pseudonyms(table: Table): Pseudonyms {
  const keyOf = (email: string) => ({ pk: partition.pseudonyms, sk: sort.person(email) });

  async function known(): Promise<Map<string, string>> {
    const items = await table.query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': partition.pseudonyms },
      ConsistentRead: true,
    });
    return new Map(items.map(({ sk, id }) => [String(sk).slice(sort.person('').length), String(id)]));
  }

  /** Whoever is asked about at the same time by two gets the id that was stored first. */
  async function make(email: string): Promise<string> {
    const id = randomBytes(9).toString('base64url');
    const isFirst = await table.put({ ...keyOf(email), id }, { ConditionExpression: 'attribute_not_exists(pk)' });
    return isFirst ? id : ((await known()).get(email) ?? id);
  }

  return {
    async idsOf(emails) {
      const ids = await known();
      const wanted = new Set(emails.map((email) => email.toLowerCase()));
      for (const email of wanted) if (!ids.has(email)) ids.set(email, await make(email));
      return new Map(emails.map((email) => [email, ids.get(email.toLowerCase()) ?? '']));
    },

    async everybody() {
      return new Map([...(await known())].map(([email, id]) => [id, email]));
    },

    async forget(email) {
      await table.delete(keyOf(email.toLowerCase()));
    },
  };
}
