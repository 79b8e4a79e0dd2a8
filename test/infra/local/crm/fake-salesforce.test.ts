import { describe, expect, it } from 'vitest';
import { salesforce } from '../../../../functions/crm/salesforce/salesforce.ts';
import { isRecord } from '../../../../functions/domain/fields/record.ts';
import { CrmAccessRefused, CrmUnavailable } from '../../../../functions/ports/errors.ts';
import type { Told } from '../../../../infra/local/crm/fake-crm.ts';
import {
  createFakeSalesforce,
  type FakeSalesforceOptions,
  fakeOrganization,
} from '../../../../infra/local/crm/salesforce/fake-salesforce.ts';
import { objectsOf } from '../../../../infra/local/crm/salesforce/salesforce-objects.ts';
import { sampleEvent, sampleNames } from '../../../support/deals.ts';
import { sameHandoff } from './same-handoff.ts';
import { connected, hearing } from './told.ts';

const apiUrl = 'http://127.0.0.1:4011/salesforce';
const secrets = { clientId: 'local-client', clientSecret: 'local-secret' };
const day = '2026-11-17';

function stood(options: Partial<FakeSalesforceOptions> = {}, status?: (told: Told, nth: number) => number) {
  const around = hearing(`${day}T08:00:00Z`, status);
  const fake = createFakeSalesforce({ ...around, apiUrl, secrets, ...options });
  return {
    ...around,
    fake,
    ...connected(salesforce, fake, {
      settings: { account: fakeOrganization, apiUrl, webhookUrl: '' },
      secrets,
      clock: around.clock,
    }),
  };
}

/** What the connector hears of an event that was told. */
function heardOf({ told }: { readonly told: Told }) {
  if (!('event' in told)) throw new Error('Salesforce sends no webhooks.');
  const { source, detailType, detail } = told.event;
  return salesforce.hear({ source, 'detail-type': detailType, detail });
}

