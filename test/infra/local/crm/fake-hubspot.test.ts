import { describe, expect, it } from 'vitest';
import { hubspot } from '../../../../functions/crm/hubspot/hubspot.ts';
import type { CrmAnswer } from '../../../../functions/ports/crm-access.ts';
import type { Told } from '../../../../infra/local/crm/fake-crm.ts';
import { sampleEvent } from '../../../support/deals.ts';
import { openPortal, secrets, settings } from '../../../support/hubspot-portal.ts';

const { detail } = sampleEvent('complete-standard');
type Portal = ReturnType<typeof openPortal>;

const bodyOf = ({ text }: CrmAnswer) => JSON.parse(text);
const get = ({ fake }: Portal, path: string) =>
  fake.answer({
    method: 'GET',
    url: settings.apiUrl + path,
    headers: { authorization: `Bearer ${secrets.accessToken}` },
  });
const post = ({ fake }: Portal, path: string, body: unknown) =>
  fake.answer({
    ...{ method: 'POST', url: settings.apiUrl + path, body: JSON.stringify(body) },
    headers: { authorization: `Bearer ${secrets.accessToken}` },
  });
const search = (portal: Portal, body: object) => post(portal, '/crm/objects/2026-09/0-3/search', body);

const eventsIn = (told: readonly Told[]) =>
  told.flatMap((each) => ('webhook' in each ? JSON.parse(each.webhook.body ?? '[]') : []));

