import { readFile } from 'node:fs/promises';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateStateMachineCommand, UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import { openTable } from '../../functions/aws/dynamodb.ts';
import { functionCalls } from '../../functions/aws/function-calls.ts';
import { roster } from '../../functions/aws/roster.ts';
import { parseSettings, type Settings } from '../../functions/aws/settings.ts';
import { openWork } from '../../functions/aws/table.ts';
import { awsWorld } from '../../functions/aws/world.ts';
import { queueingWorld } from '../../functions/aws/write-back-queue.ts';
import type { Person } from '../../functions/domain/people/person.ts';
import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { tryAgainHandler } from '../../functions/handlers/try-again.ts';
import type { CrmHttp, CrmSecrets } from '../../functions/ports/crm-access.ts';
import type { World } from '../../functions/ports/world.ts';
import { findPlaybook, shippedPlaybooks, usualPlaybook } from '../../statemachines/shipped-playbooks.ts';
import { type Account, type AccountOptions, createAccount } from '../account/account.ts';
import { type Clients, inProcessClients } from '../account/clients.ts';
import type { Clock } from '../account/clock.ts';
import type { Rule } from '../account/events.ts';
import { currentInvocation, type Invocation } from '../account/invocations.ts';
import type { RecurringRule } from '../account/recurring-rules.ts';
import { type CrmName, crmWiring, type writeBackNames } from '../wiring/crms.ts';
import { dealRules, heardRule, partnerRule, type Values } from '../wiring/deal-rules.ts';
import { type FunctionName, functionNamesOf } from '../wiring/function-names.ts';
import { functionsLeftForPeople, functionsTriedAgain } from '../wiring/function-needs.ts';
import { deliveryRule, mailRule, mailRuleDetail } from '../wiring/mail-rule.ts';
import { deadLetterQueues, dealsHeard, deliveries, triedAgain, undelivered, writeBacks } from '../wiring/queues.ts';
import { routes } from '../wiring/routes.ts';
import { scheduleRetries, schedules } from '../wiring/schedules.ts';
import { definitionFileOf, type Placeholders } from '../wiring/state-machine.ts';
import { changesToWriteBack } from '../wiring/table-changes.ts';
import { type Handler, localFunctions, type Observer } from './local-functions.ts';
import {
  busName,
  crmSecretsName,
  functionArn,
  localFactStream,
  queueName,
  queueUrl,
  reminders,
  sender,
  stateMachineArn,
  stateMachineName,
  streamArn,
  tableName,
  workflowRoleArn,
} from './local-names.ts';
import { localRoles, placeholders, roleNameOf } from './local-roles.ts';

/**
 * What recurs, of functions that there are. Where nothing is to, there is still what empties a queue, when something came into it: no
 * other call of it would do anything.
 */
const recurringRulesOf = (names: readonly FunctionName[], recurs: boolean): readonly RecurringRule[] =>
  schedules
    .filter(({ target, empties }) => names.includes(target) && (recurs || empties !== undefined))
    .map(({ name, expression, target, empties }) => ({
      ...{ name, expression, target },
      ...(!recurs && empties !== undefined && { onceFor: queueName(empties) }),
      retry: { longest: scheduleRetries.hours * 3_600_000, attempts: 1 + scheduleRetries.attempts },
      deadLetters: queueName(undelivered),
    }));

const patternValues = (values: Values) => ('anythingBut' in values ? [{ 'anything-but': values.anythingBut }] : values);

const rules: readonly Rule[] = [
  ...dealRules.map(({ name, source, detailType, target }) => ({
    name,
    pattern: { source: patternValues(source), 'detail-type': patternValues(detailType) },
    target,
    deadLetters: queueName(undelivered),
  })),
  {
    name: mailRule.name,
    pattern: { source: mailRule.source, 'detail-type': mailRule.detailType, detail: mailRuleDetail() },
    target: mailRule.target,
    deadLetters: queueName(undelivered),
  },
  {
    name: deliveryRule.name,
    pattern: { source: deliveryRule.source, 'detail-type': deliveryRule.detailType, detail: mailRuleDetail() },
    target: { queue: queueName(deliveries.name) },
  },
];

/** What the CRM says, by its webhook or on its own bus, goes to the queue of what is to be read. */
const crmRules = ({ name, partnerSource }: LocalCrm): readonly Rule[] => {
  const target = { queue: queueName(dealsHeard.name) };
  const own = { source: [heardRule.source], 'detail-type': [heardRule.detailType] };
  return [
    { name: heardRule.name, pattern: own, target },
    ...(crmWiring(name).tells === 'partner bus'
      ? [{ name: partnerRule.name, pattern: { source: [partnerSource] }, target }]
      : []),
  ];
};

