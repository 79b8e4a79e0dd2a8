import { Aws, CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { EventBus, type IRuleTarget, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnRecordSet, PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { deliveryRule, mailRule, mailRuleDetail } from '../wiring/mail-rule.ts';
import { stageName } from '../wiring/names.ts';
import { onlyFrom, type Queues } from './queues.ts';
import { type Settings, senderIdentityOf } from './settings.ts';

/**
 * Mail through SES: who it comes from, and what becomes of it. SES tells bounces, complaints, rejections and deliveries to
 * the account's default bus, the only one it knows.
 */
export class SenderMail extends Construct {
  readonly configurationSet: string;
  readonly #settings: Settings;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.#settings = settings;
    this.configurationSet = stageName(settings.stage);
    const set = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: this.configurationSet,
      // Mails name customers and hold links that decide.
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    set.addEventDestination('WhatBecameOfIt', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.DELIVERY,
      ],
    });
    if (settings.senderIdentity === 'create') this.#createIdentity();
  }

  /** What mail is sent with: the sender's identity (in the sandbox those of recipients, too) and this stage's configuration set. */
  get arns(): readonly string[] {
    const { sandboxRecipients } = this.#settings;
    const identities = [senderIdentityOf(this.#settings), ...sandboxRecipients].map((name) => `identity/${name}`);
    return [...identities, `configuration-set/${this.configurationSet}`].map(
      (resource) => `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`,
    );
  }

  /** Brings what SES tells about this stage's mails to a function; that they arrived, to a queue. */
  tell(target: IFunction, { deliveries, undelivered }: Pick<Queues, 'deliveries' | 'undelivered'>): void {
    const retries = { deadLetterQueue: undelivered, maxEventAge: Duration.hours(24), retryAttempts: 185 };
    this.#rule('Tell', mailRule, new LambdaFunction(target, retries));
    const rule = this.#rule('Delivered', deliveryRule, new SqsQueue(deliveries, retries));
    onlyFrom(deliveries, [rule]);
  }

  #rule(id: string, { name, what, source, detailType }: typeof mailRule | typeof deliveryRule, target: IRuleTarget) {
    return new Rule(this, id, {
      ruleName: stageName(this.#settings.stage, name),
      description: what,
      eventPattern: {
        source: [...source],
        detailType: [...detailType],
        detail: mailRuleDetail(this.configurationSet),
      },
      targets: [target],
    });
  }

  #createIdentity(): void {
    const name = senderIdentityOf(this.#settings);
    const zone = this.#settings.domain?.hostedZone;
    const inZone = zone?.name === name;
    const identity = new EmailIdentity(this, 'Sender', {
      identity: inZone
        ? Identity.publicHostedZone(
            PublicHostedZone.fromPublicHostedZoneAttributes(this, 'Zone', {
              hostedZoneId: zone.id,
              zoneName: zone.name,
            }),
          )
        : name.includes('@')
          ? Identity.email(name)
          : Identity.domain(name),
    });
    // A first deploy that fails takes them back: what is named after the domain would keep the next one from making them.
    identity.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    // Without its DKIM records SES would take the identity for unverified, and no stage that sends with it could send.
    for (const made of identity.node.findAll())
      if (made instanceof CfnRecordSet) made.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    if (inZone || name.includes('@')) return;
    identity.dkimRecords.forEach(({ name, value }, i) => {
      new CfnOutput(this, `DkimRecord${i + 1}`, {
        value: `${name} CNAME ${value}`,
        description: `DNS record ${i + 1} of 3: with these SES verifies the sender's domain and signs its mails.`,
      });
    });
  }
}
