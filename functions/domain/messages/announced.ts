import type { HandoffRecord } from '../handoff/handoff.ts';
import type { SiteFacts } from '../handoff/site.ts';
import type { CalendarOf, Mailbox, People } from '../people/people.ts';
import type { Announcement } from '../playbook/announcements.ts';
import type { Instant } from '../time/calendar.ts';
import type { MeetingInvitation, Message } from './message.ts';

/** What a mail that tells is written from. */
export interface AnnouncementInput {
  readonly record: HandoffRecord;
  readonly say: Announcement;
  readonly people: People;
  readonly at: Instant;
  readonly site: SiteFacts;
  readonly calendarOf: CalendarOf;
  /** The reader's link to the optional step that the mail offers. */
  readonly url?: string;
  /** The mail address of whoever alone reads it, and is spoken to. */
  readonly reader?: string;
}

/** A mail that tells, and whom. */
export interface Announced {
  readonly message: Message;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly fromName?: string;
  readonly replyTo?: string;
  readonly invitation?: MeetingInvitation;
  readonly toCustomer: boolean;
}

export interface NothingToSay {
  /** Why there is nobody to tell, or nothing to say: a sentence for the audit trail. */
  readonly nothing: string;
}
