import { describe, expect, it } from 'vitest';
import type { HubspotObject, HubspotStage } from '../../../functions/crm/hubspot/hubspot-answers.ts';
import { crmDealOf, type HubspotDeal, phaseOf } from '../../../functions/crm/hubspot/hubspot-deal.ts';
import { rules, writtenTo } from '../../../functions/crm/hubspot/hubspot-mapping.ts';
import { hubspotProperties } from '../../../functions/crm/hubspot/hubspot-properties.ts';
import { refusalIn } from '../../../functions/crm/hubspot/hubspot-refusal.ts';
import { movesOf } from '../../../functions/verbs/deal-moves.ts';

const stage = (id: string, label: string, probability: number, isClosed?: boolean): HubspotStage => ({
  ...{ id, label, pipeline: 'default', probability, isClosed },
});
const stages: readonly HubspotStage[] = [
  stage('qualifiedtobuy', 'Qualified to buy', 0.4),
  stage('decisionmakerboughtin', 'Decision maker bought-in', 0.8),
  stage('contractsent', 'Contract sent', 0.9),
  stage('closedwon', 'Closed won', 1, true),
  stage('98765', 'Delivered', 1, true),
  stage('closedlost', 'Closed lost', 0, true),
];

const object = (properties: Readonly<Record<string, unknown>>, more: Partial<HubspotObject> = {}): HubspotObject => ({
  ...{ id: '42', properties, history: {}, archived: false, changedAt: '2026-11-20T15:00:00.000Z' },
  ...more,
});
const bare = { portal: '123456', stages, contacts: [], lineItems: [], named: {}, notes: [] };
const read = (properties: Readonly<Record<string, unknown>>, more: Partial<HubspotDeal> = {}) =>
  crmDealOf({ ...bare, deal: object(properties), ...more });
const wonAt = (changes: unknown, closedate?: string) =>
  read({}, { deal: object({ dealstage: 'closedwon', closedate }, { history: { dealstage: changes } }) }).wonAt;

