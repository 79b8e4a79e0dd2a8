import { isRecord, recordOf, type UnknownRecord } from '../../domain/fields/record.ts';
import type { CrmNote, Written } from '../../ports/crm.ts';
import type { CrmConnection } from '../crm-connector.ts';
import { kept, keptEach } from '../kept.ts';
import { textOf } from '../reading.ts';
import {
  type Associated,
  associationsIn,
  type HubspotAccount,
  type HubspotObject,
  type HubspotOwner,
  type HubspotStage,
  nextIn,
  objectIn,
  resultsIn,
  stagesIn,
} from './hubspot-answers.ts';
import { askHubspot, type HubspotAnswer, notWhole } from './hubspot-call.ts';
import { definedIn } from './hubspot-definitions.ts';
import { refusalIn } from './hubspot-refusal.ts';

/** HubSpot's numbers for kinds of record. */
export const objectTypes = { contact: '0-1', company: '0-2', deal: '0-3', lineItem: '0-8', note: '0-46' } as const;
type ObjectType = (typeof objectTypes)[keyof typeof objectTypes];

/** The version of the API that all paths name. */
const version = '2026-09';
const objects = (type: ObjectType): string => `/crm/objects/${version}/${type}`;

export interface HubspotFilter {
  readonly propertyName: string;
  readonly operator: 'EQ' | 'GT' | 'GTE' | 'LTE';
  readonly value: string;
}

export interface HubspotSearch {
  readonly filters: readonly HubspotFilter[];
  /** What the results are sorted by, the least first. */
  readonly by: string;
  readonly properties: readonly string[];
}

/** Most results on a page of a search. */
export const mostResults = 200;
/** Most records that are read at once. */
const mostAtOnce = 100;
/** Pages of associations of one deal; each has hundreds. */
const mostPages = 20;

/** A note is HTML of at most so many characters. */
const longestNote = 65_000;

/** HubSpot's API as far as deals need it: one attempt a call, errors as port `Crm` names them. */
export type HubspotApi = ReturnType<typeof hubspotApi>;

