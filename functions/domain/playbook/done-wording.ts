import { type RoleId, roleIds } from './roles.ts';

/** What the page says once a choice is made. Slots are `{name}`; a sentence whose slot is empty is left out. */
export interface DoneWording {
  /** What happened, as a heading: 'Meeting booked: {meetingAt}'. */
  readonly said: string;
  /** What that means for others; nobody is said to be emailed who isn't. */
  readonly also?: string;
}

/**
 * The slots that are filled when a choice is made: the meeting's time in the reader's zone, how many gaps were named, the
 * score, to whom the email to the customer goes, in how long it is asked again, until which day sales takes questions, who is
 * invited to the meeting, the reader as 'you', and who holds each role, by first name.
 */
export type DoneSlot =
  | 'customer'
  | 'meetingAt'
  | 'invited'
  | 'gaps'
  | 'score'
  | 'recipients'
  | 'again'
  | 'closes'
  | RoleId;

export const doneSlots: ReadonlySet<string> = new Set<DoneSlot>([
  'customer',
  'meetingAt',
  'invited',
  'gaps',
  'score',
  'recipients',
  'again',
  'closes',
  ...roleIds,
]);
