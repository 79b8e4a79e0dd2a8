import { Duration } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { stageName } from '../wiring/names.ts';
import { acknowledge } from './names.ts';

export interface DeadLettersProps {
  readonly stage: string;
  readonly key: Key | undefined;
}

/**
 * Where things wait that could not be done, one queue for each way back. A message's body is always what the function
 * should have got, its attributes say why it did not: whether EventBridge, Scheduler or Lambda gave it up.
 */
export class DeadLetters extends Construct {
  /** Deal events: put them on the bus again. */
  readonly deals: Queue;
  /** What SES told about mails: hand them to `track-mail` again. */
  readonly mailEvents: Queue;
  /** Scheduled reminders: hand them to `notify` again. */
  readonly reminders: Queue;

  constructor(scope: Construct, id: string, { stage, key }: DeadLettersProps) {
    super(scope, id);
    const queue = (id: string, name: string): Queue => {
      const made = new Queue(this, id, {
        queueName: stageName(stage, name),
        retentionPeriod: Duration.days(14),
        enforceSSL: true,
        ...(key
          ? { encryption: QueueEncryption.KMS, encryptionMasterKey: key }
          : { encryption: QueueEncryption.SQS_MANAGED }),
      });
      acknowledge(made, 'AwsSolutions-SQS3', 'It is a dead-letter queue: what is in it waits for a person.');
      return made;
    };
    this.deals = queue('Deals', 'undelivered-deals');
    this.mailEvents = queue('MailEvents', 'undelivered-mail-events');
    this.reminders = queue('Reminders', 'undelivered-reminders');
    // EventBridge writes as itself; Lambda and Scheduler write in a role, which has the key by its own policy. Without a
    // condition, as EventBridge documents it for encrypted queues: it does not promise to tell the key for which account it
    // asks, and if it did not, what it gives up would be lost. The policy of each queue says which rules may write to it.
    key?.grant(new ServicePrincipal('events.amazonaws.com'), 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  get all(): readonly Queue[] {
    return [this.deals, this.mailEvents, this.reminders];
  }
}
