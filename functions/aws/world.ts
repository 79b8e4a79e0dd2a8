import { createHash, randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { FirehoseClient } from '@aws-sdk/client-firehose';
import type { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { SESClient } from '@aws-sdk/client-ses';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Person } from '../domain/people/person.ts';
import { type BusinessCalendar, businessCalendar } from '../domain/time/calendar.ts';
import { publicHolidays } from '../domain/time/holidays.ts';
import type { Executions } from '../ports/executions.ts';
import type { World } from '../ports/world.ts';
import { openTable } from './dynamodb.ts';
import { executionPages } from './execution-page.ts';
import { recordsIn } from './records.ts';
import type { ReminderSettings } from './scheduler.ts';
import type { Settings } from './settings.ts';
import { sign, verify } from './signing.ts';

/** The clients; those that not every function needs may be on their way. */
export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly ses: SESClient | Promise<SESClient>;
  readonly sfn: SFNClient | Promise<SFNClient>;
  readonly scheduler: SchedulerClient | Promise<SchedulerClient>;
  readonly firehose: FirehoseClient | Promise<FirehoseClient>;
}

/** Clients as the environment configures them: region, credentials, `AWS_ENDPOINT_URL`. What is read is loaded. */
export const clientsOfEnvironment = (): Clients => ({
  dynamodb: new DynamoDBClient({}),
  get ses() {
    return import('./ses-mail.ts').then(({ sesOfEnvironment }) => sesOfEnvironment());
  },
  get sfn() {
    return import('./step-functions.ts').then(({ sfnOfEnvironment }) => sfnOfEnvironment());
  },
  get scheduler() {
    return import('./scheduler.ts').then(({ schedulerOfEnvironment }) => schedulerOfEnvironment());
  },
  get firehose() {
    return import('./fact-stream.ts').then(({ firehoseOfEnvironment }) => firehoseOfEnvironment());
  },
});

/** The company's CRM, the bus that deals come in on, and the queue of what is to be written back. */
export type Outside = Pick<World, 'dealBus' | 'crmAccess' | 'writeBackQueue'>;

const notTold = (what: string) => (): never => {
  throw new Error(`This function does not ${what}.`);
};

export const nothingOutside: Outside = {
  dealBus: { put: notTold('put events on the bus') },
  crmAccess: notTold('speak with the CRM'),
  writeBackQueue: { put: notTold('queue write-backs') },
};

/** What differs between AWS, an account on one machine, and who is called. */
interface Surroundings {
  /** Milliseconds since the epoch, by the clock that AWS goes by. Only what Scheduler takes no more hangs on it. */
  readonly now: () => number;
  /** What only those who have to do with the CRM bring along, as it would weigh on all others. */
  readonly outside?: Outside | undefined;
}

/** Some time ahead: on its way to Scheduler, a call is tried again for seconds, and clocks differ. */
const ahead = 2 * 60_000;

/**
 * The world as it is on AWS, and on an account that speaks its protocols. What sends mail or speaks with Step Functions or Scheduler is
 * loaded when it is first used, so that a function that does neither starts sooner.
 */
