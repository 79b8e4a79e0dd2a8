import type { Brief } from '../handoff/brief.ts';
import type { Fact } from '../handoff/fact.ts';
import type { StoodInFor } from '../handoff/rung-readers.ts';
import type { Mailbox } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { Announcement } from '../playbook/announcements.ts';
import type { Capacity, RungKind } from '../playbook/playbook.ts';

import type { ReportKind } from '../reports/report-rules.ts';
import type { Instant } from '../time/calendar.ts';

/** What is said about one step: the first ask, a rung of its ladder, or the weekly reminder that nobody has acted. */
export type AskKind = 'ask' | RungKind | 'nag';

/** What is said because something happened to the handoff or to somebody's part in it. */
export type NoticeKind =
  | 'exception-requested'
  | 'exception-answered'
  | 'exception-withdrawn'
  | 'fresh-link'
  | 'fresh-desk'
  | 'handoff-cancelled'
  | 'handoff-abandoned'
  | 'gaps-owed'
  | 'gaps-still-owed'
  | 'item-settled'
  | 'items-ended'
  | 'customer-mail-held'
  | 'customer-mail-bounced'
  | 'colleague-mail-bounced'
  | 'handed-away'
  | 'taken-over'
  | 'waiting'
  | 'trouble-over'
  | 'nobody-there'
  | 'not-on-roster'
  | 'deal-changed'
  | 'early-notice'
  | 'draft-started';

/** What is said because a meeting was changed. */
export type MeetingNews = 'meeting-moved' | 'meeting-people-changed' | 'meeting-agenda' | 'meeting-called-off';

/** Every kind of mail there is. */
export type MailKind = AskKind | Announcement | NoticeKind | MeetingNews | ReportKind;

/** One piece of a mail, as data; `functions/mails` turns it into text and HTML. */
export type Block =
  | { readonly paragraph: string }
  | { readonly heading: string }
  | { readonly facts: readonly Fact[] }
  | { readonly list: readonly string[]; readonly heading?: string }
  | { readonly quote: string; readonly heading?: string }
  /** A text that somebody approved: shown word for word, line breaks and all. */
  | { readonly verbatim: string }
  /** A letter that somebody wrote and approved, as `richBlocks` reads it. */
  | { readonly letter: string }
  | { readonly button: { readonly label: string; readonly url: string } }
  | { readonly figures: readonly Figure[] }
  /** A list whose entries may lead to a page each. */
  | { readonly entries: readonly Entry[]; readonly heading?: string }
  /** Shares of a whole beside each other, as a chart made of static HTML. */
  | { readonly bars: readonly Bar[]; readonly heading?: string }
  | { readonly brief: Brief };

/** A number of a report. */
export interface Figure {
  readonly label: string;
  readonly value: string;
  /** The page behind the number. */
  readonly url?: string;
  /** What it was before, and what else is to be known of it; a line each. */
  readonly beside?: readonly (string | Entry)[];
  /** How it went, first to last: `share` is the height of a column, 0 to 1. */
  readonly trend?: readonly Bar[];
}

/** One line of a list, with the page that it leads to. */
export interface Entry {
  readonly text: string;
  readonly url?: string;
  /** Behind the text, after a comma. */
  readonly detail?: string;
  /** The same in sentences of their own. */
  readonly said?: string;
}

/** `share`: 0 to 1. */
export interface Bar {
  readonly label: string;
  readonly value: string;
  readonly share: number;
  readonly url?: string;
}

/** What a mail says. Subject and preview are one line each, free of control characters. */
export interface Message {
  readonly subject: string;
  /** What a mail program shows beside the subject. */
  readonly preview: string;
  readonly blocks: readonly Block[];
  readonly signature?: string;
  /** The address of its reader's desk: theirs alone. */
  readonly desk?: string;
  /** Of its words: an ISO 639 code; English unless said. */
  readonly language?: string;
}

/** Who reads it, and in what capacity. */
export interface Audience {
  readonly person: Person;
  readonly as: Capacity | 'participant';
  /** Who would have got it, and is away. */
  readonly standsInFor?: StoodInFor;
  /** This person's own link to the step. */
  readonly url?: string;
}

/** A meeting as a calendar entry; `functions/mails/invitation.ts` writes it as iCalendar. */
export interface MeetingInvitation {
  /** The same for every version of this meeting. */
  readonly uid: string;
  /** One more for each version that was sent. */
  readonly sequence: number;
  readonly stamp: Instant;
  readonly start: Instant;
  /** IANA zone in which calendars are told the time. */
  readonly zone: string;
  readonly minutes: number;
  /** It takes the meeting out of calendars. */
  readonly calledOff?: true;
  readonly summary: string;
  readonly description: string;
  readonly location?: string;
  /** Gets the answers of those who are invited. */
  readonly organizer: Mailbox;
  readonly attendees: readonly Mailbox[];
}
