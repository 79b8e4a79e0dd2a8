import { describe, expect, it } from 'vitest';
import { customFields } from '../../../functions/crm/custom-fields.ts';
import { pipedrive } from '../../../functions/crm/pipedrive/pipedrive.ts';
import { pipedriveFields } from '../../../functions/crm/pipedrive/pipedrive-fields.ts';
import { fieldName } from '../../../functions/crm/pipedrive/pipedrive-mapping.ts';
import { pipedriveSetup } from '../../../functions/crm/pipedrive/pipedrive-setup.ts';
import { packageFields } from '../../../functions/domain/deal/package.ts';
import type { CrmAnswer, CrmRequest, CrmSecrets } from '../../../functions/ports/crm-access.ts';
import { createClock } from '../../../infra/account/clock.ts';
import { createFakePipedrive, fakeCompany } from '../../../infra/local/crm/pipedrive/fake-pipedrive.ts';
import { sharedSteps } from '../../support/shared-steps.ts';
import { answerOf } from './crm-http.ts';

const apiUrl = 'https://nordsee.pipedrive.com';
const webhookUrl = 'https://handoff.example.com/crm/pipedrive';
const secrets: CrmSecrets = { apiToken: 'token', webhookUser: 'handoff', webhookPassword: 'long-password' };
const settings = { account: String(fakeCompany), apiUrl, webhookUrl };
const { createProperties, registerWebhook, check, steps } = pipedriveSetup;

function stood(changed: (request: CrmRequest) => CrmAnswer | undefined = () => undefined) {
  const clock = createClock({ start: Date.parse('2026-11-17T08:00:00Z') });
  const fake = createFakePipedrive({ clock, apiUrl, webhookUrl, secrets, tell: async () => 200, isBare: true });
  let held = secrets;
  const connection = {
    settings,
    secrets: async () => [held],
    http: async (request: CrmRequest) => changed(request) ?? fake.answer(request),
  };
  const hold = (now: CrmSecrets) => {
    held = now;
  };
  const failed = async (account = settings.account) =>
    (await check({ ...connection, settings: { ...settings, account } })).filter(({ ok }) => !ok);
  const pass = (seconds: number) => clock.advanceTo(clock.now() + seconds * 1000);
  return { fake, connection, failed, hold, pass };
}

