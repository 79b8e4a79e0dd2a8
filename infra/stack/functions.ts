import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  ApplicationLogLevel,
  Architecture,
  type Code,
  FilterCriteria,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  StartingPosition,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { crmSecretsName, crmWiring } from '../wiring/crms.ts';
import { factStreamName } from '../wiring/fact-columns.ts';
import { type FunctionName, functionNamesOf } from '../wiring/function-names.ts';
import { functionNeeds, functionsTriedAgain, type Needs } from '../wiring/function-needs.ts';
import { dealBusName, stageName } from '../wiring/names.ts';
import { dealsHeard, writeBacks } from '../wiring/queues.ts';
import { functionStatements } from '../wiring/role-statements.ts';
import { changesToWriteBack } from '../wiring/table-changes.ts';
import type { SenderMail } from './mail.ts';
import { acknowledge, dealBusArn, factStreamArn, functionArnOf, parameterArn, workflowArns } from './names.ts';
import type { Queues } from './queues.ts';
import type { Reminders } from './reminders.ts';
import type { Settings } from './settings.ts';

export interface FunctionsProps {
  readonly settings: Settings;
  readonly table: Table;
  readonly key: IKey | undefined;
  readonly mail: SenderMail;
  readonly queues: Queues;
  readonly reminders: Reminders;
  /** Where people reach the pages. */
  readonly siteUrl: string;
  readonly codeOf: (name: FunctionName) => Code;
}

/**
 * The functions, each in a role of its own that allows what `function-needs.ts` says. More memory than the code takes,
 * because Lambda gives processor time by memory, and a person may be waiting for a page.
 */
