import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { inProcessSettings } from '../../../infra/account/clients.ts';
import { textResponse, type WireRequest } from '../../../infra/account/wire/message.ts';
import { failure, openAccount } from './open-account.ts';
import { callQuery } from './raw-call.ts';

const target = { 'x-amz-target': 'DynamoDB_20120810.ListTables' };
const missing = 'Request is missing Authentication Token';
const scoped = (region: string, more = ', SignedHeaders=host, Signature=0') => ({
  authorization: `AWS4-HMAC-SHA256 Credential=local/20261120/${region}/dynamodb/aws4_request${more}`,
});

async function open() {
  let calls = 0;
  const opened = await openAccount({
    functions: { start: () => ++calls, page: () => 'a page' },
    routes: [{ method: 'GET', path: '/schedules/{proxy+}', target: 'page' }],
    fallback: async () => textResponse(200, 'text/plain', 'the console'),
  });
  const ask = async (request: Partial<WireRequest>) => {
    const { status, headers, body } = await opened.account.handle({
      method: 'GET',
      path: '/',
      headers: {},
      body: new Uint8Array(0),
      ...request,
    });
    return { status, type: headers['content-type'], text: Buffer.from(body).toString() };
  };
  return { ...opened, ask, calls: () => calls };
}

const form = (text: string) => Buffer.from(text);
const invocation = '/2015-03-31/functions/start/invocations';

describe('a call of AWS that nobody has signed', () => {
  it.each<[what: string, request: Partial<WireRequest>, status: number, error: string, message: string]>([
    ['in JSON', { method: 'POST', headers: target }, 400, '"MissingAuthenticationTokenException"', missing],
    [
      'as a form',
      { method: 'POST', body: form('Action=ListIdentities&Version=2010-12-01') },
      403,
      '<Code>MissingAuthenticationToken</Code>',
      missing,
    ],
    [
      'as an address',
      { path: '/?Action=GetCallerIdentity&Version=2011-06-15' },
      403,
      '<Code>MissingAuthenticationToken</Code>',
      missing,
    ],
    ['of a function', { method: 'POST', path: invocation }, 403, '"MissingAuthenticationTokenException"', missing],
    [
      'of a schedule',
      { method: 'POST', path: '/schedules/reminder' },
      403,
      '"MissingAuthenticationTokenException"',
      missing,
    ],
    [
      'with a password',
      { method: 'POST', headers: { ...target, authorization: 'Basic YTpi' } },
      400,
      '"IncompleteSignatureException"',
      "requires 'Credential' parameter",
    ],
    [
      'with half a signature',
      { method: 'POST', headers: { ...target, ...scoped('us-east-1', '') } },
      400,
      '"IncompleteSignatureException"',
      "requires 'Signature' parameter",
    ],
    [
      'with no scope',
      { method: 'POST', path: invocation, headers: { authorization: 'AWS4-HMAC-SHA256 Signature=0' } },
      403,
      '"IncompleteSignatureException"',
      "requires 'Credential' parameter",
    ],
    [
      'for another region',
      { method: 'POST', headers: { ...target, ...scoped('eu-west-1') } },
      400,
      '"InvalidSignatureException"',
      "valid region, not 'eu-west-1'",
    ],
  ])('is refused in its words: %s', async (_, request, status, error, message) => {
    const { ask, calls } = await open();
    const answer = await ask(request);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(error);
    expect(answer.text.replaceAll('&apos;', "'")).toContain(message);
    expect(calls()).toBe(0);
  });

  it('is told apart from a page', async () => {
    const { ask } = await open();
    for (const request of [
      {},
      { path: '/?version=2026-11-20' },
      { method: 'POST', body: form('Action=send') },
      { method: 'POST', path: '/deals', body: form('Action=send&Version=2010-12-01') },
      { headers: { authorization: 'Basic YTpi' } },
    ])
      expect(await ask(request)).toMatchObject({ status: 200, text: 'the console' });
    expect(await ask({ path: '/schedules/today' })).toMatchObject({ status: 200, text: 'a page' });
  });

  it('is refused to a client that is set to another region', async () => {
    const { account, calls } = await open();
    const settings = inProcessSettings(
      { identity: { ...account.identity, region: 'eu-west-1' }, requestHandler: account.requestHandler },
      'lambda',
    );
    const refused = await failure(new LambdaClient(settings).send(new InvokeCommand({ FunctionName: 'start' })));
    expect(refused.name).toBe('InvalidSignatureException');
    expect(calls()).toBe(0);
  });
});

describe('the local STS', () => {
  it('tells a role who it is', async () => {
    const { account } = await openAccount({ roles: { 'handoff-notify': [] } });
    const answer = await account.handle({
      method: 'GET',
      path: '/?Action=GetCallerIdentity&Version=2011-06-15',
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=handoff-notify/20261120/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: new Uint8Array(0),
    });
    expect(Buffer.from(answer.body).toString()).toContain(
      '<Arn>arn:aws:sts::111111111111:assumed-role/handoff-notify/handoff-notify</Arn>',
    );
  });

  it('takes no parameters', async () => {
    const { account } = await openAccount();
    const refused = await callQuery(account, 'sts')({ Action: 'GetCallerIdentity', Version: '2011-06-15', Who: 'me' });
    expect(refused).toMatchObject({
      status: 501,
      message: expect.stringContaining('STS.GetCallerIdentity parameter Who'),
    });
  });
});
