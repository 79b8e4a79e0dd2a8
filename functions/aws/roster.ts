import { personAway, withoutNotes } from '../domain/people/away-note.ts';
import { amongPeople, type People, unasked } from '../domain/people/people.ts';
import type { Person } from '../domain/people/person.ts';
import type { Roster } from '../ports/roster.ts';
import type { Item, Table } from './dynamodb.ts';
import { keptJson } from './kept-json.ts';
import { packedText, textIn } from './packed-text.ts';
import { openWork, partition, sort } from './table.ts';

/**
 * People whom one query reads for fewer units than the six or seven of a handoff, each of which is billed 4 KB by itself: some 0.25 KB
 * each. Of 80 it would still be as many units, and a call less, but more to unpack.
 */
const mostInSmall = 60;

/** The people of the company, one item each, and how much each has to do. */
export function roster(table: Table): Roster & { save(person: Person): Promise<void> } {
  const keyOf = (email: string) => ({ pk: partition.roster, sk: sort.person(email) });
  const personOf = (item: Item): Person => {
    const person = keptJson(textIn(item['person'])) as Person;
    const { unreachableSince: since, unreachableWhy: why, awayNotes } = item;
    const told = typeof awayNotes === 'string' ? personAway(person, JSON.parse(awayNotes)) : person;
    return typeof since === 'string' ? { ...told, unreachable: { since, why: String(why) } } : told;
  };
  const byEmail = (items: readonly Item[]): People =>
    new Map(items.map(personOf).map((person) => [person.email, person]));
  let isLarge = false;
  /** Everybody, where the company is so small that this costs less than some of them one by one; undefined where it is not. */
  async function smallRoster(ConsistentRead: boolean): Promise<People | undefined> {
    if (isLarge) return undefined;
    const items = await table.query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': partition.roster },
      ConsistentRead,
      most: mostInSmall + 1,
    });
    isLarge = items.length > mostInSmall;
    return isLarge ? undefined : byEmail(items);
  }
  return {
    async everybody() {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk',
        values: { ':pk': partition.roster },
      });
      return items.map(personOf);
    },

    async people(emails, { alsoOf, maybeStale = false } = {}) {
      // Consistent, because somebody marked a moment ago must not be waited for.
      const consistent = !maybeStale;
      const all = emails.length > 1 || alsoOf ? await smallRoster(consistent) : undefined;
      if (all) return amongPeople(all, emails, alsoOf);
      let found: People = new Map();
      const asked = new Set<string>();
      for (let next = [...new Set(emails)]; next.length > 0; next = unasked(asked, alsoOf?.([...found.values()]))) {
        for (const email of next) asked.add(email);
        const read = byEmail(await table.getAll(next.map(keyOf), { consistent }));
        // The table answers in any order.
        found = new Map([...found, ...amongPeople(read, next)]);
      }
      return found;
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
          ':person': packedText(JSON.stringify(person)),
          ...(unreachable && { ':since': new Date(unreachable.since).toISOString(), ':why': unreachable.why }),
        },
      });
    },
  };
}
