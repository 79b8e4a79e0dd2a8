import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { stageName } from '../wiring/names.ts';
import { scheduleRetries, schedulesIn } from '../wiring/schedules.ts';
import type { Functions } from './functions.ts';
import type { Queues } from './queues.ts';

export interface SchedulesProps {
  readonly stage: string;
  /** The stage's: IANA. */
  readonly zone: string;
  readonly functions: Functions;
  readonly queues: Queues;
}

/** A rule is replaced where its logical id changes, and CloudFormation cannot make a second one of the same name: this one was first. */
const logicalIds: Readonly<Record<string, string>> = { reconcile: 'Nightly' };

/** What recurs: the stage's functions that are called by the clock. */
export class Schedules extends Construct {
  constructor(scope: Construct, id: string, { stage, zone, functions, queues }: SchedulesProps) {
    super(scope, id);
    for (const { name, what, expression, target } of schedulesIn(zone)) {
      const called = functions.byName.get(target);
      if (!called) continue;
      new Rule(this, logicalIds[name] ?? name, {
        ruleName: stageName(stage, name),
        description: what,
        schedule: Schedule.expression(expression),
        targets: [
          new LambdaFunction(called, {
            deadLetterQueue: queues.undelivered,
            maxEventAge: Duration.hours(scheduleRetries.hours),
            retryAttempts: scheduleRetries.attempts,
          }),
        ],
      });
    }
  }
}
