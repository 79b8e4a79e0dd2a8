import type { Instant } from '../time/calendar.ts';

/** A meeting as it stands: an item of its own, written anew with each change. Times are UTC. */
export interface MeetingRecord {
  readonly meeting: string;
  /** The round in which the step that plans it was decided. */
  readonly round: number;
  /** `off`: called off, and not planned anew. */
  readonly status: 'planned' | 'off';
  readonly at: Instant;
  readonly minutes: number;
  readonly place?: string;
  /** Mail addresses of the colleagues who are invited; the first is the host. */
  readonly hosts: readonly string[];
  /** Mail addresses of the people at the customer who are invited. */
  readonly guests: readonly string[];
  /** iCalendar's SEQUENCE: one more with each change. */
  readonly sequence: number;
  /** iCalendar's UID: made once, and kept when the address of the site changes. */
  readonly uid?: string;
  /** Who planned or changed it last: a mail address, `crm` or `system`. */
  readonly by: string;
  readonly changedAt: Instant;
  /** Why it was moved or called off, or why it is later than promised. */
  readonly reason?: string;
  /** When it was to be before it was moved; absent where only its place was changed. */
  readonly before?: Instant;
  /** Who joined and who left with the version of that SEQUENCE: mail addresses. */
  readonly handed?: MeetingHanding;
  /** The questions for it were written then, and its entry has them in the agenda since. UTC. */
  readonly agendaOf?: Instant;
  /** The SEQUENCE since which only its agenda has changed. */
  readonly sameSince?: number;
  /** It was called off because the whole handoff ended. */
  readonly ended?: true;
  /** The step on whose page it was moved or called off. */
  readonly step?: string;
  /** The digest of the form by which it was done: the same form once more is the same. */
  readonly form?: string;
}

export interface MeetingHanding {
  readonly sequence: number;
  readonly joined: readonly string[];
  readonly left: readonly string[];
  /** The step that was asked when it was noticed, and whose state tells of it; none where somebody did it on a page. */
  readonly step?: string;
}