describe('the mapping of HubSpot', () => {
  it('has a property of its own for everything, and reads none that is written back', () => {
    const names = hubspotProperties.map(({ object, name }) => `${object} ${name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(hubspotProperties.every(({ name }) => /^handoff_[a-z0-9_]{2,90}$/.test(name))).toBe(true);
    const read = new Set(rules.map(({ property }) => property));
    expect(Object.values(writtenTo).filter((name) => read.has(name))).toEqual([]);
    const sales = hubspotProperties.filter(({ object, filledBy }) => object === 'Deal' && filledBy === 'sales');
    expect(sales.filter(({ name }) => !read.has(name))).toEqual([]);
  });
});

describe('where a deal of HubSpot stands', () => {
  it.each([
    ['qualifiedtobuy', 'early'],
    ['decisionmakerboughtin', 'proposed'],
    ['contractsent', 'proposed'],
    ['closedwon', 'won'],
    ['98765', 'won'],
    ['closedlost', 'lost'],
  ])('is told by its stage: %s is %s', (dealstage, phase) => {
    expect(phaseOf({ dealstage }, stages)).toBe(phase);
  });

  it('is told by what HubSpot calculated where no pipeline has its stage', () => {
    expect(phaseOf({ dealstage: 'gone', hs_is_closed_won: 'true' }, stages)).toBe('won');
    expect(phaseOf({ dealstage: 'gone', hs_is_closed: 'true' }, stages)).toBe('lost');
    expect(phaseOf({}, [])).toBe('early');
  });

  it('is not lost in a first stage that nobody gives a chance', () => {
    const open = [stage('new', 'New', 0, false), ...stages];
    expect(phaseOf({ dealstage: 'new' }, open)).toBe('early');
    const unsaid = [stage('new', 'New', 0), ...stages];
    expect(phaseOf({ dealstage: 'new', hs_is_closed: 'false' }, unsaid)).toBe('early');
    expect(phaseOf({ dealstage: 'new' }, unsaid)).toBe('lost');
  });

  it('is proposed from the stage that the company calls so, and never where it calls none so', () => {
    const own = [stage('1', 'First call', 0.1), stage('2', ' proposal SENT ', 0.5), stage('3', 'Redlines', 0.7)];
    expect(own.map(({ id }) => phaseOf({ dealstage: id }, own))).toEqual(['early', 'proposed', 'proposed']);
    expect(phaseOf({ dealstage: '3' }, own.slice(2))).toBe('early');
  });
});

describe('when a deal of HubSpot was won', () => {
  it('is when it entered the stage it is won in, the last time', () => {
    const changes = [
      { value: 'closedwon', timestamp: '2026-11-20T15:00:00Z' },
      { value: 'contractsent', timestamp: '2026-11-10T08:00:00Z' },
      { value: 'closedwon', timestamp: '2026-11-01T08:00:00Z' },
      { value: 'qualifiedtobuy', timestamp: '2026-10-01T08:00:00Z' },
    ];
    expect(wonAt(changes, '2026-12-24T00:00:00Z')).toBe('2026-11-20T15:00:00.000Z');
    expect(wonAt(changes.toReversed())).toBe('2026-11-20T15:00:00.000Z');
  });

  it('stays when it moves on among won stages', () => {
    const changes = [
      { value: 'closedwon', timestamp: '2026-11-22T15:00:00Z' },
      { value: '98765', timestamp: '2026-11-20T15:00:00Z' },
      { value: 'contractsent', timestamp: '2026-11-10T08:00:00Z' },
    ];
    expect(wonAt(changes)).toBe('2026-11-20T15:00:00.000Z');
    expect(wonAt(changes.slice(0, 2))).toBe('2026-11-20T15:00:00.000Z');
  });

  it.each([
    ['2023-03-01T00:00:00Z', '2023-03-01'],
    ['2026-11-18T00:00:00Z', '2026-11-18'],
    ['2026-11-20T09:00:00Z', '2026-11-20T09:00:00.000Z'],
    // The day may still go on somewhere.
    ['2026-11-20T00:00:00Z', '2026-11-20T15:00:00.000Z'],
    ['2026-11-30T10:00:00Z', '2026-11-20T15:00:00.000Z'],
    [undefined, '2026-11-20T15:00:00.000Z'],
  ])('of one that was put in as won, closing %s, is the earlier of both: %s', (closedate, expected) => {
    const changes = [{ value: 'closedwon', timestamp: '2026-11-20T15:00:00Z', sourceType: 'IMPORT' }];
    expect(wonAt(changes, closedate)).toBe(expected);
    // One that moved was won when it did, whatever the close date says.
    const moved = [...changes, { value: 'contractsent', timestamp: '2026-11-20T14:59:59Z' }];
    expect(wonAt(moved, closedate)).toBe('2026-11-20T15:00:00.000Z');
  });

  it('is long ago of an import of old customers: no handoff starts', () => {
    const at = '2026-11-20T15:00:02.000Z';
    const dealstage = [{ value: 'closedwon', timestamp: '2026-11-20T15:00:00Z', sourceType: 'IMPORT' }];
    const told = (closedate: string) => {
      const deal = read({}, { deal: object({ dealstage: 'closedwon', closedate }, { history: { dealstage } }) });
      return movesOf({ dealId: '42', read: { deal }, at }, undefined, (text) => text);
    };
    expect(told('2023-03-01T00:00:00Z')).toMatchObject({ told: 'won long ago', seen: { outbox: [] } });
    expect(told('2026-11-19T09:00:00Z')).toMatchObject({
      ...{ told: 'told' },
      seen: { outbox: [{ detailType: 'Deal Closed Won', detail: { closedWonAt: '2026-11-19T09:00:00.000Z' } }] },
    });
  });

  it('is the close date only where there is no history: a moment, or a day', () => {
    expect(wonAt(undefined, '2026-11-20T15:12:00Z')).toBe('2026-11-20T15:12:00.000Z');
    expect(wonAt([], '2026-11-20T00:00:00Z')).toBe('2026-11-20');
    expect(wonAt([{ value: 'contractsent', timestamp: '2026-11-10T08:00:00Z' }], '1795305600000')).toBe('2026-11-22');
    expect(wonAt([], undefined)).toBeUndefined();
  });

  it('is said of won deals only; open ones say when they are expected, on the day it is in the account', () => {
    const account = { portalId: '123456', timeZone: 'America/New_York', currency: 'USD' };
    const open = read({ dealstage: 'contractsent', closedate: '2026-12-01T02:00:00Z' }, { account });
    expect(open).toMatchObject({ phase: 'proposed', expectedCloseOn: '2026-11-30' });
    expect(open).not.toHaveProperty('wonAt');
    const lost = read({ dealstage: 'closedlost', closed_lost_reason: 'Price' }, { account });
    expect(lost).toMatchObject({ phase: 'lost', lostReason: 'Price' });
    expect(lost).not.toHaveProperty('expectedCloseOn');
    const nowhere = { ...account, timeZone: 'Middle/Earth' };
    expect(read({ dealstage: 'contractsent', closedate: '2026-12-01T02:00:00Z' }, { account: nowhere })).toMatchObject({
      expectedCloseOn: '2026-12-01',
    });
  });
});

describe('the facts of a deal of HubSpot', () => {
  it('name what is lacking, and do without it', () => {
    const deal = read({ dealname: 'Nordwind: planning', dealstage: 'closedwon' });
    expect(deal.facts).toEqual({
      ...{ dealId: '42', name: 'Nordwind: planning', customer: { name: 'Nordwind: planning' } },
      crmRecord: 'https://app.hubspot.com/contacts/123456/record/0-3/42',
    });
    expect(deal.notes).toEqual([
      'The deal has no company: its own name stands for the customer.',
      'The deal has no owner.',
    ]);
    expect(read({ hubspot_owner_id: '7' }).notes).toContain("HubSpot doesn't know the deal's owner any more.");
    const owner = { email: 'anna.keller@example.com', archived: true };
    const left = read({ hubspot_owner_id: '7' }, { owner });
    expect(left.facts['accountExecutive']).toBe('anna.keller@example.com');
    expect(left.notes).toContain("The deal's owner is deactivated in HubSpot.");
  });

  it.each([
    ['7001;7002', ['7001', '7002']],
    [' 7001 ; x;;', ['7001']],
    ['', undefined],
    [undefined, undefined],
  ])('name the deals that were merged into it: %j', (hs_merged_object_ids, tookIn) => {
    expect(read({ hs_merged_object_ids }).tookIn).toEqual(tookIn);
  });

  it('take the currency from the account where the deal names none', () => {
    const account = { portalId: '123456', timeZone: undefined, currency: 'EUR' };
    const pkgOf = (deal: ReturnType<typeof read>) => deal.facts['package'];
    expect(pkgOf(read({ amount: '86400' }, { account }))).toEqual({
      contract: { value: { amount: 86400, currency: 'EUR' } },
    });
    expect(pkgOf(read({ amount: '5', deal_currency_code: 'USD' }, { account }))).toEqual({
      contract: { value: { amount: 5, currency: 'USD' } },
    });
    expect(pkgOf(read({ amount: '5' }))).toEqual({ contract: { value: { amount: 5 } } });
  });

  it('take an address and an industry as HubSpot writes them', () => {
    const company = object({
      ...{ name: 'Nordwind', domain: 'nordwind.example', industry: 'LOGISTICS_AND_SUPPLY_CHAIN' },
      timezone: 'Europe/Berlin',
    });
    expect(read({}, { company }).facts).toMatchObject({
      customer: { name: 'Nordwind', website: 'https://nordwind.example', timeZone: 'Europe/Berlin' },
      industry: 'Logistics and supply chain',
    });
    expect(read({ handoff_industry: 'Retail' }, { company }).facts).toMatchObject({ industry: 'Retail' });
  });

  it('read roles from labels, buying roles and the contact itself', () => {
    const contact = object({
      ...{
        firstname: 'Mehmet',
        lastname: 'Aydın',
        email: 'm.aydin@nordwind.example',
        hs_buying_role: 'CHAMPION;OTHER',
      },
      ...{ handoff_roles: 'technical, friend', handoff_influence: 'high', handoff_stays: 'stays' },
    });
    const labels = ['3', '41', 'Day-to-day contact', 'Economic Buyer'];
    const roles = 'champion, day-to-day, decision-maker, technical';
    expect(read({}, { contacts: [{ contact, labels }] }).facts['package']).toEqual({
      stakeholders: `Mehmet Aydın | m.aydin@nordwind.example | ${roles} | high | stays`,
    });
    expect(read({}, { contacts: [{ contact: object({}), labels: [] }] }).facts).not.toHaveProperty('package');
  });

  it('tell from line items what was bought, where nobody says', () => {
    const lineItems = [object({ name: 'Dispatcher seat', quantity: '120.0', hs_recurring_billing_period: 'P2Y' })];
    const contract = { planTier: 'Dispatcher seat', purchase: '120 × Dispatcher seat', termMonths: 24 };
    expect(read({}, { lineItems }).facts['package']).toEqual({ contract });
    const two = [
      ...lineItems,
      object({ name: 'Onboarding', quantity: '1', hs_recurring_billing_period: 'P1M' }),
      object({}),
    ];
    expect(read({}, { lineItems: two }).facts['package']).toEqual({
      contract: { purchase: '120 × Dispatcher seat, 1 × Onboarding' },
    });
    expect(read({ handoff_purchase: '120 seats', handoff_plan_tier: 'Pro' }, { lineItems }).facts['package']).toEqual({
      contract: { planTier: 'Pro', purchase: '120 seats', termMonths: 24 },
    });
  });
});

describe('what HubSpot says of a write that it refuses', () => {
  it('names codes and properties, and its words without what was written', () => {
    const body = {
      category: 'VALIDATION_ERROR',
      message:
        'Property "closed_won_reason" is required when "Anna Keller, +49 170 1234567" is set by anna.keller@example.com',
      errors: [{ code: 'MISSING_CONDITIONAL_REQUIRED_PROPERTY', context: { propertyName: ['closed_won_reason'] } }],
    };
    expect(refusalIn(body, ['Anna Keller'])).toBe(
      'VALIDATION_ERROR: MISSING_CONDITIONAL_REQUIRED_PROPERTY (closed_won_reason): Property "closed_won_reason" is required when “…” is set by …',
    );
  });

  it('reads what stands as JSON within the message', () => {
    const values = [
      { isValid: false, message: 'Anna is wrong', error: 'PROPERTY_DOESNT_EXIST', name: 'handoff_status' },
    ];
    const body = { category: 'VALIDATION_ERROR', message: `Property values were not valid: ${JSON.stringify(values)}` };
    expect(refusalIn(body, [])).toBe(
      'VALIDATION_ERROR: PROPERTY_DOESNT_EXIST (handoff_status): Property values were not valid',
    );
    expect(refusalIn({ message: 'Broken: [{' }, [])).toBe('Broken');
  });

  it.each([undefined, null, 'text', 5, [], {}, { errors: [null, 5, 'text'] }])('has words for a body of %j', (body) => {
    expect(refusalIn(body, [null])).toBe('HubSpot gives no reason.');
  });
});
