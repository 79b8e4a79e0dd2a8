import { Aws, Duration } from 'aws-cdk-lib';
import { type Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { StateTransitionMetric } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { crmWiring } from '../wiring/crms.ts';
import { type FunctionName, functionNamesOf } from '../wiring/function-names.ts';
import { stageName } from '../wiring/names.ts';
import { dealsHeard, triedAgain, writeBacks } from '../wiring/queues.ts';
import { schedules } from '../wiring/schedules.ts';
import { changesToWriteBack } from '../wiring/table-changes.ts';
import { countEnds, type ExecutionEnd, executionsCounted } from './execution-ends.ts';
import { operationsCommand } from './names.ts';
import type { Queues } from './queues.ts';
import type { Settings } from './settings.ts';

export interface WatchProps {
  readonly settings: Settings;
  readonly key: Key | undefined;
  readonly functionOf: (name: FunctionName) => LambdaFunction;
  readonly apiId: string;
  readonly queues: Queues;
}

interface Watched {
  readonly metric: IMetric;
  readonly threshold: number;
  /** What has happened, and what to do about it. */
  readonly todo: string;
}

const hour = Duration.hours(1);
const fiveMinutes = Duration.minutes(5);

/**
 * What goes wrong, told by mail: one alarm for each thing that somebody has to do something about. Each metric that an
 * alarm reads costs $0.10 a month, so nothing is watched twice: the functions behind the pages by their 5xx, throttling
 * for the whole account at once (one metric instead of one for each function).
 */
export class Watch extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: WatchProps) {
    super(scope, id);
    const { settings, key } = props;
    this.topic = new Topic(this, 'Alarms', {
      topicName: stageName(settings.stage, 'alarms'),
      displayName: `${settings.siteName} ${settings.stage}`,
      enforceSSL: true,
      ...(key && { masterKey: key }),
    });
    // A topic with a policy of its own no longer has the one that lets the account's alarms speak.
    const alarms = new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        actions: ['sns:Publish'],
        principals: [alarms],
        resources: [this.topic.topicArn],
      }),
    );
    key?.grant(alarms, 'kms:Decrypt', 'kms:GenerateDataKey');
    this.topic.addSubscription(new EmailSubscription(settings.alarmMail));
    const all = {
      ...executions(this, props),
      ...letters(props),
      ...functions(props),
      ...mail(props),
      ...pages(props),
      ...crm(props),
    };
    for (const [name, watched] of Object.entries(all)) this.#alarm(name, watched, settings.stage);
  }

  #alarm(name: string, { metric, threshold, todo }: Watched, stage: string): Alarm {
    const made = (metric as Metric).createAlarm(this, name, {
      alarmName: stageName(stage, name),
      alarmDescription: todo,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    made.addAlarmAction(new SnsAction(this.topic));
    return made;
  }
}

function executions(scope: Construct, { settings }: WatchProps): Record<string, Watched> {
  const { stage } = settings;
  const seen = humanView(settings);
  const ended = (status: ExecutionEnd, period = fiveMinutes) => executionsCounted(stage, status).with({ period });
  countEnds(scope, stage);
  return {
    'executions-failed': {
      metric: ended('FAILED'),
      threshold: 1,
      todo: `A handoff has stopped where it was. Open the failed execution in Step Functions, read the error and its cause, fix what caused it, and redrive it within 14 days: it goes on from the failed state. Not so "HandoffAbandoned": a step was still open so long after closed won that the handoff is over, and redriven it fails again. Speak to the manager of whoever was asked; if the customer is still to be handed over, have its people win the deal again in the CRM (an event with the next wonEpisode), which starts a new handoff.${seen}`,
    },
    'executions-timed-out': {
      metric: ended('TIMED_OUT'),
      threshold: 1,
      todo: `A handoff has run into the limit of a year. Look in its record for the step that is open, speak to the owner, and close or cancel the handoff.${seen}`,
    },
    'executions-aborted': {
      metric: ended('ABORTED', hour),
      threshold: 10,
      todo: 'Ten handoffs were stopped within an hour. A canceled deal ends so, but ten? Ask whoever changed deals in the CRM; if nobody did, look in CloudTrail for StopExecution.',
    },
    'executions-throttled': {
      // Of the account: by machine or alias the metric would be told twice, or not at all.
      metric: StateTransitionMetric.metricThrottledEvents({ statistic: 'Sum', period: fiveMinutes }),
      threshold: 1,
      todo: 'Step Functions slows executions down, of handoffs or of others in this account and region: nothing is lost, mails are late. If it goes on, ask for a higher quota of state transitions (Service Quotas, Step Functions).',
    },
  };
}