describe('the API of the local HubSpot', () => {
  it('lets nobody in without its token', () => {
    const { fake } = openPortal();
    const url = `${settings.apiUrl}/crm/pipelines/2026-09/0-3`;
    for (const headers of [{}, { authorization: 'Bearer other' }])
      expect(fake.answer({ method: 'GET', url, headers })).toMatchObject({ status: 401 });
  });

  it('shows a deal, a company and contacts by the names that HubSpot has for them', () => {
    const portal = openPortal();
    const dealId = portal.fake.put(detail);
    const query = 'properties=dealname,amount,nothing&propertiesWithHistory=dealstage';
    expect(bodyOf(get(portal, `/crm/objects/2026-09/0-3/${dealId}?${query}`))).toMatchObject({
      id: dealId,
      properties: { dealname: detail['name'], amount: '86400', nothing: null, hs_object_id: dealId },
      propertiesWithHistory: { dealstage: [{ value: 'decisionmakerboughtin', timestamp: '2026-11-20T15:00:00.000Z' }] },
      archived: false,
    });
    const read = (type: string) =>
      bodyOf(post(portal, `/crm/associations/2026-09/0-3/${type}/batch/read`, { inputs: [{ id: dealId }] })).results[0]
        .to;
    expect(read('0-2')).toMatchObject([{ associationTypes: [{ typeId: 5, label: 'Primary' }, { typeId: 341 }] }]);
    expect(read('0-1')[1].associationTypes).toMatchObject([{ typeId: 3 }, { label: 'Day-to-day contact' }]);
    const id = read('0-1')[1].toObjectId;
    expect(
      bodyOf(get(portal, `/crm/objects/2026-09/0-1/${id}?properties=email,hs_buying_role`)).properties,
    ).toMatchObject({
      ...{ email: 'm.aydin@nordwind-logistik.example', hs_buying_role: 'CHAMPION' },
    });
  });

  it('answers a part with 207, and what there isn’t with 404', () => {
    const portal = openPortal();
    const dealId = portal.fake.put({ name: 'Nordwind' });
    const batch = post(portal, '/crm/objects/2026-09/0-3/batch/read', {
      inputs: [{ id: dealId }, { id: '1' }],
      properties: [],
    });
    expect(batch.status).toBe(207);
    expect(bodyOf(batch)).toMatchObject({
      results: [{ id: dealId }],
      errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['1'] } }],
    });
    expect(post(portal, '/crm/associations/2026-09/0-3/0-2/batch/read', { inputs: [{ id: dealId }] }).status).toBe(207);
    expect(get(portal, '/crm/objects/2026-09/0-3/1').status).toBe(404);
    expect(get(portal, '/crm/owners/2026-09/1').status).toBe(404);
  });

  it('reads 100 records at once, and 50 with their history', () => {
    const portal = openPortal();
    const read = (count: number, more: object = {}) => {
      const inputs = Array.from({ length: count }, (_, i) => ({ id: String(i + 1) }));
      const answer = post(portal, '/crm/objects/2026-09/0-3/batch/read', { inputs, properties: [], ...more });
      return `${answer.status} ${answer.text}`;
    };
    const history = { propertiesWithHistory: ['dealstage'] };
    expect([read(100), read(50, history)].map((said) => said.slice(0, 3))).toEqual(['207', '207']);
    expect(read(101)).toMatch(/^400 .*batch request is 100.*VALIDATION_ERROR/);
    expect(read(51, history)).toMatch(/^400 .*property histories is 50/);
  });

  it('shows no more than 10,000 results of a search, 200 a page', () => {
    const portal = openPortal();
    for (let i = 0; i < 3; i++) portal.fake.put({ name: `Deal ${i}` });
    const filterGroups = [{ filters: [{ propertyName: 'hs_is_closed_won', operator: 'EQ', value: 'false' }] }];
    const first = bodyOf(search(portal, { filterGroups, limit: 2 }));
    expect(first).toMatchObject({ total: 3, results: [{}, {}], paging: { next: { after: '2' } } });
    const second = bodyOf(search(portal, { filterGroups, limit: 2, after: first.paging.next.after }));
    expect(second).toMatchObject({ total: 3, results: [{}] });
    expect(second).not.toHaveProperty('paging');
    expect(search(portal, { filterGroups, limit: 201 }).status).toBe(400);
    expect(search(portal, { filterGroups, limit: 200, after: '9900' }).status).toBe(400);
    expect(search(portal, { filterGroups, sorts: [{}, {}] }).status).toBe(400);
  });

  it('refuses by name what it does not emulate', () => {
    const portal = openPortal();
    const filters = [{ propertyName: 'dealname', operator: 'CONTAINS_TOKEN', value: 'x' }];
    const refused = [
      get(portal, '/crm/v3/objects/deals'),
      search(portal, { filterGroups: [{ filters }] }),
      search(portal, { filterGroups: [], query: 'Nordwind' }),
      get(portal, '/crm/objects/2026-09/0-3/1?associations=companies'),
      portal.fake.answer({ method: 'GET', url: 'https://elsewhere.example/crm', headers: {} }),
    ];
    expect(refused.map((answer) => [answer.status, bodyOf(answer).message])).toEqual([
      [501, 'NotEmulated: the local HubSpot does not emulate GET /crm/v3/objects/deals.'],
      [501, 'NotEmulated: the local HubSpot does not emulate the operator CONTAINS_TOKEN of a search.'],
      [501, 'NotEmulated: the local HubSpot does not emulate query of a search.'],
      [501, 'NotEmulated: the local HubSpot does not emulate associations within a record.'],
      [501, 'NotEmulated: the local HubSpot does not emulate the address https://elsewhere.example.'],
    ]);
  });

  it('takes 100 requests in 10 seconds', async () => {
    const portal = openPortal({ limit: 100 });
    const ask = () => get(portal, '/crm/pipelines/2026-09/0-3');
    for (let i = 0; i < 100; i++) expect(ask().status).toBe(200);
    expect(ask()).toMatchObject({ status: 429 });
    expect(bodyOf(ask())).toMatchObject({ policyName: 'TEN_SECONDLY_ROLLING' });
    await portal.clock.advanceTo(portal.clock.now() + 10_000);
    expect(ask().status).toBe(200);
  });

  it('writes nothing that it calculates itself, and no JSON that is none', () => {
    const portal = openPortal();
    const dealId = portal.fake.put({ name: 'Nordwind' });
    const url = `${settings.apiUrl}/crm/objects/2026-09/0-3/${dealId}`;
    const headers = { authorization: `Bearer ${secrets.accessToken}` };
    for (const body of ['{"properties":{"hs_is_closed_won":"true"}}', '{', '{}'])
      expect(portal.fake.answer({ method: 'PATCH', url, headers, body }).status).toBe(400);
    expect(portal.fake.deals()[0]?.stage).toBe('decisionmakerboughtin');
  });
});

