import { describe, expect, it } from 'vitest';
import {
  addressOf,
  answer,
  formOf,
  type HttpEvent,
  isFromOwnPage,
  linkIdOf,
  timeOf,
} from '../../../functions/aws/http-pages.ts';

const siteUrl = 'https://handoff.example.com';

const event = (more: Partial<HttpEvent> = {}): HttpEvent => ({
  rawPath: '/s/abc',
  headers: {},
  pathParameters: { link: 'abc' },
  requestContext: { timeEpoch: Date.UTC(2026, 10, 20, 15) },
  ...more,
});

describe('an HTTP event', () => {
  it('tells the time and the link', () => {
    expect(timeOf(event())).toBe('2026-11-20T15:00:00.000Z');
    expect(linkIdOf(event())).toBe('abc');
    expect(linkIdOf({ rawPath: '/', headers: {}, requestContext: { timeEpoch: 0 } })).toBe('');
  });

  it('tells by which address it came', () => {
    const requestContext = { timeEpoch: 0, domainName: 'handoff.example.com' };
    expect(addressOf(event({ rawPath: '/crm/hubspot', requestContext }))).toBe(
      'https://handoff.example.com/crm/hubspot',
    );
    expect(addressOf(event())).toBeUndefined();
  });

  it.each([
    ['as text', false],
    ['in base64', true],
  ])('carries a form %s', (_, isBase64Encoded) => {
    const body = 'choice=held&notes=a+%26+b%0Ac&checklist=0&checklist=1&checklist=2&empty=';
    const form = formOf(
      event({ body: isBase64Encoded ? Buffer.from(body).toString('base64') : body, isBase64Encoded }),
    );
    expect(form).toEqual({ choice: ['held'], notes: ['a & b\nc'], checklist: ['0', '1', '2'], empty: [''] });
  });

  it('may carry no form, or one with names of its own objects', () => {
    expect(formOf(event())).toEqual({});
    const form = formOf(event({ body: '__proto__=a&constructor=b&toString=c&toString=d' }));
    expect(Object.hasOwn(form, 'constructor')).toBe(true);
    expect(form['toString']).toEqual(['c', 'd']);
    expect(Object.getPrototypeOf(formOf(event({ body: 'a=1' })))).toBe(Object.prototype);
  });
});

describe('a form from our own page', () => {
  it.each<[string, Readonly<Record<string, string>>, boolean]>([
    ['our origin', { origin: siteUrl }, true],
    ['our origin, which the browser confirms', { origin: siteUrl, 'sec-fetch-site': 'same-origin' }, true],
    ['no origin, but the browser says it is ours', { 'sec-fetch-site': 'same-origin' }, true],
    ['a hidden origin, but the browser says it is ours', { origin: 'null', 'sec-fetch-site': 'same-origin' }, true],
    [
      'API Gateway’s own origin, to which older links lead, when the browser says it is the same',
      { origin: 'https://a1b2c3.execute-api.eu-central-1.amazonaws.com', 'sec-fetch-site': 'same-origin' },
      true,
    ],
    ['no header at all', {}, false],
    ['a hidden origin', { origin: 'null' }, false],
    ['another origin', { origin: 'https://evil.example' }, false],
    ['another origin that begins like ours', { origin: `${siteUrl}.evil.example` }, false],
    ['our origin without encryption', { origin: 'http://handoff.example.com' }, false],
    ['our origin, which the browser denies', { origin: siteUrl, 'sec-fetch-site': 'cross-site' }, false],
    ['a sister site', { 'sec-fetch-site': 'same-site' }, false],
    ['the address bar', { 'sec-fetch-site': 'none' }, false],
  ])('is known by %s', (_, headers, own) => {
    expect(isFromOwnPage(event({ headers }), siteUrl)).toBe(own);
  });
});

describe('an answer', () => {
  it('keeps browsers from storing it, framing it, and from telling where it was', () => {
    const { statusCode, headers, body } = answer({ status: 410, html: '<p>gone</p>' });
    expect([statusCode, body]).toEqual([410, '<p>gone</p>']);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': expect.stringContaining('no-store'),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe-inline');
  });
});