/** How to see whom a handoff waits for, where the stage has pages for it. */
const humanView = ({ stage, operations }: Settings): string =>
  operations === 'off'
    ? ''
    : ` Whom it waits for: ${operationsCommand(stage)}, /operations/handoffs/<name of the execution>.`;

function letters({ queues, functionOf }: WatchProps): Record<string, Watched> {
  const depth = (queue: Queues['undelivered']) =>
    queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: fiveMinutes });
  const drain =
    'Fix what caused it, and drain it: npm run drain -- <stage> says what each was, why it died and what became of it.';
  return {
    'events-tried-again': {
      // Not the age of the oldest message: SQS leaves out what was received more than three times.
      metric: functionOf(triedAgain.what).metricErrors({ period: Duration.minutes(15) }),
      threshold: 2,
      todo: 'An event has failed for a quarter of an hour: a deal, what SES told about a mail, or a reminder. The log of try-again says why and of which function. It is tried again every ten minutes for fifty hours: an outage passes by itself; grant a permission that is missing or deploy what fixes it, and it goes on without you. After that it is a dead letter.',
    },
    undelivered: {
      metric: depth(queues.undelivered),
      threshold: 1,
      todo: `An event was given up: a handoff has not started or not stopped, ${queues.writeBacks ? 'something was not written back into the CRM, ' : ''}or somebody may be unreachable without anybody knowing. ${drain}`,
    },
    'undelivered-reminders': {
      metric: depth(queues.reminders),
      threshold: 1,
      todo: `A reminder of a renewal was given up. ${drain}`,
    },
    'undelivered-too-long': {
      metric: queues.undelivered.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', period: hour }),
      threshold: Duration.days(3).toSeconds(),
      todo: `An event has been waiting among the dead letters for three days; fourteen days after it failed first it is gone. ${drain} The archive of the bus has the deals of the last 30 days.`,
    },
  };
}

function functions({ settings, functionOf }: WatchProps): Record<string, Watched> {
  const behindPages: readonly FunctionName[] = [
    'show-page',
    'decide-step',
    'show-desk',
    'act-on-desk',
    'show-reports',
    'audit-quarter',
    'show-operations',
    'hear-webhook',
  ];
  // What an event has called is watched by what is tried again, or by what waits among the dead letters; notify is called by the
  // state machine as well.
  const byEvents: readonly FunctionName[] = [
    'start-handoff',
    'stop-deal',
    'follow-deal',
    'track-mail',
    triedAgain.what,
    dealsHeard.what,
    changesToWriteBack.what,
    writeBacks.what,
    ...schedules.map(({ target }) => target),
  ];
  const errors = functionNamesOf(settings)
    .filter((name) => !behindPages.includes(name) && !byEvents.includes(name))
    .map((name) => {
      const metric = functionOf(name).metricErrors({ period: fiveMinutes });
      const todo = `The function ${name} has failed five times within five minutes. What passes by itself is tried again for a day; anything else has failed its execution. Its log says why: filter level = ERROR (a MailThrottled or a MailTurn is SES slowing us down, and passes by itself).`;
      return [`${name}-errors`, { metric, threshold: 5, todo }] as const;
    });
  return {
    ...Object.fromEntries(errors),
    'functions-throttled': {
      metric: new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', statistic: 'Sum', period: fiveMinutes }),
      // The metric cannot tell ours from others': one for each function would be $0.80 a month. One of another system is no
      // concern here, and one of our own is tried again; ten within five minutes are a shortage that reaches everybody.
      threshold: 10,
      todo: 'Lambda turned ten invocations away within five minutes, somewhere in this account and region: of these functions or of others that share the concurrency with them. "Throttles by function" on the dashboard says whether ours are among them: events and states are tried again, a page says 503. See which function takes it all, or ask for a higher quota (Service Quotas, Lambda, concurrent executions).',
    },
  };
}

