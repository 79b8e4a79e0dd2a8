import { listed } from '../../../functions/domain/fields/words.ts';
import type { FoundPerson } from './find-person.ts';

/** What is known of somebody before anything is done. */
export interface ToForget {
  readonly email: string;
  readonly found: FoundPerson;
  /** Their name, where they are a colleague on the roster. */
  readonly colleague?: string | undefined;
  readonly isBegun: boolean;
}

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

/** What would be done, or is about to be, line by line. */
export function planSaid({ email, found, colleague, isBegun }: ToForget): readonly string[] {
  const { records, handoffs, names } = found;
  const known = [...new Set([...(colleague === undefined ? [] : [colleague]), ...names])];
  const who =
    colleague === undefined
      ? `${email} is not on the roster: a customer's contact, or somebody who has left.`
      : `${email} is ${colleague}, on the roster.`;
  return [
    ...(isBegun
      ? ['A run before this one was interrupted. It goes on where that ended, with the same placeholder.']
      : []),
    who,
    `- ${counted(records, 'record has', 'records have')} the address, in ${counted(handoffs.length, 'handoff', 'handoffs')}. A random placeholder takes its place: in records, notes, answers, the audit trail, recipients, drafts and meetings.`,
    ...(known.length > 0
      ? [
          `- In those handoffs, the full ${known.length === 1 ? 'name' : 'names'} ${listed(known)} ${known.length === 1 ? 'goes' : 'go'}, too.`,
        ]
      : []),
    ...(colleague === undefined ? [] : ['- They go from the roster, and as stand-in of others.']),
    ...(colleague === undefined ? [] : ['- Their links open nothing any more.']),
    '- Whose id theirs was in reports is known to nobody: every number stays as it is.',
  ];
}

/** What no command on the table can reach. */
export const notReached: readonly string[] = [
  'It does not reach:',
  '- a first name alone, or what describes somebody, in free text: search the handoffs above for it;',
  '- events that wait, or that nobody could handle: queues keep them for 14 days at most. Run npm run drain first, or what they say comes back with them;',
  '- the archive of the bus, which keeps the events of deals for 30 days: what is replayed from it comes back;',
  '- backups of the table: point-in-time recovery keeps 35 days;',
  '- logs and histories of executions, which name no people, until they expire;',
  '- email that was sent, in mailboxes and in what SES keeps; the suppression list of your SES account;',
  '- the CRM and whatever else it was told: forget them there as well, or the next change brings them back;',
  '- files you made: exports, reports, the roster file. Take them out of that one before you import it again.',
  'The facts in S3 hold no personal data.',
];
