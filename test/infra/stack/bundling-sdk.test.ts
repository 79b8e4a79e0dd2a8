import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../../infra/stack/bundling.ts';
import * as clients from '../../support/sdk-clients.ts';

let folder = '';
let bundled: typeof clients;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'handoff-sdk-'));
  const [made] = await bundle([{ name: 'sdk', entryPoint: 'test/support/sdk-clients.ts' }], folder);
  bundled = await import(`${made?.folder}/index.mjs`);
});

afterAll(() => rm(folder, { recursive: true }));

const regions = ['us-east-1', 'eu-central-1', 'ap-southeast-7', 'mx-central-1', 'us-gov-west-1', 'cn-north-1'];
const fartherRegions = [
  'cn-northwest-1',
  'eusc-de-east-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
];
const names = [
  'DynamoDBClient',
  'EventBridgeClient',
  'FirehoseClient',
  'LambdaClient',
  'SchedulerClient',
  'SESClient',
  'SFNClient',
  'SSMClient',
] as const;

/** Where a client sends what it is asked in a region. */
function addressOf(from: typeof clients, name: (typeof names)[number], asked: object): string {
  const { config } = new from[name]({ region: 'us-east-1' });
  const { url } = (config as unknown as Resolving).endpointProvider({ UseFIPS: false, UseDualStack: false, ...asked });
  return url.href;
}
interface Resolving {
  readonly endpointProvider: (asked: object) => { readonly url: URL };
}

describe("The SDK's clients in bundles", () => {
  it.each(names)('%s speaks with the same address in each region, and with one that it is given', (name) => {
    for (const Region of [...regions, ...fartherRegions])
      expect(addressOf(bundled, name, { Region }), Region).toBe(addressOf(clients, name, { Region }));
    const Endpoint = 'http://127.0.0.1:4566';
    expect(addressOf(bundled, name, { Region: 'us-east-1', Endpoint })).toBe('http://127.0.0.1:4566/');
  });

  it('say that they know no address of a kind that was left out', () => {
    expect(() => addressOf(bundled, 'SSMClient', { Region: 'us-east-1', UseFIPS: true })).toThrow(/without FIPS/);
  });
});

/** What a client throws when its service answers so. */
async function thrownBy(from: typeof clients, answered: Answered): Promise<object> {
  const error = await errorOf(from, answered);
  const { name, message, $fault, $metadata } = error;
  return { name, message, $fault, $metadata, isError: error instanceof Error };
}

async function errorOf(from: typeof clients, { ask, status, body }: Answered): Promise<Failure> {
  const response = { statusCode: status, headers: { 'x-amzn-requestid': 'r-1' }, body: Readable.from([body]) };
  const settings = {
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: { handle: async () => ({ response }) } as never,
  };
  return ask(from, settings).then(
    () => new Error('Nothing was thrown.'),
    (thrown) => thrown,
  );
}

type Failure = Error & { readonly $fault?: string; readonly $metadata?: object };

interface Answered {
  readonly ask: (from: typeof clients, settings: object) => Promise<unknown>;
  readonly status: number;
  readonly body: string;
}

const read: Answered['ask'] = (from, settings) =>
  new from.DynamoDBClient(settings).send(new from.GetItemCommand({ TableName: 't', Key: { pk: { S: 'p' } } }));
const send: Answered['ask'] = (from, settings) =>
  new from.SESClient(settings).send(new from.SendRawEmailCommand({ RawMessage: { Data: new Uint8Array([1]) } }));
const parameter: Answered['ask'] = (from, settings) =>
  new from.SSMClient(settings).send(new from.GetParameterCommand({ Name: 'p' }));

const ofDynamoDb = (name: string) =>
  JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'No.' });
const ofSes = (name: string) =>
  `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${name}</Code><Message>No.</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`;

describe("Errors of the SDK's clients in bundles", () => {
  it.each<[string, Answered]>([
    ['a condition that fails', { ask: read, status: 400, body: ofDynamoDb('ConditionalCheckFailedException') }],
    ['too many requests', { ask: read, status: 400, body: ofDynamoDb('ProvisionedThroughputExceededException') }],
    ['an error whose class was left out', { ask: read, status: 400, body: ofDynamoDb('TableInUseException') }],
    ['a fault of the service', { ask: read, status: 500, body: ofDynamoDb('InternalServerError') }],
    ['an error nobody knows', { ask: read, status: 400, body: ofDynamoDb('NewException') }],
    ['a mail that is refused', { ask: send, status: 400, body: ofSes('MessageRejected') }],
    ['a sender that is not verified', { ask: send, status: 400, body: ofSes('MailFromDomainNotVerifiedException') }],
    ['a mail too many', { ask: send, status: 400, body: ofSes('Throttling') }],
    ['a parameter that is not there', { ask: parameter, status: 400, body: '{"__type":"ParameterNotFound"}' }],
    ['a parameter nobody can read', { ask: parameter, status: 400, body: '{"__type":"InvalidKeyId","message":"No."}' }],
  ])('say the same of %s', async (_, answered) => {
    expect(await thrownBy(bundled, answered)).toEqual(await thrownBy(clients, answered));
  });

  it('are of the class that an adapter tells them by', async () => {
    const failed = { ask: read, status: 400, body: ofDynamoDb('ConditionalCheckFailedException') };
    expect(await errorOf(bundled, failed)).toBeInstanceOf(bundled.ConditionalCheckFailedException);
    const missing = { ask: parameter, status: 400, body: '{"__type":"ParameterNotFound"}' };
    expect(await errorOf(bundled, missing)).toBeInstanceOf(bundled.ParameterNotFound);
  });
});
