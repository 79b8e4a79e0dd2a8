import { isRecord, recordOf, type UnknownRecord } from '../../domain/fields/record.ts';
import type { Instant } from '../../domain/time/calendar.ts';
import type { CrmNote, Written } from '../../ports/crm.ts';
import type { CrmConnection } from '../crm-connector.ts';
import { instantIn, isNumericId, textOf } from '../reading.ts';
import { askHubspot, type HubspotAnswer, kept, notWhole } from './hubspot-call.ts';
import { refusalIn } from './hubspot-refusal.ts';

/** HubSpot's numbers for kinds of record. */
export const objectTypes = { contact: '0-1', company: '0-2', deal: '0-3', lineItem: '0-8', note: '0-46' } as const;
type ObjectType = (typeof objectTypes)[keyof typeof objectTypes];

/** The version of the API that all paths name. */
const version = '2026-09';
const objects = (type: ObjectType): string => `/crm/objects/${version}/${type}`;

/** A record as HubSpot has it. */
export interface HubspotObject {
  readonly id: string;
  readonly properties: UnknownRecord;
  /** Earlier values of the properties that were asked for with their history, the newest first. */
  readonly history: UnknownRecord;
  readonly archived: boolean;
  /** When it changed last, UTC. */
  readonly changedAt: Instant;
}

/** A stage of a pipeline, in the pipeline's order. */
export interface HubspotStage {
  readonly id: string;
  readonly label: string;
  readonly pipeline: string;
  /** From 0 to 1. */
  readonly probability: number | undefined;
  /** Where HubSpot says. */
  readonly isClosed: boolean | undefined;
}

export interface HubspotOwner {
  readonly email: string;
  readonly archived: boolean;
}

export interface HubspotAccount {
  readonly portalId: string;
  /** IANA. */
  readonly timeZone: string | undefined;
  readonly currency: string | undefined;
}

/** A record at the other end of an association, with the numbers and the labels of its types. */
export interface Associated {
  readonly id: string;
  readonly types: readonly string[];
}

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

  /** Records by their ids. What HubSpot doesn't have any more, or doesn't show us, is left out. */
  async function records(
    type: ObjectType,
    ids: readonly string[],
    properties: readonly string[],
  ): Promise<readonly HubspotObject[]> {
    const what = 'read records of a deal';
    const found: HubspotObject[] = [];
    for (let from = 0; from < ids.length; from += mostAtOnce) {
      const inputs = ids.slice(from, from + mostAtOnce).map((id) => ({ id }));
      const path = `${objects(type)}/batch/read`;
      const answer = await ask({ what, method: 'POST', path, body: { inputs, properties } });
      found.push(...resultsIn(answer, what).map((result) => objectIn(result, what)));
    }
    return found;
  }

  /** What a deal is associated with, each once. */
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
    return [...found.values()];
  }

  /** Somebody who owns records, who may have left; undefined where there is nobody of that id. */
  async function owner(id: string): Promise<HubspotOwner | undefined> {
    const what = 'read an owner';
    for (const archived of [false, true]) {
      const path = `/crm/owners/${version}/${encodeURIComponent(id)}?archived=${archived}`;
      const { status, body } = await ask({ what, method: 'GET', path }, [404]);
      if (status === 404) continue;
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
  return { deal, records, associated, owner, stages, account, search, update, addNote };
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

/**
 * The results of a list. 207 is a part of one: that is all there is where the rest does not exist, and half an answer where
 * HubSpot could not read it.
 */
function resultsIn({ body }: HubspotAnswer, what: string): readonly unknown[] {
  const { results, errors } = recordOf(body);
  const failures = Array.isArray(errors) ? errors.filter((error) => !isNotFound(error)) : [];
  if (failures.length > 0 || !Array.isArray(results)) throw notWhole(what);
  return results;
}

const isNotFound = (error: unknown): boolean =>
  isRecord(error) && /NOT_FOUND|NO_ASSOCIATIONS/.test(`${textOf(error['category'])} ${textOf(error['subCategory'])}`);

function objectIn(value: unknown, what: string): HubspotObject {
  const { id, properties, propertiesWithHistory, archived, updatedAt, createdAt } = recordOf(value);
  if (!isNumericId(id) || !isRecord(properties)) throw notWhole(what);
  const changedAt = instantIn(properties['hs_lastmodifieddate']) ?? instantIn(updatedAt) ?? instantIn(createdAt);
  if (changedAt === undefined) throw notWhole(what);
  return {
    ...{ id: String(id), properties, changedAt },
    history: recordOf(propertiesWithHistory),
    archived: archived === true,
  };
}

function associationsIn(result: unknown, what: string): readonly Associated[] {
  const { to } = recordOf(result);
  if (!Array.isArray(to)) throw notWhole(what);
  return to.map((each) => {
    const { toObjectId, associationTypes } = recordOf(each);
    if (!isNumericId(toObjectId)) throw notWhole(what);
    const types = (Array.isArray(associationTypes) ? associationTypes : []).map(recordOf);
    const texts = types.flatMap(({ typeId, label }) => [textOf(typeId), textOf(label)]);
    return { id: String(toObjectId), types: texts.filter((text) => text !== '') };
  });
}

const nextIn = (result: unknown): string | undefined =>
  textOf(recordOf(recordOf(recordOf(result)['paging'])['next'])['after']) || undefined;

function stagesIn(pipeline: unknown, what: string): readonly HubspotStage[] {
  const { id: pipelineId, stages } = recordOf(pipeline);
  if (!Array.isArray(stages)) throw notWhole(what);
  return stages
    .map(recordOf)
    .toSorted((a, b) => Number(a['displayOrder']) - Number(b['displayOrder']))
    .map(({ id, label, metadata }) => {
      const { probability, isClosed } = recordOf(metadata);
      const number = Number.parseFloat(textOf(probability));
      return {
        ...{ id: textOf(id), label: textOf(label) || textOf(id), pipeline: textOf(pipelineId) },
        probability: Number.isNaN(number) ? undefined : number,
        isClosed: isClosed === undefined || isClosed === null ? undefined : String(isClosed) === 'true',
      };
    });
}