/** What the CRM said waits in one queue, what it is to be told in another. */
const crmQueues = (crm: LocalCrm | undefined) => [
  ...(crm ? [dealsHeard] : []),
  ...(writesBack(crm) ? [writeBacks] : []),
];

/** What the clock's agenda calls the work with a CRM. */
const crmWork = {
  [dealsHeard.what]: (title: string) => `Read deals in ${title}`,
  [writeBacks.what]: (title: string) => `Write back to ${title}`,
};

const writesBack = (crm: LocalCrm | undefined): boolean => (crm?.writeBack ?? []).length > 0;

/** The queues, and what they have to do with functions. `title`: the CRM's. */
const queuesFor = (crm: LocalCrm | undefined, title = '') => ({
  queues: [
    ...[...crmQueues(crm), deliveries].map(({ name, visibilitySeconds, maxReceiveCount, ...more }) => ({
      name: queueName(name),
      visibilitySeconds,
      ...('delaySeconds' in more && { delaySeconds: more.delaySeconds }),
      redrive: { to: queueName(undelivered), maxReceiveCount },
    })),
    {
      name: queueName(triedAgain.name),
      visibilitySeconds: triedAgain.visibilitySeconds,
      redrive: { to: queueName(undelivered), maxReceiveCount: triedAgain.maxReceiveCount },
    },
    ...deadLetterQueues.map((name) => ({ name: queueName(name) })),
  ],
  deadLetterQueues: deadLetterQueues.map(queueName),
  eventSources: [
    {
      ...{ queue: queueName(triedAgain.name), functionName: triedAgain.what, role: roleNameOf(triedAgain.what) },
      label: 'Call again what failed',
    },
    ...crmQueues(crm).map(({ name, what }) => ({
      queue: queueName(name),
      functionName: what,
      role: roleNameOf(what),
      ...(crm && { label: crmWork[what](title) }),
    })),
  ],
  onFailure: Object.fromEntries([
    ...functionsTriedAgain.map((name) => [name, { queue: queueName(triedAgain.name), role: roleNameOf(name) }]),
    ...functionsLeftForPeople.map((name) => [name, { queue: queueName(undelivered), role: roleNameOf(name) }]),
  ]),
});

/** How what changes in the table comes to be written back. */
const changesRead = {
  streamArn,
  functionName: changesToWriteBack.what,
  role: roleNameOf(changesToWriteBack.what),
  patterns: changesToWriteBack.patterns,
  batchSize: changesToWriteBack.batchSize,
  batchingSeconds: changesToWriteBack.batchingSeconds,
  longestSeconds: changesToWriteBack.longestHours * 3600,
  onFailure: queueName(undelivered),
  label: 'Look at what changed, for the CRM',
};

/** The CRM that a system on this machine is connected to. */
export interface LocalCrm {
  readonly name: CrmName;
  readonly account: string;
  /** Where its API stands. */
  readonly apiUrl: string;
  /** How it is called; over the network when left out. */
  readonly http?: CrmHttp;
  readonly secrets: CrmSecrets;
  /** What is written back into it; nothing when left out. */
  readonly writeBack?: readonly (typeof writeBackNames)[number][];
  /** The source of its events, where it tells of deals on a partner bus. */
  readonly partnerSource?: string;
}

export interface SystemOptions {
  readonly clock: Clock;
  readonly roster: readonly Person[];
  /** Where people reach the pages, e.g. `http://127.0.0.1:4566`. */
  readonly siteUrl: string;
  /** How many recipients a second SES is said to allow; what it allows an account in production when left out. */
  readonly mailPerSecond?: number;
  /** What new handoffs follow; the shipped default when left out. */
  readonly playbook?: Playbook;
  /** The CRM that deals come from; events are put on the bus by hand when left out. */
  readonly crm?: LocalCrm;
  /** The locale that mails are written in (BCP 47); American English when left out. */
  readonly locale?: string;
  /** The zone of whoever's own nobody knows; UTC when left out. */
  readonly defaultZone?: string;
  /** For how many whole months what reports are made of is kept; for good when left out. */
  readonly retentionMonths?: number;
  /** The state machine in Amazon States Language, its placeholders open; the playbook's when left out. */
  readonly definition?: string;
  /** Whether the stage's recurring rules fire as time passes over them; left out, only what was told of mails is noted. */
  readonly recurs?: boolean;
  readonly account?: Pick<
    AccountOptions,
    'path' | 'fallback' | 'engine' | 'newId' | 'limits' | 'functionTimeLimit' | 'faults' | 'mails' | 'onItemChange'
  >;
  /** Who looks on while a function runs; left out, what fails is said on stderr. */
  readonly observerOf?: (name: FunctionName) => Observer;
  /** How a role, or the account's owner, reaches the account; in process, one attempt each, when left out. */
  readonly clientsOf?: (account: Account, role?: string) => Clients;
}

