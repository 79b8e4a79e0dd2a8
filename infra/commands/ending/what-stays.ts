import { type Settings, senderIdentityOf } from '../../stack/settings.ts';
import { stageName } from '../../wiring/names.ts';

/** What a stage keeps things in, by the names that CloudFormation has chosen; what is not there, or not known, has none. */
export interface Keeping {
  readonly table?: string | undefined;
  /** The bucket of facts. */
  readonly bucket?: string | undefined;
  /** The id of its own KMS key. */
  readonly key?: string | undefined;
}

/**
 * What stays of a stage that is destroyed, what goes, and how to remove the rest, in lines of at most 120 characters or a
 * command.
 */
export function whatStays(settings: Settings, { table, bucket, key }: Keeping): readonly string[] {
  const { stage, senderIdentity, customerManagedKey, domain, facts } = settings;
  const identity = senderIdentityOf(settings);
  const name = table ?? `<the table of ${stageName(stage)}>`;
  const hasBucket = bucket !== undefined || facts === 's3';
  return [
    'What stays, because it cannot be made again, and how to remove it once nobody needs it:',
    `- the table ${name}, with all handoffs. A stage that is deployed again begins with a new one. To remove it:`,
    `    aws dynamodb update-table --table-name ${name} --no-deletion-protection-enabled`,
    `    aws dynamodb delete-table --table-name ${name}`,
    ...(hasBucket
      ? [
          '- the bucket of facts, which are kept once. A stage that is deployed again begins with a new one. To remove it:',
          `    aws s3 rb --force s3://${bucket ?? `<the bucket of ${stageName(stage)}>`}`,
        ]
      : []),
    ...(key !== undefined || customerManagedKey
      ? [
          `- the KMS key of ${stageName(stage)}, at $1 a month: without it nobody can read ${hasBucket ? 'the table and the bucket, for good.' : 'the table, for good.'}`,
          `  After ${hasBucket ? 'both' : 'the table'}:`,
          `    aws kms schedule-key-deletion --key-id ${key ?? '<its id>'} --pending-window-in-days 30`,
        ]
      : []),
    ...(senderIdentity === 'create'
      ? [
          `- the SES identity ${identity}${domain?.hostedZone ? ' and its DKIM records' : ''}: other stages may send with it. From now on senderIdentity is "existing" for`,
          '  every stage. To remove it:',
          `    aws sesv2 delete-email-identity --email-identity ${identity}`,
        ]
      : []),
    'What goes: reminders of renewals, the archive of deals, dead letters, alarms and their subscription, all logs, and',
    'what Athena asks the facts by.',
    'Export the logs you have to keep before you go on.',
  ];
}
