import { request as httpRequest } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AccountOptions } from '../../../infra/account/account.ts';
import type { FaultyCall } from '../../../infra/account/faults.ts';
import type { Route } from '../../../infra/account/http.ts';
import { textResponse, type WireRequest } from '../../../infra/account/wire/message.ts';
import { listenLocally } from '../../../infra/account/wire/server.ts';
import { friday, openAccount } from './open-account.ts';

const routes: readonly Route[] = [
  { method: 'GET', path: '/s/{linkId}', target: 'echo' },
  { method: 'POST', path: '/s/{linkId}', target: 'echo' },
  { method: 'GET', path: '/s/help', target: 'page' },
  { method: 'ANY', path: '/files/{proxy+}', target: 'echo' },
  { method: 'GET', path: '/value', target: 'value' },
  { method: 'GET', path: '/broken', target: 'broken' },
  { method: 'GET', path: '/wrong', target: 'wrong' },
];

const functions = {
  echo: (event: APIGatewayProxyEventV2) => ({
    statusCode: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(event),
  }),
  page: () => ({
    statusCode: 303,
    headers: { location: '/done', 'X-Count': 2 },
    cookies: ['a=1; HttpOnly', 'b=2'],
    body: Buffer.from('<p>ü</p>').toString('base64'),
    isBase64Encoded: true,
  }),
  value: () => ({ plain: true }),
  broken: () => {
    throw new Error('secret detail');
  },
  wrong: () => ({ statusCode: 200, body: { not: 'a text' } }),
};

const twiceAtOnce = { next: ({ service }: FaultyCall) => (service === 'http' ? 'twice at once' : undefined) } as const;

const open = (options: Partial<AccountOptions> = {}) => openAccount({ routes, functions, ...options });

const get = (path: string, more: Partial<WireRequest> = {}): WireRequest => ({
  method: 'GET',
  path,
  headers: { host: '127.0.0.1:4566', 'user-agent': 'test' },
  body: new Uint8Array(0),
  ...more,
});

const json = (body: Uint8Array): unknown => JSON.parse(Buffer.from(body).toString());

