import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';
import { createDelivery } from './delivery.ts';
import { createDynamoDb, type ItemChange } from './dynamodb/dynamodb.ts';
import { follow, type StreamSource } from './dynamodb/stream-source.ts';
import { createEvents, type Rule, type ServiceEvent } from './events.ts';
import { type Faults, withFaults } from './faults.ts';
import { createDeliveryStreams } from './firehose.ts';
import { createHttpApi, type Route } from './http.ts';
import { createAccess, type Roles, type RoleUse } from './iam/access.ts';
import { arn, type Identity, localIdentity } from './identity.ts';
import { createIntegrations, integrates } from './integrations/integrations.ts';
import { createLambda, type Functions, type Lambda } from './lambda.ts';
import { createLambdaApi } from './lambda-api.ts';
import type { DeadLetter, OnFailure } from './lambda-events.ts';
import { type Limits, limitService } from './limits.ts';
import type { RecurringRule } from './recurring-rules.ts';
import { createScheduler } from './scheduler.ts';
import { createInbox, type Inbox } from './ses/inbox.ts';
import type { Mail } from './ses/mail.ts';
import { createSes } from './ses/ses.ts';
import { createMailTrouble, type MailTrouble } from './ses/trouble.ts';
import { deadLetterIn } from './sqs/dead-letter.ts';
import { type EventSource, poll } from './sqs/event-source.ts';
import { createQueues, type QueueSettings, type Queues } from './sqs/queues.ts';
import { createSqs } from './sqs/sqs.ts';
import { createParameters, type ParameterValues } from './ssm.ts';
import { createStepFunctions, type StepFunctions } from './step-functions/api.ts';
import type { EngineOptions } from './step-functions/engine.ts';
import type { ExecutionView } from './step-functions/execution.ts';
import { createSts } from './sts.ts';
import { createMeter, type Usage } from './usage.ts';
import { createFront } from './wire/front.ts';
import { createRequestHandler, type InProcessRequestHandler } from './wire/in-process.ts';
import { jsonProtocol } from './wire/json.ts';
import { lambdaProtocol } from './wire/lambda-rest.ts';
import { type Service, textResponse, type WireHandler } from './wire/message.ts';
import { queryProtocol } from './wire/query.ts';
import { schedulerProtocol } from './wire/scheduler-rest.ts';
import { type Listening, listenLocally } from './wire/server.ts';

export interface AccountOptions {
  readonly clock: Clock;
  /** Handlers by function name; given the account when they need clients for it. */
  readonly functions: Functions | ((account: Account) => Functions);
  readonly rules?: readonly Rule[];
  /** Rules that fire by the clock, over and over: they keep no run going. */
  readonly recurringRules?: readonly RecurringRule[];
  readonly routes?: readonly Route[];
  readonly queues?: readonly QueueSettings[];
  /** Functions that take messages from queues. */
  readonly eventSources?: readonly EventSource[];
  /** Functions that read what changes in the tables from their streams. */
  readonly streamSources?: readonly StreamSource[];
  /** Where functions, by name, leave the events they failed at for good. */
  readonly onFailure?: Readonly<Record<string, OnFailure>>;
  /** Folder in which DynamoDB's tables are kept; in memory when left out. */
  readonly path?: string;
  /** Ids of requests, events, mails and invocations; random UUIDs when left out. */
  readonly newId?: () => string;
  /** Answers what is neither an AWS call nor a route, outside `clock.busy`: it may move the clock. */
  readonly fallback?: WireHandler;
  readonly identity?: Identity;
  /** What the account may do at a time; anything when left out. */
  readonly limits?: Limits;
  /**
   * Milliseconds that each function is told it may take; 30 seconds when left out. Functions measure them by the machine's clock, not by
   * the account's: where thousands run at the same virtual moment, more real time passes than each of them takes.
   */
  readonly functionTimeLimit?: number;
  /** What each role may do, by name; where it is left out, everybody may do everything. */
  readonly roles?: Roles;
  /** Hears of each call that is made in a role. */
  readonly onRoleUse?: (use: RoleUse) => void;
  /** What goes wrong; nothing when left out. */
  readonly faults?: Faults;
  /** Queues that dead letters wait in, beside those that a queue or a rule names. */
  readonly deadLetterQueues?: readonly string[];
  /** Addresses and domains that SES has verified; it takes mail from no others. */
  readonly senders?: readonly string[];
  /** Parameters of Systems Manager that are there from the beginning, all of them SecureStrings, by name. */
  readonly parameters?: ParameterValues;
  /** Names of Firehose's delivery streams. */
  readonly deliveryStreams?: readonly string[];
  /** Mails that were sent before the account is opened, oldest first. */
  readonly mails?: readonly Mail[];
  /** Names of SES's configuration sets. */
  readonly configurationSets?: readonly string[];
  /** Groups of schedules beside the default one. */
  readonly scheduleGroups?: readonly string[];
  /** Hears of each item of DynamoDB that was written, after it was. */
  readonly onItemChange?: (change: ItemChange) => void;
  /** How the state machine engine is to run: what it keeps, whom it tells. */
  readonly engine?: Pick<EngineOptions, 'keepClosed' | 'onEvent' | 'random'>;
}

