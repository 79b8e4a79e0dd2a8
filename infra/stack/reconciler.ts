import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { stageName } from '../wiring/names.ts';
import type { Queues } from './queues.ts';

export interface ReconcilerProps {
  readonly stage: string;
  /** What compares the CRM with the handoffs. */
  readonly reconcile: IFunction;
  readonly queues: Queues;
}

/** Every night the CRM is compared with the handoffs. A night that is missed is made good by the next. */
export class Reconciler extends Construct {
  constructor(scope: Construct, id: string, { stage, reconcile, queues }: ReconcilerProps) {
    super(scope, id);
    new Rule(this, 'Nightly', {
      ruleName: stageName(stage, 'reconcile'),
      description: 'Compares the CRM with the handoffs, once a day.',
      schedule: Schedule.cron({ minute: '20', hour: '3' }),
      targets: [
        new LambdaFunction(reconcile, {
          deadLetterQueue: queues.undelivered,
          maxEventAge: Duration.hours(2),
          retryAttempts: 2,
        }),
      ],
    });
  }
}
