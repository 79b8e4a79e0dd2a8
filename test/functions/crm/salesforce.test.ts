import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { salesforce } from '../../../functions/crm/salesforce/salesforce.ts';
import type { DealCondition } from '../../../functions/domain/deal/deal-condition.ts';
import type { CrmAnswer, CrmRequest, HeldSecrets } from '../../../functions/ports/crm-access.ts';
import { CrmAccessRefused, CrmUnavailable } from '../../../functions/ports/errors.ts';
import { answerOf, anything, broken, expectNamedErrors, scripted } from './crm-http.ts';

const settings = {
  account: '00DHs0000000001EAA',
  apiUrl: 'https://nordsee.my.salesforce.com',
  webhookUrl: 'https://handoff.example.com/crm/salesforce',
};
const dealId = '006Hs00001aBcDeIAK';
const error = (status: number, errorCode: string, message = errorCode) => answerOf(status, [{ errorCode, message }]);

const record = {
  attributes: { type: 'Opportunity', url: `/services/data/v66.0/sobjects/Opportunity/${dealId}` },
  Id: dealId,
  Name: 'Nordwind: 120 seats',
  StageName: 'Closed Won',
  IsWon: true,
  IsClosed: true,
  CloseDate: '2026-11-17',
  LastStageChangeDate: '2026-11-17T08:30:00.000+0000',
  SystemModstamp: '2026-11-17T08:30:02.000+0000',
  Amount: 86400,
  CurrencyIsoCode: 'EUR',
  Handoff_Why_Us__c: 'The pilot.',
  Handoff_Term_Months__c: 24,
  Owner: { attributes: { type: 'User' }, Email: 'anna.keller@example.com' },
  Account: { attributes: { type: 'Account' }, Name: 'Nordwind GmbH', Website: 'www.nordwind.example' },
  OpportunityContactRoles: {
    totalSize: 1,
    done: true,
    records: [
      {
        Role: 'Decision Maker',
        Contact: { Name: 'Henrike Lührs', Email: 'h@nordwind.example', Handoff_Influence__c: 'high' },
      },
    ],
  },
  OpportunityLineItems: null,
};

const opportunityFields = [...Object.keys(record), 'CreatedDate'].filter(
  (name) => !/^(attributes|Owner|Account|Opportunity)/.test(name),
);
const described = (fields: readonly string[], lists: readonly string[] = []) => ({
  fields: fields.map((name) => ({ name })),
  childRelationships: [{ relationshipName: null }, ...lists.map((relationshipName) => ({ relationshipName }))],
});

/** Salesforce as far as one deal needs it; `changed` answers first. */
function played(
  changed: (request: CrmRequest, soql: string) => CrmAnswer | undefined = () => undefined,
  deals: readonly DealCondition[] = [],
) {
  const { http, asked } = scripted((request) => {
    const soql = new URL(request.url).searchParams.get('q') ?? '';
    const other = changed(request, soql);
    if (other) return other;
    if (request.url.endsWith('/services/oauth2/token')) return answerOf(200, { access_token: '00D!token' });
    if (request.url.endsWith('/Opportunity/describe'))
      return answerOf(200, described(opportunityFields, ['OpportunityContactRoles', 'OpportunityLineItems']));
    if (request.url.endsWith('/Account/describe')) return answerOf(200, described(['Name', 'Website']));
    if (request.url.endsWith('/Contact/describe'))
      return answerOf(200, described(['Name', 'Email', 'Handoff_Influence__c']));
    if (soql.includes('FROM OpportunityStage')) return page(stages);
    if (soql.includes('FROM Opportunity ')) return page([record]);
    return request.method === 'PATCH' ? answerOf(204) : answerOf(201, { id: '00T', success: true, errors: [] });
  });
  let now = 0;
  let held: HeldSecrets = [{ clientId: 'id', clientSecret: 'new' }];
  const crm = salesforce.connect({ settings: { ...settings, deals }, http, secrets: async () => held, now: () => now });
  return {
    ...{ crm, asked },
    hold: (secrets: HeldSecrets) => {
      held = secrets;
    },
    wait: (minutes: number) => {
      now += minutes * 60_000;
    },
  };
}
const page = (records: readonly unknown[], next?: string) =>
  answerOf(200, { totalSize: records.length, done: !next, records, ...(next && { nextRecordsUrl: next }) });