describe('the webhooks of the local HubSpot', () => {
  it('tell in one array, in no order, what somebody did', async () => {
    const portal = openPortal();
    const dealId = portal.fake.put({ name: 'Nordwind' });
    portal.fake.move(dealId, 'closedwon');
    portal.fake.remove(dealId);
    await portal.clock.runToEnd();
    expect(portal.told).toHaveLength(1);
    const common = {
      objectId: Number(dealId),
      objectTypeId: '0-3',
      portalId: Number(settings.account),
      attemptNumber: 0,
    };
    expect(eventsIn(portal.told)).toMatchObject([
      { ...common, subscriptionType: 'object.deletion' },
      { ...common, subscriptionType: 'object.propertyChange', propertyName: 'closedate' },
      { ...common, propertyName: 'dealstage', propertyValue: 'closedwon', changeSource: 'CRM_UI' },
      { ...common, subscriptionType: 'object.creation' },
    ]);
  });

  it('tell of the people and the company of a deal', async () => {
    const portal = openPortal();
    const dealId = portal.fake.put(detail);
    await portal.clock.runToEnd();
    const associations = eventsIn(portal.told).filter(({ subscriptionType }) =>
      subscriptionType.endsWith('associationChange'),
    );
    expect(associations.map(({ toObjectTypeId }) => toObjectTypeId).toSorted()).toEqual([
      '0-1',
      '0-1',
      '0-1',
      '0-1',
      '0-2',
      '0-8',
    ]);
    expect(hubspot.hear(associations)).toMatchObject({
      signals: [{ dealId, what: 'changed' }],
      ignored: 0,
    });
  });

  it('tell of what we write, too, and of merged deals', async () => {
    const portal = openPortal();
    const [one, other] = [portal.fake.put(detail), portal.fake.put(detail)];
    await portal.crm.write(one, { status: 'In progress' });
    const into = portal.fake.merge(one, other);
    await portal.clock.runToEnd();
    expect(eventsIn(portal.told)).toContainEqual(
      expect.objectContaining({ propertyName: 'handoff_status', changeSource: 'INTEGRATION' }),
    );
    const { signals } = hubspot.hear(eventsIn(portal.told)) as { signals: readonly unknown[] };
    expect(signals).toContainEqual(expect.objectContaining({ dealId: other, what: 'merged', mergedInto: into }));
  });

  it('tell of a deal that was deleted, and restored as it was', async () => {
    const portal = openPortal();
    const dealId = portal.fake.put(detail);
    portal.fake.move(dealId, 'closedwon');
    const before = await portal.crm.readDeal(dealId);
    expect(() => portal.fake.restore(dealId)).toThrow('Nobody deleted');
    portal.fake.remove(dealId);
    expect(await portal.crm.readDeal(dealId)).toHaveProperty('gone');
    await portal.clock.runToEnd();
    portal.told.length = 0;
    portal.fake.restore(dealId);
    await portal.clock.runToEnd();
    expect(hubspot.hear(eventsIn(portal.told))).toMatchObject({ signals: [{ dealId, what: 'changed' }] });
    const { deal } = Object(await portal.crm.readDeal(dealId));
    expect({ ...deal, changedAt: '' }).toEqual({ ...Object(before).deal, changedAt: '' });
  });

  it('name a deal that was merged twice by all that it was made of', async () => {
    const portal = openPortal();
    const [one, two, three] = [portal.fake.put(detail), portal.fake.put(detail), portal.fake.put(detail)];
    const both = portal.fake.merge(one, two);
    const all = portal.fake.merge(both, three);
    for (const id of [one, two, three, both]) expect(await portal.crm.readDeal(id)).toEqual({ mergedInto: all });
    expect(await portal.crm.readDeal(all)).toMatchObject({ deal: { tookIn: [both, one, two, three] } });
  });

  it('come in arrays of 100 at most', async () => {
    const portal = openPortal();
    for (let i = 0; i < 250; i++) portal.fake.put({ name: `Deal ${i}` });
    await portal.clock.runToEnd();
    expect(portal.told.map((each) => eventsIn([each]).length)).toEqual([100, 100, 50]);
  });

  it('come again ten times within a day while nobody takes them', async () => {
    const times: number[] = [];
    const attempts: number[] = [];
    const portal = openPortal({
      tell: async (each) => {
        times.push(portal.clock.now());
        attempts.push(eventsIn([each])[0].attemptNumber);
        if (times.length === 2) throw new Error('Nobody answers.');
        return 500;
      },
    });
    portal.fake.put(detail);
    await portal.clock.runToEnd();
    expect(attempts).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(86_400_000);
  });

  it('wait while it is out', async () => {
    const portal = openPortal();
    portal.fake.outage = 'down';
    portal.fake.put({ name: 'Nordwind' });
    await portal.clock.runToEnd();
    expect(portal.told).toEqual([]);
    portal.fake.outage = 'none';
    await portal.clock.runToEnd();
    expect(eventsIn(portal.told)).toHaveLength(1);
  });

  it('go nowhere where it was given no address', async () => {
    const portal = openPortal({ isMute: true });
    portal.fake.put(detail);
    await portal.clock.runToEnd();
    expect(portal.told).toEqual([]);
  });
});

