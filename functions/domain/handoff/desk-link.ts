import type { Instant } from '../time/calendar.ts';
import type { Link } from './link.ts';

/** What the desk link in a mail opens: the desk of the one person to whom the mail went. */
export interface DeskLink {
  /** A mail address. */
  readonly person: string;
  /**
   * Of the mail that it came in: what is done on the desk stands in that audit trail, and a new link comes in that thread. None
   * where it came in a report, which is about no single handoff.
   */
  readonly handoffId?: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
}

/** A desk was opened: kept once a day and person. */
export interface DeskOpened {
  readonly person: string;
  readonly at: Instant;
  /** Of the mail whose link it was; none for a report's. */
  readonly handoffId?: string;
}

const day = 86_400_000;

/** It opens more than the link to a step does, and so lives shorter. */
const deskDays = 7;

const after = (at: Instant, milliseconds: number): Instant => new Date(Date.parse(at) + milliseconds).toISOString();

/** `handoffId`: undefined for the link of a report. */
export const deskLinkFor = (person: string, handoffId: string | undefined, at: Instant): DeskLink => ({
  person,
  ...(handoffId !== undefined && { handoffId }),
  issuedAt: at,
  expiresAt: after(at, deskDays * day),
});

/**
 * The id of a desk link that is kept with the link to a step: under the hash of which, and its own random part. Neither opens what the
 * other does.
 */
export const deskBesideId = (stepHash: string, own: string): string => `${stepHash}.${own}`;

/** What was made up, by its length, may be no key of any table. */
const besideId = /^([\w-]{1,64})\.([\w-]{1,64})$/;

/** The two parts of such an id; undefined for a desk link that is kept by itself, and for anything else. */
export function deskBesideParts(id: string): { readonly stepHash: string; readonly own: string } | undefined {
  const [, stepHash, own] = besideId.exec(id) ?? [];
  return stepHash === undefined || own === undefined ? undefined : { stepHash, own };
}

/** The desk link that is kept with the link to a step, where its own part has this hash. */
export const deskBeside = (link: Link | undefined, hash: string): DeskLink | undefined =>
  link?.desk?.hash === hash ? deskLinkFor(link.person, link.handoffId, link.desk.issuedAt) : undefined;

/** Until when a link to a step works that was made on a desk: as long as the form of a page. */
export const stepFromDeskExpires = (at: Instant): Instant => after(at, day);

/** Whether a desk's links have been ended since one of them was issued; `endedAt`: when they were last, if ever. */
export const isEnded = (issuedAt: Instant, endedAt: Instant | undefined): boolean =>
  endedAt !== undefined && Date.parse(issuedAt) <= Date.parse(endedAt);
