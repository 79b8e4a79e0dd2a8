import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { connect } from '../../../functions/crm/connect.ts';
import type { CrmSecrets } from '../../../functions/ports/crm-access.ts';
import type { BusMessage } from '../../../functions/ports/deal-bus.ts';
import { ServiceUnavailable } from '../../../functions/ports/errors.ts';
import { hearWebhook } from '../../../functions/verbs/hear-webhook.ts';

const start = Date.parse('2026-11-20T15:00:00Z');
const webhookUrl = 'https://handoff.example.com/crm/hubspot';
const account = '24681357';

/** A request as HubSpot signs it. */
function signed(body: unknown, { secret = 'first', at = start } = {}) {
  const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const timestamp = String(at);
  const text = Buffer.concat([Buffer.from(`POST${webhookUrl}`), rawBody, Buffer.from(timestamp)]);
  const signature = createHmac('sha256', secret).update(text).digest('base64');
  return {
    method: 'POST',
    rawBody,
    headers: { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': timestamp },
  };
}

const changed = (more: object = {}) => ({
  ...{ eventId: 1, subscriptionId: 2, portalId: Number(account), appId: 3, occurredAt: start, attemptNumber: 0 },
  ...{ subscriptionType: 'deal.propertyChange', objectId: 9817234, propertyName: 'dealstage', propertyValue: 'won' },
  ...more,
});

function played(
  secrets: { current: readonly CrmSecrets[] } = { current: [{ clientSecret: 'first', accessToken: 'a' }] },
) {
  const bus: BusMessage[] = [];
  const claims = new Map<string, string>();
  const heard = new Set<string>();
  const now = { reads: 0, busFails: false };
  let kept: readonly CrmSecrets[] | undefined;
  const { webhooks } = connect({
    crm: 'hubspot',
    settings: { account, apiUrl: 'https://api.example.com', webhookUrl },
    secrets: async ({ fresh } = { fresh: false }) => {
      if (fresh || !kept) now.reads += 1;
      kept = fresh || !kept ? secrets.current : kept;
      return kept;
    },
    http: async () => ({ status: 500, headers: {}, text: '' }),
  });
  const hear = hearWebhook({
    crm: 'hubspot',
    webhooks,
    dealBus: {
      put: async (messages) => {
        if (now.busFails) throw new ServiceUnavailable('The bus is out.');
        bus.push(...messages);
      },
    },
    claims: {
      store: async (text) => {
        claims.set(`claim-${claims.size}`, text);
        return `claim-${claims.size - 1}`;
      },
    },
    seenDeals: { isHeard: async (key) => heard.has(key), noteHeard: async (key) => void heard.add(key) },
  });
  const at = (time: number) => new Date(time).toISOString();
  const send = (request: ReturnType<typeof signed>, time = start) => hear(request, at(time));
  return { bus, claims, send, now };
}

describe('a webhook', () => {
  it('that is the CRM’s is put on the bus, with what it says of deals and nothing of what they hold', async () => {
    const { bus, send } = played();
    expect(await send(signed([changed(), changed({ objectId: 42, propertyValue: 'a secret note' })]))).toEqual({
      outcome: 'heard',
    });
    expect(bus).toHaveLength(1);
    expect(bus[0]).toMatchObject({ source: 'handoff.heard', detailType: 'Deal Heard', detail: { crm: 'hubspot' } });
    const signals = bus[0]?.detail['signals'] as readonly { readonly dealId: string }[];
    expect(signals.map(({ dealId }) => dealId)).toEqual(['9817234', '42']);
    expect(JSON.stringify(bus)).not.toContain('secret note');
  });

  it.each<[string, ReturnType<typeof signed>, string]>([
    ['not signed', { ...signed([changed()]), headers: {} as never }, 'not signed'],
    ['signed by somebody else', signed([changed()], { secret: 'guessed' }), 'not signed by us'],
    ['five minutes old', signed([changed()], { at: start - 301_000 }), 'too old or too new'],
    ['from the future', signed([changed()], { at: start + 301_000 }), 'too old or too new'],
    [
      'changed on its way',
      { ...signed([changed()]), rawBody: Buffer.from(JSON.stringify([changed({ objectId: 1 })])) },
      'not signed by us',
    ],
  ])('that is %s is refused, and told nothing', async (_, request, why) => {
    const { bus, send } = played();
    expect(await send(request)).toEqual({ outcome: 'refused', why });
    expect(bus).toEqual([]);
  });

  it('that somebody overheard and sends again is heard once', async () => {
    const { bus, send } = played();
    const request = signed([changed()]);
    await send(request);
    expect(await send(request, start + 1000)).toEqual({ outcome: 'heard before' });
    expect(bus).toHaveLength(1);
  });

  it('that could not be passed on is heard when the CRM sends it again', async () => {
    const { bus, send, now } = played();
    const request = signed([changed()]);
    now.busFails = true;
    await expect(send(request)).rejects.toThrow(ServiceUnavailable);
    now.busFails = false;
    expect(await send(request, start + 1000)).toEqual({ outcome: 'heard' });
    expect(bus).toHaveLength(1);
  });

  it.each([
    ['of another account', [changed({ portalId: 1 })]],
    ['about something else', [changed({ subscriptionType: 'contact.creation' })]],
    ['empty', []],
  ])('%s is fine by us, and nothing is passed on', async (_, body) => {
    const { bus, send } = played();
    expect(await send(signed(body))).toEqual({ outcome: 'nothing of ours' });
    expect(bus).toEqual([]);
  });

  it.each(['', '{', '"text"', '{"eventId":1}', 'null'])(
    'with the body %j is unreadable, with the reason',
    async (body) => {
      expect(await played().send(signed(body))).toMatchObject({ outcome: 'unreadable' });
    },
  );

  it('of more than a megabyte is not even looked at', async () => {
    const { send, now } = played();
    expect(await send(signed('x'.repeat(1024 * 1024 + 1)))).toEqual({ outcome: 'too large' });
    expect(now.reads).toBe(0);
  });

  it('too large for the bus goes there as a claim', async () => {
    const { bus, claims, send } = played();
    const many = Array.from({ length: 3000 }, (_, i) => changed({ objectId: i + 1 }));
    expect(await send(signed(many))).toEqual({ outcome: 'heard' });
    expect(bus[0]?.detail).toEqual({ crm: 'hubspot', claim: 'claim-0' });
    expect(JSON.parse(claims.get('claim-0') ?? '').signals).toHaveLength(3000);
  });
});

describe('a secret that is changed', () => {
  it('is known a minute later, while the one before still proves, and not when it was taken away', async () => {
    const secrets = { current: [{ clientSecret: 'first' }] as readonly CrmSecrets[] };
    const { send, now } = played(secrets);
    const by = (secret: string, time: number) =>
      send(signed([changed({ occurredAt: time })], { secret, at: time }), time);
    expect(await by('first', start)).toMatchObject({ outcome: 'heard' });
    secrets.current = [{ clientSecret: 'second' }, { clientSecret: 'first' }];
    expect(await by('second', start + 30_000)).toMatchObject({ outcome: 'refused' });
    expect(await by('second', start + 61_000)).toMatchObject({ outcome: 'heard' });
    expect(await by('first', start + 62_000)).toMatchObject({ outcome: 'heard' });
    secrets.current = [{ clientSecret: 'second' }];
    expect(await by('first', start + 400_000)).toMatchObject({ outcome: 'refused' });
    // Whoever only tries does not make us read each time.
    const reads = now.reads;
    for (let i = 0; i < 50; i++) await by('guessed', start + 401_000 + i);
    expect(now.reads).toBe(reads);
  });
});