/** One AWS account on this machine. */
export interface Account {
  readonly clock: Clock;
  readonly identity: Identity;
  /** Every mail sent. */
  readonly inbox: Inbox;
  /** What goes wrong with mail. */
  readonly mailTrouble: MailTrouble;
  /** Puts an event on the default bus that AWS itself, or a partner of it, sends. */
  publish(event: ServiceEvent): void;
  readonly stepFunctions: StepFunctions;
  /** Throttling and failures of functions. */
  readonly lambda: Pick<Lambda, 'throttleNext' | 'failures'>;
  readonly queues: Queues;
  /**
   * Events given up, by rules and schedules that could not deliver and by functions that kept failing: those that wait in a
   * queue for it, and those for which there is none.
   */
  readonly deadLetters: readonly DeadLetter[];
  /** What came into a delivery stream, as it would stand in its bucket. Throws for a stream that there is not. */
  delivered(stream: string): string;
  usage(): Usage;
  /** Answers one HTTP request, whether it came through a socket or not. */
  readonly handle: WireHandler;
  /** A `requestHandler` for AWS SDK clients that reaches the account without a socket. */
  requestHandler(): InProcessRequestHandler;
  /** Serves the account on 127.0.0.1; port 0 is any free one. */
  listen(port: number): Promise<Listening>;
  /** Stops serving and closes the tables. */
  close(): Promise<void>;
}

/**
 * Creates the account: the services, wired to each other as on AWS, behind one wire. Every call counts as work in
 * flight, so virtual time stands while one is answered. Throws when a rule's pattern is not understood.
 */