export class Functions extends Construct {
  /** By name; a stage has those that its settings ask for. */
  readonly byName: ReadonlyMap<FunctionName, LambdaFunction>;

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id);
    this.byName = new Map(functionNamesOf(props.settings).map((name) => [name, this.create(name, props)]));
  }

  /** The function of that name. Throws where the stage has none. */
  named(name: FunctionName): LambdaFunction {
    const made = this.byName.get(name);
    if (!made) throw new Error(`This stage has no function ${name}.`);
    return made;
  }

  private create(name: FunctionName, props: FunctionsProps): LambdaFunction {
    const { settings, queues } = props;
    const { stage } = settings;
    const needs = functionNeeds[name];
    const room = new Construct(this, name);
    const logs = new LogGroup(room, 'Logs', {
      logGroupName: `/aws/lambda/${stageName(stage, name)}`,
      retention: settings.logDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(room, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What the function ${stageName(stage, name)} may do`,
      inlinePolicies: {
        needs: new PolicyDocument({ statements: [writesLogs(logs), ...statements(needs, props)] }),
      },
    });
    if (needs.executions?.includes('stop'))
      acknowledge(
        role,
        `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${stageName(stage)}:*]`,
        'Executions are named after handoffs, which nobody knows yet; only those of this one state machine are meant.',
      );
    if (needs.schedules)
      acknowledge(
        role,
        `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule/${stageName(stage)}/*]`,
        'Reminders are named after handoffs, which nobody knows yet; only those in the group of this stage are meant.',
      );
    const made = new LambdaFunction(room, 'Function', {
      functionName: stageName(stage, name),
      description: needs.what,
      code: props.codeOf(name),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: needs.memoryMegabytes ?? 512,
      timeout: Duration.seconds(needs.timeoutSeconds),
      // The policy above is whole: what CDK would add to it is in it.
      role: role.withoutPolicyUpdates(),
      logGroup: logs,
      loggingFormat: LoggingFormat.JSON,
      // The logger drops what is below the level set. Lambda must not: metrics are log lines of level INFO to it.
      applicationLogLevelV2: settings.logLevel === 'DEBUG' ? ApplicationLogLevel.DEBUG : ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      ...(needs.triedAgain && { onFailure: new SqsDestination(queues.triedAgain) }),
      ...(needs.leftForPeople && { onFailure: new SqsDestination(queues.undelivered) }),
      environment: {
        LOG_LEVEL: settings.logLevel,
        SERVICE_NAME: stageName(stage),
        HANDOFF_TABLE: props.table.tableName,
        SITE_URL: props.siteUrl,
        SITE_NAME: settings.siteName,
        COMPANY: settings.company,
        DEFAULT_ZONE: settings.defaultZone,
        LOCALE: settings.locale,
        MAIL_FROM: settings.sender,
        ...(needs.playbook && { PLAYBOOK: settings.playbook }),
        ...(needs.sendsMail && { MAIL_CONFIGURATION_SET: props.mail.configurationSet }),
        ...(needs.sendsMail && settings.color && { BRAND_COLOR: settings.color }),
        ...(needs.sendsMail && settings.logo && { BRAND_LOGO: settings.logo }),
        ...(needs.sendsMail && { MAIL_PER_SECOND: String(settings.mailPerSecond) }),
        ...(needs.sendsMail && settings.replyTo && { MAIL_REPLY_TO: settings.replyTo }),
        ...(needs.schedules && {
          REMINDER_GROUP: props.reminders.group,
          REMINDER_TARGET_ARN: props.reminders.targetArn,
          REMINDER_ROLE_ARN: props.reminders.roleArn,
          REMINDER_DEAD_LETTERS_ARN: props.reminders.deadLettersArn,
        }),
        ...(needs.takesDeliveries && { DELIVERY_QUEUE: props.queues.deliveries.queueUrl }),
        ...(needs.queuesWriteBacks && queues.writeBacks && { WRITE_BACK_QUEUE: queues.writeBacks.queueUrl }),
        ...(needs.putsEvents && { DEAL_BUS: dealBusName(stage) }),
        ...(needs.sendsFacts && settings.facts === 's3' && { FACT_STREAM: factStreamName(stage) }),
        ...(needs.dropsOld &&
          settings.retentionMonths !== undefined && { RETENTION_MONTHS: String(settings.retentionMonths) }),
        ...(needs.crm && settings.crm && crmSettings(stage, settings.crm)),
        ...((needs.executions || needs.showsExecutions) && { STATE_MACHINE_ARN: workflowArns(stage).alias }),
      },
    });
    // One message at a time: one that fails keeps no other.
    if (needs.triesAgain)
      made.addEventSourceMapping('Again', { eventSourceArn: queues.triedAgain.queueArn, batchSize: 1 });
    if (needs.readsDeals && queues.dealsHeard)
      made.addEventSourceMapping('Heard', {
        eventSourceArn: queues.dealsHeard.queueArn,
        batchSize: 1,
        maxConcurrency: dealsHeard.atOnce,
      });
    if (needs.queuesWriteBacks && props.table.tableStreamArn)
      made.addEventSourceMapping('Stream', {
        eventSourceArn: props.table.tableStreamArn,
        // From the latest on, it would miss what changes in the minutes until it reads. What it reads twice is written once.
        startingPosition: StartingPosition.TRIM_HORIZON,
        filters: changesToWriteBack.patterns.map((pattern) => FilterCriteria.filter(pattern)),
        batchSize: changesToWriteBack.batchSize,
        maxBatchingWindow: Duration.seconds(changesToWriteBack.batchingSeconds),
        bisectBatchOnError: true,
        maxRecordAge: Duration.hours(changesToWriteBack.longestHours),
        onFailure: new SqsDlq(queues.undelivered),
      });
    if (needs.writesBack && queues.writeBacks)
      made.addEventSourceMapping('Changed', {
        eventSourceArn: queues.writeBacks.queueArn,
        batchSize: 1,
        maxConcurrency: writeBacks.atOnce,
      });
    return made;
  }
}

function crmSettings(
  stage: string,
  { name, account, apiUrl, deals, writeBack }: NonNullable<Settings['crm']>,
): Record<string, string> {
  return {
    CRM: name,
    CRM_ACCOUNT: account,
    CRM_API_URL: (apiUrl ?? crmWiring(name).apiUrl ?? '').replace(/\/+$/, ''),
    CRM_SECRETS: crmSecretsName(stage),
    ...(deals.length > 0 && { CRM_DEALS: JSON.stringify(deals) }),
    ...(writeBack.length > 0 && { CRM_WRITES_BACK: writeBack.join(',') }),
  };
}

const allow = (actions: string[], resources: string[], conditions?: Record<string, Record<string, unknown>>) =>
  new PolicyStatement({ effect: Effect.ALLOW, actions, resources, ...(conditions && { conditions }) });

const writesLogs = (logs: LogGroup) => allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logs.logGroupArn]);

function statements(needs: Needs, props: FunctionsProps): PolicyStatement[] {
  const { table, key, mail, queues, reminders, settings } = props;
  const workflow = workflowArns(settings.stage);
  const services = [
    ...(Object.keys(needs.table).length > 0 ? ['dynamodb'] : []),
    ...(needs.triedAgain || needs.leftForPeople || needs.triesAgain || needs.readsDeals ? ['sqs'] : []),
    ...(needs.queuesWriteBacks || needs.writesBack ? ['sqs'] : []),
  ];
  const works = {
    table: table.tableArn,
    machines: [workflow.machine, workflow.alias],
    executions: workflow.executions,
    schedules: reminders.schedulesArn,
    schedulerRole: reminders.roleArn,
    mail: mail.arns,
    sender: settings.sender,
    triedAgain: queues.triedAgain.queueArn,
    undelivered: queues.undelivered.queueArn,
    functionsTriedAgain: functionsTriedAgain.map((name) => functionArnOf(settings.stage, name)),
    dealBus: dealBusArn(settings.stage),
    dealsHeard: queues.dealsHeard?.queueArn ?? '',
    writeBacks: queues.writeBacks?.queueArn ?? '',
    stream: table.tableStreamArn ?? '',
    deliveries: queues.deliveries.queueArn,
    crmSecrets: parameterArn(crmSecretsName(settings.stage)),
    dropsOld: settings.retentionMonths !== undefined,
    factStream: settings.facts === 's3' ? factStreamArn(settings.stage) : undefined,
  };
  return [
    ...functionStatements(needs, works).map((statement) => PolicyStatement.fromJson(statement)),
    ...(key ? [usesKey(key, services)] : []),
  ];
}

/** The key, through the services that keep things under it and not otherwise. */
export const usesKey = (key: IKey, services: readonly string[]): PolicyStatement =>
  allow(
    [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
    [key.keyArn],
    { StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${Aws.REGION}.${Aws.URL_SUFFIX}`) } },
  );