export function awsWorld(settings: Settings, clients: Clients, { now, outside = nothingOutside }: Surroundings): World {
  const table = openTable(clients.dynamodb, settings.HANDOFF_TABLE);
  const site = {
    url: settings.SITE_URL,
    name: settings.SITE_NAME,
    company: settings.COMPANY,
    defaultZone: settings.DEFAULT_ZONE,
    sender: settings.MAIL_FROM,
    ...(settings.LOCALE && { locale: settings.LOCALE }),
    ...(settings.MAIL_REPLY_TO && { repliesTo: settings.MAIL_REPLY_TO }),
    ...(settings.BRAND_COLOR && { color: settings.BRAND_COLOR }),
    ...(settings.BRAND_LOGO && { logo: settings.BRAND_LOGO }),
  };
  const stateMachine = settings.STATE_MACHINE_ARN;
  const calendars = new Map<string, BusinessCalendar>();
  const calendarOfRead = new WeakMap<Person['availability'], BusinessCalendar>();
  const mail = once(async () => {
    const [{ sesMail }, client] = await Promise.all([import('./ses-mail.ts'), clients.ses]);
    return sesMail(client, site, {
      from: settings.MAIL_FROM,
      ...(settings.MAIL_CONFIGURATION_SET && { configurationSet: settings.MAIL_CONFIGURATION_SET }),
      ...(settings.MAIL_REPLY_TO && { replyTo: settings.MAIL_REPLY_TO }),
    });
  });
  const stepFunctions = once(async () => {
    const [{ executions, taskTokens }, client] = await Promise.all([import('./step-functions.ts'), clients.sfn]);
    return { tokens: taskTokens(client), ...(stateMachine && { executions: executions(client, stateMachine) }) };
  });
  const executions = async (): Promise<Executions> => {
    const { executions: known } = await stepFunctions();
    if (!known) throw new Error('STATE_MACHINE_ARN is not set: this function cannot start or stop executions.');
    return known;
  };
  const schedules = once(async () => {
    const reminders = reminderSettings(settings);
    if (!reminders)
      throw new Error('REMINDER_GROUP and what belongs to it are not set: this function keeps no reminders.');
    const [scheduler, client] = await Promise.all([import('./scheduler.ts'), clients.scheduler]);
    return scheduler.schedules(client, reminders);
  });
  const { FACT_STREAM } = settings;
  const factStream =
    FACT_STREAM &&
    once(async () => {
      const [made, client] = await Promise.all([import('./fact-stream.ts'), clients.firehose]);
      return made.factStream(client, FACT_STREAM);
    });
  const deliveries = once(async () => {
    const { DELIVERY_QUEUE } = settings;
    if (!DELIVERY_QUEUE) throw new Error('DELIVERY_QUEUE is not set: this function notes no deliveries.');
    const { deliveryQueue } = await import('./delivery-queue.ts');
    return deliveryQueue(clients.dynamodb, DELIVERY_QUEUE);
  });
  return {
    ...recordsIn(table, settings.MAIL_PER_SECOND ? Number(settings.MAIL_PER_SECOND) : undefined),
    ...outside,
    mail: { send: async (outgoing) => (await mail()).send(outgoing) },
    deliveries: {
      take: async () => (await deliveries()).take(),
      noted: async (receipts) => (await deliveries()).noted(receipts),
    },
    tokens: {
      wake: async (token, answer) => (await stepFunctions()).tokens.wake(token, answer),
      askAgain: async (token) => (await stepFunctions()).tokens.askAgain(token),
    },
    executions: {
      start: async (id) => (await executions()).start(id),
      startItem: async (id, step) => (await executions()).startItem(id, step),
      stop: async (id, reason, step) => (await executions()).stop(id, reason, step),
    },
    schedules: {
      put: async (schedule) => (await schedules()).put(schedule),
      remove: async (name) => (await schedules()).remove(name),
    },
    factStream: { send: async (facts) => (factStream ? (await factStream()).send(facts) : undefined) },
    site,
    playbookName: settings.PLAYBOOK,
    retentionMonths: settings.RETENTION_MONTHS === undefined ? undefined : Number(settings.RETENTION_MONTHS),
    executionPage: executionPages(settings),
    calendarOf: ({ availability }: Person) => {
      const known = calendarOfRead.get(availability);
      if (known) return known;
      const key = JSON.stringify(availability);
      const calendar = calendars.get(key) ?? businessCalendar(availability, publicHolidays);
      calendars.set(key, calendar);
      calendarOfRead.set(availability, calendar);
      return calendar;
    },
    soonestReminder: (at) => new Date(Math.max(Date.parse(at), now()) + ahead).toISOString(),
    newLinkId: () => randomBytes(16).toString('base64url'),
    hash: sha256,
    sign,
    verify,
  };
}

function reminderSettings(settings: Settings): ReminderSettings | undefined {
  const { REMINDER_GROUP, REMINDER_TARGET_ARN, REMINDER_ROLE_ARN, REMINDER_DEAD_LETTERS_ARN } = settings;
  if (!REMINDER_GROUP || !REMINDER_TARGET_ARN || !REMINDER_ROLE_ARN || !REMINDER_DEAD_LETTERS_ARN) return undefined;
  return {
    group: REMINDER_GROUP,
    target: REMINDER_TARGET_ARN,
    role: REMINDER_ROLE_ARN,
    deadLetters: REMINDER_DEAD_LETTERS_ARN,
  };
}

/** Makes it when it is first asked for, and keeps it; what could not be made is made again for the next who asks. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** SHA-256, URL-safe. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
