import { type Settings, senderIdentityOf } from '../../stack/settings.ts';
import { stageName } from '../../wiring/names.ts';

/**
 * What stays of a stage that is destroyed, what goes, and how to remove the rest, in lines of at most 120 characters or a
 * command. `table`: its name, where that is known.
 */
export function whatStays(settings: Settings, table: string | undefined): readonly string[] {
  const { stage, senderIdentity, customerManagedKey, domain } = settings;
  const identity = senderIdentityOf(settings);
  const name = table ?? `<the table of ${stageName(stage)}>`;
  return [
    'What stays, because it cannot be made again, and how to remove it once nobody needs it:',
    `- the table ${name}, with all handoffs. A stage that is deployed again begins with a new one. To remove it:`,
    `    aws dynamodb update-table --table-name ${name} --no-deletion-protection-enabled`,
    `    aws dynamodb delete-table --table-name ${name}`,
    ...(customerManagedKey
      ? [
          `- the KMS key of ${stageName(stage)}, at $1 a month: without it nobody can read the table. After the table:`,
          '    aws kms schedule-key-deletion --key-id <its id> --pending-window-in-days 30',
        ]
      : []),
    ...(senderIdentity === 'create'
      ? [
          `- the SES identity ${identity}${domain?.hostedZone ? ' and its DKIM records' : ''}: other stages may send with it. From now on senderIdentity is "existing" for`,
          '  every stage. To remove it:',
          `    aws sesv2 delete-email-identity --email-identity ${identity}`,
        ]
      : []),
    'What goes: reminders of renewals, the archive of deals, dead letters, alarms and their subscription, and all logs.',
    'Export the logs you have to keep before you go on.',
  ];
}
