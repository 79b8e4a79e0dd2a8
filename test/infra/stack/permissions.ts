import { localIdentity } from '../../../infra/account/identity.ts';
import { resolve } from './resolve.ts';
import type { Synthesized } from './synthesize.ts';

export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** One call as IAM sees it. */
export interface Call {
  readonly action: string;
  readonly resources: readonly string[];
  /** Condition keys. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** What the role of a function may do, its references resolved in the local account. */
export function statementsOf({ template, only }: Synthesized, functionName: string): Statement[] {
  const { Resources } = template;
  const { Role } = only('AWS::Lambda::Function', { FunctionName: functionName }).Properties;
  const [roleId] = (Role as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
  const policies = resolve(Resources, Resources[roleId ?? '']?.Properties['Policies']) as {
    PolicyDocument: { Statement: Statement[] };
  }[];
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** The statement that allows a call on each of its resources; undefined when one is not allowed. */
export function allowing(statements: readonly Statement[], call: Call): Statement | undefined {
  const allowed = call.resources.map((resource) =>
    statements.find(
      (statement) =>
        statement.Effect === 'Allow' &&
        list(statement.Action).includes(call.action) &&
        list(statement.Resource).some((pattern) => isLike(resource, pattern)) &&
        conditionsHold(statement, call),
    ),
  );
  return allowed.includes(undefined) ? undefined : allowed[0];
}

function conditionsHold({ Condition = {} }: Statement, { context }: Call): boolean {
  return Object.entries(Condition).every(([operator, tests]) =>
    Object.entries(tests).every(([key, patterns]) => {
      const values = context[key] ?? [];
      if (operator === 'ForAllValues:StringLike')
        return values.every((value) => list(patterns).some((pattern) => isLike(value, pattern)));
      if (operator === 'StringEquals') return values.length === 1 && list(patterns).includes(values[0] ?? '');
      throw new Error(`The condition ${operator} is not understood here.`);
    }),
  );
}

/** Each thing that statements allow, finely: an action, and the partitions of the table one by one. */
export function grantsIn(statements: readonly Statement[]): string[] {
  return statements.flatMap(({ Action, Condition }) => {
    const keys = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
    return list(Action).flatMap((action) => (keys ? list(keys).map((key) => `${action} ${key}`) : [action]));
  });
}

/** Those of a statement's grants that a call it allows makes use of. */
export function exercised(statement: Statement, { action, context }: Call): string[] {
  const keys = context['dynamodb:LeadingKeys'] ?? [];
  return grantsIn([statement]).filter((grant) => {
    const [granted, pattern] = grant.split(' ');
    return granted === action && (pattern === undefined || keys.some((key) => isLike(key, pattern)));
  });
}

const isLike = (value: string, pattern: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's').test(value);

type Input = Readonly<Record<string, unknown>>;
type Key = Readonly<Record<string, { readonly S?: string }>>;

const account = (service: string, resource: string) =>
  `arn:aws:${service}:${localIdentity.region}:${localIdentity.accountId}:${resource}`;

/** All that IAM is asked about a command of the SDK: the call itself, and the role it hands on. */
export function callsOf(command: string, input: Input): readonly Call[] {
  const role = (input['Target'] as { readonly RoleArn?: string } | undefined)?.RoleArn;
  const passed = { action: 'iam:PassRole', context: { 'iam:PassedToService': ['scheduler.amazonaws.com'] } };
  return [callOf(command, input), ...(role === undefined ? [] : [{ ...passed, resources: [role] }])];
}

/** How IAM sees a command of the SDK. Throws for one that no function is expected to send. */
function callOf(command: string, input: Input): Call {
  const action = command.replace(/Command$/, '');
  const table = account('dynamodb', `table/${input['TableName']}`);
  const onKeys = (resources: string[], keys: (string | undefined)[]): Call => ({
    action: `dynamodb:${action}`,
    resources,
    context: { 'dynamodb:LeadingKeys': keys.map((key) => key ?? '') },
  });
  switch (action) {
    case 'GetItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return onKeys([table], [(input['Key'] as Key)['pk']?.S]);
    case 'PutItem':
      return onKeys([table], [(input['Item'] as Key)['pk']?.S]);
    case 'Query': {
      const [, name = ''] = /= (:\w+)/.exec(String(input['KeyConditionExpression'])) ?? [];
      const key = (input['ExpressionAttributeValues'] as Key)[name]?.S;
      return onKeys([input['IndexName'] ? `${table}/index/${input['IndexName']}` : table], [key]);
    }
    case 'BatchGetItem': {
      const [[name, { Keys }] = ['', { Keys: [] }]] = Object.entries(
        input['RequestItems'] as Record<string, { Keys: Key[] }>,
      );
      return onKeys(
        [account('dynamodb', `table/${name}`)],
        Keys.map((key) => key['pk']?.S),
      );
    }
    case 'SendRawEmail': {
      const source = String(input['Source']);
      const resources = [`identity/${source.split('@')[1]}`, `configuration-set/${input['ConfigurationSetName']}`];
      return {
        action: 'ses:SendRawEmail',
        resources: resources.map((resource) => account('ses', resource)),
        context: { 'ses:FromAddress': [source] },
      };
    }
    case 'StartExecution':
      return { action: 'states:StartExecution', resources: [String(input['stateMachineArn'])], context: {} };
    case 'StopExecution':
      return { action: 'states:StopExecution', resources: [String(input['executionArn'])], context: {} };
    case 'CreateSchedule':
    case 'UpdateSchedule':
    case 'DeleteSchedule':
      return {
        action: `scheduler:${action}`,
        resources: [account('scheduler', `schedule/${input['GroupName']}/${input['Name']}`)],
        context: {},
      };
    case 'SendTaskSuccess':
    case 'SendTaskFailure':
      return { action: `states:${action}`, resources: [account('states', 'stateMachine:handoff-sample')], context: {} };
    default:
      throw new Error(`No function is expected to send ${command}.`);
  }
}
