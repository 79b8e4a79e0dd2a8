import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import { textResponse, type WireHandler, type WireRequest } from '../../../../infra/account/wire/message.ts';
import { listenLocally } from '../../../../infra/account/wire/server.ts';
import { operationsProxy, type Reach, type Target } from '../../../../infra/commands/operations/proxy.ts';
import { signed, withToken } from '../../../../infra/commands/operations/reach-site.ts';
import { upTo } from '../../../support/progress.ts';

const remedy = 'Ask for the right.';
const page = { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, text: '<p>Lüders</p>' };

/** A proxy before a site that answers so, and what it asked the site for. */
function proxied(answer: Reach = async () => page) {
  const asked: Target[] = [];
  const handle = operationsProxy({
    remedy,
    reach: (target) => {
      asked.push(target);
      return answer(target);
    },
  });
  const ask = async (path: string, more: Partial<WireRequest> = {}) => {
    const headers = { host: '127.0.0.1:8080', ...more.headers };
    const {
      status,
      headers: told,
      body,
    } = await handle({ method: 'GET', body: new Uint8Array(0), path, ...more, headers });
    return { status, headers: told, text: Buffer.from(body).toString() };
  };
  return { asked, ask };
}

async function listening(handle: WireHandler): Promise<string> {
  const { url, close } = await listenLocally(handle, 0);
  onTestFinished(close);
  return url;
}

describe('The proxy for operations', () => {
  it('hands on the pages for operations, with their addresses as they are', async () => {
    const { asked, ask } = proxied();
    expect(await ask('/operations?late=1&person=a%40b.example')).toMatchObject({ status: 200, text: page.text });
    await ask('/operations/handoffs/D-1-1');
    expect(asked).toEqual([
      { path: '/operations', query: 'late=1&person=a%40b.example' },
      { path: '/operations/handoffs/D-1-1', query: '' },
    ]);
    expect((await ask('/')).headers).toMatchObject({ location: '/operations' });
  });

  it.each([
    '/s/abc',
    '/d/abc',
    '/operationsx',
    '/operations/../s/abc',
    '/operations/%2e%2e/s/abc',
    '/operations/.%2E/s',
    '/operations//s',
    '//evil.example/operations',
    '/operations/a\\b',
    'http://evil.example/operations',
  ])('hands on nothing else: %s', async (path) => {
    const { asked, ask } = proxied();
    expect((await ask(path)).status).toBe(404);
    expect(asked).toEqual([]);
  });

  it.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('takes no %s', async (method) => {
    const { asked, ask } = proxied();
    expect((await ask('/operations', { method })).status).toBe(405);
    expect(asked).toEqual([]);
  });

  it('loads nothing for another site, and follows its links', async () => {
    const { asked, ask } = proxied();
    const fetched = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'empty' };
    expect((await ask('/operations', { headers: fetched })).status).toBe(403);
    expect(asked).toEqual([]);
    const followed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' };
    expect((await ask('/operations', { headers: followed })).status).toBe(200);
  });

  it('keeps what protects a page, and nothing that speaks of the site itself', async () => {
    const headers = {
      ...page.headers,
      'content-security-policy': "default-src 'none'",
      'cache-control': 'no-store',
      'strict-transport-security': 'max-age=1',
      'set-cookie': 'a=1',
      apigw: 'x',
    };
    const { ask } = proxied(async () => ({ ...page, headers }));
    expect((await ask('/operations')).headers).toEqual({
      ...page.headers,
      'content-security-policy': "default-src 'none'",
      'cache-control': 'no-store',
    });
  });

  it('says what to do where the site lets nobody in, has no such pages, or is not there', async () => {
    const json = { 'content-type': 'application/json' };
    const told = (status: number) => proxied(async () => ({ status, headers: json, text: '{}' })).ask('/operations');
    for (const status of [401, 403]) {
      const { text, ...answer } = await told(status);
      expect([answer.status, text.includes(remedy)]).toEqual([status, true]);
    }
    expect((await told(404)).text).toContain('Set "operations"');
    expect((await proxied(async () => ({ ...page, status: 404 })).ask('/operations/handoffs/x')).text).toBe(page.text);
    const gone = await proxied(async () => Promise.reject(new Error('getaddrinfo ENOTFOUND'))).ask('/operations');
    expect([gone.status, gone.text]).toEqual([502, expect.stringContaining('ENOTFOUND')]);
  });
});

describe('A request to the site', () => {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' };
  const lambda = new LambdaClient({ region: 'us-east-1', credentials });

  /** A site that tells what it is asked. */
  async function echo(): Promise<{ site: string; asked: WireRequest[] }> {
    const asked: WireRequest[] = [];
    const site = await listening(async (request) => {
      asked.push(request);
      return textResponse(200, 'text/html', 'a page');
    });
    return { site, asked };
  }

  it('is signed for API Gateway, with the session of the credentials, and says nothing more of them', async () => {
    const { site, asked } = await echo();
    const { status, text } = await signed(lambda, site)({ path: '/operations', query: 'person=a%40b.example&late=1' });
    expect([status, text]).toEqual([200, 'a page']);
    const [{ method, path, headers } = { method: '', path: '', headers: {} as Record<string, string> }] = asked;
    expect([method, new URL(path, site).searchParams.get('person')]).toEqual(['GET', 'a@b.example']);
    expect(headers['authorization']).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/execute-api\/aws4_request, SignedHeaders=.*host.*, Signature=[0-9a-f]{64}$/,
    );
    expect(headers['x-amz-security-token']).toBe('session');
    expect(JSON.stringify(asked)).not.toContain('secret');
  });

  it('brings the token where there is one, and follows nobody with it', async () => {
    const { site, asked } = await echo();
    expect((await withToken('a.b.c', site)({ path: '/operations/handoffs/D-1-1', query: '' })).status).toBe(200);
    expect(asked.map(({ path, headers }) => [path, headers['authorization']])).toEqual([
      ['/operations/handoffs/D-1-1', 'Bearer a.b.c'],
    ]);
    const redirecting = await listening(async () => ({
      status: 302,
      headers: { location: `${site}/operations` },
      body: new Uint8Array(0),
    }));
    expect((await withToken('a.b.c', redirecting)({ path: '/operations', query: '' })).status).toBe(302);
    expect(asked).toHaveLength(1);
  });

  it('shows the board of the system on this machine', async () => {
    const { system, id } = await upTo('schedule-internal-meeting');
    const site = await listening(system.account.handle);
    const handle = operationsProxy({ reach: signed(lambda, site), remedy });
    const url = await listening(handle);
    const answer = await fetch(`${url}/operations/handoffs/${id}`);
    expect([answer.status, (await answer.text()).includes(id)]).toEqual([200, true]);
    const unsigned = await fetch(`${site}/operations`);
    expect([unsigned.status, await unsigned.json()]).toEqual([403, { message: 'Forbidden' }]);
  });
});
