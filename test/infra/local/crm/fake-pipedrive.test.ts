import { describe, expect, it } from 'vitest';
import { pipedrive } from '../../../../functions/crm/pipedrive/pipedrive.ts';
import { withAnswer } from '../../../../functions/domain/deal/package.ts';
import { recordOf } from '../../../../functions/domain/fields/record.ts';
import type { CrmRequest } from '../../../../functions/ports/crm-access.ts';
import { CrmAccessRefused, CrmUnavailable } from '../../../../functions/ports/errors.ts';
import type { Told } from '../../../../infra/local/crm/fake-crm.ts';
import {
  createFakePipedrive,
  type FakePipedriveOptions,
  fakeCompany,
} from '../../../../infra/local/crm/pipedrive/fake-pipedrive.ts';
import { sampleEvent, sampleNames } from '../../../support/deals.ts';
import { sameHandoff } from './same-handoff.ts';
import { connected, hearing } from './told.ts';

const apiUrl = 'http://127.0.0.1:4011/pipedrive';
const webhookUrl = 'https://handoff.example.com/crm/pipedrive';
const secrets = { apiToken: 'local-token', webhookUser: 'handoff', webhookPassword: 'local-password' };
const settings = { account: String(fakeCompany), apiUrl, webhookUrl };
const day = '2026-11-17';
const complete = sampleEvent('complete-standard').detail;

function stood(options: Partial<FakePipedriveOptions> = {}, status?: (told: Told, nth: number) => number) {
  const around = hearing(`${day}T08:00:00Z`, status);
  const fake = createFakePipedrive({ ...around, apiUrl, webhookUrl, secrets, ...options });
  return { ...around, fake, ...connected(pipedrive, fake, { settings, secrets, clock: around.clock }) };
}

/** What the connector hears of a webhook, which it believes. */
function heardOf({ told }: { readonly told: Told }) {
  if (!('webhook' in told)) throw new Error('Pipedrive has no partner bus.');
  const { method, headers, body = '', url } = told.webhook;
  expect(url).toBe(webhookUrl);
  const request = { method, headers, rawBody: Buffer.from(body) };
  expect(pipedrive.webhookProblem?.(request, { settings, secrets: [secrets], now: 0 })).toBeUndefined();
  return pipedrive.hear(JSON.parse(body));
}

const times = (heard: readonly { readonly at: string }[]) => heard.map(({ at }) => at.slice(11, 19));

