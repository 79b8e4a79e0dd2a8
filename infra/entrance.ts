import { Aws, CfnOutput, Duration } from 'aws-cdk-lib';
import { Archive, CfnEventBusPolicy, EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Functions } from './functions.ts';
import { nameOf } from './names.ts';
import type { Settings } from './settings.ts';

/** Who says that a deal was won, wherever the CRM is: its events are translated into these. */
const source = 'handoff.crm';

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
      eventBusName: nameOf(stage, 'deals'),
      description: 'Deals as the CRM tells them: won, reopened, lost, cancelled.',
    });
    new Archive(this, 'Archive', {
      archiveName: nameOf(stage, 'deals'),
      description: 'A month of deals, to replay.',
      sourceEventBus: this.bus,
      eventPattern: { source: [source] },
      retention: Duration.days(30),
    });
    for (const account of trustedAccounts) this.#trust(account);
    const rule = (
      id: string,
      name: string,
      of: { what: string; detailType: string[]; target: 'start-handoff' | 'stop-deal' },
    ) =>
      new Rule(this, id, {
        ruleName: nameOf(stage, name),
        description: of.what,
        eventBus: this.bus,
        eventPattern: { source: [source], detailType: of.detailType },
        targets: [
          new LambdaFunction(functions.byName[of.target], {
            deadLetterQueue: deadLetters,
            maxEventAge: Duration.hours(24),
            retryAttempts: 185,
          }),
        ],
      });
    rule('Won', 'deal-closed-won', {
      what: 'A won deal starts a handoff.',
      detailType: ['Deal Closed Won'],
      target: 'start-handoff',
    });
    rule('Stopped', 'deal-stopped', {
      what: 'A deal that is no longer won stops its handoff.',
      detailType: ['Deal Reopened', 'Deal Lost', 'Deal Cancelled'],
      target: 'stop-deal',
    });
    new CfnOutput(this, 'BusName', {
      key: 'DealBus',
      value: this.bus.eventBusName,
      description: 'Put deal events here.',
    });
  }

  /** Another account may put deals on the bus, and nothing that is not a deal. */
  #trust(account: string): void {
    new CfnEventBusPolicy(this, `Trust${account}`, {
      eventBusName: this.bus.eventBusName,
      statementId: `deals-from-${account}`,
      statement: {
        Sid: `deals-from-${account}`,
        Effect: 'Allow',
        Principal: { AWS: `arn:${Aws.PARTITION}:iam::${account}:root` },
        Action: 'events:PutEvents',
        Resource: this.bus.eventBusArn,
        Condition: { StringEquals: { 'events:source': source } },
      },
    });
  }
}
