import { localIdentity } from '../../../infra/account/identity.ts';
import type { Resource } from './synthesize.ts';

type Resources = Readonly<Record<string, Resource>>;

const pseudo: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': localIdentity.region,
  'AWS::AccountId': localIdentity.accountId,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** What each type is called in its ARN: the service, then the resource. */
const arns: Readonly<Record<string, (name: string) => readonly [string, string]>> = {
  'AWS::DynamoDB::Table': (name) => ['dynamodb', `table/${name}`],
  'AWS::Lambda::Function': (name) => ['lambda', `function:${name}`],
  'AWS::StepFunctions::StateMachine': (name) => ['states', `stateMachine:${name}`],
  'AWS::SQS::Queue': (name) => ['sqs', name],
  'AWS::Logs::LogGroup': (name) => ['logs', `log-group:${name}:*`],
  'AWS::Events::Rule': (name) => ['events', `rule/${name}`],
  'AWS::Events::EventBus': (name) => ['events', `event-bus/${name}`],
  'AWS::KMS::Key': (name) => ['kms', `key/${name}`],
  'AWS::KinesisFirehose::DeliveryStream': (name) => ['firehose', `deliverystream/${name}`],
};

/** The property that holds a resource's name; its logical id is the name where it has none. */
const nameProperties = [
  'FunctionName',
  'TableName',
  'StateMachineName',
  'QueueName',
  'LogGroupName',
  'DeliveryStreamName',
  'Name',
];

const nameOf = (id: string, { Properties }: Resource): string =>
  nameProperties.map((property) => Properties[property]).find((name) => typeof name === 'string') ?? id;

function arnOf(id: string, resource: Resource): string {
  const name = nameOf(id, resource);
  if (resource.Type === 'AWS::IAM::Role') return `arn:aws:iam::${localIdentity.accountId}:role/${name}`;
  if (resource.Type === 'AWS::S3::Bucket') return `arn:aws:s3:::${name}`;
  const [service, path] = arns[resource.Type]?.(name) ?? [];
  if (!service) throw new Error(`What is the ARN of ${resource.Type}?`);
  return `arn:aws:${service}:${localIdentity.region}:${localIdentity.accountId}:${path}`;
}

/** Resolves a template's references as CloudFormation would, in the local account. Throws for what it does not know. */
export function resolve(resources: Resources, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((member) => resolve(resources, member));
  if (typeof value !== 'object' || value === null) return value;
  const [[key, argument] = [], ...more] = Object.entries(value);
  if (key === 'Ref' && more.length === 0) return reference(resources, String(argument));
  if (key === 'Fn::GetAtt') return attribute(resources, argument as [string, string]);
  if (key === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map((part) => resolve(resources, part)).join(separator);
  }
  if (key?.startsWith('Fn::')) throw new Error(`${key} is not resolved here.`);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolve(resources, member)]));
}

function reference(resources: Resources, id: string): string {
  const resource = resources[id];
  if (resource?.Type === 'AWS::SQS::Queue')
    return `https://sqs.${localIdentity.region}.amazonaws.com/${localIdentity.accountId}/${nameOf(id, resource)}`;
  return pseudo[id] ?? (resource ? nameOf(id, resource) : id);
}

function attribute(resources: Resources, [id, name]: [string, string]): string {
  const resource = resources[id];
  if (!resource) throw new Error(`There is no ${id}.`);
  if (name === 'Arn') return arnOf(id, resource);
  if (name === 'StreamArn') return `${arnOf(id, resource)}/stream/2026-11-17T08:00:00.000`;
  if (name === 'ApiEndpoint') return 'http://127.0.0.1:4566';
  return `${nameOf(id, resource)}.${name}`;
}