describe('a deal in the local Pipedrive', () => {
  it.each(sampleNames)('says what its event says: %s', async (name) => {
    const { fake, crm, clock } = stood();
    const { detail } = sampleEvent(name);
    const dealId = fake.put(detail);
    expect(await crm.readDeal(dealId)).toMatchObject({ deal: { phase: 'proposed', stage: 'Proposal Made' } });
    const won = new Date(String(detail['closedWonAt'])).toISOString().slice(0, 19);
    await clock.advanceTo(Math.max(clock.now(), Date.parse(`${won}Z`)));
    fake.move(dealId, 'won');
    // Pipedrive knows moments to the second.
    sameHandoff(await crm.readDeal(dealId), { ...detail, closedWonAt: `${won}Z` });
  });

  it('asks for its value where nobody typed one', async () => {
    const { fake, crm } = stood();
    const detail = { ...complete, package: withAnswer(complete['package'], 'contract.value', undefined) };
    const dealId = fake.put(detail);
    fake.move(dealId, 'won');
    const read = await crm.readDeal(dealId);
    if (!('deal' in read)) throw new Error('It was put there.');
    const { contract } = recordOf(read.deal.facts['package']) as { contract?: object };
    expect(contract).toBeDefined();
    expect(contract).not.toHaveProperty('value');
  });

  it('is read with no more than a new company has', async () => {
    const { fake, crm } = stood({ isBare: true });
    const dealId = fake.put(complete);
    fake.sell(dealId, { name: 'Dispatcher seat', quantity: 120 });
    expect(await crm.readDeal(dealId)).toMatchObject({
      deal: {
        facts: {
          name: 'Nordwind Logistik: fleet planning for 120 dispatchers',
          customer: { name: 'Nordwind Logistik GmbH', website: 'https://www.nordwind-logistik.example', country: 'DE' },
          package: {
            contract: { value: { amount: 86400, currency: 'EUR' }, purchase: '120 × Dispatcher seat' },
            stakeholders: expect.stringContaining('Henrike Lührs | h.luehrs@nordwind-logistik.example'),
          },
        },
      },
    });
  });

  it('is lost with a reason, reopened, and gone', async () => {
    const { fake, crm } = stood();
    const dealId = fake.put(complete);
    fake.change(dealId, { status: 'lost', lost_reason: 'No budget' });
    expect(await crm.readDeal(dealId)).toMatchObject({ deal: { phase: 'lost', lostReason: 'No budget' } });
    fake.move(dealId, '1');
    expect(await crm.readDeal(dealId)).toMatchObject({ deal: { phase: 'early', expectedCloseOn: '2026-12-01' } });
    fake.remove(dealId);
    expect(await crm.readDeal(dealId)).toHaveProperty('gone');
    expect(await crm.write(dealId, { status: 'Running' })).toBe('gone');
    expect(await crm.addNote(dealId, { text: 'x', at: `${day}T08:00:00Z` })).toBe('gone');
  });

  it('shows what is written back, and its notes', async () => {
    const { fake, crm } = stood();
    const dealId = fake.put(complete);
    const values = { status: 'Running', score: 9, signedOffOn: '2026-12-01', board: 'https://handoff.example.com/b/1' };
    expect(await crm.write(dealId, values)).toBe('written');
    expect(await crm.write(dealId, { phase: null })).toBe('written');
    expect(await crm.addNote(dealId, { text: 'Handed <off>.\nThank you.', at: `${day}T08:00:00Z` })).toBe('written');
    const [deal] = fake.deals();
    expect(deal?.properties.filter(({ writtenBack }) => writtenBack)).toEqual([
      { label: 'Handoff status', text: 'Running', writtenBack: true },
      { label: 'Handoff score', text: '9', writtenBack: true },
      { label: 'Handoff board', text: 'https://handoff.example.com/b/1', writtenBack: true },
      { label: 'Handoff signed off on', text: '2026-12-01', writtenBack: true },
    ]);
    expect(deal).toMatchObject({
      customer: 'Nordwind Logistik GmbH',
      notes: [{ at: `${day}T08:00:00Z`, text: 'Handed <off>.\nThank you.' }],
    });
  });

  it('refuses a day that is none, without repeating it', async () => {
    const { fake, crm } = stood();
    const key = fake.keyOf('Handoff signed off on');
    expect(await crm.write(fake.put(complete), { signedOffOn: 'next week' })).toEqual({
      refused: `Validation failed: custom_fields.${key}: … is no date`,
    });
  });

  it('is found among won deals from the moment that is asked for, unless it is archived', async () => {
    const { fake, crm, pass } = stood();
    const ids = Array.from({ length: 4 }, (_, i) => fake.put({ ...complete, name: `Deal ${i}` }));
    for (const id of ids) {
      await pass(60);
      fake.move(id, 'won');
    }
    fake.archive(ids[2] ?? '');
    const { deals } = await crm.wonSince(`${day}T08:02:00Z`);
    expect(deals).toMatchObject([
      { dealId: ids[1], name: 'Deal 1', wonAt: `${day}T08:02:00.000Z` },
      { dealId: ids[3], name: 'Deal 3' },
    ]);
  });

  it('is found page by page where there are many', async () => {
    const { fake, crm } = stood();
    const ids = Array.from({ length: 501 }, () => fake.put({ ...complete, package: {} }));
    for (const id of ids) fake.move(id, 'won');
    const first = await crm.wonSince(`${day}T08:00:00Z`);
    const second = await crm.wonSince(`${day}T08:00:00Z`, first.next);
    expect([...first.deals, ...second.deals].map(({ dealId }) => dealId)).toEqual(ids);
    expect(second.next).toBeUndefined();
  });
});

