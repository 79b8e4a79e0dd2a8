import type { Instant } from '../domain/time/calendar.ts';

/** Where a deal stands on its way, whatever its stages are called: a CRM's mapping tells by its pipeline. */
export type DealPhase = 'early' | 'proposed' | 'won' | 'lost';

/** A deal as the CRM has it, under our own names. Nothing in it is checked yet: `parseDealEvent` does that. */
export interface CrmDeal {
  readonly dealId: string;
  /** The stage's name, for people. */
  readonly stage: string;
  readonly phase: DealPhase;
  /** When it was won, as exactly as the CRM knows: an instant, UTC, or a day. Of a won deal only. */
  readonly wonAt?: string;
  /** The day on which the CRM expects it to close, `YYYY-MM-DD`. Of a deal that is open only. */
  readonly expectedCloseOn?: string;
  /** Why it was lost, if somebody said so. */
  readonly lostReason?: string;
  /** Why no handoff begins with it, where the stage's conditions leave it out: a sentence. */
  readonly leftOut?: string;
  /** When anything in it changed last, UTC. */
  readonly changedAt: Instant;
  /** Deals that were merged into it, by their ids, as far as the CRM tells. */
  readonly tookIn?: readonly string[];
  /** What the event `Deal Closed Won` says in its detail, without `closedWonAt` and `wonEpisode`. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** What the mapping could not use, one sentence each, without personal data. */
  readonly notes: readonly string[];
}

/** What reading a deal brings. */
export type DealRead =
  | { readonly deal: CrmDeal }
  /** Deleted, or nothing that we may see. */
  | { readonly gone: string }
  | { readonly mergedInto: string };

/** Where a deal stands, without what else the CRM has of it: many are read in one call. */
export interface DealState extends Pick<CrmDeal, 'dealId' | 'stage' | 'phase' | 'changedAt'> {
  readonly name: string;
  /** Email address of who owns it there; left out where nobody does. */
  readonly accountExecutive?: string;
}

/** Most deals whose states are asked for at once: no CRM here takes more. */
export const mostStates = 100;

/** A won deal, as lists of the CRM show it. */
export interface WonDeal {
  readonly dealId: string;
  readonly name: string;
  /** As in `CrmDeal`, where the list tells. */
  readonly wonAt?: string;
  readonly changedAt: Instant;
}

/** A page of won deals; `next`: what asks for the page after it. */
export interface WonDeals {
  readonly deals: readonly WonDeal[];
  readonly next?: string;
}

/** Characters that every CRM takes in a line. */
const shortText = 255;

/** What is written back of a handoff, under our own names; the CRM's mapping says into which of its properties. `most`: characters. */
export const writeBackFields = {
  status: { label: 'Handoff status', is: 'text', most: shortText },
  phase: { label: 'Handoff phase', is: 'text', most: shortText },
  owner: { label: 'Handoff owner', is: 'text', most: shortText },
  score: { label: 'Handoff score', is: 'number' },
  board: { label: 'Handoff board', is: 'link' },
  brief: { label: 'Handoff brief', is: 'link' },
  introducedOn: { label: 'Customer introduced on', is: 'day' },
  kickoffOn: { label: 'Kickoff held on', is: 'day' },
  signedOffOn: { label: 'Handoff signed off on', is: 'day' },
  firstValueOn: { label: 'First value reached on', is: 'day' },
  meetingNotes: { label: 'Handoff meeting notes', is: 'text', most: 5000 },
} as const satisfies Readonly<Record<string, { label: string; is: 'text' | 'number' | 'link' | 'day'; most?: number }>>;

export type WriteBackField = keyof typeof writeBackFields;

/** Values to write; days as `YYYY-MM-DD`; null empties a property. What is left out stays as it is. */
export type WriteBackValues = { readonly [Field in WriteBackField]?: string | number | null };

/**
 * What became of a write. `refused`: the CRM will not take it as it is, in its words, without personal data: a required property of
 * its administrator, a property that there isn't. Trying again is no use until somebody mends it.
 */
export type Written = 'written' | 'gone' | { readonly refused: string };

/** A note on a deal's timeline. */
export interface CrmNote {
  readonly text: string;
  readonly at: Instant;
}

/**
 * The company's CRM. Each method rejects with `CrmUnavailable` where the CRM cannot be reached, fails, or asks to wait, and with
 * `CrmAccessRefused` where it does not let us in: both may pass, and may be tried again.
 */
export interface Crm {
  readDeal(dealId: string): Promise<DealRead>;
  /**
   * Where deals stand, at most `mostStates` of them, in any order. One that was deleted or merged, or that we may not see, is left out:
   * `readDeal` tells which.
   */
  dealStates(dealIds: readonly string[]): Promise<readonly DealState[]>;
  /** Deals that are won and changed at `since` (UTC) or later, oldest change first, a page of them; `next` of the page before. */
  wonSince(since: Instant, next?: string): Promise<WonDeals>;
  /** Writes what it is given, and nothing else. */
  write(dealId: string, values: WriteBackValues): Promise<Written>;
  addNote(dealId: string, note: CrmNote): Promise<Written>;
}
