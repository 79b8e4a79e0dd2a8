/** What a deployment costs while nothing happens: the standing items of a synthesized template. */

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>;
}

interface FixedItem {
  readonly item: string;
  readonly count: number;
  /** Of one of them, USD a month. */
  readonly unitUsd: number;
  readonly usd: number;
}

export interface FixedCost {
  readonly items: readonly FixedItem[];
  /** USD a month at list prices, without what AWS gives every account free (ten alarms, three dashboards). */
  readonly usd: number;
}

/** us-east-1 list prices, USD a month. */
const prices = {
  alarmMetric: 0.1,
  compositeAlarm: 0.5,
  dashboard: 3,
  key: 1,
  secret: 0.4,
  hostedZone: 0.5,
  /** Five pollers that ask an empty queue every twenty seconds: 648,000 requests at $0.40 a million. */
  polledQueue: 0.26,
} as const;

/** What an item counts and costs, by type. */
const priced: Readonly<Record<string, (resource: Resource) => { item: string; count: number; unitUsd: number }>> = {
  'AWS::CloudWatch::Alarm': (alarm) => ({
    item: 'Metrics that alarms read',
    count: metricsOf(alarm),
    unitUsd: prices.alarmMetric,
  }),
  'AWS::CloudWatch::CompositeAlarm': () => ({ item: 'Composite alarms', count: 1, unitUsd: prices.compositeAlarm }),
  'AWS::CloudWatch::Dashboard': () => ({ item: 'Dashboards', count: 1, unitUsd: prices.dashboard }),
  'AWS::KMS::Key': () => ({ item: 'KMS keys', count: 1, unitUsd: prices.key }),
  'AWS::SecretsManager::Secret': () => ({ item: 'Secrets', count: 1, unitUsd: prices.secret }),
  'AWS::Route53::HostedZone': () => ({ item: 'Hosted zones', count: 1, unitUsd: prices.hostedZone }),
  'AWS::Lambda::EventSourceMapping': (mapping) => ({
    item: 'Queues that Lambda asks',
    // Only streams have a position to start from, and what Lambda asks a table's stream is free.
    count: mapping.Properties?.['StartingPosition'] === undefined ? 1 : 0,
    unitUsd: prices.polledQueue,
  }),
};

/** Billed by use alone, or not at all: nothing while nothing happens (the bytes of an empty table and of idle logs aside). */
const byUse = new Set([
  'AWS::Athena::NamedQuery',
  'AWS::Athena::WorkGroup',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CertificateManager::Certificate',
  'AWS::DynamoDB::Table',
  'AWS::Events::Archive',
  'AWS::Events::EventBus',
  'AWS::Events::EventBusPolicy',
  'AWS::Events::Rule',
  'AWS::Glue::Database',
  'AWS::Glue::Table',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::KinesisFirehose::DeliveryStream',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::QueryDefinition',
  'AWS::Route53::RecordSet',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SES::ConfigurationSet',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SES::EmailIdentity',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::StepFunctions::StateMachine',
  'AWS::StepFunctions::StateMachineAlias',
  'AWS::StepFunctions::StateMachineVersion',
]);

/** Itemises what the template's resources cost a month at rest. Throws for a type whose price nobody has looked up. */
export function fixedCost({ Resources = {} }: Template): FixedCost {
  const items = new Map<string, FixedItem>();
  for (const resource of Object.values(Resources)) {
    const price = priced[resource.Type];
    if (!price && !byUse.has(resource.Type))
      throw new Error(`Look up what ${resource.Type} costs while nothing happens.`);
    if (!price) continue;
    const { item, count, unitUsd } = price(resource);
    const known = items.get(item)?.count ?? 0;
    items.set(item, { item, count: known + count, unitUsd, usd: cents((known + count) * unitUsd) });
  }
  const all = [...items.values()].sort((a, b) => b.usd - a.usd);
  return { items: all, usd: cents(all.reduce((sum, { usd }) => sum + usd, 0)) };
}

/** An alarm on an expression is billed for each metric in it. */
function metricsOf({ Properties = {} }: Resource): number {
  const metrics = (Properties['Metrics'] ?? []) as readonly object[];
  return Math.max(1, metrics.filter((metric) => 'MetricStat' in metric).length);
}

const cents = (usd: number): number => Math.round(usd * 100) / 100;
