import type { Deal } from '../domain/deal/deal.ts';
import type { SaidDeal } from '../domain/deal/said-deal.ts';
import type { KnownStop } from '../domain/deal/won-episodes.ts';
import type { BegunChange } from '../domain/handoff/deal-change.ts';
import type { ArrivedDeal, Deals } from '../ports/deals.ts';
import type { Item, Table } from './dynamodb.ts';
import { digest, instantKey } from './item-keys.ts';
import { packedText, textIn } from './packed-text.ts';
import { ofDeal, partition, sort } from './table.ts';

/** The deals as they came in, and the won episodes of each. */
export function dealRecords(table: Table): Deals {
  return {
    async store(id, deal, { notes, at }) {
      const episode = { pk: partition.deal(deal.dealId), sk: sort.episode(deal.wonEpisode) };
      await table.put({ ...episode, handoffId: id });
      const stored = await table.put(dealItem(id, { deal, notes, at }), {
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      return stored ? 'stored' : 'exists';
    },

    async read(id) {
      const item = await table.get({ pk: partition.handoff(id), sk: sort.deal });
      if (!item) return undefined;
      const { at, calledOff, said, saidAt, begun, begunAt } = item;
      return {
        deal: JSON.parse(textIn(item['deal'])) as Deal,
        notes: (item['notes'] ?? []) as string[],
        ...(typeof at === 'string' && { at }),
        ...(typeof calledOff === 'string' && { calledOff }),
        ...(said !== undefined && { said: { facts: JSON.parse(textIn(said)) as SaidDeal, at: String(saidAt) } }),
        ...(begun !== undefined && { begun: { ...begunIn(begun), at: String(begunAt) } }),
      };
    },

    async beginChange(id, { at, ...change }) {
      await table.update(
        { pk: partition.handoff(id), sk: sort.deal },
        {
          UpdateExpression: 'SET begun = :begun, begunAt = :at',
          ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(begunAt) OR begunAt <= :at)',
          values: { ':begun': packedText(JSON.stringify(change)), ':at': instantKey(at) },
        },
      );
    },

    async change(id, deal, { facts, at }) {
      const changed = await table.update(
        { pk: partition.handoff(id), sk: sort.deal },
        {
          UpdateExpression: 'SET deal = :deal, said = :said, saidAt = :at REMOVE begun, begunAt',
          // Instants are told by one clock, and sort as they are written.
          ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(saidAt) OR saidAt <= :at)',
          values: {
            ':deal': packedText(JSON.stringify(deal)),
            ':said': packedText(JSON.stringify(facts)),
            ':at': instantKey(at),
          },
        },
      );
      return changed !== undefined;
    },

    async callOff(id, arrived, reason) {
      await table.put({ ...dealItem(id, arrived), calledOff: reason });
    },

    episodes: async (dealId, { maybeStale = false } = {}) => episodesOf(table, dealId, { maybeStale, known: [] }),

    async join(dealId, other) {
      await table.put({ pk: partition.deal(dealId), sk: sort.joined(other), dealId: other });
    },

    async history(dealId) {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk',
        values: { ':pk': partition.deal(dealId) },
        ConsistentRead: true,
      });
      const under = (begin: string) => items.filter(({ sk }) => String(sk).startsWith(begin));
      return {
        episodes: under(ofDeal.episode).map((item) => String(item['handoffId'])),
        again: under(ofDeal.again).map(arrivedOf),
        stops: under(ofDeal.ended).map((item) => JSON.parse(String(item['stop'])) as KnownStop),
      };
    },

    async noteAgain({ deal, notes, at }) {
      const sk = sort.again(instantKey(at), digest(deal.closedWonAt));
      await table.put({ pk: partition.deal(deal.dealId), sk, deal: JSON.stringify(deal), notes, at });
    },

    async noteStop(dealId, stop) {
      const sk = sort.ended(instantKey(stop.at), digest(`${stop.kind} ${stop.wonEpisode ?? ''}`));
      await table.put({ pk: partition.deal(dealId), sk, stop: JSON.stringify(stop) });
    },
  };
}

const begunIn = (begun: unknown): Omit<BegunChange, 'at'> => JSON.parse(textIn(begun)) as Omit<BegunChange, 'at'>;

/** `known`: deals that were looked at on the way here, should two ever be joined to each other. */
async function episodesOf(
  table: Table,
  dealId: string,
  { maybeStale, known }: { readonly maybeStale: boolean; readonly known: readonly string[] },
): Promise<readonly string[]> {
  const items = await table.query({
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :episode)',
    values: { ':pk': partition.deal(dealId), ':episode': ofDeal.anyEpisode },
    ConsistentRead: !maybeStale,
  });
  const found: string[] = [];
  for (const { dealId: other, handoffId } of items) {
    if (other === undefined) found.push(String(handoffId));
    else if (!known.includes(String(other)))
      found.push(...(await episodesOf(table, String(other), { maybeStale, known: [...known, dealId] })));
  }
  return found;
}

const dealItem = (id: string, { deal, notes, at }: ArrivedDeal): Item => ({
  pk: partition.handoff(id),
  sk: sort.deal,
  deal: packedText(JSON.stringify(deal)),
  notes,
  at,
});

const arrivedOf = (item: Item): ArrivedDeal => ({
  deal: JSON.parse(String(item['deal'])) as Deal,
  notes: (item['notes'] ?? []) as string[],
  at: String(item['at']),
});