describe('a deal in the local Salesforce', () => {
  it.each(sampleNames)('says what its event says: %s', async (name) => {
    const { fake, crm, clock } = stood();
    const { detail } = sampleEvent(name);
    const dealId = fake.put(detail);
    expect(await crm.readDeal(dealId)).toMatchObject({ deal: { phase: 'proposed', stage: 'Proposal/Price Quote' } });
    await clock.advanceTo(Math.max(clock.now(), Date.parse(String(detail['closedWonAt']))));
    fake.move(dealId, 'Closed Won');
    const read = await crm.readDeal(dealId);
    sameHandoff(read, detail);
  });

  it('is read with no more than the organization has', async () => {
    const { fake, crm } = stood({ isBare: true, hasCurrencies: false });
    const dealId = fake.put(sampleEvent('complete-standard').detail);
    expect(await crm.readDeal(dealId)).toMatchObject({
      deal: {
        facts: {
          name: 'Nordwind Logistik: fleet planning for 120 dispatchers',
          customer: { name: 'Nordwind Logistik GmbH', country: 'DE' },
          package: {
            contract: { value: { amount: 86400 } },
            stakeholders: expect.stringContaining(
              'Henrike Lührs | h.luehrs@nordwind-logistik.example | decision-maker',
            ),
          },
        },
      },
    });
  });

  it('is read without any one of the fields and lists that our user may not see', async () => {
    const needed = ['Id', 'Name', 'StageName', 'IsWon', 'IsClosed', 'CloseDate', 'SystemModstamp'];
    const objects = objectsOf({ isBare: false, hasCurrencies: true, hidden: [] });
    const names = ['Opportunity', 'Account', 'Contact'].flatMap((object) => [
      ...[...(objects.get(object)?.fields.keys() ?? [])].map((name) => `${object}.${name}`),
      ...Object.keys(objects.get(object)?.lists ?? {}).map((name) => `${object}.${name}`),
    ]);
    const hidable = names.filter((name) => !needed.some((each) => name === `Opportunity.${each}`));
    expect(hidable.length).toBeGreaterThan(60);
    for (const name of hidable) {
      const { fake, crm } = stood({ hidden: [name] });
      const dealId = fake.put(sampleEvent('complete-standard').detail);
      expect(await crm.readDeal(dealId), name).toHaveProperty('deal.dealId', dealId);
    }
  });

  it('is lost with a day to close on, reopened, and gone', async () => {
    const { fake, crm } = stood();
    const dealId = fake.put(sampleEvent('complete-standard').detail);
    fake.move(dealId, 'Closed Lost');
    expect(await crm.readDeal(dealId)).toMatchObject({ deal: { phase: 'lost' } });
    fake.move(dealId, 'Prospecting');
    expect(await crm.readDeal(dealId)).toMatchObject({ deal: { phase: 'early', expectedCloseOn: '2026-12-01' } });
    fake.remove(dealId);
    expect(await crm.readDeal(dealId)).toHaveProperty('gone');
    expect(await crm.write(dealId, { status: 'Running' })).toBe('gone');
    expect(await crm.addNote(dealId, { text: 'x', at: `${day}T08:00:00Z` })).toBe('gone');
  });

  it('shows what is written back, and its notes', async () => {
    const { fake, crm } = stood();
    const dealId = fake.put(sampleEvent('complete-standard').detail);
    const values = { status: 'Running', score: 9, signedOffOn: '2026-12-01', board: 'https://handoff.example.com/b/1' };
    expect(await crm.write(dealId, values)).toBe('written');
    expect(await crm.addNote(dealId, { text: 'Handed off.\nThank you.', at: `${day}T08:00:00Z` })).toBe('written');
    const [deal] = fake.deals();
    expect(deal?.properties.filter(({ writtenBack }) => writtenBack)).toEqual([
      { label: 'Handoff status', text: 'Running', writtenBack: true },
      { label: 'Handoff score', text: '9', writtenBack: true },
      { label: 'Handoff signed off on', text: '2026-12-01', writtenBack: true },
      { label: 'Handoff board', text: 'https://handoff.example.com/b/1', writtenBack: true },
    ]);
    expect(deal).toMatchObject({ customer: 'Nordwind Logistik GmbH', notes: [{ text: 'Handed off.\nThank you.' }] });
  });

  it('refuses what an administrator demands, and what is too long, without repeating it', async () => {
    const { fake, crm } = stood();
    const dealId = fake.put(sampleEvent('complete-standard').detail);
    fake.demanded = ['NextStep'];
    expect(await crm.write(dealId, { status: 'Running' })).toEqual({
      refused: 'FIELD_CUSTOM_VALIDATION_EXCEPTION: Fill in before you save: NextStep.',
    });
    fake.change(dealId, { NextStep: 'Kickoff' });
    expect(await crm.write(dealId, { status: 'Running' })).toBe('written');
    expect(await crm.write(dealId, { status: 'x'.repeat(300) })).toEqual({
      refused: 'STRING_TOO_LONG: Handoff status: data value too large: … (max length=255)',
    });
  });

  it('is found among won deals, page by page, from the moment that is asked for', async () => {
    const { fake, crm, pass } = stood({ pageSize: 2 });
    const ids = await Promise.all(
      Array.from({ length: 5 }, async (_, i) =>
        fake.put({ ...sampleEvent('complete-standard').detail, name: `Deal ${i}` }),
      ),
    );
    for (const id of ids) {
      await pass(60);
      fake.move(id, 'Closed Won');
    }
    const found: string[] = [];
    let next: string | undefined;
    do {
      const page = await crm.wonSince(`${day}T08:02:00Z`, next);
      expect(page.deals.length).toBeLessThanOrEqual(2);
      found.push(...page.deals.map(({ dealId }) => dealId));
      next = page.next;
    } while (next !== undefined);
    expect(found).toEqual(ids.slice(1));
  });
});

