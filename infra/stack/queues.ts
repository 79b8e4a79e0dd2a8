import { Duration } from 'aws-cdk-lib';
import type { IRule } from 'aws-cdk-lib/aws-events';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { stageName } from '../wiring/names.ts';
import { dealsHeard, deliveries, triedAgain, undelivered, undeliveredReminders, writeBacks } from '../wiring/queues.ts';
import { acknowledge } from './names.ts';
import type { Settings } from './settings.ts';

export interface QueuesProps {
  readonly stage: string;
  readonly key: Key | undefined;
  /** What the stage says of its CRM. */
  readonly crm: Settings['crm'];
}

/**
 * Where events wait: what a function has failed at, until it succeeds; and the dead letters, until a person drains them. A
 * message is Lambda's record of the failure, or the event itself with attributes that say why it was not delivered.
 */
export class Queues extends Construct {
  readonly triedAgain: Queue;
  /** What the CRM said of deals; undefined where there is none. */
  readonly dealsHeard: Queue | undefined;
  /** Handoffs of which something is to be written back; undefined where nothing is. */
  readonly writeBacks: Queue | undefined;
  /** That mails arrived, until it is noted. */
  readonly deliveries: Queue;
  /** What rules could not deliver, and what was tried again to the end. */
  readonly undelivered: Queue;
  /** Reminders that Scheduler could not deliver; its schedules, those of earlier versions too, know the queue by name. */
  readonly reminders: Queue;

  constructor(scope: Construct, id: string, { stage, key, crm }: QueuesProps) {
    super(scope, id);
    const queue = (id: string, name: string, more: QueueProps = {}): Queue =>
      new Queue(this, id, {
        queueName: stageName(stage, name),
        retentionPeriod: Duration.days(14),
        enforceSSL: true,
        // A record of a failure is a little longer than the event in it, which may have 256 KB.
        maxMessageSizeBytes: 1024 * 1024,
        ...(key
          ? { encryption: QueueEncryption.KMS, encryptionMasterKey: key }
          : { encryption: QueueEncryption.SQS_MANAGED }),
        ...more,
      });
    this.undelivered = queue('Undelivered', undelivered);
    this.reminders = queue('Reminders', undeliveredReminders);
    for (const made of this.deadLetters)
      acknowledge(made, 'AwsSolutions-SQS3', 'It is a dead-letter queue: what is in it waits for a person.');
    this.triedAgain = queue('TriedAgain', triedAgain.name, {
      visibilityTimeout: Duration.seconds(triedAgain.visibilitySeconds),
      deadLetterQueue: { queue: this.undelivered, maxReceiveCount: triedAgain.maxReceiveCount },
    });
    const worked = ({
      visibilitySeconds,
      maxReceiveCount,
    }: typeof dealsHeard | typeof writeBacks | typeof deliveries): QueueProps => ({
      visibilityTimeout: Duration.seconds(visibilitySeconds),
      deadLetterQueue: { queue: this.undelivered, maxReceiveCount },
    });
    this.deliveries = queue('Deliveries', deliveries.name, worked(deliveries));
    this.dealsHeard = crm && queue('DealsHeard', dealsHeard.name, worked(dealsHeard));
    this.writeBacks =
      crm && crm.writeBack.length > 0
        ? queue('WriteBacks', writeBacks.name, {
            ...worked(writeBacks),
            deliveryDelay: Duration.seconds(writeBacks.delaySeconds),
          })
        : undefined;
    // EventBridge writes as itself; Lambda and Scheduler write in a role, which has the key by its own policy. Without a
    // condition, as EventBridge documents it for encrypted queues: it does not promise to tell the key for which account it
    // asks, and if it did not, what it gives up would be lost. The policy of each queue says which rules may write to it.
    key?.grant(new ServicePrincipal('events.amazonaws.com'), 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  get deadLetters(): readonly Queue[] {
    return [this.undelivered, this.reminders];
  }
}

/** Lets nobody write to a queue but these rules: CDK leaves it out where the queue is encrypted under a key of the company's own. */
export const onlyFrom = (queue: Queue, rules: readonly IRule[]): void => {
  queue.addToResourcePolicy(
    new PolicyStatement({
      sid: 'only-these-rules',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnNotEquals: { 'aws:SourceArn': rules.map(({ ruleArn }) => ruleArn) } },
    }),
  );
};
