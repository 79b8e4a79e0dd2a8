import { CfnOutput, Duration } from 'aws-cdk-lib';
import { Archive, EventBus, Match, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { AccountPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { dealRules, dealSource, type Values } from '../wiring/deal-rules.ts';
import { dealBusName, stageName } from '../wiring/names.ts';
import type { Functions } from './functions.ts';
import type { Settings } from './settings.ts';

export interface EntranceProps {
  readonly settings: Settings;
  readonly functions: Functions;
  readonly deadLetters: IQueue;
}

/**
 * Where deals come in: one bus with an archive to replay from, and a rule for each function that takes them. A CRM's own
 * webhook needs no more here than a route in `pages.ts` to a function that puts events on this bus.
 */
export class Entrance extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { settings, functions, deadLetters }: EntranceProps) {
    super(scope, id);
    const { stage, trustedAccounts } = settings;
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: dealBusName(stage),
      description: 'Deals as the CRM tells them: won, reopened, lost, canceled.',
    });
    new Archive(this, 'Archive', {
      archiveName: dealBusName(stage),
      description: 'A month of deals, to replay.',
      sourceEventBus: this.bus,
      eventPattern: { source: [dealSource] },
      retention: Duration.days(30),
    });
    for (const account of trustedAccounts) this.#trust(account);
    for (const { name, what, source, detailType, target } of dealRules)
      new Rule(this, name, {
        ruleName: stageName(stage, name),
        description: what,
        eventBus: this.bus,
        eventPattern: { source: cdkValues(source), detailType: cdkValues(detailType) },
        targets: [
          new LambdaFunction(functions.named(target), {
            deadLetterQueue: deadLetters,
            maxEventAge: Duration.hours(24),
            retryAttempts: 185,
          }),
        ],
      });
    new CfnOutput(this, 'BusName', {
      key: 'DealBus',
      value: this.bus.eventBusName,
      description: 'Put deal events here.',
    });
  }

  /** Another account may put deals on the bus, and nothing that is not a deal. */
  #trust(account: string): void {
    this.bus.addToResourcePolicy(
      new PolicyStatement({
        sid: `deals-from-${account}`,
        effect: Effect.ALLOW,
        principals: [new AccountPrincipal(account)],
        actions: ['events:PutEvents'],
        resources: [this.bus.eventBusArn],
        conditions: { StringEquals: { 'events:source': dealSource } },
      }),
    );
  }
}

const cdkValues = (values: Values): string[] =>
  'anythingBut' in values ? Match.anythingBut(...values.anythingBut) : [...values];
