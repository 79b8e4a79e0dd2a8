import type { Person } from '../domain/person.ts';
import type { Roster } from '../ports.ts';
import type { Item, Table } from './dynamodb.ts';
import { openWork, partition, sort } from './table.ts';

/** The people of the company, one item each, and how much each has to do. */
export function roster(table: Table): Roster & { save(person: Person): Promise<void> } {
  const personOf = (item: Item): Person => JSON.parse(String(item['person']));
  return {
    async everybody() {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk',
        values: { ':pk': partition.roster },
      });
      return items.map(personOf);
    },

    async people(emails) {
      const keys = [...new Set(emails)].map((email) => ({ pk: partition.roster, sk: sort.person(email) }));
      return new Map((await table.getAll(keys)).map(personOf).map((person) => [person.email, person]));
    },

    async openHandoffs(emails) {
      const counts = await Promise.all(
        emails.map(async (email) => {
          const open = await table.count({
            IndexName: openWork.name,
            KeyConditionExpression: `${openWork.partitionKey} = :owner AND begins_with(${openWork.sortKey}, :handoff)`,
            values: { ':owner': email, ':handoff': 'HANDOFF#' },
          });
          return [email, open] as const;
        }),
      );
      return new Map(counts);
    },

    async save(person) {
      await table.put({ pk: partition.roster, sk: sort.person(person.email), person: JSON.stringify(person) });
    },
  };
}