const stages = [
  { ApiName: 'Prospecting', MasterLabel: 'Prospecting', SortOrder: 1 },
  { ApiName: 'Angebot', MasterLabel: 'Proposal', SortOrder: 2 },
  { ApiName: 'Negotiation/Review', MasterLabel: 'Negotiation/Review', SortOrder: 3 },
  { ApiName: 'Closed Won', MasterLabel: 'Closed Won', SortOrder: 4 },
];
const soqlOf = (request: CrmRequest | undefined) => new URL(request?.url ?? '').searchParams.get('q') ?? '';

describe('Salesforce', () => {
  it('reads an opportunity as a deal', async () => {
    const { crm } = played();
    expect(await crm.readDeal(dealId)).toEqual({
      deal: {
        dealId,
        stage: 'Closed Won',
        phase: 'won',
        wonAt: '2026-11-17T08:30:00.000Z',
        changedAt: '2026-11-17T08:30:02.000Z',
        facts: {
          dealId,
          name: 'Nordwind: 120 seats',
          customer: { name: 'Nordwind GmbH', website: 'https://www.nordwind.example' },
          accountExecutive: 'anna.keller@example.com',
          crmRecord: `https://nordsee.my.salesforce.com/lightning/r/Opportunity/${dealId}/view`,
          package: {
            dealContext: { whyUs: 'The pilot.' },
            contract: { termMonths: 24, value: { amount: 86400, currency: 'EUR' } },
            stakeholders: 'Henrike Lührs | h@nordwind.example | decision-maker | high',
          },
        },
        notes: [],
      },
    });
  });

  it('has a name for the customer where there is no account', async () => {
    const { crm } = played((_, soql) =>
      soql.includes('FROM Opportunity ') ? page([{ ...record, Account: null }]) : undefined,
    );
    expect(await crm.readDeal(dealId)).toMatchObject({
      deal: { facts: { customer: { name: 'Nordwind: 120 seats' } } },
    });
  });

  it('logs in once, and looks every ten minutes which fields and stages there are', async () => {
    const { crm, asked, wait } = played();
    await crm.readDeal(dealId);
    await crm.readDeal(dealId);
    const [token, describe, stage] = [/token/, /Opportunity.describe/, /OpportunityStage/];
    const times = (what: RegExp) => asked.filter(({ url }) => what.test(url)).length;
    expect([token, describe, stage].map(times)).toEqual([1, 1, 1]);
    wait(11);
    await crm.readDeal(dealId);
    expect([token, describe, stage].map(times)).toEqual([1, 2, 2]);
  });

  it('asks only for fields that the organization has', async () => {
    const { crm, asked } = played((request) =>
      request.url.endsWith('/describe') ? answerOf(200, described(['Name', 'Amount'])) : undefined,
    );
    await crm.readDeal(dealId);
    const soql = asked.map(soqlOf).find((each) => each.includes('FROM Opportunity '));
    expect(soql).toContain('Amount');
    expect(soql).not.toMatch(/CurrencyIsoCode|__c|Website|LastStageChangeDate|ContactRoles/);
  });

  it('looks again at which fields there are when one of them has gone', async () => {
    let gone = false;
    const { crm, asked } = played((request, soql) => {
      if (gone && soql.includes('CurrencyIsoCode'))
        return error(400, 'INVALID_FIELD', "No such column 'CurrencyIsoCode'");
      if (gone && request.url.endsWith('/Opportunity/describe')) return answerOf(200, described(['Name', 'Amount']));
      return undefined;
    });
    await crm.readDeal(dealId);
    gone = true;
    expect(await crm.readDeal(dealId)).toMatchObject({ deal: { dealId } });
    expect(asked.filter(({ url }) => url.endsWith('/Opportunity/describe'))).toHaveLength(2);
  });

  it('takes no deal for left out where the field that says so has gone', async () => {
    let gone = false;
    const { crm } = played(
      (request, soql) => {
        if (gone && soql.includes('Amount')) return error(400, 'INVALID_FIELD', "No such column 'Amount'");
        if (gone && request.url.endsWith('/Opportunity/describe')) return answerOf(200, described(['Name']));
        return undefined;
      },
      [{ property: 'Amount', is: [String(record.Amount)] }],
    );
    expect(await crm.readDeal(dealId)).not.toHaveProperty('deal.leftOut');
    gone = true;
    await expect(crm.readDeal(dealId)).rejects.toThrow(CrmAccessRefused);
  });

  it.each([
    [
      { IsWon: false, IsClosed: false, StageName: 'Negotiation/Review' },
      { phase: 'proposed', expectedCloseOn: '2026-11-17' },
    ],
    [{ IsWon: false, IsClosed: false, StageName: 'Prospecting' }, { phase: 'early' }],
    [{ IsWon: false, IsClosed: true, StageName: 'Closed Lost' }, { phase: 'lost' }],
    [{ LastStageChangeDate: null }, { phase: 'won', wonAt: '2026-11-17' }],
    [{ CloseDate: '2023-03-01' }, { wonAt: '2026-11-17T08:30:00.000Z' }],
    // An import: the stage is as old as the record, or never changed.
    [{ CreatedDate: '2026-11-17T08:29:59.000+0000', CloseDate: '2023-03-01' }, { wonAt: '2023-03-01' }],
    [{ CreatedDate: '2026-11-17T08:29:59.000+0000' }, { wonAt: '2026-11-17T08:30:00.000Z' }],
    [{ CreatedDate: '2026-11-17T08:29:59.000+0000', CloseDate: '2026-11-30' }, { wonAt: '2026-11-17T08:30:00.000Z' }],
    [
      { CreatedDate: '2026-11-17T08:00:00.000+0000', LastStageChangeDate: null, CloseDate: '2023-03-01' },
      { wonAt: '2023-03-01' },
    ],
    [
      { CreatedDate: '2026-11-17T08:00:00.000+0000', LastStageChangeDate: null, CloseDate: '2026-11-30' },
      { wonAt: '2026-11-17T08:00:00.000Z' },
    ],
  ])('reads %j as %j', async (changed, deal) => {
    const { crm } = played((_, soql) =>
      soql.includes('FROM Opportunity ') ? page([{ ...record, ...changed }]) : undefined,
    );
    expect(await crm.readDeal(dealId)).toMatchObject({ deal });
  });

  const lena = '005Hs00001aBcDeIAK';
  it.each([
    [page([{ Email: 'lena.vogt@example.com', IsActive: true }]), 'lena.vogt@example.com', []],
    [page([{ Email: 'lena.vogt@example.com', IsActive: false }]), 'lena.vogt@example.com', ['deactivated']],
    [page([]), lena, ["Salesforce doesn't know"]],
    [error(400, 'INVALID_TYPE'), lena, ["Salesforce doesn't know"]],
  ])('names its customer success manager by the id of a user: %j', async (answer, manager, notes) => {
    const csm = 'Handoff_Customer_Success_Manager__c';
    const { crm, asked } = played((request, soql) => {
      if (request.url.endsWith('/Opportunity/describe')) return answerOf(200, described([csm]));
      if (soql.includes('FROM User ')) return answer;
      return soql.includes('FROM Opportunity ') ? page([{ ...record, [csm]: lena }]) : undefined;
    });
    expect(await crm.readDeal(dealId)).toMatchObject({
      deal: { facts: { customerSuccessManager: manager }, notes: notes.map((note) => expect.stringContaining(note)) },
    });
    expect(asked.map(soqlOf)).toContain(`SELECT Email, IsActive FROM User WHERE Id = '${lena}' LIMIT 1`);
  });

  it('says that the owner has left', async () => {
    const { crm } = played((_, soql) =>
      soql.includes('FROM Opportunity ')
        ? page([{ ...record, Owner: { ...record.Owner, IsActive: false } }])
        : undefined,
    );
    expect(await crm.readDeal(dealId)).toMatchObject({
      deal: { notes: ["The deal's owner is deactivated in Salesforce."] },
    });
  });

  it('says of a pipeline without the stage of proposals that it has none', async () => {
    const { crm } = played((_, soql) => (soql.includes('OpportunityStage') ? page([]) : undefined));
    expect(await crm.readDeal(dealId)).toMatchObject({
      deal: { notes: [expect.stringContaining('count as proposed')] },
    });
  });

  it('knows that a deal has gone, and never asks for what is no id', async () => {
    const { crm, asked } = played((_, soql) => (soql.includes('FROM Opportunity ') ? page([]) : undefined));
    expect(await crm.readDeal(dealId)).toHaveProperty('gone');
    const before = asked.length;
    expect(await crm.readDeal("006' OR Id != '")).toHaveProperty('gone');
    expect(await crm.write('../Account/1', { status: 'x' })).toBe('gone');
    expect(asked).toHaveLength(before);
  });

  it('logs in again when the session has ended, once', async () => {
    let sessions = 0;
    const { crm } = played((request) => {
      if (request.url.endsWith('/token')) return answerOf(200, { access_token: `s${++sessions}` });
      return request.headers['authorization'] === 'Bearer s1' ? error(401, 'INVALID_SESSION_ID') : undefined;
    });
    expect(await crm.readDeal(dealId)).toHaveProperty('deal');
    expect(sessions).toBe(2);
    const refusing = played((request) =>
      request.url.endsWith('/token') ? undefined : error(401, 'INVALID_SESSION_ID'),
    );
    await expect(refusing.crm.readDeal(dealId)).rejects.toThrow(CrmAccessRefused);
  });

  it('logs in with the secrets before where the newest are not taken yet', async () => {
    const { crm, hold } = played((request) =>
      request.url.endsWith('/token') && !request.body?.includes('client_secret=old')
        ? answerOf(400, { error: 'invalid_client', error_description: 'invalid client credentials' })
        : undefined,
    );
    await expect(crm.readDeal(dealId)).rejects.toThrow(CrmAccessRefused);
    hold([
      { clientId: 'id', clientSecret: 'new' },
      { clientId: 'id', clientSecret: 'old' },
    ]);
    expect(await crm.readDeal(dealId)).toHaveProperty('deal');
  });

  it('waits where the login is asked too often', async () => {
    const { crm } = played((request) =>
      request.url.endsWith('/token')
        ? answerOf(400, { error: 'invalid_grant', error_description: 'login rate exceeded' })
        : undefined,
    );
    await expect(crm.readDeal(dealId)).rejects.toThrow(CrmUnavailable);
  });

  it('lists won deals page by page', async () => {
    const next = '/services/data/v66.0/query/01gHs-2000';
    const { crm, asked } = played((request, soql) => {
      if (request.url.endsWith(next)) return page([{ ...record, Id: '006Hs00001zZzZzIAL' }]);
      return soql.includes('IsWon = true') ? page([record], next) : undefined;
    });
    const first = await crm.wonSince('2026-11-01T12:00:00.250Z');
    expect(first).toEqual({
      deals: [{ dealId, name: record.Name, wonAt: '2026-11-17T08:30:00.000Z', changedAt: '2026-11-17T08:30:02.000Z' }],
      next,
    });
    expect(asked.map(soqlOf).at(-1)).toContain('SystemModstamp >= 2026-11-01T12:00:00Z ORDER BY SystemModstamp, Id');
    expect(await crm.wonSince('2026-11-01T00:00:00Z', first.next)).toMatchObject({
      deals: [{ dealId: '006Hs00001zZzZzIAL' }],
    });
  });

  it('lists an opportunity that was put in as won by its close date', async () => {
    const imported = { ...record, CreatedDate: record.LastStageChangeDate, CloseDate: '2023-03-01' };
    const { crm, asked } = played((_, soql) => (soql.includes('IsWon = true') ? page([imported]) : undefined));
    expect(await crm.wonSince('2026-11-01T00:00:00Z')).toMatchObject({ deals: [{ wonAt: '2023-03-01' }] });
    expect(asked.map(soqlOf).at(-1)).toContain('LastStageChangeDate, CreatedDate');
  });

  it('writes into its own fields, and nothing where there is nothing to write', async () => {
    const { crm, asked } = played();
    expect(await crm.write(dealId, { status: 'Running', score: 9, signedOffOn: null })).toBe('written');
    expect(asked.at(-1)).toMatchObject({
      method: 'PATCH',
      url: `${settings.apiUrl}/services/data/v66.0/sobjects/Opportunity/${dealId}`,
      body: '{"Handoff_Status__c":"Running","Handoff_Score__c":9,"Handoff_Signed_Off_On__c":null}',
    });
    const before = asked.length;
    expect(await crm.write(dealId, {})).toBe('written');
    expect(asked).toHaveLength(before);
  });

  it('adds a note as a completed task', async () => {
    const { crm, asked } = played();
    expect(await crm.addNote(dealId, { text: 'Handed off.\nBy Lena.', at: '2026-11-20T10:00:00Z' })).toBe('written');
    expect(JSON.parse(asked.at(-1)?.body ?? '')).toEqual({
      ...{ WhatId: dealId, Subject: 'Handed off.', Status: 'Completed', ActivityDate: '2026-11-20' },
      Description: 'Handed off.\nBy Lena.',
    });
  });

  it.each([
    [
      error(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Lena: set a reason'),
      { refused: 'FIELD_CUSTOM_VALIDATION_EXCEPTION: …: set a reason' },
    ],
    [answerOf(400, 'no error that we know'), { refused: 'Salesforce answered 400.' }],
    [error(404, 'ENTITY_IS_DELETED', 'entity is deleted'), 'gone'],
    [error(400, 'ENTITY_IS_DELETED'), 'gone'],
    [answerOf(404), 'gone'],
    [answerOf(204), 'written'],
  ])('takes %j of a write for %j', async (answer, written) => {
    const { crm } = played(({ method }) => (method === 'PATCH' ? answer : undefined));
    expect(await crm.write(dealId, { owner: 'Lena' })).toEqual(written);
  });

  it.each([
    [error(403, 'REQUEST_LIMIT_EXCEEDED'), CrmUnavailable],
    [error(400, 'UNABLE_TO_LOCK_ROW'), CrmUnavailable],
    [error(403, 'API_DISABLED_FOR_ORG'), CrmAccessRefused],
    [error(503, 'SERVER_UNAVAILABLE'), CrmUnavailable],
    [answerOf(429), CrmUnavailable],
    [answerOf(302), CrmUnavailable],
  ])('takes %j for what it is, whatever it was asked', async (answer, thrown) => {
    const { crm } = played((request) => (request.url.includes('/token') ? undefined : answer));
    await expect(crm.readDeal(dealId)).rejects.toThrow(thrown);
    await expect(crm.wonSince('2026-11-01T00:00:00Z')).rejects.toThrow(thrown);
    await expect(crm.write(dealId, { status: 'x' })).rejects.toThrow(thrown);
    await expect(crm.addNote(dealId, { text: 'x', at: '2026-11-01T00:00:00Z' })).rejects.toThrow(thrown);
  });

  it('throws nothing but its two errors, whatever is answered, and nothing of what was answered', async () => {
    const body = fc.oneof(
      anything,
      fc.record({
        records: fc.oneof(anything, fc.array(fc.oneof(anything, broken(Object.keys(record))), { maxLength: 2 })),
        done: anything,
      }),
      fc.record({ fields: fc.oneof(anything, fc.array(broken(['name', 'updateable']))), childRelationships: anything }),
    );
    await expectNamedErrors(body, (between) => ({ crm: played(between).crm, dealId }));
  });
});

describe('an event of Salesforce about what we wrote', () => {
  const event = (changedFields: readonly string[], changeType = 'UPDATE') => ({
    source: 'aws.partner/salesforce.com/00DHs0000000001EAA/0YLHs0000000001OAA',
    detail: {
      payload: {
        ChangeEventHeader: {
          ...{ entityName: 'Opportunity', recordIds: [dealId], changeType, changedFields, nulledFields: [] },
          ...{ transactionKey: 't', sequenceNumber: 1, commitTimestamp: 1_795_000_000_000 },
        },
      },
    },
  });

  it('is ignored, and only that', () => {
    const own = ['Handoff_Status__c', 'Handoff_Score__c', 'LastModifiedDate'];
    expect(salesforce.hear(event(own))).toEqual({ signals: [], ignored: 1 });
    expect(salesforce.hear(event([...own, 'StageName']))).toMatchObject({ signals: [{ dealId }] });
    expect(salesforce.hear(event([]))).toMatchObject({ signals: [{ dealId }] });
    expect(salesforce.hear(event(own, 'GAP_UPDATE'))).toMatchObject({ signals: [{ dealId }] });
  });
});