describe('the local Salesforce', () => {
  it('lets in whoever has logged in, for two hours without a call', async () => {
    const { fake, crm, asked, pass, hold } = stood();
    const dealId = fake.put(sampleEvent('complete-standard').detail);
    const logins = () => asked.filter(({ url }) => url.endsWith('/token')).length;
    await crm.readDeal(dealId);
    await pass(60 * 60);
    await crm.readDeal(dealId);
    expect(logins()).toBe(1);
    await pass(2 * 60 * 60 + 1);
    await crm.readDeal(dealId);
    expect(logins()).toBe(2);
    fake.endSessions();
    hold([{ clientId: 'local-client', clientSecret: 'changed' }, secrets]);
    expect(await crm.readDeal(dealId)).toHaveProperty('deal');
    fake.endSessions();
    hold([{ clientId: 'other', clientSecret: 'local-secret' }]);
    await expect(crm.readDeal(dealId)).rejects.toThrow(CrmAccessRefused);
  });

  it('is down or busy on demand, and counts calls', async () => {
    const { fake, crm } = stood();
    for (const outage of ['down', 'busy'] as const) {
      fake.outage = outage;
      await expect(crm.wonSince(`${day}T00:00:00Z`)).rejects.toThrow(CrmUnavailable);
    }
    fake.outage = 'none';
    expect(await crm.wonSince(`${day}T00:00:00Z`)).toEqual({ deals: [] });
    const small = stood({ limit: 1 });
    await expect(small.crm.wonSince(`${day}T00:00:00Z`)).rejects.toThrow('REQUEST_LIMIT_EXCEEDED');
  });

  it('refuses by name what it does not emulate, and what Salesforce would', async () => {
    const { fake, crm, asked } = stood();
    await crm.wonSince(`${day}T00:00:00Z`);
    const headers = asked.at(-1)?.headers ?? {};
    const said = (path: string, method: 'GET' | 'POST' | 'PATCH' = 'GET', body?: string) => {
      const { status, text } = fake.answer({ method, url: `${apiUrl}${path}`, headers, ...(body && { body }) });
      return `${status} ${text}`;
    };
    const query = (soql: string) => said(`/services/data/v66.0/query?q=${encodeURIComponent(soql)}`);
    expect(said('/services/data/v66.0/composite', 'POST')).toMatch(/^501 .*does not emulate POST .*composite/);
    expect(said('/services/apexrest/x')).toMatch(/^501 /);
    expect(query("SELECT Id FROM Opportunity WHERE Name LIKE 'x%'")).toMatch(/^501 .*LIKE/);
    expect(query('SELECT Nope__c FROM Opportunity')).toMatch(/^400 .*No such column 'Nope__c'.*INVALID_FIELD/);
    expect(query('SELECT Id FROM Nope')).toMatch(/^400 .*INVALID_TYPE/);
    expect(query('SELECT Id, Id FROM Opportunity')).toMatch(/^400 .*duplicate field/);
    expect(query("SELECT Id FROM Opportunity WHERE Id IN ('x')")).toMatch(/^400 .*INVALID_QUERY_FILTER_OPERATOR/);
    const ids = Array.from({ length: 800 }, () => `'006Hs00001aBcDeIAK'`).join(',');
    expect(query(`SELECT Id FROM Opportunity WHERE Id IN (${ids})`)).toMatch(/^414 /);
    expect(query('DELETE x')).toMatch(/^400 .*MALFORMED_QUERY/);
    expect(said('/services/data/v66.0/query/01gHs-2000')).toMatch(/^400 .*INVALID_QUERY_LOCATOR/);
    expect(said('/services/data/v66.0/sobjects/Nope/describe')).toMatch(/^404 /);
    const dealId = fake.put(sampleEvent('complete-standard').detail);
    const patch = (body: string) => said(`/services/data/v66.0/sobjects/Opportunity/${dealId}`, 'PATCH', body);
    expect(patch('{"IsWon":true}')).toMatch(/^400 .*INVALID_FIELD_FOR_INSERT_UPDATE/);
    expect(patch('{"CloseDate":"soon"}')).toMatch(/^400 .*JSON_PARSER_ERROR/);
    expect(patch('{"StageName":"Nope"}')).toMatch(/^400 .*RESTRICTED_PICKLIST/);
    expect(patch('{')).toMatch(/^400 .*JSON_PARSER_ERROR/);
  });

  it('tells on the partner bus what changed, several records in one event', async () => {
    const { fake, crm, heard, pass } = stood();
    const detail = sampleEvent('complete-standard').detail;
    const [one, other] = [fake.put(detail), fake.put(detail)];
    await pass(1);
    heard.length = 0;
    fake.move(one, 'Closed Won');
    fake.move(other, 'Closed Won');
    await pass(1);
    expect(heard).toHaveLength(1);
    expect(heard.map(heardOf)).toMatchObject([
      { signals: [{ dealId: one, account: fakeOrganization }, { dealId: other }] },
    ]);
    fake.remove(one);
    await pass(1);
    expect(heard.slice(1).map(heardOf)).toMatchObject([{ signals: [{ dealId: one, what: 'deleted' }] }]);
    expect(await crm.readDeal(one)).toHaveProperty('gone');
    fake.restore(one);
    await pass(1);
    expect(heard.slice(2).map(heardOf)).toMatchObject([{ signals: [{ dealId: one, what: 'changed' }] }]);
    expect(await crm.readDeal(one)).toMatchObject({ deal: { phase: 'won', wonAt: `${day}T08:00:01.000Z` } });
    expect(() => fake.restore(one)).toThrow('Nobody deleted');
  });

  it('tells of our own writes, which nobody reads a deal for', async () => {
    const { fake, crm, heard, pass } = stood();
    const dealId = fake.put(sampleEvent('complete-standard').detail);
    await pass(1);
    await crm.write(dealId, { status: 'Running' });
    await pass(1);
    expect(heard).toHaveLength(2);
    expect(heard.slice(1).map(heardOf)).toEqual([{ signals: [], ignored: 1 }]);
  });

  it('tells again until somebody listens, and after an outage what happened in it', async () => {
    const { fake, heard, pass } = stood({}, (_, nth) => (nth < 3 ? 500 : 200));
    fake.put(sampleEvent('complete-standard').detail);
    await pass(200);
    expect(heard.map(({ at }) => at.slice(11, 19))).toEqual(['08:00:01', '08:01:01', '08:02:01']);
    fake.outage = 'down';
    fake.put(sampleEvent('self-serve').detail);
    await pass(3600);
    expect(heard).toHaveLength(3);
    fake.outage = 'none';
    await pass(1);
    expect(heard).toHaveLength(4);
  });

  it('tells of gaps only that something changed, and of an overflow not even of what', async () => {
    const { fake, heard, pass } = stood();
    const dealId = fake.put(sampleEvent('complete-standard').detail);
    await pass(1);
    fake.gaps = true;
    fake.change(dealId, { Amount: 1 });
    await pass(1);
    expect(JSON.stringify(heard[1])).toContain('GAP_UPDATE');
    expect(heard.slice(1).map(heardOf)).toMatchObject([{ signals: [{ dealId, what: 'changed' }] }]);
    fake.overflow();
    await pass(1);
    expect(heard.slice(2).map(heardOf)).toEqual([{ lost: expect.any(String) }]);
  });

  it('knows no deal or stage that there is not', () => {
    const { fake } = stood();
    expect(() => fake.move('006Hs0000000001', 'Closed Won')).toThrow('no opportunity');
    expect(() => fake.move(fake.put({ dealId: 'x' }), 'Nope')).toThrow('no stage');
    expect(fake.deals().every(isRecord)).toBe(true);
  });
});
