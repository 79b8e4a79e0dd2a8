import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Match, Rule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { stageName } from '../wiring/names.ts';
import { workflowArns } from './names.ts';

/** How an execution ends other than well, as Step Functions says it. */
export const executionEnds = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const;

export type ExecutionEnd = (typeof executionEnds)[number];

/** What is counted: those, and which begin and end well. */
const counted = ['RUNNING', 'SUCCEEDED', ...executionEnds] as const;

/**
 * Counts the executions of a stage that begin, and how they end, whatever they were started through. The metrics of Step Functions
 * itself would be deaf to some: executions are started through the alias, and those are reported by the ARN of the machine, of
 * the alias or of the version, which is another one after each deploy. Its events name the execution in every case: one rule
 * for each, on the account's default bus, calls nobody, and how often it was triggered is a metric that costs nothing.
 */
export function countEnds(scope: Construct, stage: string): void {
  const ofStage = workflowArns(stage).executions.replace(/\*$/, '');
  for (const status of counted)
    new Rule(scope, `Ended${status}`, {
      ruleName: endRuleName(stage, status),
      description: `Counts the executions of ${stageName(stage)} that are ${status} now.`,
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { status: [status], executionArn: Match.prefix(ofStage) },
      },
    });
}

/** How many executions of a stage began (`RUNNING`) or ended so within an hour, those of open items among them. */
export const executionsCounted = (stage: string, status: (typeof counted)[number]): Metric =>
  new Metric({
    namespace: 'AWS/Events',
    metricName: 'TriggeredRules',
    dimensionsMap: { RuleName: endRuleName(stage, status) },
    statistic: 'Sum',
    period: Duration.hours(1),
  });

const endRuleName = (stage: string, status: (typeof counted)[number]): string =>
  stageName(stage, `execution-${status.toLowerCase().replace('_', '-')}`);
