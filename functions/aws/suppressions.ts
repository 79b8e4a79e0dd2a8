import type { Suppression } from '../domain/handoff/reachability.ts';
import type { Suppressions } from '../ports/suppressions.ts';
import type { Table } from './dynamodb.ts';
import { partition, sort } from './table.ts';

/** Suppressed addresses, one item each. */
export function suppressions(table: Table): Suppressions {
  const keyOf = (email: string) => ({ pk: partition.suppressed(email), sk: sort.suppressed });
  return {
    async add({ email, since, what }) {
      await table.put(
        { ...keyOf(email), email, since, what },
        { ConditionExpression: 'attribute_not_exists(pk) OR since < :since', values: { ':since': since } },
      );
    },

    async among(emails) {
      const items = await table.getAll([...new Set(emails)].map(keyOf), { consistent: true });
      return new Map(
        items.map(({ email, since, what }) => {
          const suppression = { email: String(email), since: String(since), what: what as Suppression['what'] };
          return [suppression.email, suppression];
        }),
      );
    },
  };
}
