import type { Instant } from '../../domain/time/calendar.ts';
import type { WonDeal, WonDeals } from '../../ports/crm.ts';
import { isPutInAsWon, signedBefore } from '../put-in-as-won.ts';
import { instantIn, textOf } from '../reading.ts';
import type { HubspotObject } from './hubspot-answers.ts';
import { type HubspotApi, type HubspotFilter, mostResults } from './hubspot-api.ts';
import { notWhole } from './hubspot-call.ts';
import { closingOf, isWon } from './hubspot-deal.ts';

/** A search finds what changed only a while afterwards. */
const overlap = 5 * 60_000;

/**
 * From where a search goes on. HubSpot pages through 10,000 results and no further, and what changes meanwhile moves under the
 * page: so each page is a search of its own, from the time of the last result; where a page is of one instant, by ids within it.
 */
type Cursor = { readonly from: number } | { readonly at: number; readonly afterId: string };

const changed = 'hs_lastmodifieddate';
const enteredIn = (stage: string): string => `hs_v2_date_entered_${stage}`;

/** A page of deals that are won and changed at `since` or later; see port `Crm`. */
export async function wonDeals(api: HubspotApi, since: Instant, next?: string): Promise<WonDeals> {
  const entered = (await api.stages()).filter(isWon).map(({ id }) => enteredIn(id));
  const read = (cursor: Cursor) =>
    api.search({
      filters: [{ propertyName: 'hs_is_closed_won', operator: 'EQ', value: 'true' }, ...filtersOf(cursor)],
      by: 'at' in cursor ? 'hs_object_id' : changed,
      properties: ['dealname', 'dealstage', 'closedate', 'createdate', changed, ...entered],
    });

  let cursor = cursorIn(next) ?? { from: Date.parse(since) - overlap };
  if ('from' in cursor) {
    const { results, total } = await read(cursor);
    if (results.length >= total) return { deals: results.map(wonDealOf) };
    const until = Math.max(...results.map(changeOf));
    const before = results.filter((deal) => changeOf(deal) < until);
    // Going back in time would never end.
    if (results.some((deal) => changeOf(deal) < from(cursor))) throw notWhole('search for won deals');
    if (before.length > 0) return { deals: before.map(wonDealOf), next: `from ${until}` };
    cursor = { at: until, afterId: '0' };
  }
  const { at, afterId } = cursor;
  const { results, total } = await read(cursor);
  const last = results.at(-1);
  if (results.some(({ id }) => BigInt(id) <= BigInt(afterId))) throw notWhole('search for won deals');
  const isLast = last === undefined || total <= mostResults;
  return { deals: results.map(wonDealOf), next: isLast ? `from ${at + 1}` : `at ${at} ${last.id}` };
}

const from = (cursor: Cursor): number => ('from' in cursor ? cursor.from : cursor.at);

const changeOf = ({ changedAt }: HubspotObject): number => Date.parse(changedAt);

function cursorIn(next: string | undefined): Cursor | undefined {
  const [, kind, time = '', afterId] = /^(from|at) (\d{1,16})(?: (\d{1,20}))?$/.exec(next ?? '') ?? [];
  if (kind === 'from') return { from: Number(time) };
  return kind === 'at' && afterId !== undefined ? { at: Number(time), afterId } : undefined;
}

function filtersOf(cursor: Cursor): readonly HubspotFilter[] {
  if ('from' in cursor) return [{ propertyName: changed, operator: 'GTE', value: String(cursor.from) }];
  const { at, afterId } = cursor;
  return [
    { propertyName: changed, operator: 'GTE', value: String(at) },
    { propertyName: changed, operator: 'LTE', value: String(at) },
    { propertyName: 'hs_object_id', operator: 'GT', value: afterId },
  ];
}

function wonDealOf({ id, properties, changedAt }: HubspotObject): WonDeal {
  const entered = instantIn(properties[enteredIn(textOf(properties['dealstage']))]);
  const created = instantIn(properties['createdate']);
  const isPutIn = entered !== undefined && created !== undefined && isPutInAsWon(entered, created);
  const wonAt = isPutIn ? signedBefore(entered, closingOf(properties)) : entered;
  return { dealId: id, name: textOf(properties['dealname']), changedAt, ...(wonAt !== undefined && { wonAt }) };
}