export function hubspotApi(connection: CrmConnection) {
  const ask = (request: Parameters<typeof askHubspot>[1], expected: readonly number[] = []) =>
    askHubspot(connection, request, expected);

  /** A deal with the history of its stages; undefined where there is none any more. Of a merged deal, the one that lives on. */
  async function deal(id: string, properties: readonly string[]): Promise<HubspotObject | undefined> {
    const what = 'read a deal';
    const query = new URLSearchParams({ properties: properties.join(','), propertiesWithHistory: 'dealstage' });
    const path = `${objects(objectTypes.deal)}/${encodeURIComponent(id)}?${query}`;
    const { status, body } = await ask({ what, method: 'GET', path }, [404, 410]);
    return status === 404 || status === 410 ? undefined : objectIn(body, what);
  }

  /** Records by their ids, in their order. What HubSpot doesn't have any more, or doesn't show us, is left out. */
  async function records(
    type: ObjectType,
    ids: readonly string[],
    properties: readonly string[],
  ): Promise<readonly HubspotObject[]> {
    const what = 'read records of a deal';
    const found = new Map<string, HubspotObject>();
    for (let from = 0; from < ids.length; from += mostAtOnce) {
      const inputs = ids.slice(from, from + mostAtOnce).map((id) => ({ id }));
      const path = `${objects(type)}/batch/read`;
      const answer = await ask({ what, method: 'POST', path, body: { inputs, properties } });
      for (const object of resultsIn(answer, what).map((result) => objectIn(result, what)))
        found.set(object.id, object);
    }
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  /** What a deal is associated with, each once and the oldest first: HubSpot promises no order, and the same deal is to read the same. */
  async function associated(dealId: string, type: ObjectType): Promise<readonly Associated[]> {
    const what = 'read the associations of a deal';
    const path = `/crm/associations/${version}/${objectTypes.deal}/${type}/batch/read`;
    const found = new Map<string, Associated>();
    let after: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const inputs = [{ id: dealId, ...(after !== undefined && { after }) }];
      const answer = await ask({ what, method: 'POST', path, body: { inputs } });
      const results = resultsIn(answer, what);
      for (const each of results.flatMap((result) => associationsIn(result, what)))
        found.set(each.id, { id: each.id, types: [...(found.get(each.id)?.types ?? []), ...each.types] });
      after = results.map(nextIn).find((next) => next !== undefined);
      if (after === undefined) break;
    }
    return [...found.values()]
      .map(({ id, types }) => ({ id, types: [...new Set(types)].toSorted() }))
      .toSorted((a, b) => Number(a.id) - Number(b.id));
  }

  /** Somebody who owns records, who may have left; undefined where there is nobody of that id, as an owner or as a user. */
  async function owner(id: string, idProperty: 'id' | 'userId' = 'id'): Promise<HubspotOwner | undefined> {
    const what = 'read an owner';
    for (const archived of [false, true]) {
      const query = new URLSearchParams({ archived: String(archived), ...(idProperty === 'userId' && { idProperty }) });
      const path = `/crm/owners/${version}/${encodeURIComponent(id)}?${query}`;
      const { status, body } = await ask({ what, method: 'GET', path }, idProperty === 'id' ? [404] : [400, 404]);
      if (status >= 400) continue;
      if (!isRecord(body)) throw notWhole(what);
      return { email: textOf(body['email']), archived };
    }
    return undefined;
  }

  async function readStages(): Promise<readonly HubspotStage[]> {
    const what = 'read the pipelines';
    const path = `/crm/pipelines/${version}/${objectTypes.deal}`;
    return resultsIn(await ask({ what, method: 'GET', path }), what).flatMap((pipeline) => stagesIn(pipeline, what));
  }

  async function readAccount(): Promise<HubspotAccount> {
    const what = 'read the account';
    const { body } = await ask({ what, method: 'GET', path: `/account-info/${version}/details` });
    if (!isRecord(body)) throw notWhole(what);
    const { portalId, timeZone, companyCurrency } = body;
    return {
      portalId: textOf(portalId),
      timeZone: textOf(timeZone) || undefined,
      currency: textOf(companyCurrency) || undefined,
    };
  }

  /** The first page of deals that all filters fit, and how many there are. */
  async function search({ filters, by, properties }: HubspotSearch) {
    const what = 'search for won deals';
    const sorts = [{ propertyName: by, direction: 'ASCENDING' }];
    const body = { filterGroups: [{ filters }], sorts, properties, limit: mostResults };
    const answer = await ask({ what, method: 'POST', path: `${objects(objectTypes.deal)}/search`, body });
    const results = resultsIn(answer, what).map((result) => objectIn(result, what));
    const total = recordOf(answer.body)['total'];
    if (typeof total !== 'number' || results.length < Math.min(total, mostResults)) throw notWhole(what);
    return { results, total };
  }

  async function update(dealId: string, properties: UnknownRecord): Promise<Written> {
    const path = `${objects(objectTypes.deal)}/${encodeURIComponent(dealId)}`;
    const request = { what: 'write to a deal', method: 'PATCH', path, body: { properties } } as const;
    return written(await ask(request, refusals), Object.values(properties));
  }

  async function addNote(dealId: string, { text, at }: CrmNote): Promise<Written> {
    const properties = { hs_timestamp: at, hs_note_body: noteHtml(text) };
    // 214: from a note to its deal.
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 214 }];
    const body = { properties, associations: [{ to: { id: dealId }, types }] };
    const path = objects(objectTypes.note);
    return written(await ask({ what: 'add a note', method: 'POST', path, body }, refusals), [
      text,
      ...text.split('\n'),
    ]);
  }

  const stages = kept(readStages, connection.now);
  const account = kept(readAccount, connection.now);
  const dealProperties = kept(() => definedIn(connection, objectTypes.deal), connection.now);
  return {
    ...{ deal, records, associated, owner, search, update, addNote },
    stages: stages.get,
    forgetStages: stages.forget,
    account: account.get,
    async hasDealProperty(name: string): Promise<boolean> {
      if ((await dealProperties.get()).has(name)) return true;
      // Somebody may have created it since we looked.
      dealProperties.forget();
      return (await dealProperties.get()).has(name);
    },
    /** `owner`, who is asked for once for many deals. */
    knownOwner: keptEach(owner, connection.now),
  };
}

/** What a write may be refused with for good. */
const refusals = [400, 404, 409, 410, 413, 422];

function written({ status, body }: HubspotAnswer, values: readonly unknown[]): Written {
  if (status >= 200 && status < 300) return 'written';
  const isGone = status === 404 || status === 410 || recordOf(body)['category'] === 'OBJECT_NOT_FOUND';
  return isGone ? 'gone' : { refused: refusalIn(body, values) };
}

/** Text as the HTML that notes are of. */
function noteHtml(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  const html = [...text].map((char) => (char === '\n' ? '<br>' : (escapes[char] ?? char)));
  let length = 0;
  const end = html.findIndex((part) => {
    length += part.length;
    return length > longestNote;
  });
  return end < 0 ? html.join('') : `${html.slice(0, end).join('')}…`;
}
