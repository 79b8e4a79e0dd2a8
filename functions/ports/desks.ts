import type { DeskLink, DeskOpened } from '../domain/handoff/desk-link.ts';
import type { OpenWork } from '../domain/step/open-work.ts';
import type { Instant } from '../domain/time/calendar.ts';

/** The desks of people: the links that open them, who opened one, and what lies on them. */
export interface Desks {
  /** Keeps a link under the hash of its id. */
  store(hash: string, link: DeskLink): Promise<void>;
  find(hash: string): Promise<DeskLink | undefined>;
  /** When somebody ended their links last: those issued until then open nothing. */
  endedAt(email: string): Promise<Instant | undefined>;
  end(email: string, at: Instant): Promise<void>;
  /** The first time of a day (UTC) counts; later ones change nothing. */
  noteOpened(opened: DeskOpened): Promise<void>;
  /** Who opened their desk in a month (UTC, `2026-11`), first to last. */
  openings(month: string): Promise<readonly DeskOpened[]>;
  /** What is open at somebody, soonest first; what changed a moment ago may be missing. */
  openWorkOf(email: string): Promise<OpenWork>;
  /** The mail addresses of those who hold a role in each of the handoffs, by id; what changed a moment ago may be missing. */
  holdersIn(ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
}
