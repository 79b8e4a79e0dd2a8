import { readFileSync } from 'node:fs';
import { Aws, CfnOutput, RemovalPolicy } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import {
  CfnStateMachineAlias,
  CfnStateMachineVersion,
  DefinitionBody,
  LogLevel,
  StateMachine,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { stageName } from '../wiring/names.ts';
import { schedulerStatements, workflowStatements } from '../wiring/role-statements.ts';
import { definitionFileOf, type Placeholders } from '../wiring/state-machine.ts';
import { type Functions, usesKey } from './functions.ts';
import { acknowledge, functionArnOf, liveAlias, workflowArns } from './names.ts';
import type { Reminders } from './reminders.ts';
import type { Settings } from './settings.ts';

export interface WorkflowProps {
  readonly settings: Settings;
  readonly key: IKey | undefined;
  readonly reminderDeadLetters: IQueue;
}

/** What runs, and on what. */
interface Runs {
  readonly table: Table;
  readonly functions: Functions;
}

/**
 * The committed state machine, the very file that the local run executes, and the reminders it sets. Functions keep those
 * reminders, too, and the machine calls the functions: so the place for reminders is made first, and `run` makes the machine.
 */
export class Workflow extends Construct {
  readonly reminders: Reminders;
  readonly #props: WorkflowProps;

  constructor(scope: Construct, id: string, props: WorkflowProps) {
    super(scope, id);
    const { stage } = props.settings;
    this.#props = props;
    const group = new CfnScheduleGroup(this, 'Reminders', { name: stageName(stage) });
    this.reminders = {
      group: group.ref,
      schedulesArn: `arn:${Aws.PARTITION}:scheduler:${Aws.REGION}:${Aws.ACCOUNT_ID}:schedule/${stageName(stage)}/*`,
      targetArn: functionArnOf(stage, 'notify'),
      roleArn: this.#schedulerRole(props).roleArn,
      deadLettersArn: props.reminderDeadLetters.queueArn,
    };
  }

  /** Makes the state machine. */
  run({ table, functions }: Runs): void {
    const { settings } = this.#props;
    const { stage } = settings;
    const { reminders } = this;
    const substitutions: Placeholders = {
      HandoffTable: table.tableName,
      ValidatePackageFunctionArn: functions.named('validate-package').functionArn,
      NotifyFunctionArn: functions.named('notify').functionArn,
      CloseHandoffFunctionArn: functions.named('close-handoff').functionArn,
      SchedulerRoleArn: reminders.roleArn,
      ReminderGroup: reminders.group,
      ReminderDeadLettersArn: reminders.deadLettersArn,
    };
    const text = readFileSync(definitionFileOf(settings.playbook), 'utf8');
    const definition: unknown = JSON.parse(text);
    const named = Object.entries(substitutions).filter(([name]) => text.includes(`\${${name}}`));
    const arns: Placeholders = {
      ...substitutions,
      HandoffTable: table.tableArn,
      ReminderGroup: reminders.schedulesArn,
    };
    const logs = new LogGroup(this, 'Logs', {
      // With this prefix the policy that lets services write logs does not grow with each state machine.
      logGroupName: `/aws/vendedlogs/states/${stageName(stage)}`,
      retention: settings.logDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = this.#role(
      workflowStatements(definition, arns).map((statement) => PolicyStatement.fromJson(statement)),
      this.#props,
    );
    const machine = new StateMachine(this, 'Machine', {
      stateMachineName: stageName(stage),
      // Without its white space: the text stands in the template, where tests and reviewers see it.
      definitionBody: DefinitionBody.fromString(JSON.stringify(definition)),
      definitionSubstitutions: Object.fromEntries(named),
      role: role.withoutPolicyUpdates(),
      logs: { destination: logs, level: LogLevel.ERROR, includeExecutionData: false },
    });
    machine.node.addDependency(role);
    acknowledge(
      machine,
      'AwsSolutions-SF1',
      'Errors are logged, without data: events of every level would put task tokens and customer data into the log, and the execution history keeps them anyway, under its own permission.',
    );
    acknowledge(
      machine,
      'AwsSolutions-SF2',
      'A handoff runs for weeks and an X-Ray trace ends after seven days: the handoff id in every log line says more.',
    );
    this.#publish(stage, machine);
  }

  /** Each deploy that changes the machine publishes a version and points the alias at it; old versions stay, to roll back to. */
  #publish(stage: string, machine: StateMachine): void {
    const version = new CfnStateMachineVersion(this, 'Version', {
      stateMachineArn: machine.stateMachineArn,
      stateMachineRevisionId: machine.stateMachineRevisionId,
    });
    version.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    new CfnStateMachineAlias(this, 'Live', {
      name: liveAlias,
      description: 'What new handoffs run on. Point it at an older version to roll back.',
      deploymentPreference: { stateMachineVersionArn: version.ref, type: 'ALL_AT_ONCE' },
    });
    new CfnOutput(this, 'LiveArn', {
      key: 'StateMachine',
      value: workflowArns(stage).alias,
      description: 'The state machine that new handoffs run on.',
    });
  }

  #role(statements: PolicyStatement[], { settings, key }: WorkflowProps): Role {
    const role = new Role(this, 'Role', {
      assumedBy: fromThisAccount('states.amazonaws.com'),
      description: `What the state machine ${stageName(settings.stage)} may do: what its definition calls`,
      inlinePolicies: {
        calls: new PolicyDocument({ statements: [...statements, ...(key ? [usesKey(key, ['dynamodb'])] : [])] }),
        logs: new PolicyDocument({ statements: [deliversLogs()] }),
      },
    });
    acknowledge(
      role,
      'AwsSolutions-IAM5[Resource::*]',
      'Setting up log delivery takes no resource: Step Functions documents "*" for these actions, and for these only.',
    );
    acknowledge(
      role,
      `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule/${stageName(settings.stage)}/*]`,
      'Reminders are named after handoffs, which nobody knows yet; only those in the group of this stage are meant.',
    );
    return role;
  }

  #schedulerRole({ settings, reminderDeadLetters, key }: WorkflowProps): Role {
    return new Role(this, 'SchedulerRole', {
      assumedBy: fromThisAccount('scheduler.amazonaws.com'),
      description: `Lets reminders of ${stageName(settings.stage)} call notify, or end among the dead letters`,
      inlinePolicies: {
        calls: new PolicyDocument({
          statements: [
            ...schedulerStatements(functionArnOf(settings.stage, 'notify'), reminderDeadLetters.queueArn).map(
              (statement) => PolicyStatement.fromJson(statement),
            ),
            ...(key ? [usesKey(key, ['sqs'])] : []),
          ],
        }),
      },
    });
  }
}

/** A service, acting for this account and nobody else's. */
const fromThisAccount = (service: string) =>
  new ServicePrincipal(service, { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } });

/** What Step Functions needs to set up its own log delivery. */
const deliversLogs = (): PolicyStatement =>
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: [
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
    ],
    resources: ['*'],
  });