export async function createAccount(options: AccountOptions): Promise<Account> {
  const { clock, limits } = options;
  const identity = options.identity ?? localIdentity;
  const newId = options.newId ?? randomUUID;
  const deadLetters: DeadLetter[] = [];
  const listeners: Listening[] = [];
  const inbox = createInbox();
  for (const mail of options.mails ?? []) inbox.keep(mail);
  const trouble = createMailTrouble();
  const transitions = countTransitions(options.engine?.onEvent);
  const meter = createMeter(transitions.total);
  const functions = (): Functions => resolved;
  const queues = createQueues({ clock, identity, newId, queues: options.queues ?? [] });
  const { onFailure = {}, senders = [], configurationSets = [] } = options;
  const lambda = createLambda({
    clock,
    identity,
    meter,
    newId,
    functions,
    deadLetters,
    limits,
    queues,
    onFailure,
    access: () => access,
    faults: options.faults,
    timeLimit: options.functionTimeLimit,
  });
  const functionArn = (name: string): string => arn(identity, 'lambda', `function:${name}`);
  const deliver = createDelivery({ clock, lambda, deadLetters, queues, functionArn });
  const events = limitService(
    'events',
    createEvents({
      ...{ clock, identity, meter, newId, deliver, queues },
      rules: options.rules ?? [],
      recurring: options.recurringRules ?? [],
    }),
    limits,
  );
  const ses = limitService(
    'ses',
    createSes({ clock, identity, meter, newId, inbox, trouble, events, senders, configurationSets }),
    limits,
  );
  const dynamodb = limitService(
    'dynamodb',
    createDynamoDb({
      identity,
      meter,
      path: options.path,
      now: options.faults && options.path === undefined ? clock.now : undefined,
      onItemChange: (change) => {
        options.onItemChange?.(change);
        for (const tell of readers) tell(change);
      },
    }),
    limits,
  );
  const lambdaApi = createLambdaApi(identity, lambda);
  const access = createAccess({
    identity,
    roles: options.roles,
    onUse: options.onRoleUse,
    machineOf: (taskToken) => stepFunctions.machineOf(taskToken),
    partitionKeyOf: (table) => dynamodb.partitionKeyOf(table),
  });
  const queueOf = (queueArn: string): string | undefined =>
    queues.all.map(({ name }) => name).find((name) => queues.arnOf(name) === queueArn);
  const { scheduleGroups: groups } = options;
  const scheduler = createScheduler({ clock, identity, meter, newId, deliver, groups, queueOf, access });
  const sqs = createSqs({ identity, queues, meter });
  const parameters = createParameters({ identity, clock, values: options.parameters ?? {} });
  const deliveryStreams = createDeliveryStreams({ names: options.deliveryStreams ?? [], newId });
  const { faults } = options;
  const readers = (options.streamSources ?? []).map((source) =>
    follow(source, { clock, identity, lambda, queues, access, faults }),
  );
  for (const source of options.eventSources ?? []) poll(source, { clock, identity, lambda, queues, access });
  const integrations = createIntegrations({
    identity,
    lambda,
    lambdaApi,
    dynamodb,
    ses,
    events,
    scheduler,
    newId,
    access,
    faults: options.faults,
  });
  const { onEvent } = transitions;
  const stepFunctions = createStepFunctions({
    ...options.engine,
    clock,
    integrations,
    integrates,
    newId,
    onEvent,
    account: identity.accountId,
    region: identity.region,
    pace: limits?.pace,
  });
  const states = limitService('states', stepFunctions, limits);

  /** The services as they answer whoever acts in a role. */
  function servicesAs(role: string | undefined): Readonly<Record<string, WireHandler>> {
    const as = <T extends Service>(name: string, service: T): T =>
      access.as(role, name, withFaults(name, service, options.faults));
    const mail = queryProtocol(
      { service: 'SES', namespace: 'http://ses.amazonaws.com/doc/2010-12-01/', newId },
      as('ses', ses),
    );
    return {
      dynamodb: jsonProtocol({ target: 'DynamoDB_20120810', version: '1.0', newId }, as('dynamodb', dynamodb)),
      states: jsonProtocol({ target: 'AWSStepFunctions', version: '1.0', newId }, as('states', states)),
      events: jsonProtocol({ target: 'AWSEvents', version: '1.1', newId }, as('events', events)),
      ses: mail,
      email: mail,
      // Everybody may ask who they are.
      sts: queryProtocol(
        { service: 'STS', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/', newId },
        createSts(identity, role),
      ),
      lambda: lambdaProtocol(as('lambda', lambdaApi), newId),
      scheduler: schedulerProtocol(as('scheduler', scheduler), newId),
      sqs: jsonProtocol({ target: 'AmazonSQS', version: '1.0', newId }, as('sqs', sqs)),
      ssm: jsonProtocol({ target: 'AmazonSSM', version: '1.1', newId }, as('ssm', parameters)),
      firehose: jsonProtocol({ target: 'Firehose_20150804', version: '1.1', newId }, as('firehose', deliveryStreams)),
    };
  }

  const services = new Map<string | undefined, Readonly<Record<string, WireHandler>>>();
  const handle = createFront({
    region: identity.region,
    busy: clock.busy,
    servicesFor: (accessKey) => {
      const role = access.roleOf(accessKey);
      const known = services.get(role) ?? servicesAs(role);
      services.set(role, known);
      return known;
    },
    route: createHttpApi({
      clock,
      identity,
      meter,
      newId,
      lambda,
      routes: options.routes ?? [],
      faults: options.faults,
    }),
    fallback: options.fallback ?? (async () => textResponse(404, 'application/json', '{"message":"Not Found"}')),
  });

  /** The queues that dead letters wait in. */
  const givenUp = [
    ...new Set([
      ...queues.all.flatMap(({ redrive }) => (redrive ? [redrive.to] : [])),
      ...[...(options.rules ?? []), ...(options.recurringRules ?? [])].flatMap(({ deadLetters: queue }) =>
        queue ? [queue] : [],
      ),
      ...(options.deadLetterQueues ?? []),
    ]),
  ];

  const account: Account = {
    clock,
    identity,
    inbox,
    mailTrouble: trouble,
    publish: (event) => events.publish(event),
    stepFunctions,
    lambda,
    queues,
    get deadLetters() {
      const given = givenUp.flatMap((queue) => queues.messages(queue).map((message) => deadLetterIn(queue, message)));
      return [...deadLetters, ...given].toSorted((a, b) => a.at - b.at);
    },
    delivered: deliveryStreams.delivered,
    usage: meter.usage,
    handle,
    requestHandler: () => createRequestHandler(handle),
    listen: async (port) => {
      const listening = await listenLocally(handle, port);
      listeners.push(listening);
      return listening;
    },
    close: async () => {
      await Promise.all(listeners.splice(0).map((listening) => listening.close()));
      await dynamodb.close();
    },
  };
  const resolved = typeof options.functions === 'function' ? options.functions(account) : options.functions;
  return account;
}

/** Sums the transitions of all executions as their events come, so that those the engine forgets stay counted. */
function countTransitions(next: EngineOptions['onEvent']): {
  readonly total: () => number;
  readonly onEvent: NonNullable<EngineOptions['onEvent']>;
} {
  const counted = new WeakMap<ExecutionView, number>();
  let total = 0;
  return {
    total: () => total,
    onEvent: (execution, event) => {
      total += execution.transitions - (counted.get(execution) ?? 0);
      counted.set(execution, execution.transitions);
      next?.(execution, event);
    },
  };
}
