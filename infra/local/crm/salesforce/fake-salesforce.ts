import { longId } from '../../../../functions/crm/salesforce/salesforce-events.ts';
import { writtenTo } from '../../../../functions/crm/salesforce/salesforce-mapping.ts';
import type { CrmAnswer, CrmRequest } from '../../../../functions/ports/crm-access.ts';
import type { FakeCrm, FakeCrmOptions, FakeDeal } from '../fake-crm.ts';
import { answeredBySalesforce } from './salesforce-answers.ts';
import { fakeStages } from './salesforce-objects.ts';
import { eventRelay } from './salesforce-relay.ts';
import { sold } from './salesforce-seller.ts';
import { answered, notEmulated, refusedWith, type SalesforceOrg } from './salesforce-shapes.ts';
import { createSalesforceStore, type StoredRecord } from './salesforce-store.ts';

export interface FakeSalesforceOptions extends FakeCrmOptions {
  /** Most records of a page: 2,000, or fewer. */
  readonly pageSize?: number;
  /** Calls that it takes within 24 hours. */
  readonly limit?: number;
  /** Whether the organization has several currencies: `true` when left out. */
  readonly hasCurrencies?: boolean;
  /** Nobody has added our fields yet. */
  readonly isBare?: boolean;
  /** Fields and lists that our user may not see: `Account.Website`, `Opportunity.OpportunityLineItems`. */
  readonly hidden?: readonly string[];
}

/** Salesforce, with what else can happen there. */
export interface FakeSalesforce extends FakeCrm {
  /** Fields that a validation rule demands of every opportunity that is written to. */
  demanded: readonly string[];
  /** From now on events say only that something changed: `GAP_*`. */
  gaps: boolean;
  /** Salesforce loses track of what changed, and says so: `GAP_OVERFLOW`. */
  overflow(): void;
  /** Ends every session, as administrators can. */
  endSessions(): void;
}

/** The organization that the fake plays. */
export const fakeOrganization = longId('00DHs0000000001');
/** The source of its events, which is the name of its partner bus, too. */
export const partnerSource = `aws.partner/salesforce.com/${fakeOrganization}/0YLHs0000000001OAA`;

/** Characters of an address with its query that Salesforce takes; its headers count as well there. */
const longestAddress = 16_384;

/** A session ends when nothing is asked for two hours; limits count within a day. */
const [longestIdle, day] = [2 * 60 * 60_000, 24 * 60 * 60_000];

/**
 * Salesforce played on this machine: login by client credentials, queries, describes, writes of opportunities and tasks of API 66, and
 * Change Data Capture of opportunities over an Event Relay, own writes among them.
 */
