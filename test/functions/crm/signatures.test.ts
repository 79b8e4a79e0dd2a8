import { describe, expect, it } from 'vitest';
import { hubspotProblem } from '../../../functions/crm/hubspot/hubspot-signature.ts';
import { pipedriveProblem } from '../../../functions/crm/pipedrive/pipedrive-signature.ts';
import { secretBytes, standardWebhookProblem } from '../../../functions/crm/webhook/standard-webhook.ts';
import { webhook } from '../../../functions/crm/webhook/webhook.ts';

const body = (text: string) => Buffer.from(text);

describe('Standard Webhooks', () => {
  // The specification's own vector.
  const secret = secretBytes('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw') ?? new Uint8Array();
  const request = {
    method: 'POST',
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
    rawBody: body('{"test": 2432232314}'),
  };
  const now = 1_614_265_330_000;
  const withHeaders = (headers: Readonly<Record<string, string | undefined>>) => ({
    ...request,
    headers: { ...request.headers, ...headers },
  });

  it('is believed by the vector of its specification', () => {
    expect(standardWebhookProblem(request, [secret], now)).toBeUndefined();
  });

  it('brings events, and none that is nested deeper than an event may be: sent again, it would be no better', () => {
    const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    const event = { source: 'handoff.crm', 'detail-type': 'Deal Closed Won', detail: { dealId: '1' } };
    expect(webhook.hear(event)).toEqual({ event });
    const deep = { ...event, detail: { package: { stakeholders: nested(18) } } };
    expect(webhook.hear(deep)).toEqual({ event: deep });
    for (const depth of [19, 20_000, 400_000])
      for (const body of [
        { ...event, detail: { package: { stakeholders: nested(depth) } } },
        { ...event, x: nested(depth + 2) },
      ])
        expect(webhook.hear(body)).toHaveProperty('unreadable');
    for (const body of [undefined, [], nested(20_000), { detail: 'x' }])
      expect(webhook.hear(body)).toHaveProperty('unreadable');
  });

  it('is believed by either secret while one is changed, and by any of its signatures', () => {
    const other = Buffer.alloc(24, 1);
    expect(standardWebhookProblem(request, [other, secret], now)).toBeUndefined();
    const two = `v1,AAAA v2,xyz ${request.headers['webhook-signature']}`;
    expect(standardWebhookProblem(withHeaders({ 'webhook-signature': two }), [secret], now)).toBeUndefined();
  });

  it.each([
    ['no signature', { 'webhook-signature': undefined }, 'not signed'],
    ['no id', { 'webhook-id': undefined }, 'not signed'],
    ['a time that is none', { 'webhook-timestamp': 'soon' }, 'not signed'],
    ['another version', { 'webhook-signature': 'v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' }, 'not signed by us'],
    ['another id', { 'webhook-id': 'msg_other' }, 'not signed by us'],
    ['an empty signature', { 'webhook-signature': 'v1,' }, 'not signed by us'],
  ])('is not believed with %s', (_, headers, problem) => {
    expect(standardWebhookProblem(withHeaders(headers), [secret], now)).toBe(problem);
  });

  it('is not believed with another body, another secret, or six minutes early or late', () => {
    const changed = { ...request, rawBody: body('{"test": 2432232315}') };
    expect(standardWebhookProblem(changed, [secret], now)).toBe('not signed by us');
    expect(standardWebhookProblem(request, [Buffer.alloc(24)], now)).toBe('not signed by us');
    expect(standardWebhookProblem(request, [], now)).toBe('not signed by us');
    for (const off of [-360_000, 360_000])
      expect(standardWebhookProblem(request, [secret], now + off)).toBe('too old or too new');
  });

  it.each(['', 'whsec_', 'whsec_short', 'not base64 at all!'])('takes no secret that is none: "%s"', (text) => {
    expect(secretBytes(text)).toBeUndefined();
  });
});

describe('HubSpot', () => {
  const url = 'https://www.example.com/webhook_uri';
  const clientSecrets = ['yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy'];
  const now = 1_693_657_560_000;
  const request = {
    method: 'POST',
    headers: {
      'x-hubspot-signature-v3': 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=',
      'x-hubspot-request-timestamp': String(now),
    },
    rawBody: body("{'example_field':'example_value'}"),
  };

  it('is believed by its vector, also by the older of two secrets', () => {
    expect(hubspotProblem(request, { url, clientSecrets }, now)).toBeUndefined();
    expect(hubspotProblem(request, { url, clientSecrets: ['new', ...clientSecrets] }, now)).toBeUndefined();
  });

  it('is believed at the address that was called, where it was given another since', () => {
    const moved = 'https://handoff.example.com/crm/hubspot';
    expect(hubspotProblem({ ...request, url }, { url: moved, clientSecrets }, now)).toBeUndefined();
    expect(hubspotProblem({ ...request, url: moved }, { url, clientSecrets }, now)).toBeUndefined();
    expect(hubspotProblem({ ...request, url: moved }, { url: moved, clientSecrets }, now)).toBe('not signed by us');
  });

  it('is not believed at another address, by another method, with another body, or too late', () => {
    expect(hubspotProblem(request, { url: `${url}2`, clientSecrets }, now)).toBe('not signed by us');
    expect(hubspotProblem({ ...request, method: 'PUT' }, { url, clientSecrets }, now)).toBe('not signed by us');
    expect(hubspotProblem({ ...request, rawBody: body('{}') }, { url, clientSecrets }, now)).toBe('not signed by us');
    expect(hubspotProblem(request, { url, clientSecrets }, now + 300_001)).toBe('too old or too new');
    expect(hubspotProblem({ ...request, headers: {} }, { url, clientSecrets }, now)).toBe('not signed');
  });

  it('signs an address with what it decodes, and only that', () => {
    const signed = (address: string, given: string) =>
      hubspotProblem(
        { ...request, headers: { ...request.headers, 'x-hubspot-signature-v3': given } },
        { url: address, clientSecrets },
        now,
      );
    expect(
      signed('https%3A%2F%2Fwww.example.com%2fwebhook_uri', request.headers['x-hubspot-signature-v3']),
    ).toBeUndefined();
    expect(signed('https://www.example.com/webhook%5Furi', request.headers['x-hubspot-signature-v3'])).toBe(
      'not signed by us',
    );
  });
});

describe('Pipedrive', () => {
  const credentials = [{ user: 'handoff', password: 'pä:ss' }];
  const basic = (text: string) => ({
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` },
    rawBody: body('{}'),
  });

  it('is believed by user and password', () => {
    expect(pipedriveProblem(basic('handoff:pä:ss'), credentials)).toBeUndefined();
  });

  it.each(['handoff:pä', 'handoff', ':', 'handoff:pä:ss '])('is not believed by "%s"', (text) => {
    expect(pipedriveProblem(basic(text), credentials)).toBe('not signed by us');
  });

  it.each([undefined, 'Bearer abc', 'Basic', 'Basic !!!'])('is not signed by "%s"', (authorization) => {
    expect(pipedriveProblem({ method: 'POST', headers: { authorization }, rawBody: body('') }, credentials)).toBe(
      'not signed',
    );
  });
});
