import type { DeskLink, DeskOpened } from '../domain/handoff/desk-link.ts';
import type { Desks } from '../ports/desks.ts';
import type { Table } from './dynamodb.ts';
import { epochSeconds, instantKey } from './item-keys.ts';
import { openWork, partition, sort, timeToLive } from './table.ts';

/** An expired link still says so, and offers a new one. */
const linkKeptDays = 30;
/** Long enough for the review of a year. */
const openingKeptDays = 400;

const forgottenAfter = (at: string, days: number) => ({ [timeToLive]: epochSeconds(at) + days * 86_400 });

/** The desks: a link under the hash of its id, a mark where somebody ended theirs, and who opened one on which day. */
export function deskRecords(table: Table): Desks {
  return {
    async store(hash, link) {
      await table.put({
        pk: partition.desk(hash),
        sk: sort.desk,
        ...link,
        ...forgottenAfter(link.expiresAt, linkKeptDays),
      });
    },

    async find(hash) {
      const item = await table.get({ pk: partition.desk(hash), sk: sort.desk });
      return item as unknown as DeskLink | undefined;
    },

    async endedAt(email) {
      const item = await table.get({ pk: partition.desksEnded(email), sk: sort.desk });
      return typeof item?.['at'] === 'string' ? item['at'] : undefined;
    },

    async end(email, at) {
      await table.put({ pk: partition.desksEnded(email), sk: sort.desk, at, ...forgottenAfter(at, linkKeptDays) });
    },

    async noteOpened({ person, at, handoffId }) {
      const day = instantKey(at).slice(0, 10);
      const key = { pk: partition.desksOpened(day.slice(0, 7)), sk: `${day}#${person}` };
      // To read costs a fifth of a write, and most openings are not the first of a day.
      if (await table.get(key)) return;
      await table.put(
        { ...key, person, at, ...(handoffId !== undefined && { handoffId }), ...forgottenAfter(at, openingKeptDays) },
        { ConditionExpression: 'attribute_not_exists(pk)' },
      );
    },

    async openings(month) {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk',
        values: { ':pk': partition.desksOpened(month) },
      });
      return items
        .map(
          ({ person, at, handoffId }) => ({ person, at, ...(handoffId !== undefined && { handoffId }) }) as DeskOpened,
        )
        .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
    },

    async openWorkOf(email) {
      const items = await table.query({
        IndexName: openWork.name,
        KeyConditionExpression: `${openWork.partitionKey} = :owner`,
        values: { ':owner': email },
      });
      const [handoff, step] = [partition.handoff(''), sort.step('')];
      const entries = items.map((item) => ({
        id: String(item['pk']).slice(handoff.length),
        sk: String(item['sk']),
        key: String(item[openWork.sortKey]).split('#'),
      }));
      return {
        steps: entries.flatMap(({ id, sk, key: [, dueAt = ''] }) =>
          sk.startsWith(step) ? [{ id, step: sk.slice(step.length), dueAt }] : [],
        ),
        handoffs: entries.flatMap(({ id, sk }) => (sk === sort.handoff ? [id] : [])),
      };
    },

    async holdersIn(ids) {
      const items = await table.getAll(ids.map((id) => ({ pk: partition.handoff(id), sk: sort.handoff })));
      const idAt = partition.handoff('').length;
      return new Map(
        items.map(({ pk, people }) => [String(pk).slice(idAt), Object.values(people as Record<string, string>)]),
      );
    },
  };
}