/** Looks on and says nothing. What failed is still counted by the account. */
export const silent: Observer = {
  count: () => undefined,
  about: () => undefined,
  late: () => undefined,
  began: () => undefined,
  ended: () => undefined,
  failed: () => undefined,
};

/** The whole of Handoff in one account on this machine. */
export interface System {
  readonly account: Account;
  readonly clock: Clock;
  readonly clients: Clients;
  /** The same world the functions have. */
  readonly world: World;
  readonly stateMachineArn: string;
  close(): Promise<void>;
}

/** A system whose process can be changed while it runs. */
export interface DeployableSystem extends System {
  /** Deploys a playbook that new handoffs follow from now on. */
  deploy(playbook: Playbook): Promise<void>;
}

/**
 * Stands the system up in a fresh local account: table, functions, rules, routes, roster, and the state machine, for a
 * shipped playbook the committed file, the very one that runs on AWS.
 */
export async function createSystem(options: SystemOptions): Promise<DeployableSystem> {
  const {
    clock,
    siteUrl,
    crm,
    clientsOf = (account: Account, role?: string) => inProcessClients(account, { role }),
    observerOf,
  } = options;
  let playbook = options.playbook ?? shippedPlaybooks[usualPlaybook];
  const definition: string = options.definition ?? (await definitionOf(playbook));
  const settings = parseSettings({
    HANDOFF_TABLE: tableName,
    SITE_URL: siteUrl,
    SITE_NAME: 'Handoff',
    COMPANY: 'Example Company',
    MAIL_FROM: sender,
    DEFAULT_ZONE: options.defaultZone ?? 'UTC',
    LOCALE: options.locale,
    MAIL_PER_SECOND: options.mailPerSecond?.toString(),
    STATE_MACHINE_ARN: stateMachineArn,
    // The console's, which `npm start` serves at the same address.
    EXECUTIONS_URL: `${siteUrl}/executions`,
    REMINDER_GROUP: reminders.group,
    REMINDER_TARGET_ARN: functionArn('notify'),
    REMINDER_ROLE_ARN: reminders.roleArn,
    REMINDER_DEAD_LETTERS_ARN: reminders.deadLettersArn,
    DEAL_BUS: busName,
    DELIVERY_QUEUE: queueUrl(deliveries.name),
    WRITE_BACK_QUEUE: writesBack(crm) ? queueUrl(writeBacks.name) : undefined,
    FACT_STREAM: localFactStream,
    RETENTION_MONTHS: options.retentionMonths?.toString(),
    ...(crm && {
      CRM: crm.name,
      CRM_ACCOUNT: crm.account,
      CRM_API_URL: crm.apiUrl,
      CRM_SECRETS: crmSecretsName,
      CRM_WRITES_BACK: crm.writeBack?.join(',') || undefined,
    }),
  });
  const names = functionNamesOf({ operations: 'iam', crm });
  const speaking = crm && (await speakingWith(crm));
  // What fails does so at the same calls in every run.
  const atOnce = options.recurs || options.account?.faults ? names : [];
  const codeOf = await localFunctions(() => playbook, { atOnce });
  const account = await createAccount({
    ...options.account,
    clock,
    rules: [...rules, ...(crm ? crmRules(crm) : [])],
    recurringRules: recurringRulesOf(names, options.recurs === true),
    ...queuesFor(crm, speaking?.title),
    ...(writesBack(crm) && { streamSources: [changesRead] }),
    ...(crm && { parameters: { [crmSecretsName]: JSON.stringify({ current: crm.secrets }) } }),
    routes: routes
      .filter(({ target }) => names.includes(target))
      .map((route) => ({ ...route, ...(route.forOperations && { authorization: 'AWS_IAM' as const }) })),
    deliveryStreams: [localFactStream],
    // The sender's whole domain, as on AWS.
    senders: [sender.slice(sender.lastIndexOf('@') + 1)],
    roles: localRoles(JSON.parse(definition), { dropsOld: options.retentionMonths !== undefined }),
    functions: (made) => {
      return Object.fromEntries(
        names.map((name) => {
          if (name === triedAgain.what)
            return [name, madeWhenCalled(() => tryAgainHandler(callsOf(clientsOf(made, roleNameOf(name)))))];
          const code = codeOf(name);
          const make = () => {
            const own = clientsOf(made, roleNameOf(name));
            const outside =
              name === changesToWriteBack.what ? queueingWorld(settings, own.dynamodb) : speaking?.world(settings, own);
            return code(awsWorld(settings, own, { now: clock.now, outside }), observerOf?.(name));
          };
          return [name, madeWhenCalled(make)];
        }),
      );
    },
  });
  const clients = clientsOf(account);
  const world = awsWorld(settings, clients, { now: clock.now });
  await createTable(clients);
  const people = roster(openTable(clients.dynamodb, tableName));
  for (const person of options.roster) await people.save(person);
  await clients.sfn.send(
    new CreateStateMachineCommand({
      name: stateMachineName,
      roleArn: workflowRoleArn,
      definition: substitute(definition, placeholders),
    }),
  );
  const deploy = async (next: Playbook): Promise<void> => {
    const changed = substitute(await definitionOf(next), placeholders);
    await clients.sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: changed }));
    playbook = next;
  };
  return { account, clock, clients, world, stateMachineArn, deploy, close: () => account.close() };
}

