import { Aws, Duration } from 'aws-cdk-lib';
import {
  Dashboard as Board,
  GraphWidget,
  type IMetric,
  type IWidget,
  Metric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { QueryDefinition, QueryString } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type FunctionName, functionNamesOf } from '../wiring/function-names.ts';
import { stageName } from '../wiring/names.ts';
import { executionEnds, executionsCounted } from './execution-ends.ts';
import { operationsCommand, workflowArns } from './names.ts';
import type { Queues } from './queues.ts';
import type { Settings } from './settings.ts';

export interface DashboardProps {
  readonly settings: Settings;
  readonly functionOf: (name: FunctionName) => LambdaFunction;
  readonly apiId: string;
  readonly queues: Queues;
}

const hour = Duration.hours(1);

/** One page for whoever is on duty: are deals coming in, do handoffs move, do mails arrive, does anything wait for me. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { settings, functionOf, queues } = props;
    const { stage } = settings;
    const functionNames = functionNamesOf(settings);
    new Board(this, 'Board', {
      dashboardName: stageName(stage),
      defaultInterval: Duration.days(7),
      widgets: [
        row(new TextWidget({ markdown: introduction(settings), width: 24, height: 3 })),
        row(
          graph(
            'Executions that ended other than well',
            executionEnds.map((status) => executionsCounted(stage, status).with({ label: status })),
          ),
          graph(
            'Waiting for a person',
            queues.deadLetters.map((queue) =>
              queue.metricApproximateNumberOfMessagesVisible({ period: hour, label: queue.node.id }),
            ),
          ),
          graph('Mails of the account', ['Send', 'Delivery', 'Bounce', 'Complaint', 'Reject'].map(sent)),
        ),
        row(
          graph(
            'Errors by function',
            functionNames.map((name) => functionOf(name).metricErrors({ period: hour, label: name })),
          ),
          graph(
            'Throttles by function',
            functionNames.map((name) => functionOf(name).metricThrottles({ period: hour, label: name })),
          ),
          graph(
            'Milliseconds, slowest in a hundred',
            functionNames.map((name) =>
              functionOf(name).metricDuration({ period: hour, statistic: 'p99', label: name }),
            ),
          ),
        ),
        row(
          graph('What happens to handoffs', [
            executionsCounted(stage, 'RUNNING').with({ label: 'Executions begun, open items too' }),
            executionsCounted(stage, 'SUCCEEDED').with({ label: 'Executions ended well' }),
            ...['StepLate', 'HandoffStalled', 'DealRefused'].map((metricName) => counted(stage, metricName)),
          ]),
          graph(
            'Mails of this stage that did not go out',
            ['MailRejected', 'MailQuotaExceeded'].map((metricName) => counted(stage, metricName)),
          ),
          graph(
            'Requests for pages',
            ['Count', '4xx', '5xx'].map((metricName) => requests(props.apiId, metricName)),
          ),
        ),
      ],
    });
    this.#queries(props);
  }

  /** Kept in CloudWatch Logs Insights: choose one, put in the handoff, run. */
  #queries({ settings, functionOf }: DashboardProps): void {
    const logGroups = functionNamesOf(settings).map((name) => functionOf(name).logGroup);
    const query = (id: string, name: string, queryString: QueryString) =>
      new QueryDefinition(this, id, {
        queryDefinitionName: `${stageName(settings.stage)}/${name}`,
        queryString,
        logGroups,
      });
    query(
      'Everything',
      'Everything about a handoff',
      new QueryString({
        fields: ['@timestamp', 'function', 'level', 'message', 'step', 'outcome', '@message'],
        filterStatements: ['handoffId = "PUT-THE-HANDOFF-HERE" or @message like "PUT-THE-HANDOFF-HERE"'],
        sort: '@timestamp asc',
        limit: 1000,
      }),
    );
    query(
      'Late',
      'What is late',
      new QueryString({
        filterStatements: ['message = "step-late"'],
        statsStatements: ['latest(rung) as said, min(@timestamp) as since by handoffId, step'],
        sort: 'since asc',
        limit: 1000,
      }),
    );
    query(
      'Errors',
      'What failed',
      new QueryString({
        fields: ['@timestamp', 'function', 'handoffId', 'error', '@message'],
        filterStatements: ['level = "ERROR"'],
        sort: '@timestamp desc',
        limit: 200,
      }),
    );
  }
}

const row = (...widgets: IWidget[]): IWidget[] => widgets;

const graph = (title: string, left: readonly IMetric[]): GraphWidget =>
  new GraphWidget({ title, left: [...left], width: 8, height: 6, leftYAxis: { min: 0 } });

/** What the functions count themselves. */
const counted = (stage: string, metricName: string): Metric =>
  new Metric({
    namespace: 'Handoff',
    metricName,
    dimensionsMap: { service: stageName(stage) },
    statistic: 'Sum',
    period: hour,
  });

const sent = (metricName: string): Metric =>
  new Metric({ namespace: 'AWS/SES', metricName, statistic: 'Sum', period: hour });

const requests = (apiId: string, metricName: string): Metric =>
  new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiId: apiId },
    statistic: 'Sum',
    period: hour,
  });

function introduction({ siteName, stage, operations }: Settings): string {
  const { machine } = workflowArns(stage);
  const console = `https://${Aws.REGION}.console.aws.amazon.com`;
  return [
    `# ${siteName}, ${stage}`,
    `[Handoffs](${console}/states/home?region=${Aws.REGION}#/statemachines/view/${machine}) · [Dead letters](${console}/sqs/v3/home?region=${Aws.REGION}#/queues) · [Alarms](${console}/cloudwatch/home?region=${Aws.REGION}#alarmsV2:?search=${stageName(stage)}) · [Saved queries](${console}/cloudwatch/home?region=${Aws.REGION}#logsV2:logs-insights)`,
    `Every alarm says what to do.${operations === 'off' ? '' : ` The human view of every handoff: \`${operationsCommand(stage)}\`, then \`/operations/handoffs/\` and the name of its execution.`}`,
  ].join('\n\n');
}
