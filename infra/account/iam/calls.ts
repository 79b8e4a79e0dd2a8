import { arn, type Identity } from '../identity.ts';
import { functionReference, referenceArn } from '../lambda-reference.ts';
import { bareAddress } from '../ses/addresses.ts';
import { notEmulated } from '../wire/errors.ts';
import { isObject } from '../wire/message.ts';
import type { Call } from './policy.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** What somebody asks of a service, with the parameters as they are on the wire. */
export interface Asked {
  /** As its calls are signed: `dynamodb`, `ses`, `states`, `events`, `scheduler`, `lambda`, `sqs`, `ssm`, `firehose`. */
  readonly service: string;
  readonly action: string;
  readonly parameters: Parameters;
}

export interface Resources {
  readonly identity: Identity;
  /** The ARN of the state machine that waits on a task token; undefined when none does. */
  readonly machineOf: (taskToken: string) => string | undefined;
  /** The name of a table's partition key. */
  readonly partitionKeyOf: (table: string) => Promise<string>;
}

/**
 * What IAM is asked about a call: the call itself, and the role it hands on. Throws for an action that no policy of this account
 * can be about yet.
 */
export async function callsOf(asked: Asked, resources: Resources): Promise<readonly Call[]> {
  const { Target: target } = asked.parameters;
  const role = isObject(target) ? target['RoleArn'] : undefined;
  const call = await callOf(asked, resources);
  if (asked.service !== 'scheduler' || typeof role !== 'string') return [call];
  const context = { 'iam:PassedToService': ['scheduler.amazonaws.com'] };
  return [call, { action: 'iam:PassRole', resources: [role], context }];
}

async function callOf({ service, action, parameters }: Asked, resources: Resources): Promise<Call> {
  const { identity, machineOf } = resources;
  const on = (resources: readonly string[], context: Call['context'] = {}): Call => ({
    action: `${service}:${action}`,
    resources,
    context,
  });
  const text = (name: string) => String(parameters[name] ?? '');
  switch (service) {
    case 'dynamodb':
      return tableCall({ action, parameters }, resources);
    case 'ses':
      return /^Send(Raw)?Email$/.test(action) ? mailCall({ action, parameters }, identity) : on([]);
    case 'scheduler':
      return on([arn(identity, 'scheduler', `schedule/${text('GroupName') || 'default'}/${text('Name')}`)]);
    case 'sqs': {
      // A batch is granted as what it is a batch of.
      const call = on([arn(identity, 'sqs', text('QueueUrl').split('/').at(-1) ?? '')]);
      return { ...call, action: call.action.replace(/Batch$/, '') };
    }
    case 'ssm':
      return on([arn(identity, 'ssm', `parameter/${text('Name').replace(/^\//, '')}`)]);
    case 'firehose':
      return on([arn(identity, 'firehose', `deliverystream/${text('DeliveryStreamName')}`)]);
    case 'events':
      if (action === 'PutEvents')
        return on(busesOf(parameters).map((bus) => arn(identity, 'events', `event-bus/${bus}`)));
      break;
    case 'lambda':
      if (action === 'Invoke') return functionCall(functionArn(parameters, identity));
      break;
    case 'states':
      if (action === 'StartExecution') return on([text('stateMachineArn')]);
      if (action === 'StopExecution') return on([text('executionArn')]);
      // A token that nothing waits on tells no machine: the service says so, not IAM.
      if (action === 'SendTaskSuccess' || action === 'SendTaskFailure')
        return on([machineOf(text('taskToken'))].filter((machine) => machine !== undefined));
      break;
  }
  throw notEmulated(`a role's right to ${service}:${action}`);
}

/** The names of the buses that events are put on. */
function busesOf({ Entries: entries }: Parameters): readonly string[] {
  const names = (Array.isArray(entries) ? entries : []).map((entry) => {
    const bus = String(Object(entry)['EventBusName'] ?? 'default');
    return bus.split('/').at(-1) ?? bus;
  });
  return [...new Set(names)];
}