/** What only a system with a CRM has to read. */
async function speakingWith(crm: LocalCrm) {
  const [{ crmHttp }, { crmWorld }, { connectorOf }] = await Promise.all([
    import('../../functions/aws/crm-http.ts'),
    import('../../functions/aws/crm-world.ts'),
    import('../../functions/crm/connectors.ts'),
  ]);
  return {
    title: connectorOf(crm.name).title,
    world: (settings: Settings, clients: Clients) => crmWorld(settings, { ...clients, http: crm.http ?? crmHttp }),
  };
}

const callsOf = ({ lambda }: Clients) => functionCalls(lambda);

/**
 * A function that starts as it is first called: most systems call a third of theirs. One that was killed starts anew: all that it
 * kept is gone, and what it waited for never comes.
 */
function madeWhenCalled(make: () => Handler): Handler {
  let made: Handler | undefined;
  const running = new Set<Invocation>();
  return async (event, context) => {
    if ([...running].some(({ killed }) => killed)) {
      made = undefined;
      running.clear();
    }
    made ??= make();
    const invocation = currentInvocation();
    if (invocation === undefined) return made(event, context);
    running.add(invocation);
    try {
      return await made(event, context);
    } finally {
      running.delete(invocation);
    }
  };
}

/** Systems are made one after the other, of the same few playbooks. */
const definitions = new WeakMap<Playbook, Promise<string>>();

function definitionOf(playbook: Playbook): Promise<string> {
  const known = definitions.get(playbook) ?? readOrCompile(playbook);
  definitions.set(playbook, known);
  return known;
}

/** The committed file of a shipped playbook; any other, such as a test's, is compiled. */
async function readOrCompile(playbook: Playbook): Promise<string> {
  const shipped = findPlaybook(playbook.name);
  if ('playbook' in shipped && shipped.playbook === playbook) return readFile(definitionFileOf(playbook.name), 'utf8');
  const { compile } = await import('../../statemachines/compile.ts');
  return JSON.stringify(compile(playbook));
}

async function createTable({ dynamodb }: Clients): Promise<void> {
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  const index = ({ name, partitionKey, sortKey, projection }: typeof openWork) => ({
    IndexName: name,
    KeySchema: [key(partitionKey, 'HASH'), key(sortKey, 'RANGE')],
    Projection: { ProjectionType: projection },
  });
  const attributes = ['pk', 'sk', openWork.partitionKey, openWork.sortKey];
  await dynamodb.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      GlobalSecondaryIndexes: [index(openWork)],
    }),
  );
}

/** Fills the placeholders as CDK's DefinitionSubstitutions do. Throws for one that nobody fills. */
function substitute(definition: string, placeholders: Placeholders): string {
  const values = new Map<string, string>(Object.entries(placeholders));
  return definition.replace(/\$\{([A-Za-z]+)\}/g, (_, name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`The state machine file has a placeholder \${${name}} that nobody fills.`);
    return value;
  });
}
