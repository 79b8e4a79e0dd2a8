import { type RoleId, roleIds } from './roles.ts';

/** What the request of a step says. Slots are `{name}`; a sentence whose slot is empty is left out. */
export interface MailWording {
  /** What follows the customer's name. */
  readonly subject: string;
  /** What a mail program shows beside it: something new. */
  readonly preheader: string;
  /** What to do, by when, and why it is worth it. Each line is a paragraph; what people wrote stands alone in its line. */
  readonly body: string;
  readonly button: string;
  /** Who or what waits for it; left out where nobody does. Managers read it too: `{you}` where the owner is meant. */
  readonly waits?: string;
}

/**
 * The slots that are filled when a request is written, beside those that a rule fills when it is frozen. `due`, `dueSoon`: the
 * due time, in full and in short; `answers`: how many are missing; `slot`: a time at which all can meet; `meetingAt`: when
 * the meeting was; `metAt`: the same, where the owner took part; `contact`: whom the customer is written to first; `outcome`: what
 * they want in 30 days; `listed`: how many people the map has; `question` of `questions`; `again`: in how long it is asked again;
 * `reviewer`: who decides on an exception; `you`: 'you' to the owner, and to everybody else the owner's first name (in German the
 * accusative); and who holds each role, by first name.
 */
export type MailSlot =
  | 'customer'
  | 'due'
  | 'dueSoon'
  | 'answers'
  | 'slot'
  | 'meetingAt'
  | 'metAt'
  | 'contact'
  | 'outcome'
  | 'listed'
  | 'question'
  | 'questions'
  | 'again'
  | 'reviewer'
  | 'you'
  | RoleId;

export const mailSlots: ReadonlySet<string> = new Set<MailSlot>([
  'customer',
  'due',
  'dueSoon',
  'answers',
  'slot',
  'meetingAt',
  'metAt',
  'contact',
  'outcome',
  'listed',
  'question',
  'questions',
  'again',
  'reviewer',
  'you',
  ...roleIds,
]);

/** Every text of a request, each changed the same way. */
export const eachText = (mail: MailWording, change: (text: string) => string): MailWording => ({
  subject: change(mail.subject),
  preheader: change(mail.preheader),
  body: change(mail.body),
  button: change(mail.button),
  ...(mail.waits !== undefined && { waits: change(mail.waits) }),
});
