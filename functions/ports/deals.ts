import type { Deal } from '../domain/deal/deal.ts';
import type { KnownStop } from '../domain/deal/won-episodes.ts';
import type { Refusal } from '../domain/fields/refusal.ts';
import type { BegunChange, SaidByCrm } from '../domain/handoff/deal-change.ts';
import type { Instant } from '../domain/time/calendar.ts';

/** How a deal came in. */
export interface Arrival {
  /** Oddities that were accepted. */
  readonly notes: readonly string[];
  /** When its event was put on the bus, UTC. */
  readonly at: Instant;
}

/** A deal that came in, and how. */
export interface ArrivedDeal extends Arrival {
  readonly deal: Deal;
}

/** A deal as it is kept. */
export interface StoredDeal extends Pick<Arrival, 'notes'>, Partial<Pick<Arrival, 'at'>> {
  readonly deal: Deal;
  /** Why its handoff never begins. */
  readonly calledOff?: string;
  /** What the CRM has said of it last since it was won. */
  readonly said?: SaidByCrm;
  /** What it said after that and somebody has begun to follow, to the end or not. */
  readonly begun?: BegunChange;
}

/** All that is known of a deal beside its handoffs. */
export interface DealHistory {
  /** The handoff of every won episode, newest last. */
  readonly episodes: readonly string[];
  /** Won again, as it seems, while a handoff ran: kept until something says that it was. */
  readonly again: readonly ArrivedDeal[];
  readonly stops: readonly KnownStop[];
}

/** The deals as they came in. */
export interface Deals {
  /** Stores the deal once. `exists`: it was stored before, whoever stored it. */
  store(id: string, deal: Deal, arrival: Arrival): Promise<'stored' | 'exists'>;
  /** The deal as stored, before the handoff has begun. */
  read(id: string): Promise<StoredDeal | undefined>;
  /** Keeps what the CRM says of a won deal before anything follows from it, unless something newer was begun. */
  beginChange(id: string, change: BegunChange): Promise<void>;
  /**
   * Keeps what the CRM says of a won deal now, and the deal with it, unless something newer is known; false when it is. All that
   * was begun until then has been followed.
   */
  change(id: string, deal: Deal, said: SaidByCrm): Promise<boolean>;
  /** The handoff of this deal never begins: it was over before that. */
  callOff(id: string, arrived: ArrivedDeal, reason: string): Promise<void>;
  /**
   * The handoff of every won episode of a deal, newest last, those of deals that were joined to it before its own; `maybeStale`: what
   * began a moment ago may be missing.
   */
  episodes(dealId: string, options?: { readonly maybeStale?: boolean }): Promise<readonly string[]>;
  /** From now on, the episodes of the other deal count as earlier ones of this: in the CRM they are one. */
  join(dealId: string, other: string): Promise<void>;
  history(dealId: string): Promise<DealHistory>;
  /** Keeps, once, that a deal was won again, as it seems. */
  noteAgain(arrived: ArrivedDeal): Promise<void>;
  /** Keeps, once, that a deal is won no more. */
  noteStop(dealId: string, stop: KnownStop): Promise<void>;
}

/** Events that could not be used. */
export interface Refusals {
  /** Keeps an event with the reasons, so that ops can see it. */
  store(input: { event: unknown; refused: readonly Refusal[]; at: Instant }): Promise<void>;
  /** Why events of this type of a deal were refused since then (UTC), the oldest first: one list for each. */
  of(asked: { dealId: string; detailType: string; since: Instant }): Promise<readonly (readonly Refusal[])[]>;
}
