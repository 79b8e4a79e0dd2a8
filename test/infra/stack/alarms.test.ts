import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../infra/account/event-pattern.ts';
import { resolve } from './resolve.ts';
import { synthesize } from './synthesize.ts';

const stack = synthesize();
const resolved = (value: unknown) => resolve(stack.template.Resources, value) as Record<string, unknown>;

/** What an alarm listens to. Each goes off at once, at the threshold or above; where nothing is counted all is well. */
interface Alarm {
  readonly metric: string;
  /** Name and value of each dimension; none: of the whole account. */
  readonly of?: Readonly<Record<string, string>>;
  readonly statistic?: 'Maximum' | 'Average';
  /** Seconds. */
  readonly within: number;
  readonly threshold: number;
}

const minutes = 60;
const hours = 60 * minutes;
const functionNamed = (name: string) => ({ FunctionName: `handoff-sample-${name}` });
const queueNamed = (name: string) => ({ QueueName: `handoff-sample-${name}.QueueName` });
const endRule = (name: string) => ({ RuleName: `handoff-sample-execution-${name}` });
const thisStage = { service: 'handoff-sample' };

const alarms: Readonly<Record<string, Alarm>> = {
  // One handoff that stopped or timed out is a customer whom nobody looks after.
  'executions-failed': {
    metric: 'AWS/Events TriggeredRules',
    of: endRule('failed'),
    within: 5 * minutes,
    threshold: 1,
  },
  'executions-timed-out': {
    metric: 'AWS/Events TriggeredRules',
    of: endRule('timed-out'),
    within: 5 * minutes,
    threshold: 1,
  },
  // Canceled deals end so as well.
  'executions-aborted': { metric: 'AWS/Events TriggeredRules', of: endRule('aborted'), within: hours, threshold: 10 },
  'executions-throttled': {
    metric: 'AWS/States ThrottledEvents',
    of: { ServiceMetric: 'StateTransition' },
    within: 5 * minutes,
    threshold: 1,
  },
  // Two tries, ten minutes apart.
  'events-tried-again': {
    metric: 'AWS/Lambda Errors',
    of: functionNamed('try-again'),
    within: 15 * minutes,
    threshold: 2,
  },
  undelivered: {
    metric: 'AWS/SQS ApproximateNumberOfMessagesVisible',
    of: queueNamed('undelivered'),
    statistic: 'Maximum',
    within: 5 * minutes,
    threshold: 1,
  },
  'undelivered-reminders': {
    metric: 'AWS/SQS ApproximateNumberOfMessagesVisible',
    of: queueNamed('undelivered-reminders'),
    statistic: 'Maximum',
    within: 5 * minutes,
    threshold: 1,
  },
  // Three of the fourteen days that a queue keeps it.
  'undelivered-too-long': {
    metric: 'AWS/SQS ApproximateAgeOfOldestMessage',
    of: queueNamed('undelivered'),
    statistic: 'Maximum',
    within: hours,
    threshold: 3 * 24 * hours,
  },
  // Those that an execution calls, and tries again by itself: a few errors pass.
  'validate-package-errors': {
    metric: 'AWS/Lambda Errors',
    of: functionNamed('validate-package'),
    within: 5 * minutes,
    threshold: 5,
  },
  'notify-errors': { metric: 'AWS/Lambda Errors', of: functionNamed('notify'), within: 5 * minutes, threshold: 5 },
  'close-handoff-errors': {
    metric: 'AWS/Lambda Errors',
    of: functionNamed('close-handoff'),
    within: 5 * minutes,
    threshold: 5,
  },
  // Of the whole account: one throttled invocation of somebody else wakes nobody.
  'functions-throttled': { metric: 'AWS/Lambda Throttles', within: 5 * minutes, threshold: 10 },
  // Where SES begins to look at an account.
  'mail-bounce-rate': { metric: 'AWS/SES Reputation.BounceRate', statistic: 'Average', within: hours, threshold: 0.05 },
  'mail-complaint-rate': {
    metric: 'AWS/SES Reputation.ComplaintRate',
    statistic: 'Average',
    within: hours,
    threshold: 0.001,
  },
  'mail-rejected': { metric: 'Handoff MailRejected', of: thisStage, within: 5 * minutes, threshold: 1 },
  'mail-daily-quota': { metric: 'Handoff MailQuotaExceeded', of: thisStage, within: 15 * minutes, threshold: 1 },
  'pages-failing': { metric: 'AWS/ApiGateway 5xx', of: { ApiId: 'handoff-sample' }, within: 5 * minutes, threshold: 3 },
};

/** How an alarm of the table stands in the template. */
const inTemplate = ({ metric, of = {}, statistic, within, threshold }: Alarm) => {
  const [Namespace, MetricName] = metric.split(' ');
  const dimensions = Object.entries(of).map(([Name, Value]) => ({ Name, Value }));
  return {
    Namespace,
    MetricName,
    ...(dimensions.length > 0 && { Dimensions: dimensions }),
    Statistic: statistic ?? 'Sum',
    Period: within,
    Threshold: threshold,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
  };
};

describe('The alarms', () => {
  const made = stack.ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => {
    const { AlarmName, AlarmDescription, AlarmActions, ...listens } = resolved(Properties);
    return [String(AlarmName).replace('handoff-sample-', ''), listens] as const;
  });

  it('are one for each thing that somebody has to do something about', () => {
    expect(made.map(([name]) => name).sort()).toEqual(Object.keys(alarms).sort());
  });

  it.each(made)('%s listens to what it is about, and goes off when it should', (name, listens) => {
    const stated = alarms[name];
    expect(listens).toEqual(stated && inTemplate(stated));
  });
});

describe('The count of executions that end other than well', () => {
  const machine = 'arn:aws:states:us-east-1:111111111111:stateMachine:handoff-sample';
  const ended = (status: string, name = 'handoff-sample', more: object = {}) => ({
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    detail: {
      status,
      executionArn: `arn:aws:states:us-east-1:111111111111:execution:${name}:D-1-1`,
      stateMachineArn: machine,
      ...more,
    },
  });
  const counting = (event: Readonly<Record<string, unknown>>): unknown[] =>
    stack
      .ofType('AWS::Events::Rule')
      .filter(({ Properties }) => !('Targets' in Properties))
      .map(({ Properties }) => resolved(Properties))
      .filter(({ EventPattern, EventBusName }) => !EventBusName && compilePattern(EventPattern)(event))
      .map(({ Name, State }) => `${Name} ${State}`);

  it.each(['FAILED', 'TIMED_OUT', 'ABORTED', 'RUNNING', 'SUCCEEDED'])(
    'takes those of this stage, %s, whatever they were started through',
    (status) => {
      const rule = [`handoff-sample-execution-${status.toLowerCase().replace('_', '-')} ENABLED`];
      expect(counting(ended(status))).toEqual(rule);
      expect(counting(ended(status, 'handoff-sample', { stateMachineAliasArn: `${machine}:live` }))).toEqual(rule);
      expect(counting(ended(status, 'handoff-sample', { stateMachineArn: `${machine}:7` }))).toEqual(rule);
    },
  );

  it('takes none of another stage', () => {
    for (const name of ['handoff-sample2', 'handoff', 'other']) expect(counting(ended('FAILED', name))).toEqual([]);
  });
});
