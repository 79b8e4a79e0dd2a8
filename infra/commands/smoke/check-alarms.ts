import type { JsonCall } from '../../../functions/aws/signed-calls.ts';
import { type QueryCall, textsIn } from '../../calls/query-calls.ts';
import type { Settings } from '../../stack/settings.ts';
import { stageName } from '../../wiring/names.ts';
import type { Finding } from './finding.ts';

export interface AlarmCalls {
  readonly cloudWatch: JsonCall;
  readonly sns: QueryCall;
}

interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

interface Alarm {
  readonly AlarmName: string;
  readonly AlarmActions?: readonly string[];
  readonly ActionsEnabled?: boolean;
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly Dimension[];
}

/** Whether the alarms of a stage listen to something, and somebody hears them. */
export async function checkAlarms({ stage, alarmMail }: Settings, calls: AlarmCalls): Promise<readonly Finding[]> {
  const alarms = await alarmsOf(stage, calls.cloudWatch);
  const [topic] = alarms.flatMap(({ AlarmActions = [] }) => AlarmActions).filter((arn) => isTopicOf(stage, arn));
  if (topic === undefined)
    return [
      {
        kind: 'bad',
        what: `No alarm of ${stageName(stage)} tells anybody: there are none in this region, or their topic is gone`,
        remedy: `Deploy the stage again: npm run deploy -- ${stage}.`,
      },
    ];
  return [
    await checkSubscription(topic, alarmMail, calls.sns),
    ...switchedOff(alarms),
    ...(await checkData(alarms, calls)),
  ];
}

/** A stage's name may begin another's: its alarms are those that tell its topic. */
const isTopicOf = (stage: string, arn: string): boolean => arn.endsWith(`:${stageName(stage, 'alarms')}`);

async function alarmsOf(stage: string, cloudWatch: JsonCall): Promise<readonly Alarm[]> {
  const prefix = { AlarmNamePrefix: `${stageName(stage)}-`, AlarmTypes: ['MetricAlarm'], MaxRecords: 100 };
  const found = await pages<Alarm>(cloudWatch, ['DescribeAlarms', 'MetricAlarms'], prefix);
  return found.filter(({ AlarmActions = [] }) => AlarmActions.some((arn) => isTopicOf(stage, arn)));
}

async function pages<T>(
  call: JsonCall,
  [action, members]: readonly [string, string],
  parameters: Readonly<Record<string, unknown>>,
): Promise<readonly T[]> {
  const found: T[] = [];
  let next: unknown;
  do {
    const page = await call(action, { ...parameters, ...(next !== undefined && { NextToken: next }) });
    found.push(...((page[members] ?? []) as readonly T[]));
    next = page['NextToken'] ?? undefined;
  } while (next !== undefined);
  return found;
}

async function checkSubscription(topic: string, alarmMail: string, sns: QueryCall): Promise<Finding> {
  const remedy = `Follow the link in the mail of AWS Notifications to ${alarmMail}; it is good for two days. For a new one: aws sns subscribe --topic-arn ${topic} --protocol email --notification-endpoint ${alarmMail}`;
  const state = await subscriptionOf(topic, alarmMail, sns);
  if (state?.startsWith('arn:')) return { kind: 'good', what: `Alarms reach ${alarmMail}` };
  const why =
    state === 'PendingConfirmation' ? 'has not confirmed its subscription' : 'is not subscribed to them any more';
  return { kind: 'bad', what: `No alarm reaches ${alarmMail}, which ${why}`, remedy };
}

/** The ARN of the address's subscription, or what SNS says in its place; undefined when it has none. */
async function subscriptionOf(topic: string, alarmMail: string, sns: QueryCall): Promise<string | undefined> {
  const states: string[] = [];
  let next: string | undefined;
  do {
    const xml = await sns('ListSubscriptionsByTopic', { TopicArn: topic, ...(next && { NextToken: next }) });
    for (const [member] of xml.matchAll(/<member>.*?<\/member>/gs))
      if (textsIn(member, 'Endpoint')[0]?.toLowerCase() === alarmMail.toLowerCase())
        states.push(textsIn(member, 'SubscriptionArn')[0] ?? '');
    [next] = textsIn(xml, 'NextToken');
  } while (next);
  return states.find((state) => state.startsWith('arn:')) ?? states[0];
}

const switchedOff = (alarms: readonly Alarm[]): readonly Finding[] =>
  alarms
    .filter(({ ActionsEnabled }) => ActionsEnabled === false)
    .map(({ AlarmName }) => ({
      kind: 'bad',
      what: `The alarm ${AlarmName} is switched off`,
      remedy: `aws cloudwatch enable-alarm-actions --alarm-names ${AlarmName}`,
    }));

/**
 * What the alarms listen to. CloudWatch knows a metric only once something was counted, and forgets it when nothing was for two
 * weeks: one that is not there proves nothing, and it is said.
 */
async function checkData(alarms: readonly Alarm[], { cloudWatch }: AlarmCalls): Promise<readonly Finding[]> {
  const [heard, silent]: [string[], Alarm[]] = [[], []];
  for (const alarm of alarms)
    if (await hasData(alarm, cloudWatch)) heard.push(alarm.AlarmName);
    else silent.push(alarm);
  const functions = silent.filter(
    ({ Namespace, Dimensions = [] }) => Namespace === 'AWS/Lambda' && Dimensions.length > 0,
  );
  const others = silent.filter((alarm) => !functions.includes(alarm));
  const names = (of: readonly Alarm[]) => of.map(({ AlarmName }) => AlarmName).join(', ');
  return [
    {
      kind: heard.length > 0 ? 'good' : 'not yet',
      what: `${heard.length} of ${alarms.length} alarms have heard of their metric within two weeks`,
    },
    ...(functions.length > 0
      ? [
          {
            kind: 'not yet' as const,
            what: `Of these no data has come: ${names(functions)}. It comes within minutes once their function has run, well or not; if one has run and there is none, the alarm is deaf: deploy again`,
          },
        ]
      : []),
    ...(others.length > 0
      ? [
          {
            kind: 'not yet' as const,
            what: `Of these no data has come: ${names(others)}. It comes when there is first something to count, so that nothing is wrong, or nothing is known`,
          },
        ]
      : []),
  ];
}

async function hasData({ Namespace, MetricName, Dimensions = [] }: Alarm, cloudWatch: JsonCall): Promise<boolean> {
  const asked = { Namespace, MetricName, ...(Dimensions.length > 0 && { Dimensions }) };
  const found = await pages<{ readonly Dimensions?: readonly Dimension[] }>(
    cloudWatch,
    ['ListMetrics', 'Metrics'],
    asked,
  );
  // Asked for without dimensions, it lists those with some as well.
  return found.some((metric) => (metric.Dimensions ?? []).length === Dimensions.length);
}
