import type { FunctionName } from './function-names.ts';

/** The tag that every mail of a handoff carries. */
const handoffTag = 'handoff';

/** Which of the events that SES puts on the account's default bus go where, on AWS and on one machine. */
export const mailRule = {
  name: 'mail-fate',
  what: 'What became of a mail of this stage.',
  source: ['aws.ses'],
  detailType: ['Email Bounced', 'Email Complaint Received', 'Email Rejected'],
  target: 'track-mail',
} as const satisfies { readonly target: FunctionName; readonly [member: string]: unknown };

/** That a mail arrived is news that nobody waits for: it goes to a queue. */
export const deliveryRule = {
  name: 'mail-delivered',
  what: 'That a mail of this stage arrived waits until the night, when it is noted.',
  source: ['aws.ses'],
  detailType: ['Email Delivered'],
} as const;

/**
 * What both rules ask of an event's `detail`: the mail is about a handoff, so that other mails of the account wake nobody,
 * and where the account has several stages, it went out in this one's configuration set.
 */
export const mailRuleDetail = (configurationSet?: string) => ({
  mail: {
    tags: {
      ...(configurationSet && { 'ses:configuration-set': [configurationSet] }),
      [handoffTag]: [{ exists: true }],
    },
  },
});
