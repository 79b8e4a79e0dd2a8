import type { UnknownRecord } from '../../domain/fields/record.ts';
import type { Instant } from '../../domain/time/calendar.ts';
import type {
  Crm,
  CrmNote,
  DealRead,
  DealState,
  WonDeal,
  WonDeals,
  WriteBackField,
  WriteBackValues,
  Written,
} from '../../ports/crm.ts';
import type { CrmAnswer } from '../../ports/crm-access.ts';
import { CrmUnavailable } from '../../ports/errors.ts';
import type { CrmConnection, CrmConnector } from '../crm-connector.ts';
import { kept } from '../kept.ts';
import { dayOf } from '../mapping.ts';
import { type CrmColleague, colleaguesNamed } from '../named-colleague.ts';
import { proposalPlace } from '../proposed.ts';
import { instantIn, textOf } from '../reading.ts';
import { expectSuccess, noProperty, refusalText } from '../refusal.ts';
import { crm, errorIn, type ObjectShape, type QueryPage, type SalesforceApi, salesforceApi } from './salesforce-api.ts';
import {
  type DealShape,
  dealOf,
  dealQuery,
  dealStateOf,
  flat,
  isUserId,
  type StageOrder,
  statesQuery,
  userQuery,
  wonAtOf,
  wonTimes,
} from './salesforce-deal.ts';
import { isRecordId, longId, readSalesforceEvent } from './salesforce-events.ts';
import { proposedFrom, rules, writtenTo } from './salesforce-mapping.ts';

/**
 * Salesforce: opportunities, heard of by Change Data Capture over a partner bus, read and written by the REST API with client
 * credentials. It sends no webhooks.
 */
export const salesforce: CrmConnector = {
  title: crm,
  secretNames: {
    clientId: 'the consumer key of the external client app',
    clientSecret: 'the consumer secret of the external client app',
  },
  hear: readSalesforceEvent,
  connect,
};

const deleted: ReadonlySet<string> = new Set(['ENTITY_IS_DELETED', 'NOT_FOUND']);
const goneText = 'There is no such opportunity in Salesforce, or none that Handoff may see.';

function connect(connection: CrmConnection): Crm {
  const api = salesforceApi(connection);
  const { apiUrl, deals: conditions = [] } = connection.settings;
  const shape = kept(() => shapeOf(api), connection.now);
  const order = kept(() => orderOf(api), connection.now);

  /** Looks once more for a field that somebody may have added since. */
  async function knowsConditions(): Promise<void> {
    const unknown = async () => {
      const { fields } = await shape.get();
      return conditions.find(({ property }) => !fields.has(property) || property.startsWith('Contact.'));
    };
    if ((await unknown()) === undefined) return;
    shape.forget();
    const lacking = await unknown();
    if (lacking) throw noProperty(crm, lacking.property);
  }

  async function readDeal(dealId: string): Promise<DealRead> {
    if (!isRecordId(dealId)) return { gone: goneText };
    await knowsConditions();
    const what = 'read an opportunity';
    const ask = async () => api.query({ soql: dealQuery(dealId, await shape.get(), conditions) }, what);
    let found = await ask();
    if ('refused' in found) {
      // A field has gone, or may no longer be seen, since we looked.
      shape.forget();
      await knowsConditions();
      found = await ask();
    }
    const [record] = pageIn(found, what).records;
    if (record === undefined) return { gone: goneText };
    const colleagues = await colleaguesNamed(flat(record), { crm, rules, isId: isUserId, find: colleagueOf });
    return { deal: dealOf(record, { order: await order.get(), colleagues, apiUrl, conditions }) };
  }

  async function colleagueOf(id: string): Promise<CrmColleague | undefined> {
    const found = await api.query({ soql: userQuery(id) }, 'read a user');
    const [user] = 'refused' in found ? [] : found.records;
    return user && { email: textOf(user['Email']), isActive: user['IsActive'] !== false };
  }

  async function dealStates(dealIds: readonly string[]): Promise<readonly DealState[]> {
    const what = 'list opportunities';
    const ids = dealIds.filter(isRecordId);
    if (ids.length === 0) return [];
    const states: DealState[] = [];
    let page = pageIn(await api.query({ soql: statesQuery(ids) }, what), what);
    for (let read = 1; ; read += 1) {
      for (const record of page.records) states.push(dealStateOf(record, await order.get()));
      if (page.next === undefined) return states;
      if (read === ids.length)
        throw new CrmUnavailable(`${crm} answered with more pages than it was asked for records.`);
      page = pageIn(await api.query({ next: page.next }, what), what);
    }
  }

  async function wonSince(since: Instant, next?: string): Promise<WonDeals> {
    const what = 'list won opportunities';
    const asked = next === undefined ? { soql: wonQuery(since, await shape.get()) } : { next };
    const page = pageIn(await api.query(asked, what), what);
    return { deals: page.records.map(wonDealOf), ...(page.next !== undefined && { next: page.next }) };
  }

  async function write(dealId: string, values: WriteBackValues): Promise<Written> {
    if (!isRecordId(dealId)) return 'gone';
    const fields = Object.entries(values).map(([field, value]) => [writtenTo[field as WriteBackField], value]);
    if (fields.length === 0) return 'written';
    const what = 'write to an opportunity';
    const body: UnknownRecord = Object.fromEntries(fields);
    const path = `/sobjects/Opportunity/${dealId}`;
    return writtenBy(await api.call({ method: 'PATCH', path, body, what }), Object.values(body), what);
  }

  async function addNote(dealId: string, { text, at }: CrmNote): Promise<Written> {
    if (!isRecordId(dealId)) return 'gone';
    const what = 'add a task to an opportunity';
    const body = {
      WhatId: dealId,
      Subject: (text.split('\n')[0] ?? '').slice(0, longestSubject),
      Status: 'Completed',
      ActivityDate: dayOf(at),
      Description: text.slice(0, longestDescription),
    };
    const written = [...Object.values(body), ...text.split('\n')];
    return writtenBy(await api.call({ method: 'POST', path: '/sobjects/Task', body, what }), written, what);
  }

  return { readDeal, dealStates, wonSince, write, addNote };
}

