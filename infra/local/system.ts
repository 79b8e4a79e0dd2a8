import { CreateStateMachineCommand, UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import { openTable } from '../../functions/aws/dynamodb.ts';
import { functionCalls } from '../../functions/aws/function-calls.ts';
import { roster } from '../../functions/aws/roster.ts';
import { parseSettings, type Settings } from '../../functions/aws/settings.ts';
import { awsWorld } from '../../functions/aws/world.ts';
import { queueingWorld } from '../../functions/aws/write-back-queue.ts';
import type { Person } from '../../functions/domain/people/person.ts';
import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { tryAgainHandler } from '../../functions/handlers/try-again.ts';
import type { World } from '../../functions/ports/world.ts';
import { shippedPlaybooks, usualPlaybook } from '../../statemachines/shipped-playbooks.ts';
import { type Account, type AccountOptions, createAccount } from '../account/account.ts';
import { type Clients, inProcessClients } from '../account/clients.ts';
import type { Clock } from '../account/clock.ts';
import { currentInvocation, type Invocation } from '../account/invocations.ts';
import { type FunctionName, functionNamesOf } from '../wiring/function-names.ts';
import { deliveries, triedAgain, writeBacks } from '../wiring/queues.ts';
import { routes } from '../wiring/routes.ts';
import { changesToWriteBack } from '../wiring/table-changes.ts';
import { type LocalCrm, writesBack } from './local-crm.ts';
import { definitionOf, substitute } from './local-definitions.ts';
import { type Handler, localFunctions, type Observer } from './local-functions.ts';
import {
  busName,
  crmSecretsName,
  functionArn,
  localFactStream,
  queueUrl,
  reminders,
  sender,
  stateMachineArn,
  stateMachineName,
  tableName,
  workflowRoleArn,
} from './local-names.ts';
import { changesRead, queuesFor } from './local-queues.ts';
import { localRoles, placeholders, roleNameOf } from './local-roles.ts';
import { recurringRulesOf, rulesFor } from './local-rules.ts';
import { createTable } from './local-table.ts';

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
      CRM_DEALS: crm.deals && JSON.stringify(crm.deals),
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
    rules: rulesFor(crm),
    recurringRules: recurringRulesOf(names, { recurs: options.recurs === true, zone: options.defaultZone ?? 'UTC' }),
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
