import { CreateTableCommand, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { CreateStateMachineCommand } from '@aws-sdk/client-sfn';
import type { Context } from 'aws-lambda';
import { expect } from 'vitest';
import { crmWorld } from '../../../functions/aws/crm-world.ts';
import { openTable } from '../../../functions/aws/dynamodb.ts';
import { functionCalls } from '../../../functions/aws/function-calls.ts';
import type { HandlerOver } from '../../../functions/aws/lambda-stack.ts';
import { roster as rosterIn } from '../../../functions/aws/roster.ts';
import { parseSettings, type Settings } from '../../../functions/aws/settings.ts';
import { awsWorld } from '../../../functions/aws/world.ts';
import { queueingWorld } from '../../../functions/aws/write-back-queue.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { tryAgainHandler } from '../../../functions/handlers/try-again.ts';
import { validatePackageBy } from '../../../functions/handlers/validate-package.ts';
import type { CrmHttp } from '../../../functions/ports/crm-access.ts';
import { type Account, createAccount } from '../../../infra/account/account.ts';
import { type Clients, inProcessClients } from '../../../infra/account/clients.ts';
import { type Clock, createClock } from '../../../infra/account/clock.ts';
import type { StreamSource } from '../../../infra/account/dynamodb/stream-source.ts';
import type { Rule } from '../../../infra/account/events.ts';
import type { Faults } from '../../../infra/account/faults.ts';
import type { Route } from '../../../infra/account/http.ts';
import { exercised } from '../../../infra/account/iam/policy.ts';
import { arn, localIdentity } from '../../../infra/account/identity.ts';
import type { QueueSettings } from '../../../infra/account/sqs/queues.ts';
import type { PlayedCrm } from '../../../infra/local/crm/played-crm.ts';
import type { System } from '../../../infra/local/system.ts';
import type { FunctionName } from '../../../infra/wiring/function-names.ts';
import { functionNames } from '../../../infra/wiring/function-names.ts';
import { roleOfFunction, rolesOf } from './permissions.ts';
import { resolve } from './resolve.ts';
import type { Resource, Synthesized } from './synthesize.ts';

export interface StandingUp {
  readonly synthesized: Synthesized;
  readonly roster: readonly Person[];
  /** Epoch milliseconds. */
  readonly start: number;
  readonly faults?: Faults;
  /** What handoffs follow, with the states of the one that was synthesized; that very one when left out. */
  readonly playbook?: Playbook;
  /** The CRM that the stage is connected to, made for its clock. */
  readonly crm?: (clock: Clock) => PlayedCrm;
}

export interface StoodUp {
  readonly system: System;
  /** Calls that no statement of the caller's role allows. */
  readonly denied: readonly string[];
  /** What each role allows that was made use of. */
  readonly used: ReadonlyMap<string, ReadonlySet<string>>;
  /** Handoffs that begin from now on follow another of the shipped playbooks, as after a deploy. */
  readonly deploy: (playbookName: string) => void;
}

/**
 * Stands up what was synthesized in the local account: table, rules, routes, settings, roles and state machine are those of the
 * template, and whoever calls AWS does so in a role that has to allow the call.
 */
export async function standUp({ synthesized, roster, start, faults, playbook, crm }: StandingUp): Promise<StoodUp> {
  const { template, ofType, only } = synthesized;
  const properties = (resource: Resource) => resolve(template.Resources, resource.Properties) as Record<string, never>;
  const denied: string[] = [];
  const used = new Map<string, Set<string>>();
  const clock = createClock({ start });
  const played = crm?.(clock);
  const handlers = await handlersByName();
  const nameIn = (functionArn: string) => functionArn.split(':').at(-1) ?? '';
  const redeployed = new Map<string, Run>();
  const madeOf = (made: Account, name: FunctionName, playbookName?: string): Run => {
    const functionName = `handoff-sample-${name}`;
    const { Environment } = properties(only('AWS::Lambda::Function', { FunctionName: functionName }));
    const { Variables } = Environment as unknown as { Variables: Record<string, string> };
    const settings = parseSettings({ ...Variables, ...(playbookName !== undefined && { PLAYBOOK: playbookName }) });
    const clients = asDeployed(inProcessClients(made, { role: roleOfFunction(synthesized, functionName) }));
    if (name === 'try-again') return tryAgainHandler(functionCalls(clients.lambda)) as Run;
    const outside = settings.WRITE_BACK_QUEUE
      ? queueingWorld(settings, clients.dynamodb)
      : played && settings.CRM
        ? crmWorld(settings, { ...clients, http: httpTo(played, settings) })
        : undefined;
    const isOther = name === 'validate-package' && playbook !== undefined && playbookName === undefined;
    const handler = isOther ? validatePackageBy(() => playbook) : handlers[name];
    return handler(awsWorld(settings, clients, { now: clock.now, outside })) as Run;
  };
  const account = await createAccount({
    clock,
    ...(faults && { faults }),
    // Retries wait for half of what they might: as long every time.
    engine: { random: () => 0.5 },
    roles: rolesOf(synthesized),
    senders: ofType('AWS::SES::EmailIdentity').map((identity) => String(properties(identity)['EmailIdentity'])),
    configurationSets: ofType('AWS::SES::ConfigurationSet').map((set) => String(properties(set)['Name'])),
    scheduleGroups: ofType('AWS::Scheduler::ScheduleGroup').map((group) => String(properties(group)['Name'])),
    onRoleUse: ({ role, call, statement }) => {
      if (!statement) denied.push(`${role}: ${call.action} ${JSON.stringify([call.resources, call.context])}`);
      const ofRole = used.get(role) ?? new Set<string>();
      used.set(role, ofRole);
      for (const grant of statement ? exercised(statement, call) : []) ofRole.add(grant);
    },
    ...(played && { parameters: { '/handoff/sample/crm': JSON.stringify({ current: played.settings.secrets }) } }),
    deliveryStreams: ofType('AWS::KinesisFirehose::DeliveryStream').map((stream) =>
      String(properties(stream)['DeliveryStreamName']),
    ),
    rules: ofType('AWS::Events::Rule')
      .map(properties)
      // The others count, and call nobody; what comes by the clock alone is called by the tests.
      .filter((rule) => 'Targets' in rule && 'EventPattern' in rule)
      .map((rule) => ({
        name: String(rule['Name']),
        pattern: JSON.parse(JSON.stringify(rule['EventPattern'])),
        target: targetIn(targetOf(rule).Arn),
        deadLetters: nameIn(targetOf(rule).DeadLetterConfig.Arn),
      }))
      // What a function tells goes on the bus by its name; what tests tell, on the account's own.
      .flatMap((rule) => [rule, { ...rule, bus: 'handoff-sample-deals' }]),
    queues: ofType('AWS::SQS::Queue').map(properties).map(queueOf),
    deadLetterQueues: ['handoff-sample-undelivered-reminders'],
    streamSources: ofType('AWS::Lambda::EventSourceMapping')
      .map(properties)
      .filter((mapping) => 'StartingPosition' in mapping)
      .map((mapping) => streamSourceOf(mapping, synthesized)),
    eventSources: ofType('AWS::Lambda::EventSourceMapping')
      .map(properties)
      .filter((mapping) => !('StartingPosition' in mapping))
      .map((mapping: Record<string, unknown>) => {
        const { EventSourceArn, FunctionName, BatchSize } = mapping;
        expect(BatchSize).toBe(1);
        const functionName = String(FunctionName);
        return { queue: nameIn(String(EventSourceArn)), functionName, role: roleOfFunction(synthesized, functionName) };
      }),
    onFailure: Object.fromEntries(
      ofType('AWS::Lambda::EventInvokeConfig')
        .map(properties)
        .map((config: Record<string, unknown>) => {
          const { FunctionName, DestinationConfig } = config;
          const { OnFailure } = DestinationConfig as { OnFailure: { Destination: string } };
          const role = roleOfFunction(synthesized, String(FunctionName));
          return [String(FunctionName), { queue: nameIn(OnFailure.Destination), role }];
        }),
    ),
    routes: ofType('AWS::ApiGatewayV2::Route').map(({ Properties }) => routeOf(Properties, synthesized)),
    functions: (made) =>
      Object.fromEntries(
        namesIn(synthesized).map((name) => {
          const functionName = `handoff-sample-${name}`;
          const run = madeOf(made, name);
          return [functionName, (event: never, context: Context) => (redeployed.get(name) ?? run)(event, context)];
        }),
      ),
  });
  played?.attach(account);
  const clients = inProcessClients(account);
  const [tableId] = Object.entries(template.Resources).find(([, { Type }]) => Type === 'AWS::DynamoDB::Table') ?? [];
  const TableName = tableId ?? '';
  await createTable(clients, { ...properties(only('AWS::DynamoDB::Table')), TableName });
  const people = rosterIn(openTable(clients.dynamodb, TableName));
  for (const person of roster) await people.save(person);
  await createMachine(clients, properties(only('AWS::StepFunctions::StateMachine')));
  const deploy = (playbookName: string): void => {
    redeployed.set('validate-package', madeOf(account, 'validate-package', playbookName));
  };
  return { system: systemOf(account, clients, synthesized), denied, used, deploy };
}

/** The functions that were synthesized. */
const namesIn = ({ ofType }: Synthesized): readonly FunctionName[] => {
  const made = ofType('AWS::Lambda::Function').map(({ Properties }) => String(Properties['FunctionName']));
  return functionNames.filter((name) => made.includes(`handoff-sample-${name}`));
};

/** What a rule calls: a function, or a queue. */
const targetIn = (targetArn: string): Rule['target'] => {
  const name = targetArn.split(':').at(-1) ?? '';
  return targetArn.includes(':sqs:') ? { queue: name } : name;
};

/** The played CRM stands somewhere else than the real one. */
const httpTo =
  ({ settings: { http, apiUrl } }: PlayedCrm, { CRM_API_URL: told = '' }: Settings): CrmHttp =>
  (request) =>
    http({ ...request, url: request.url.replace(told, apiUrl) });

interface RuleTarget {
  readonly Arn: string;
  readonly DeadLetterConfig: { readonly Arn: string };
}

function targetOf(rule: Record<string, never>): RuleTarget {
  const [target, ...more] = rule['Targets'] as unknown as RuleTarget[];
  if (!target || more.length > 0) throw new Error('A rule has one target.');
  return target;
}

function streamSourceOf(mapping: Record<string, unknown>, synthesized: Synthesized): StreamSource {
  const { EventSourceArn, FunctionName, BatchSize, FilterCriteria, DestinationConfig } = mapping;
  const { Filters } = FilterCriteria as { Filters: { Pattern: string }[] };
  const { OnFailure } = DestinationConfig as { OnFailure: { Destination: string } };
  const functionName = String(FunctionName);
  return {
    streamArn: String(EventSourceArn),
    ...{ functionName, role: roleOfFunction(synthesized, functionName), label: functionName },
    patterns: Filters.map(({ Pattern }) => JSON.parse(Pattern)),
    batchSize: Number(BatchSize),
    batchingSeconds: Number(mapping['MaximumBatchingWindowInSeconds']),
    longestSeconds: Number(mapping['MaximumRecordAgeInSeconds']),
    onFailure: OnFailure.Destination.split(':').at(-1) ?? '',
  };
}

function queueOf(queue: Record<string, unknown>): QueueSettings {
  const redrive = queue['RedrivePolicy'] as { deadLetterTargetArn: string; maxReceiveCount: number } | undefined;
  return {
    name: String(queue['QueueName']),
    ...(typeof queue['DelaySeconds'] === 'number' && { delaySeconds: queue['DelaySeconds'] }),
    ...(typeof queue['VisibilityTimeout'] === 'number' && { visibilitySeconds: queue['VisibilityTimeout'] }),
    ...(redrive && {
      redrive: { to: redrive.deadLetterTargetArn.split(':').at(-1) ?? '', maxReceiveCount: redrive.maxReceiveCount },
    }),
  };
}

type Run = (event: never, context: Context) => unknown;
type Handlers = Readonly<Record<FunctionName, HandlerOver<never, unknown>>>;

async function handlersByName(): Promise<Handlers> {
  const modules = await Promise.all(
    functionNames.map(async (name) => {
      const exported = Object.entries(await import(`../../../functions/handlers/${name}.ts`));
      return [name, exported.find(([member]) => member.endsWith('Handler'))?.[1]] as const;
    }),
  );
  return Object.fromEntries(modules) as Handlers;
}

function routeOf({ RouteKey, Target, AuthorizationType }: Resource['Properties'], { template }: Synthesized): Route {
  const [method = '', path = ''] = String(RouteKey).split(' ');
  const integration = JSON.stringify(Target).match(/"Ref":"(\w+)"/)?.[1] ?? '';
  const uri = resolve(template.Resources, template.Resources[integration]?.Properties['IntegrationUri']);
  const authorization = AuthorizationType === 'AWS_IAM' || AuthorizationType === 'JWT' ? AuthorizationType : undefined;
  return { method, path, target: String(uri).split(':').at(-1) ?? '', ...(authorization && { authorization }) };
}

interface Arguments {
  readonly input: Record<string, unknown>;
}
type Middleware = (next: (args: Arguments) => Promise<unknown>) => (args: Arguments) => Promise<unknown>;

/** The local account has no aliases: it would not find the machine under one. */
function asDeployed(clients: Clients): Clients {
  const rename: Middleware = (next) => (args) => {
    const { stateMachineArn: machine, ...input } = args.input;
    return next({
      ...args,
      input: {
        ...input,
        ...(machine !== undefined && { stateMachineArn: String(machine).replace(/:live$/, '') }),
      },
    });
  };
  const { middlewareStack } = clients.sfn;
  (middlewareStack as unknown as { add(middleware: Middleware, options: object): void }).add(rename, {
    step: 'initialize',
  });
  return clients;
}

async function createTable({ dynamodb }: Clients, properties: Record<string, unknown>): Promise<void> {
  const { TableName, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, BillingMode } = properties;
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      KeySchema,
      AttributeDefinitions,
      GlobalSecondaryIndexes,
      BillingMode,
    } as CreateTableCommandInput),
  );
}

async function createMachine({ sfn }: Clients, properties: Record<string, unknown>): Promise<void> {
  const substitutions = properties['DefinitionSubstitutions'] as unknown as Record<string, string>;
  await sfn.send(
    new CreateStateMachineCommand({
      name: String(properties['StateMachineName']),
      roleArn: String(properties['RoleArn']),
      definition: String(properties['DefinitionString']).replace(/\$\{(\w+)\}/g, (_, name) => {
        const value = substitutions[name];
        if (value === undefined) throw new Error(`Nobody fills \${${name}}.`);
        return value;
      }),
    }),
  );
}

function systemOf(account: Account, clients: Clients, { only, template }: Synthesized): System {
  const { Environment } = resolve(
    template.Resources,
    only('AWS::Lambda::Function', { FunctionName: 'handoff-sample-decide-step' }).Properties,
  ) as { Environment: { Variables: Record<string, string> } };
  return {
    account,
    clients,
    clock: account.clock,
    world: awsWorld(parseSettings(Environment.Variables), clients, { now: account.clock.now }),
    stateMachineArn: arn(localIdentity, 'states', 'stateMachine:handoff-sample'),
    close: () => account.close(),
  };
}
