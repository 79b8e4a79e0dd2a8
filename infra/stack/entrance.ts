import { CfnOutput, Duration } from 'aws-cdk-lib';
import { Archive, EventBus, Match, Rule, type RuleProps } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { AccountPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { crmWiring } from '../wiring/crms.ts';
import { dealRules, dealSource, heardRule, partnerRule, type Values } from '../wiring/deal-rules.ts';
import { dealBusName, stageName } from '../wiring/names.ts';
import type { Functions } from './functions.ts';
import { onlyFrom, type Queues } from './queues.ts';
import type { Settings } from './settings.ts';

export interface EntranceProps {
  readonly settings: Settings;
  readonly functions: Functions;
  readonly queues: Queues;
}

/**
 * Where deals come in: one bus with an archive to replay from, and a rule for each function that takes them. What a CRM says, by its
 * webhook or on a bus of its own, waits in a queue until the deal has been read there.
 */
export class Entrance extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { settings, functions, queues }: EntranceProps) {
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
            deadLetterQueue: queues.undelivered,
            maxEventAge: Duration.hours(24),
            retryAttempts: 185,
          }),
        ],
      });
    this.#hear(settings, queues);
    new CfnOutput(this, 'BusName', {
      key: 'DealBus',
      value: this.bus.eventBusName,
      description: 'Put deal events here.',
    });
  }

  /** What the stage's CRM says goes to the queue of what is to be read there. */
  #hear({ stage, crm }: Settings, queues: Queues): void {
    if (!crm || !queues.dealsHeard) return;
    const { dealsHeard, undelivered } = queues;
    const hears = ({ name, what }: Pick<typeof heardRule, 'name' | 'what'> | typeof partnerRule, more: RuleProps) =>
      new Rule(this, name, {
        ruleName: stageName(stage, name),
        description: what,
        ...more,
        targets: [
          new SqsQueue(dealsHeard, {
            deadLetterQueue: undelivered,
            maxEventAge: Duration.hours(24),
            retryAttempts: 185,
          }),
        ],
      });
    const { source, detailType } = heardRule;
    const rules = [
      hears(heardRule, { eventBus: this.bus, eventPattern: { source: [source], detailType: [detailType] } }),
    ];
    const { partnerBus } = crm;
    if (crmWiring(crm.name).tells === 'partner bus' && partnerBus !== undefined)
      rules.push(
        hears(partnerRule, {
          eventBus: EventBus.fromEventBusName(this, 'PartnerBus', partnerBus),
          eventPattern: { source: [partnerBus] },
        }),
      );
    onlyFrom(dealsHeard, rules);
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