describe('an HTTP route that asks who comes', () => {
  const guarded: readonly Route[] = [
    { method: 'GET', path: '/signed', target: 'value', authorization: 'AWS_IAM' },
    { method: 'GET', path: '/token', target: 'value', authorization: 'JWT' },
  ];
  const scoped = (service: string) =>
    `AWS4-HMAC-SHA256 Credential=local/20261120/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

  it("lets in who signs for execute-api, and answers everybody else in API Gateway's words", async () => {
    const { account } = await open({ routes: guarded });
    const ask = async (path: string, authorization?: string) => {
      const { status, body } = await account.handle(get(path, { headers: authorization ? { authorization } : {} }));
      return [status, json(body)];
    };
    expect(await ask('/signed', scoped('execute-api'))).toEqual([200, { plain: true }]);
    expect(await ask('/signed')).toEqual([403, { message: 'Forbidden' }]);
    expect(await ask('/signed', 'Bearer a.b.c')).toEqual([403, { message: 'Forbidden' }]);
    for (const authorization of [undefined, 'Bearer a.b.c', scoped('execute-api')])
      expect(await ask('/token', authorization)).toEqual([401, { message: 'Unauthorized' }]);
    expect(await ask('/nowhere', scoped('execute-api'))).toEqual([404, { message: 'Not Found' }]);
  });
});

describe('an HTTP route', () => {
  it("hands the request to its function in API Gateway's payload 2.0", async () => {
    const { account } = await open();
    const headers = { host: '127.0.0.1:4566', 'user-agent': 'test', cookie: 'a=1; b=2' };
    const { status, body } = await account.handle(get('/s/L%C3%BC-1?x=1&y=a%20b&x=2', { headers }));
    expect(status).toBe(200);
    expect(json(body)).toEqual({
      version: '2.0',
      routeKey: 'GET /s/{linkId}',
      rawPath: '/s/L%C3%BC-1',
      rawQueryString: 'x=1&y=a%20b&x=2',
      cookies: ['a=1', 'b=2'],
      headers: {
        host: '127.0.0.1:4566',
        'user-agent': 'test',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
        'x-forwarded-port': '4566',
      },
      queryStringParameters: { x: '1,2', y: 'a b' },
      pathParameters: { linkId: 'Lü-1' },
      requestContext: {
        accountId: '111111111111',
        apiId: 'local',
        domainName: '127.0.0.1:4566',
        domainPrefix: '127',
        http: { method: 'GET', path: '/s/L%C3%BC-1', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
        requestId: expect.any(String),
        routeKey: 'GET /s/{linkId}',
        stage: '$default',
        time: '20/Nov/2026:16:00:00 +0000',
        timeEpoch: friday,
      },
      isBase64Encoded: false,
    });
    expect(account.usage()).toMatchObject({ httpCalls: 1, lambdaInvocations: { echo: 1 } });
  });

  it('gives forms in base64 and JSON as text, as API Gateway does', async () => {
    const { account } = await open();
    const post = (type: string, text: string) =>
      account.handle(get('/s/1', { method: 'POST', headers: { 'content-type': type }, body: Buffer.from(text) }));
    const form = json((await post('application/x-www-form-urlencoded', 'a=1')).body);
    expect(form).toMatchObject({ body: Buffer.from('a=1').toString('base64'), isBase64Encoded: true });
    expect(json((await post('application/json; charset=utf-8', '{"a":"ü"}')).body)).toMatchObject({
      body: '{"a":"ü"}',
      isBase64Encoded: false,
    });
  });

  it('prefers the literal path, and takes the rest of a path', async () => {
    const { account } = await open();
    const page = await account.handle(get('/s/help'));
    expect(page.status).toBe(303);
    expect(page.headers).toMatchObject({ location: '/done', 'x-count': '2', 'set-cookie': ['a=1; HttpOnly', 'b=2'] });
    expect(Buffer.from(page.body).toString()).toBe('<p>ü</p>');
    expect(json((await account.handle(get('/files/a/b', { method: 'PUT' }))).body)).toMatchObject({
      pathParameters: { proxy: 'a/b' },
    });
  });

  it('turns a plain value into JSON, and hides what went wrong', async () => {
    const { account } = await open();
    const value = await account.handle(get('/value'));
    expect([value.status, value.headers['content-type'], json(value.body)]).toEqual([
      200,
      'application/json',
      { plain: true },
    ]);
    for (const path of ['/broken', '/wrong']) {
      const { status, body } = await account.handle(get(path));
      expect([status, json(body)]).toEqual([500, { message: 'Internal Server Error' }]);
    }
    expect(account.lambda.failures).toMatchObject([{ functionName: 'broken', errorMessage: 'secret detail' }]);
  });

  it('leaves everything else to the fallback, which may move the clock', async () => {
    const { account, clock } = await open({
      fallback: async () => {
        await clock.advanceTo(clock.now() + 1000);
        return textResponse(200, 'text/plain', 'console');
      },
    });
    const { body } = await account.handle(get('/'));
    expect(Buffer.from(body).toString()).toBe('console');
    expect(clock.now()).toBe(friday + 1000);
    const plain = await open();
    expect((await plain.account.handle(get('/nowhere'))).status).toBe(404);
    expect((await plain.account.handle(get('/s/%E0%A4%A'))).status).toBe(404);
  });

  it('refuses a body over 10 MB, and over 6 MB what Lambda cannot take', async () => {
    const { account } = await open();
    const post = (size: number) => account.handle(get('/s/1', { method: 'POST', body: Buffer.alloc(size, 'x') }));
    expect((await post(10 * 1024 * 1024 + 1)).status).toBe(413);
    expect((await post(7 * 1024 * 1024)).status).toBe(413);
    expect(account.usage().lambdaInvocations).toEqual({});
  });
});

describe('the port', () => {
  interface Answer {
    readonly status: number | undefined;
    readonly text: string;
  }

  function send(
    port: number,
    options: {
      readonly host: string;
      readonly method?: string;
      readonly headers?: Record<string, string>;
      readonly body?: Buffer;
    },
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(
        {
          host: '127.0.0.1',
          port,
          path: '/value',
          method: options.method ?? 'GET',
          headers: { ...options.headers, host: options.host },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }));
        },
      );
      request.on('error', reject);
      request.end(options.body);
    });
  }

  it('answers to this machine’s names only', async () => {
    const { account } = await open();
    const { port, url } = await account.listen(0);
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(await send(port, { host: `localhost:${port}` })).toEqual({ status: 200, text: '{"plain":true}' });
    expect((await send(port, { host: `127.0.0.1:${port}` })).status).toBe(200);
    expect((await send(port, { host: 'evil.example.com' })).status).toBe(421);
    expect((await send(port, { host: '127.0.0.1.evil.example.com' })).status).toBe(421);
  });

  it('takes no form from another site', async () => {
    const { account } = await open();
    const { port } = await account.listen(0);
    const foreign = { host: '127.0.0.1', headers: { 'sec-fetch-site': 'cross-site' } };
    expect((await send(port, { ...foreign, method: 'POST' })).status).toBe(403);
    expect((await send(port, foreign)).status).toBe(200);
  });

  it('goes on sending to a reader who stays, and is told when they have gone', async () => {
    let gone: () => void = () => undefined;
    const left = new Promise<void>((resolve) => {
      gone = resolve;
    });
    const server = await listenLocally(
      async () => ({
        ...textResponse(200, 'text/event-stream', 'first '),
        stream: (send) => {
          send('second');
          return gone;
        },
      }),
      0,
    );
    onTestFinished(() => server.close());
    const stay = new AbortController();
    const answer = await fetch(server.url, { signal: stay.signal });
    expect(answer.headers.get('content-length')).toBeNull();
    let read = '';
    for await (const chunk of answer.body ?? []) {
      read += Buffer.from(chunk).toString();
      if (read === 'first second') break;
    }
    stay.abort();
    await left;
  });

  it('stops reading a body that is too long', async () => {
    const { account } = await open();
    const { port } = await account.listen(0);
    const answer = await send(port, { host: '127.0.0.1', method: 'POST', body: Buffer.alloc(11 * 1024 * 1024) });
    expect(answer.status).toBe(413);
  });
});

describe('two clicks at once', () => {
  it('are answered as the second one was, also where Lambda takes neither', async () => {
    const { account } = await open({ faults: twiceAtOnce });
    account.lambda.throttleNext('value', 2);
    expect((await account.handle(get('/value'))).status).toBe(500);
    expect((await account.handle(get('/value'))).status).toBe(200);
  });
});
