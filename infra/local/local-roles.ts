import type { Roles } from '../account/iam/access.ts';
import { arn, localIdentity } from '../account/identity.ts';
import { type FunctionName, functionNames } from '../wiring/function-names.ts';
import { functionNeeds, functionsTriedAgain } from '../wiring/function-needs.ts';
import { dealsHeard, deliveries, triedAgain, undelivered, writeBacks } from '../wiring/queues.ts';
import { functionStatements, schedulerStatements, type Works, workflowStatements } from '../wiring/role-statements.ts';
import type { Placeholders } from '../wiring/state-machine.ts';
import {
  busName,
  crmSecretsName,
  functionArn,
  localFactStream,
  queueArn,
  reminders,
  schedulerRole,
  sender,
  stateMachineArn,
  streamArn,
  tableName,
  workflowRole,
} from './local-names.ts';

/** The name of a function's role. */
export const roleNameOf = (name: FunctionName): string => `handoff-${name}`;

/** What the state machine's file leaves open. */
export const placeholders: Placeholders = {
  HandoffTable: tableName,
  ValidatePackageFunctionArn: functionArn('validate-package'),
  NotifyFunctionArn: functionArn('notify'),
  CloseHandoffFunctionArn: functionArn('close-handoff'),
  SchedulerRoleArn: reminders.roleArn,
  ReminderGroup: reminders.group,
  ReminderDeadLettersArn: reminders.deadLettersArn,
};

const tableArn = arn(localIdentity, 'dynamodb', `table/${tableName}`);
const schedulesArn = arn(localIdentity, 'scheduler', `schedule/${reminders.group}/*`);

/**
 * What functions, the state machine of a definition (JSON) and the scheduler may do here: what they may on AWS, from the same
 * statements. Throws for a definition that calls something nobody has thought about.
 */
export function localRoles(definition: unknown, { dropsOld }: Pick<Works, 'dropsOld'>): Roles {
  const works = {
    table: tableArn,
    dropsOld,
    machines: [stateMachineArn],
    executions: `${stateMachineArn.replace(':stateMachine:', ':execution:')}:*`,
    schedules: schedulesArn,
    schedulerRole: reminders.roleArn,
    mail: [arn(localIdentity, 'ses', `identity/${sender.split('@').at(-1)}`)],
    sender,
    triedAgain: queueArn(triedAgain.name),
    undelivered: queueArn(undelivered),
    functionsTriedAgain: functionsTriedAgain.map(functionArn),
    dealBus: arn(localIdentity, 'events', `event-bus/${busName}`),
    dealsHeard: queueArn(dealsHeard.name),
    writeBacks: queueArn(writeBacks.name),
    stream: streamArn,
    deliveries: queueArn(deliveries.name),
    factStream: arn(localIdentity, 'firehose', `deliverystream/${localFactStream}`),
    crmSecrets: arn(localIdentity, 'ssm', `parameter${crmSecretsName}`),
  };
  const arns = { ...placeholders, HandoffTable: tableArn, ReminderGroup: schedulesArn };
  return {
    ...Object.fromEntries(
      functionNames.map((name) => [roleNameOf(name), functionStatements(functionNeeds[name], works)]),
    ),
    [workflowRole]: workflowStatements(definition, arns),
    [schedulerRole]: schedulerStatements(functionArn('notify'), reminders.deadLettersArn),
  };
}