function mail({ settings }: WatchProps): Record<string, Watched> {
  const reputation = (metricName: string) =>
    new Metric({ namespace: 'AWS/SES', metricName, statistic: 'Average', period: hour });
  return {
    'mail-bounce-rate': {
      metric: reputation('Reputation.BounceRate'),
      threshold: 0.05,
      todo: 'Five in a hundred mails bounce, and SES reviews the account (at ten it stops sending). Find the addresses: audit entries "mail-bounced". Correct them in the roster and the CRM.',
    },
    'mail-complaint-rate': {
      metric: reputation('Reputation.ComplaintRate'),
      threshold: 0.001,
      todo: 'One in a thousand mails is reported as spam, and SES reviews the account. Find them: audit entries "mail-complained". Speak to the people; customers are not written to again without a word from a person.',
    },
    'mail-rejected': {
      metric: counted(settings, 'MailRejected', fiveMinutes),
      threshold: 1,
      todo: 'SES refuses a mail. If the handoff has an audit entry "mail-rejected", the mail itself will not do and is not sent again: correct the address in the roster or the CRM, and tell the person yourself. If it has none, SES takes nothing from us (sending is paused, the sender is not verified; the log says MailBlocked): fix that, and mails go out by themselves. If the log says MailForbidden, a permission is missing: grant it, and redrive the executions that failed.',
    },
    'mail-daily-quota': {
      metric: counted(settings, 'MailQuotaExceeded', Duration.minutes(15)),
      threshold: 1,
      todo: 'SES sends no more today: the daily quota is used up. Mails wait and go out when it allows, up to a day late. Ask for a higher quota (SES, account dashboard); a new account is in the sandbox with 200 a day.',
    },
  };
}

function crm({ settings, functionOf }: WatchProps): Record<string, Watched> {
  if (!settings.crm) return {};
  return {
    'deals-unread': {
      metric: functionOf(dealsHeard.what).metricErrors({ period: Duration.minutes(15) }),
      threshold: 3,
      todo: 'Deals cannot be read in the CRM for a quarter of an hour. The log of read-deal says why: CrmUnavailable is the CRM, and passes; CrmAccessRefused is our token or its scopes (npm run crm -- check says which). Nothing is lost: what the CRM said is tried every five minutes for fifty hours. After that it is a dead letter, and the reconciler finds the deal.',
    },
    ...(settings.crm.writeBack.length > 0 && {
      'write-backs-not-queued': {
        metric: functionOf(changesToWriteBack.what).metricErrors({ period: hour }),
        threshold: 5,
        todo: 'What changes in handoffs cannot be queued to be written back into the CRM for an hour. The log of queue-write-backs says why. Nothing is lost yet: each change is tried for 23 hours. After that it is a dead letter that names no handoff: npm run drain -- <stage> has every open handoff written back, and so makes good for all of them.',
      },
      'write-back-failing': {
        metric: functionOf(writeBacks.what).metricErrors({ period: hour }),
        threshold: 5,
        todo: 'Nothing can be written back into the CRM for an hour. The log of write-back says why: CrmUnavailable is the CRM, and passes; CrmAccessRefused is our token or its scopes (npm run crm -- check says which). No handoff waits for it: it is tried every ten minutes for fifty hours, and writes what stands by then.',
      },
    }),
    ...(crmWiring(settings.crm.name).isAsked && {
      'crm-differs': {
        // An hour, not a day: it rings anew each night, so that what lasts hides nothing that is new.
        metric: counted(settings, 'CrmDiffers', hour),
        threshold: 1,
        todo: 'The CRM and the handoffs differ in something that only people can put right: a won deal that cannot begin, a handoff whose deal the CRM no longer shows, many deals that seem lost at once. npm run reconcile -- <stage> --dry-run names each, with what to do.',
      },
      'reconciler-failing': {
        metric: functionOf('reconcile').metricErrors({ period: Duration.days(1) }),
        threshold: 3,
        todo: 'The CRM could not be compared with the handoffs last night, three times in a row. The log of reconcile says why: CrmUnavailable is the CRM, and the next night makes good for it; CrmAccessRefused is our token or its scopes (npm run crm -- check says which). npm run reconcile -- <stage> does it now.',
      },
    }),
    'webhooks-refused': {
      metric: counted(settings, 'WebhookRefused', fiveMinutes),
      threshold: 10,
      todo: 'Ten requests to the webhook were refused within five minutes: not signed with our secret, too old, or nothing that the CRM sends. Somebody is trying, or the secret was changed on one side only: npm run crm -- check says whether ours is right. What the CRM sent in vain is found by the reconciler.',
    },
  };
}

const counted = ({ stage }: Settings, metricName: string, period: Duration) =>
  new Metric({
    namespace: 'Handoff',
    metricName,
    dimensionsMap: { service: stageName(stage) },
    statistic: 'Sum',
    period,
  });

const pages = ({ apiId }: WatchProps): Record<string, Watched> => ({
  'pages-failing': {
    metric: new Metric({
      namespace: 'AWS/ApiGateway',
      metricName: '5xx',
      dimensionsMap: { ApiId: apiId },
      statistic: 'Sum',
      period: fiveMinutes,
    }),
    threshold: 3,
    todo: 'People who follow a link see an error. The logs of show-page and decide-step, for desks those of show-desk and act-on-desk, for reports that of show-reports, for operations that of show-operations, say why; the access log says which route. What was typed is not saved: fix it soon.',
  },
});