describe('connecting Pipedrive', () => {
  it('creates fields and webhook once, however often it is asked, and then every check passes', async () => {
    const { fake, connection, failed, pass } = stood();
    expect(await failed()).toMatchObject([
      { problem: expect.stringMatching(/^Missing: "Handoff: why they bought".* and \d+ more\.$/) },
      { problem: `No webhook tells ${webhookUrl} of deals.` },
    ]);
    const first = (await createProperties?.(connection)) ?? [];
    expect(first.map(({ property }) => property)).toEqual(pipedriveFields);
    expect(new Set(first.map(({ outcome }) => outcome))).toEqual(new Set(['created']));
    await pass(3);
    const again = (await createProperties?.(connection)) ?? [];
    expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(['there already']));
    expect(await registerWebhook?.(connection)).toBe('registered');
    expect(await registerWebhook?.(connection)).toBe('replaced');
    expect(fake.webhooks).toMatchObject([
      { subscription_url: webhookUrl, event_action: '*', event_object: 'deal', http_auth_password: 'long-password' },
    ]);
    expect(await failed()).toEqual([]);
    const dealId = fake.put({ name: 'Nordwind', customer: { name: 'Nordwind' } });
    const crm = pipedrive.connect(connection);
    expect(await crm.write(dealId, { status: 'open', score: 8, kickoffOn: '2026-12-01' })).toBe('written');
  });

  it('changes the password of the webhook, and is never without one', async () => {
    const counts: number[] = [];
    const { fake, connection, failed, hold } = stood(({ url }) => {
      if (url.includes('/webhooks')) counts.push(fake.webhooks.length);
      return undefined;
    });
    await registerWebhook?.(connection);
    hold({ ...secrets, webhookPassword: 'another-long-one' });
    counts.length = 0;
    expect(await registerWebhook?.(connection)).toBe('replaced');
    // As it lists, registers and deletes.
    expect(counts).toEqual([1, 1, 2]);
    expect(fake.webhooks.map(({ http_auth_password: password }) => password)).toEqual(['another-long-one']);
    expect((await failed()).map(({ what }) => what)).not.toContain('Pipedrive tells Handoff of deals');
  });

  it('keeps the webhook there is where Pipedrive takes no other', async () => {
    let isFull = false;
    const { fake, connection } = stood(({ method, url }) =>
      isFull && method === 'POST' && url.includes('/webhooks')
        ? answerOf(400, { success: false, error: 'Too many webhooks' })
        : undefined,
    );
    await registerWebhook?.(connection);
    isFull = true;
    expect(await registerWebhook?.(connection)).toEqual({ refused: 'Too many webhooks' });
    expect(fake.webhooks).toHaveLength(1);
  });

  it('deletes an old webhook that was left, and goes on where one has gone', async () => {
    let isOut = true;
    const { fake, connection } = stood(({ method }) => {
      if (method !== 'DELETE') return undefined;
      return isOut ? answerOf(503, {}) : undefined;
    });
    await registerWebhook?.(connection);
    await expect(registerWebhook?.(connection)).rejects.toThrow('503');
    expect(fake.webhooks).toHaveLength(2);
    isOut = false;
    expect(await registerWebhook?.(connection)).toBe('replaced');
    expect(fake.webhooks).toHaveLength(1);
    const gone = stood(({ method }) => (method === 'DELETE' ? answerOf(404, { success: false }) : undefined));
    await registerWebhook?.(gone.connection);
    expect(await registerWebhook?.(gone.connection)).toBe('replaced');
  });

  it('says why a field or the webhook was not created, and goes on', async () => {
    const refusing = stood(({ method, body }) =>
      method === 'POST' && !body?.includes('Handoff: why us')
        ? answerOf(400, { success: false, error: 'Limit of custom fields reached' })
        : undefined,
    );
    const created = (await createProperties?.(refusing.connection)) ?? [];
    expect(created.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    expect(created[0]?.outcome).toEqual({ refused: 'Limit of custom fields reached' });
    expect(await registerWebhook?.(refusing.connection)).toEqual({ refused: 'Limit of custom fields reached' });
    refusing.hold({ apiToken: 'token' });
    expect(await registerWebhook?.(refusing.connection)).toEqual({ refused: expect.stringContaining('webhookUser') });
  });

  it.each(['User account has reached a limit for an entity', 'Custom fields limit (30) reached'])(
    'stops where Pipedrive takes no more fields, says so, and goes on from there: %s',
    async (error) => {
      let room = 10;
      const asked: string[] = [];
      const { connection, failed } = stood(({ method, body = '', url }) => {
        if (method !== 'POST' || !url.endsWith('Fields')) return undefined;
        asked.push(JSON.parse(body).field_name);
        room -= 1;
        return room < 0 ? answerOf(403, { success: false, error }) : undefined;
      });
      const first = (await createProperties?.(connection)) ?? [];
      expect(first.map(({ outcome }) => outcome).slice(0, 12)).toEqual([
        ...Array.from({ length: 10 }, () => 'created'),
        { refused: expect.stringMatching(/limit.*\. Either your plan takes no more custom fields/) },
        { refused: 'Not tried: Pipedrive takes no more.' },
      ]);
      expect(asked).toHaveLength(11);
      expect(await failed()).toMatchObject([{ remedy: expect.stringContaining('asked by email') }, {}]);
      // Somebody made room.
      room = 100;
      const again = (await createProperties?.(connection)) ?? [];
      expect(again.filter(({ outcome }) => outcome === 'there already')).toHaveLength(10);
      expect(again.filter(({ outcome }) => outcome === 'created')).toHaveLength(pipedriveFields.length - 10);
      expect(new Set(asked).size).toBe(pipedriveFields.length);
    },
  );

  it('lets nobody take a page in front of the API for a limit', async () => {
    const { connection } = stood(({ method }) =>
      method === 'POST' ? { status: 403, headers: {}, text: '<html>Forbidden</html>' } : undefined,
    );
    await expect(createProperties?.(connection)).rejects.toThrow('too many requests');
  });

  it('creates first what every package needs, within what the smallest plan allows', () => {
    const required = new Set<string>(packageFields.filter((field) => field.required).map(({ path }) => path));
    const isNeeded = ({ name, object }: (typeof pipedriveFields)[number]) =>
      object === 'Person' || customFields.some((field) => fieldName(field.name) === name && required.has(field.to));
    expect(pipedriveFields.slice(0, 30).every(isNeeded)).toBe(true);
    expect(pipedriveFields.findLastIndex(isNeeded)).toBe(pipedriveFields.filter(isNeeded).length - 1);
    expect(new Set(pipedriveFields.map(({ name }) => name)).size).toBe(pipedriveFields.length);
  });

  it('says before it creates any how many fields it takes room for', () => {
    const said = steps(settings, sharedSteps).flatMap(({ how }) => how);
    expect(said.join('\n')).toContain(
      'It takes room for 64 custom fields, 60 of deals and 4 of persons. Plans allow 30, 100, 300, or 500 in all',
    );
  });

  it('says what is wrong and what to do', async () => {
    const { failed, fake, hold } = stood();
    expect(await failed('7')).toMatchObject([
      { problem: `The token is of the account ${fakeCompany}, and the stage is set to 7.` },
      { remedy: expect.stringContaining('Run the setup') },
      { remedy: expect.stringContaining('three days') },
    ]);
    fake.outage = 'busy';
    expect(await failed()).toMatchObject([{ remedy: 'Try again in a minute.' }]);
    fake.outage = 'none';
    hold({ apiToken: 'other' });
    expect(await failed()).toMatchObject([{ remedy: expect.stringContaining('API token') }]);
  });

  it('names the pipelines in which no stage counts as proposed', async () => {
    const stages = [
      { id: 1, name: 'Proposal made', order_nr: 1, pipeline_id: 1 },
      { id: 2, name: 'Talks', order_nr: 1, pipeline_id: 2 },
    ];
    const { failed } = stood(({ url }) =>
      url.includes('/stages') ? answerOf(200, { success: true, data: stages }) : undefined,
    );
    expect((await failed()).map(({ problem }) => problem)).toContain('None of the stages counts as proposed: "Talks".');
  });

  it('says what somebody has to do by hand', () => {
    const said = steps(settings, sharedSteps).flatMap(({ how }) => how);
    expect(said.join('\n')).toContain(webhookUrl);
    expect(said.join('\n')).toContain('webhookPassword');
  });
});
