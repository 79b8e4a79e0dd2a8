import { arn, localIdentity } from '../account/identity.ts';
import type { FunctionName } from '../wiring/function-names.ts';
import { undeliveredReminders } from '../wiring/queues.ts';

// What things are called in the local account, for who stands it up and who works on it from outside.

export const tableName = 'handoff';
/** The table's stream, as AWS names it after the moment it was made. */
export const streamArn = arn(localIdentity, 'dynamodb', `table/${tableName}/stream/2026-01-01T00:00:00.000`);
export const stateMachineName = 'handoff';
export const stateMachineArn = arn(localIdentity, 'states', `stateMachine:${stateMachineName}`);
/** The account's default bus: CRMs and SES share it. */
export const busName = 'default';

/** Who functions send mail as. */
export const sender = 'handoff@example.com';

export const functionArn = (name: FunctionName): string => arn(localIdentity, 'lambda', `function:${name}`);

/** Roles belong to no region. */
const roleArn = (name: string): string => `arn:aws:iam::${localIdentity.accountId}:role/${name}`;

export const workflowRole = 'handoff-workflow';
export const schedulerRole = 'handoff-scheduler';
export const workflowRoleArn = roleArn(workflowRole);

export const queueName = (name: string): string => `handoff-${name}`;
/** The delivery stream of facts. */
export const localFactStream = 'handoff-facts';
/** The parameter that holds the secrets of the CRM. */
export const crmSecretsName = '/handoff/local/crm';

export const queueUrl = (name: string): string =>
  `https://sqs.${localIdentity.region}.amazonaws.com/${localIdentity.accountId}/${queueName(name)}`;

export const queueArn = (name: string): string => arn(localIdentity, 'sqs', queueName(name));

/** Where reminders are kept, and who acts when one is due. */
export const reminders = {
  group: 'default',
  roleArn: roleArn(schedulerRole),
  deadLettersArn: queueArn(undeliveredReminders),
};