describe('what people see of the local HubSpot', () => {
  it('is a deal with its company, its properties by label, and none that are empty', () => {
    const { fake } = openPortal();
    const dealId = fake.put(detail);
    const [deal] = fake.deals();
    expect(deal).toMatchObject({
      dealId,
      customer: 'Nordwind Logistik GmbH',
      stage: 'decisionmakerboughtin',
      notes: [],
    });
    const texts = Object.fromEntries((deal?.properties ?? []).map(({ label, text }) => [label, text]));
    expect(texts).toMatchObject({
      'Deal owner': 'anna.keller@example.com',
      'Deal stage': 'Decision Maker Bought-In',
      'Handoff: Integrations needed': 'SAP S/4HANA (orders)\nTomTom Webfleet (positions)',
      'Handoff: Renewal date': '2028-11-17',
    });
    expect(Object.values(texts)).not.toContain('');
    fake.change(dealId, { handoff_renewal_date: null, amount: 5 });
    const labels = fake.deals()[0]?.properties.map(({ label, text }) => `${label}: ${text}`) ?? [];
    expect(labels).toContain('Amount: 5');
    expect(labels.some((label) => label.startsWith('Handoff: Renewal date'))).toBe(false);
  });

  it('knows no deal and no stage that there isn’t', () => {
    const { fake } = openPortal();
    const dealId = fake.put(detail);
    expect(() => fake.move('1', 'closedwon')).toThrow('There is no deal 1 in the local HubSpot.');
    expect(() => fake.move(dealId, 'won')).toThrow('There is no stage won in the local HubSpot.');
    fake.remove(dealId);
    expect(() => fake.change(dealId, {})).toThrow('There is no deal');
    expect(fake.deals()).toEqual([]);
  });

  it('is one company and one contact for several deals of a customer', () => {
    const portal = openPortal();
    const ids = [portal.fake.put(detail), portal.fake.put(detail)];
    const read = (type: string) =>
      ids.map(
        (id) =>
          bodyOf(post(portal, `/crm/associations/2026-09/0-3/${type}/batch/read`, { inputs: [{ id }] })).results[0].to,
      );
    for (const type of ['0-1', '0-2']) {
      const [one, other] = read(type);
      expect(one).toEqual(other);
    }
    expect(portal.fake.owner('anna.keller@example.com')).toBe(portal.fake.owner('Anna.Keller@example.com'));
  });
});
