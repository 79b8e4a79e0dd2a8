import { createHash, createHmac, randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESClient } from '@aws-sdk/client-ses';
import { SFNClient } from '@aws-sdk/client-sfn';
import { type BusinessCalendar, businessCalendar } from '../domain/calendar.ts';
import { publicHolidays } from '../domain/holidays.ts';
import type { Person } from '../domain/person.ts';
import type { World } from '../ports.ts';
import { openTable } from './dynamodb.ts';
import { handoffRecords } from './handoff-records.ts';
import { roster } from './roster.ts';
import { sesMail } from './ses-mail.ts';
import type { Settings } from './settings.ts';
import { executions, taskTokens } from './step-functions.ts';
import { suppressions } from './suppressions.ts';

export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly ses: SESClient;
  readonly sfn: SFNClient;
}

/** Clients as the environment configures them: region, credentials, `AWS_ENDPOINT_URL`. */
export const clientsOfEnvironment = (): Clients => ({
  dynamodb: new DynamoDBClient({}),
  // One attempt: after a lost answer a second one could send a mail twice, and the state machine waits better than a function.
  ses: new SESClient({ maxAttempts: 1 }),
  sfn: new SFNClient({}),
});

/** The world as it is on AWS, and on an account that speaks its protocols. */
export function awsWorld(settings: Settings, clients: Clients): World {
  const table = openTable(clients.dynamodb, settings.HANDOFF_TABLE);
  const site = {
    url: settings.SITE_URL,
    name: settings.SITE_NAME,
    company: settings.COMPANY,
    defaultZone: settings.DEFAULT_ZONE,
    sender: settings.MAIL_FROM,
  };
  const stateMachine = settings.STATE_MACHINE_ARN;
  const calendars = new Map<string, BusinessCalendar>();
  return {
    handoffs: handoffRecords(table),
    roster: roster(table),
    suppressions: suppressions(table),
    mail: sesMail(clients.ses, site, {
      from: settings.MAIL_FROM,
      ...(settings.MAIL_CONFIGURATION_SET && { configurationSet: settings.MAIL_CONFIGURATION_SET }),
    }),
    tokens: taskTokens(clients.sfn),
    get executions() {
      if (!stateMachine)
        throw new Error('STATE_MACHINE_ARN is not set: this function cannot start or stop executions.');
      return executions(clients.sfn, stateMachine);
    },
    site,
    calendarOf: ({ availability }: Person) => {
      const key = JSON.stringify(availability);
      const calendar = calendars.get(key) ?? businessCalendar(availability, publicHolidays);
      calendars.set(key, calendar);
      return calendar;
    },
    newLinkId: () => randomBytes(16).toString('base64url'),
    hash: sha256,
    sign: (key, text) => createHmac('sha256', key).update(text).digest('base64url'),
  };
}

/** SHA-256, URL-safe. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
