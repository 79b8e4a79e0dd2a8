import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import type { CallSettings } from '../../../../functions/aws/signed-calls.ts';
import { inProcessSettings } from '../../../../infra/account/clients.ts';
import { queryCalls } from '../../../../infra/calls/query-calls.ts';
import { deployedTemplate, keepingOf, machineArnOf } from '../../../../infra/commands/ending/deployed-stack.ts';
import { patience } from '../../../../infra/commands/patience.ts';
import { openSystem } from '../../../support/world.ts';

interface Sent {
  readonly method: string;
  readonly hostname: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A connection that keeps what is sent, and answers as told, one answer after another. */
function connection(...answers: readonly (readonly [number, string])[]): { settings: CallSettings; sent: Sent[] } {
  const sent: Sent[] = [];
  const lambda = new LambdaClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
    requestHandler: {
      handle: async (request: unknown) => {
        sent.push(request as Sent);
        const [statusCode, text] = answers[sent.length - 1] ?? [500, ''];
        return { response: { statusCode, headers: {}, body: Buffer.from(text) } } as never;
      },
    },
  });
  return { settings: lambda, sent };
}

const cloudFormation = (settings: CallSettings) =>
  queryCalls(settings, { service: 'cloudformation', version: '2010-05-15' });
const again = patience(async () => undefined);
const failure = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

describe('the template that a stage is deployed with', () => {
  it('is asked of CloudFormation, signed, and read out of its XML', async () => {
    const template = { Description: 'Jörg & "Anna" <x>', Resources: { Table: { Type: 'AWS::DynamoDB::Table' } } };
    const body = JSON.stringify(template)
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
      .replace('ö', '&#xF6;');
    const { settings, sent } = connection([
      200,
      `<GetTemplateResponse><GetTemplateResult><TemplateBody>${body}</TemplateBody></GetTemplateResult></GetTemplateResponse>`,
    ]);
    expect(await deployedTemplate('production', cloudFormation(settings), again)).toEqual(template);
    const [{ hostname, method, headers, body: form } = {} as Sent] = sent;
    expect([hostname, method]).toEqual(['cloudformation.eu-central-1.amazonaws.com', 'POST']);
    expect(Object.fromEntries(new URLSearchParams(form))).toEqual({
      Action: 'GetTemplate',
      Version: '2010-05-15',
      StackName: 'handoff-production',
    });
    expect(headers['authorization']).toMatch(/Credential=AKID\/\d+\/eu-central-1\/cloudformation\//);
  });

  it('is none before the first deploy', async () => {
    const { settings } = connection([
      400,
      failure('ValidationError', 'Stack with id handoff-production does not exist'),
    ]);
    expect(await deployedTemplate('production', cloudFormation(settings), again)).toBeUndefined();
  });

  it('is asked for again while CloudFormation is too busy, and not guessed where it says no', async () => {
    const ok = [200, '<TemplateBody>{}</TemplateBody>'] as const;
    const throttled = [400, failure('Throttling', 'Rate exceeded')] as const;
    const { settings, sent } = connection(throttled, [503, ''], ok);
    expect(await deployedTemplate('production', cloudFormation(settings), again)).toEqual({});
    expect(sent).toHaveLength(3);
    const denied = connection([403, failure('AccessDenied', 'User is not authorized')]);
    await expect(deployedTemplate('production', cloudFormation(denied.settings), again)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'User is not authorized',
      $metadata: { httpStatusCode: 403 },
    });
    const busy = connection(...Array.from({ length: 100 }, () => throttled));
    await expect(deployedTemplate('production', cloudFormation(busy.settings), again)).rejects.toThrow('Rate exceeded');
  });
});

describe('what a stage keeps things in', () => {
  const resource = (type: string, id: string) =>
    `<member><ResourceType>${type}</ResourceType><DriftInformation><StackResourceDriftStatus>NOT_CHECKED</StackResourceDriftStatus></DriftInformation><PhysicalResourceId>${id}</PhysicalResourceId></member>`;
  const page = (resources: readonly string[], next = '') =>
    [
      200,
      `<ListStackResourcesResult><StackResourceSummaries>${resources.join('')}</StackResourceSummaries>${next}</ListStackResourcesResult>`,
    ] as const;

  it('is looked for on every page of its resources', async () => {
    const { settings, sent } = connection(
      page(
        [resource('AWS::SQS::Queue', 'https://queue'), resource('AWS::DynamoDB::Table', 'handoff-Table-1')],
        '<NextToken>more</NextToken>',
      ),
      page([resource('AWS::S3::Bucket', 'handoff-facts-1'), resource('AWS::KMS::Key', '12ab')]),
    );
    expect(await keepingOf('production', cloudFormation(settings), again)).toEqual({
      table: 'handoff-Table-1',
      bucket: 'handoff-facts-1',
      key: '12ab',
    });
    expect(sent.map(({ body }) => new URLSearchParams(body).get('NextToken'))).toEqual([null, 'more']);
  });

  it('is nothing before the first deploy, and not guessed where CloudFormation says no', async () => {
    const none = connection([400, failure('ValidationError', 'Stack with id handoff-production does not exist')]);
    expect(await keepingOf('production', cloudFormation(none.settings), again)).toEqual({});
    const denied = connection([403, failure('AccessDenied', 'User is not authorized')]);
    await expect(keepingOf('production', cloudFormation(denied.settings), again)).rejects.toThrow('not authorized');
  });
});

describe('the state machine of a stage', () => {
  it('has its ARN in the account whose credentials are used', async () => {
    const { account } = await openSystem();
    const lambda = new LambdaClient(inProcessSettings(account, 'lambda'));
    const sts = queryCalls(lambda, { service: 'sts', version: '2011-06-15' });
    expect(await machineArnOf('production', sts, 'us-east-1')).toBe(
      'arn:aws:states:us-east-1:111111111111:stateMachine:handoff-production',
    );
  });
});