/** The invocation of a function. */
export const functionCall = (functionArn: string): Call => ({
  action: 'lambda:InvokeFunction',
  resources: [functionArn],
  context: {},
});

function functionArn({ FunctionName: reference, Qualifier: qualifier }: Parameters, identity: Identity): string {
  const text = String(reference ?? '');
  if (text.startsWith('arn:'))
    return qualifier === undefined || text.endsWith(`:${qualifier}`) ? text : `${text}:${qualifier}`;
  return referenceArn(identity, functionReference(identity, text, { qualifier }));
}

type Key = Readonly<Record<string, { readonly S?: string } | undefined>>;
type TableAsked = Pick<Asked, 'action' | 'parameters'>;

/** Items are granted by the value of their partition key. */
async function tableCall(asked: TableAsked, { identity, partitionKeyOf }: Resources): Promise<Call> {
  const { action, parameters } = asked;
  const { IndexName: index, RequestItems: many } = parameters;
  const name = isObject(many) ? (Object.keys(many)[0] ?? '') : String(parameters['TableName'] ?? '');
  const table = arn(identity, 'dynamodb', `table/${name}`);
  return {
    action: `dynamodb:${action}`,
    resources: [typeof index === 'string' ? `${table}/index/${index}` : table],
    context: { 'dynamodb:LeadingKeys': leadingKeys(asked, await partitionKeyOf(name)).map((key) => key ?? '') },
  };
}

/** The partition of every item that is read or written. */
function leadingKeys({ action, parameters }: TableAsked, partitionKey: string): readonly (string | undefined)[] {
  const partition = (item: unknown) => (Object(item) as Key)[partitionKey]?.S;
  switch (action) {
    case 'GetItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [partition(parameters['Key'])];
    case 'PutItem':
      return [partition(parameters['Item'])];
    case 'Query':
      return [partitionAsked(parameters, partitionKey)];
    case 'BatchGetItem': {
      const [asked] = Object.values(Object(parameters['RequestItems']) as Parameters);
      const { Keys = [] } = Object(asked) as { readonly Keys?: readonly unknown[] };
      return Keys.map(partition);
    }
    default:
      throw notEmulated(`a role's right to dynamodb:${action}`);
  }
}

/** The value that a query gives the partition key; of an index, whose key is called otherwise, the first value it gives. */
function partitionAsked(parameters: Parameters, partitionKey: string): string | undefined {
  const names = Object(parameters['ExpressionAttributeNames']) as Readonly<Record<string, string>>;
  const values = Object(parameters['ExpressionAttributeValues']) as Key;
  const equal = equalities(String(parameters['KeyConditionExpression']));
  const known = equal.find(([name]) => (names[name] ?? name) === partitionKey) ?? equal[0];
  return values[known?.[1] ?? '']?.S;
}

type Equality = readonly [name: string, value: string];

const equalitiesIn = new Map<string, readonly Equality[]>();

/** What a condition wants to be equal. A few conditions come again and again. */
function equalities(condition: string): readonly Equality[] {
  const known = equalitiesIn.get(condition);
  if (known !== undefined) return known;
  const found = [...condition.matchAll(/([#\w]+)\s*=\s*(:\w+)/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  if (equalitiesIn.size >= 1000) equalitiesIn.clear();
  equalitiesIn.set(condition, found);
  return found;
}

/** Mail is granted on the sender's identity, the address or its domain, and on the configuration set it is sent in. */
function mailCall({ action, parameters }: Pick<Asked, 'action' | 'parameters'>, identity: Identity): Call {
  const from = bareAddress(String(parameters['Source'] ?? ''));
  const set = parameters['ConfigurationSetName'];
  const resources = [`identity/${from.split('@').at(-1)}`, ...(set === undefined ? [] : [`configuration-set/${set}`])];
  return {
    action: `ses:${action}`,
    resources: resources.map((resource) => arn(identity, 'ses', resource)),
    context: { 'ses:FromAddress': [from] },
  };
}