/** Most characters of a task's subject and its comments. */
const [longestSubject, longestDescription] = [255, 32_000];

async function shapeOf(api: SalesforceApi): Promise<DealShape> {
  const [opportunity, account, contact] = await Promise.all([
    api.describe('Opportunity'),
    api.describe('Account'),
    api.describe('Contact'),
  ]);
  const within = (name: string, shape: ObjectShape | undefined) =>
    [...(shape?.fields ?? [])].map((field) => `${name}.${field}`);
  return {
    fields: new Set([...(opportunity?.fields ?? []), ...within('Account', account), ...within('Contact', contact)]),
    lists: opportunity?.lists ?? new Set(),
  };
}

async function orderOf(api: SalesforceApi): Promise<StageOrder> {
  const what = 'list the stages';
  const soql = 'SELECT ApiName, MasterLabel, SortOrder FROM OpportunityStage WHERE IsActive = true ORDER BY SortOrder';
  const { records } = pageIn(await api.query({ soql }, what), what);
  const stages = records.flatMap(({ ApiName: name, MasterLabel: label, SortOrder: place }) =>
    typeof name === 'string' && typeof place === 'number' ? [{ names: [name, textOf(label)], place }] : [],
  );
  return {
    places: new Map(stages.map(({ names: [name = ''], place }) => [name, place])),
    proposal: proposalPlace(stages, proposedFrom),
  };
}

function pageIn(found: QueryPage | { readonly refused: string }, what: string): QueryPage {
  if ('refused' in found) throw new CrmUnavailable(`${crm} answered ${found.refused} to the request to ${what}.`);
  return found;
}

function wonDealOf(record: UnknownRecord): WonDeal {
  const { Id: id, Name: name } = record;
  const changedAt = instantIn(record['SystemModstamp']);
  const wonAt = wonAtOf(record);
  if (!isRecordId(id) || changedAt === undefined) throw new CrmUnavailable(`${crm} listed half an opportunity.`);
  return { dealId: longId(id), name: textOf(name), ...(wonAt !== undefined && { wonAt }), changedAt };
}

function wonQuery(since: Instant, { fields }: DealShape): string {
  const wonAt = ['CloseDate', ...wonTimes.filter((name) => fields.has(name))].join(', ');
  // To the second, so that nothing of that second is missed.
  const from = `${new Date(since).toISOString().slice(0, 19)}Z`;
  return `SELECT Id, Name, ${wonAt}, SystemModstamp FROM Opportunity WHERE IsWon = true AND SystemModstamp >= ${from} ORDER BY SystemModstamp, Id`;
}

function writtenBy(answer: CrmAnswer, written: readonly unknown[], what: string): Written {
  const { code, message } = errorIn(answer);
  if (answer.status === 404 || deleted.has(code)) return 'gone';
  if (answer.status === 400) {
    const said = [code, message].filter((part) => part !== '').join(': ');
    return { refused: refusalText(said, written) || `${crm} answered 400.` };
  }
  expectSuccess(answer, { crm, what });
  return 'written';
}