export function createFakeSalesforce(options: FakeSalesforceOptions): FakeSalesforce {
  const {
    clock,
    apiUrl,
    secrets,
    pageSize = 2000,
    limit = 100_000,
    hasCurrencies = true,
    isBare = false,
    hidden = [],
  } = options;
  const store = createSalesforceStore(clock, { isBare, hasCurrencies, hidden });
  store.create('Organization', { Name: 'Local Salesforce' });
  const [us, seller] = [store.userOf('handoff@integration.example'), store.userOf('seller@company.example')];
  const relay = eventRelay(options, partnerSource);
  let outage: FakeCrm['outage'] = 'none';
  let demanded: readonly string[] = [];
  let asked: number[] = [];
  let session: { readonly token: string; usedAt: number } | undefined;
  let logins = 0;

  function change(record: StoredRecord, values: Readonly<Record<string, unknown>>, by: StoredRecord): void {
    const changed = store.update(record, values);
    if (changed.length === 0) return;
    const now = Object.fromEntries(changed.map((name) => [name, record[name] ?? null]));
    relay.happened({ recordId: record.Id, changeType: 'UPDATE', values: now, commitUser: by.Id });
  }

  const org: SalesforceOrg = {
    ...{ store, pageSize, cursors: new Map(), demanded: () => demanded },
    change: (record, values) => change(record, values, us),
  };

  function letIn({ headers }: CrmRequest): CrmAnswer | undefined {
    const now = clock.now();
    const isKnown = session !== undefined && headers['authorization'] === `Bearer ${session.token}`;
    if (!session || !isKnown || now - session.usedAt > longestIdle)
      return refusedWith(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    session.usedAt = now;
    asked = asked.filter((at) => at > now - day);
    if (outage === 'busy' || asked.length >= limit)
      return refusedWith(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    asked.push(now);
    return undefined;
  }

  function logIn({ body = '' }: CrmRequest): CrmAnswer {
    const form = new URLSearchParams(body);
    const refused = (error: string, error_description: string) => answered(400, { error, error_description });
    if (form.get('grant_type') !== 'client_credentials')
      return refused('unsupported_grant_type', 'grant type not supported');
    if (form.get('client_id') !== secrets['clientId']) return refused('invalid_client_id', 'client identifier invalid');
    if (form.get('client_secret') !== secrets['clientSecret'])
      return refused('invalid_client', 'invalid client credentials');
    logins += 1;
    session = { token: `${fakeOrganization}!local.${logins}`, usedAt: clock.now() };
    return answered(200, {
      ...{ access_token: session.token, instance_url: apiUrl, token_type: 'Bearer', scope: 'api' },
      ...{ id: `${apiUrl}/id/${fakeOrganization}/${us.Id}`, issued_at: String(clock.now()) },
    });
  }

  function opportunity(dealId: string): StoredRecord {
    const record = store.get('Opportunity', dealId);
    if (!record) throw new Error(`There is no opportunity ${dealId} in the local Salesforce.`);
    return record;
  }

  return {
    answer(request) {
      if (!request.url.startsWith(apiUrl)) return notEmulated(`the address ${new URL(request.url).origin}`);
      if (outage === 'down')
        return { status: 503, headers: { 'content-type': 'text/html' }, text: '<html>Service Unavailable</html>' };
      if (request.url.length > longestAddress)
        return { status: 414, headers: { 'content-type': 'text/html' }, text: '<html>URI Too Long</html>' };
      const path = request.url.slice(apiUrl.length);
      if (path === '/services/oauth2/token' && request.method === 'POST') return logIn(request);
      return letIn(request) ?? answeredBySalesforce(org, request, path);
    },
    stages: fakeStages,
    deals: () => store.all('Opportunity').map(shown),
    put(detail) {
      const record = sold(store, detail, clock.now());
      const { Id: recordId, ...values } = record;
      relay.happened({ recordId, changeType: 'CREATE', values, commitUser: seller.Id });
      return recordId;
    },
    move(dealId, stage) {
      if (!fakeStages.some(({ id }) => id === stage))
        throw new Error(`There is no stage ${stage} in the local Salesforce.`);
      change(opportunity(dealId), { StageName: stage }, seller);
    },
    change: (dealId, properties) => change(opportunity(dealId), properties, seller),
    revise(dealId, { amount, owner }) {
      const values = {
        ...(amount !== undefined && { Amount: amount }),
        ...(owner !== undefined && { OwnerId: store.userOf(owner).Id }),
      };
      change(opportunity(dealId), values, seller);
    },
    remove(dealId) {
      const record = opportunity(dealId);
      store.remove(record);
      relay.happened({ recordId: record.Id, changeType: 'DELETE', values: {}, commitUser: seller.Id });
    },
    restore(dealId) {
      const record = store.restore(dealId);
      if (!record) throw new Error(`Nobody deleted an opportunity ${dealId} in the local Salesforce.`);
      const { Id: recordId, ...values } = record;
      relay.happened({ recordId, changeType: 'UNDELETE', values, commitUser: seller.Id });
    },
    overflow: () => relay.overflow(),
    endSessions() {
      session = undefined;
    },
    get outage() {
      return outage;
    },
    set outage(now) {
      outage = now;
      relay.hold(now !== 'none');
    },
    get demanded() {
      return demanded;
    },
    set demanded(names) {
      demanded = names;
    },
    get gaps() {
      return relay.gaps;
    },
    set gaps(now) {
      relay.gaps = now;
    },
  };

  function shown(record: StoredRecord): FakeDeal {
    const ours = new Set<string>(Object.values(writtenTo));
    const fields = store.objects.get('Opportunity')?.fields;
    const people: Readonly<Record<string, unknown>> = {
      OwnerId: store.get('User', record['OwnerId'])?.['Email'],
      AccountId: store.get('Account', record['AccountId'])?.['Name'],
    };
    const tasks = store.all('Task').filter((task) => task['WhatId'] === record.Id);
    return {
      dealId: record.Id,
      name: String(record['Name'] ?? ''),
      customer: String(people['AccountId'] ?? ''),
      stage: String(record['StageName'] ?? ''),
      value:
        typeof record['Amount'] === 'number'
          ? { amount: record['Amount'], currency: String(record['CurrencyIsoCode'] ?? '') }
          : undefined,
      owner: String(people['OwnerId'] ?? ''),
      properties: Object.entries({ ...record, ...people })
        .filter(([name, value]) => fields?.get(name)?.updateable === true && (value ?? '') !== '')
        .map(([name, value]) => ({
          label: fields?.get(name)?.label ?? name,
          text: String(value),
          writtenBack: ours.has(name),
        })),
      notes: tasks
        .map((task) => ({
          at: new Date(String(task['CreatedDate'])).toISOString(),
          text: String(task['Description'] ?? ''),
        }))
        .toReversed(),
    };
  }
}