describe('the local Pipedrive', () => {
  it('lets in whoever has the token, and is down or busy on demand', async () => {
    const { fake, crm, hold } = stood();
    for (const outage of ['down', 'busy'] as const) {
      fake.outage = outage;
      await expect(crm.wonSince(`${day}T00:00:00Z`)).rejects.toThrow(CrmUnavailable);
    }
    fake.outage = 'none';
    hold([{ apiToken: 'new' }, secrets]);
    expect(await crm.wonSince(`${day}T00:00:00Z`)).toEqual({ deals: [] });
    hold([{ apiToken: 'other' }]);
    await expect(crm.wonSince(`${day}T00:00:00Z`)).rejects.toThrow(CrmAccessRefused);
  });

  it('counts requests within two seconds and tokens within a day, and shuts out whoever goes on asking', async () => {
    const { crm, pass } = stood({ limit: 2, dailyTokens: 35 });
    const ask = () =>
      crm.wonSince(`${day}T00:00:00Z`).then(
        () => 'answered',
        (error: Error) => `${error.name} ${/\d{3}/.exec(error.message)}`,
      );
    const tooMany = 'CrmUnavailable 429';
    expect([await ask(), await ask(), await ask()]).toEqual(['answered', 'answered', tooMany]);
    await pass(2);
    expect([await ask(), await ask()]).toEqual(['answered', tooMany]);
    for (let i = 0; i < 9; i += 1) await ask();
    expect(await ask()).toBe('CrmUnavailable 403');
    await pass(24 * 60 * 60);
    expect(await ask()).toBe('answered');
  });

  it('refuses by name what it does not emulate, and what Pipedrive would', () => {
    const { fake } = stood();
    const dealId = fake.put(complete);
    const said = (method: CrmRequest['method'], path: string, body?: unknown) => {
      const headers = { 'x-api-token': secrets.apiToken };
      const text = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
      const answer = fake.answer({ method, url: `${apiUrl}${path}`, headers, ...text });
      return `${answer.status} ${answer.text}`;
    };
    expect(said('GET', '/api/v1/deals')).toMatch(/^501 .*does not emulate GET \/api\/v1\/deals/);
    expect(said('GET', '/api/v2/persons')).toMatch(/^501 /);
    expect(said('GET', '/api/v2/deals?sort_by=update_time&filter_id=3')).toMatch(/^501 .*filter_id/);
    expect(said('GET', '/api/v2/deals?sort_by=update_time&limit=501')).toMatch(/^400 /);
    expect(said('GET', `/api/v2/deals?ids=${Array.from({ length: 101 }, (_, i) => i).join(',')}`)).toMatch(
      /^400 .*ids/,
    );
    expect(said('GET', '/api/v2/deals?ids=101,x')).toMatch(/^400 .*ids/);
    expect(said('GET', '/api/v2/deals/7')).toMatch(/^404 /);
    expect(said('PATCH', `/api/v2/deals/${dealId}`, { nope: 1 })).toMatch(/^400 .*nope: unknown field/);
    expect(said('PATCH', `/api/v2/deals/${dealId}`, { stage_id: 99 })).toMatch(/^400 /);
    expect(said('PATCH', `/api/v2/deals/${dealId}`, { custom_fields: { nope: 1 } })).toMatch(/^400 .*unknown key/);
    expect(said('PATCH', `/api/v2/deals/${dealId}`, '{')).toMatch(/^400 /);
    expect(said('POST', '/api/v2/dealFields', { field_name: 'x', field_type: 'enum' })).toMatch(/^501 /);
    expect(said('POST', '/api/v1/webhooks', { version: '1.0' })).toMatch(/^501 /);
    expect(said('DELETE', '/api/v1/webhooks/9')).toMatch(/^404 /);
  });

  it('tells what happened to a deal, own writes too', async () => {
    const { fake, crm, heard, pass } = stood();
    const [one, other] = [fake.put(complete), fake.put(complete)];
    fake.move(one, 'won');
    await crm.write(one, { status: 'Running' });
    fake.merge(other, one);
    await pass(1);
    expect(heard.map(heardOf)).toMatchObject([
      { signals: [{ dealId: one, what: 'changed', account: String(fakeCompany) }] },
      { signals: [{ dealId: other, what: 'changed' }] },
      { signals: [{ dealId: one, what: 'changed' }] },
      { signals: [{ dealId: one, what: 'changed' }] },
      { signals: [{ dealId: other, what: 'merged', mergedInto: one }] },
      { signals: [{ dealId: other, what: 'merged', mergedInto: one }] },
    ]);
    const bodies = heard.map(({ told }) => ('webhook' in told ? JSON.parse(told.webhook.body ?? '') : undefined));
    expect(bodies[2]).toMatchObject({ data: { status: 'won' }, previous: { status: 'open', won_time: null } });
    expect(bodies[3].data.custom_fields[fake.keyOf('Handoff status')]).toEqual({ type: 'text', value: 'Running' });
  });

  it('tells of a deal that was deleted and is restored as it was', async () => {
    const { fake, crm, heard, pass } = stood();
    const dealId = fake.put(complete);
    fake.move(dealId, 'won');
    const before = await crm.readDeal(dealId);
    await pass(60);
    fake.remove(dealId);
    expect(await crm.readDeal(dealId)).toHaveProperty('gone');
    await pass(1);
    heard.length = 0;
    fake.restore(dealId);
    await pass(1);
    expect(heard.map(heardOf)).toMatchObject([{ signals: [{ dealId, what: 'changed' }] }]);
    const { deal } = Object(await crm.readDeal(dealId));
    expect({ ...deal, changedAt: '' }).toEqual({ ...Object(before).deal, changedAt: '' });
    expect(() => fake.restore(dealId)).toThrow('Nobody deleted');
  });

  it('tells again after 3, 30 and 150 seconds, and then no more', async () => {
    const { fake, heard, pass } = stood({}, () => 500);
    fake.put(complete);
    await pass(3600);
    expect(times(heard)).toEqual(['08:00:01', '08:00:04', '08:00:34', '08:03:04']);
    const attempts = heard.map(({ told }) => ('webhook' in told ? JSON.parse(told.webhook.body ?? '').meta : {}));
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
    expect(new Set(attempts.map(({ id }) => id)).size).toBe(1);
  });

  it('bans an address for half an hour after ten failed first tries, and loses events', async () => {
    let isBroken = true;
    const { fake, heard, pass } = stood({}, () => (isBroken ? 500 : 200));
    for (let i = 0; i < 10; i += 1) fake.put(complete);
    await pass(2);
    isBroken = false;
    const before = heard.length;
    fake.put(complete);
    await pass(25 * 60);
    expect(heard).toHaveLength(before);
    await pass(6 * 60);
    fake.put(complete);
    await pass(1);
    expect(heard).toHaveLength(before + 1);
  });

  it('deletes a webhook that was not taken for three days', async () => {
    const { fake, heard, pass } = stood({}, () => 500);
    fake.put(complete);
    await pass(3 * 24 * 60 * 60);
    fake.put(complete);
    await pass(1);
    expect(fake.webhooks).toEqual([]);
    const before = heard.length;
    fake.put(complete);
    await pass(3600);
    expect(heard).toHaveLength(before);
  });

  it('tells nothing while it is out, and everything when it is back', async () => {
    const { fake, heard, pass } = stood();
    fake.outage = 'down';
    fake.put(complete);
    await pass(6 * 60 * 60);
    expect(heard).toEqual([]);
    fake.outage = 'none';
    await pass(1);
    expect(heard).toHaveLength(1);
  });

  it('knows no deal, stage or field that there is not', () => {
    const { fake } = stood();
    expect(() => fake.move('7', 'won')).toThrow('no deal');
    expect(() => fake.move(fake.put(complete), 'nope')).toThrow('no stage');
    expect(() => fake.keyOf('nope')).toThrow('no field');
  });
});
