import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import {
  CreateStateMachineCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import type { AccountOptions } from '../../../infra/account/account.ts';
import { inProcessSettings } from '../../../infra/account/clients.ts';
import type { WireRequest } from '../../../infra/account/wire/message.ts';
import { failure, friday, openAccount } from './open-account.ts';

async function overSocket(options: Partial<AccountOptions> = {}) {
  const opened = await openAccount(options);
  const { url } = await opened.account.listen(0);
  const settings = {
    region: 'us-east-1',
    endpoint: url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  return { ...opened, settings };
}

const signed = (service: string, more: Partial<WireRequest> = {}): WireRequest => ({
  method: 'POST',
  path: '/',
  headers: {
    authorization: `AWS4-HMAC-SHA256 Credential=key/20261120/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  },
  body: new Uint8Array(0),
  ...more,
});

const pass = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'Wait',
  States: { Wait: { Type: 'Wait', Seconds: 60, Next: 'End' }, End: { Type: 'Succeed' } },
});

describe('the local account', () => {
  it('serves unmodified SDK clients over a socket', async () => {
    const { account, clock, settings } = await overSocket({ functions: { echo: (event: unknown) => event } });
    expect((await new DynamoDBClient(settings).send(new ListTablesCommand({}))).TableNames).toEqual([]);

    const lambda = await new LambdaClient(settings).send(
      new InvokeCommand({ FunctionName: 'echo', Payload: '{"a":"ü"}' }),
    );
    expect(Buffer.from(lambda.Payload ?? []).toString()).toBe('{"a":"ü"}');

    const sent = await new SESClient(settings).send(
      new SendEmailCommand({
        Source: 'a@example.com',
        Destination: { ToAddresses: ['b@example.com'] },
        Message: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } },
      }),
    );
    expect(sent.MessageId).toBe(account.inbox.mails[0]?.id);

    const put = await new EventBridgeClient(settings).send(
      new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'd', Detail: '{}' }] }),
    );
    expect(put.FailedEntryCount).toBe(0);

    const missing = await failure(new SchedulerClient(settings).send(new GetScheduleCommand({ Name: 'none' })));
    expect(missing.name).toBe('ResourceNotFoundException');

    const sfn = new SFNClient(settings);
    const { stateMachineArn } = await sfn.send(
      new CreateStateMachineCommand({ name: 'm', definition: pass, roleArn: 'arn:aws:iam::111111111111:role/r' }),
    );
    await sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'one' }));
    await clock.runToEnd();
    const { executions } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
    expect(executions).toMatchObject([{ name: 'one', status: 'SUCCEEDED', stopDate: new Date(friday + 60_000) }]);
    expect(account.usage().stateTransitions).toBeGreaterThanOrEqual(2);
  });

  it('answers the same without a socket, signed or not', async () => {
    const { account } = await openAccount();
    const { signer: _, ...signing } = inProcessSettings(account, 'dynamodb');
    expect((await new DynamoDBClient(signing).send(new ListTablesCommand({}))).TableNames).toEqual([]);
    const client = new DynamoDBClient(inProcessSettings(account, 'dynamodb'));
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  });

  it('says who it is', async () => {
    const { account } = await openAccount();
    const body = Buffer.from('Action=GetCallerIdentity&Version=2011-06-15');
    const answer = await account.handle(signed('sts', { body }));
    expect(Buffer.from(answer.body).toString()).toContain('<Account>111111111111</Account>');
  });

  it('refuses services, actions and paths it does not have', async () => {
    const { account } = await openAccount();
    const say = async (request: WireRequest) => {
      const { status, body } = await account.handle(request);
      return `${status} ${Buffer.from(body).toString()}`;
    };
    expect(await say(signed('sns'))).toContain('NotEmulated: the service sns');
    expect(await say(signed('ses', { path: '/v2/email/outbound-emails' }))).toMatch(/^501 .*NotEmulated: SES/);
    expect(await say(signed('lambda', { method: 'GET', path: '/2018-10-31/layers' }))).toContain(
      'NotEmulated: Lambda GET /2018-10-31/layers',
    );
    const streams = { ...signed('dynamodb').headers, 'x-amz-target': 'DynamoDBStreams_20120810.ListStreams' };
    expect(await say(signed('dynamodb', { headers: streams }))).toContain(
      'NotEmulated: DynamoDBStreams_20120810.ListStreams',
    );
  });

  it('refuses an unsigned call and a body that is no JSON', async () => {
    const { account } = await openAccount();
    const headers = { 'x-amz-target': 'DynamoDB_20120810.ListTables' };
    const unsigned = await account.handle(signed('dynamodb', { headers }));
    expect(unsigned.status).toBe(400);
    expect(Buffer.from(unsigned.body).toString()).toContain('MissingAuthenticationTokenException');
    const broken = signed('dynamodb', {
      headers: { ...signed('dynamodb').headers, ...headers },
      body: Buffer.from('{'),
    });
    expect(Buffer.from((await account.handle(broken)).body).toString()).toContain('SerializationException');
  });

  it('keeps virtual time still while a call is answered', async () => {
    const times: number[] = [];
    const { clients, clock } = await openAccount({
      functions: {
        slow: async () => {
          times.push(clock.now());
          await new Promise((resolve) => setImmediate(resolve));
          await new Promise((resolve) => setImmediate(resolve));
          times.push(clock.now());
        },
      },
    });
    clock.at(friday + 1000, () => times.push(clock.now()));
    const invoked = clients.lambda.send(new InvokeCommand({ FunctionName: 'slow', InvocationType: 'Event' }));
    await invoked;
    await clock.runToEnd();
    expect(times).toEqual([friday, friday, friday + 1000]);
  });
});
