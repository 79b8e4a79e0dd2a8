import { personAway, withoutNotes } from '../domain/people/away-note.ts';
import type { Person } from '../domain/people/person.ts';
import type { Roster } from '../ports/roster.ts';
import type { Item, Table } from './dynamodb.ts';
import { keptJson } from './kept-json.ts';
import { openWork, partition, sort } from './table.ts';

/** The people of the company, one item each, and how much each has to do. */
export function roster(table: Table): Roster & { save(person: Person): Promise<void> } {
  const keyOf = (email: string) => ({ pk: partition.roster, sk: sort.person(email) });
  const personOf = (item: Item): Person => {
    const person = keptJson(String(item['person'])) as Person;
    const { unreachableSince: since, unreachableWhy: why, awayNotes } = item;
    const told = typeof awayNotes === 'string' ? personAway(person, JSON.parse(awayNotes)) : person;
    return typeof since === 'string' ? { ...told, unreachable: { since, why: String(why) } } : told;
  };
  return {
    async everybody() {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk',
        values: { ':pk': partition.roster },
      });
      return items.map(personOf);
    },

    async people(emails) {
      // Consistent, because somebody marked a moment ago must not be waited for.
      const asked = [...new Set(emails)];
      const items = await table.getAll(asked.map(keyOf), { consistent: true });
      const found = new Map(items.map(personOf).map((person) => [person.email, person]));
      // In the order asked for: the table answers in any, and people should be told in the same one each time.
      return new Map(asked.flatMap((email) => found.get(email) ?? []).map((person) => [person.email, person]));
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

    async markUnreachable(email, { since, why }) {
      await table.update(keyOf(email), {
        UpdateExpression: 'SET unreachableSince = :since, unreachableWhy = :why',
        ConditionExpression:
          'attribute_exists(pk) AND (attribute_not_exists(unreachableSince) OR unreachableSince < :since) AND (attribute_not_exists(reachableSince) OR reachableSince < :since)',
        values: { ':since': since, ':why': why },
      });
    },

    async noteAway({ email, notes, before }) {
      const noted = await table.update(keyOf(email), {
        UpdateExpression: 'SET awayNotes = :notes',
        ConditionExpression: `attribute_exists(pk) AND ${before ? 'awayNotes = :before' : 'attribute_not_exists(awayNotes)'}`,
        values: { ':notes': JSON.stringify(notes), ...(before && { ':before': JSON.stringify(before) }) },
      });
      return noted !== undefined;
    },

    async markReachable(email, since) {
      await table.update(keyOf(email), {
        UpdateExpression: 'SET reachableSince = :since REMOVE unreachableSince, unreachableWhy',
        ConditionExpression: 'unreachableSince < :since',
        values: { ':since': since },
      });
    },

    async save(saved) {
      // What bounces and people themselves have left are attributes of their own: saving somebody again leaves them alone.
      const { unreachable, ...person } = withoutNotes(saved);
      await table.update(keyOf(person.email), {
        UpdateExpression: `SET person = :person${unreachable ? ', unreachableSince = :since, unreachableWhy = :why' : ''}`,
        values: {
          ':person': JSON.stringify(person),
          ...(unreachable && { ':since': new Date(unreachable.since).toISOString(), ':why': unreachable.why }),
        },
      });
    },
  };
}
