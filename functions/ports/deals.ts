import type { Deal } from '../domain/deal/deal.ts';
import type { Refusal } from '../domain/fields/refusal.ts';
import type { Instant } from '../domain/time/calendar.ts';

/** How a deal came in. */
export interface Arrival {
  /** Oddities that were accepted. */
  readonly notes: readonly string[];
  /** When its event was put on the bus, UTC. */
  readonly at: Instant;
}

/** The deals as they came in. */
export interface Deals {
  /** Stores the deal once. `exists`: it was stored before, whoever stored it. */
  store(id: string, deal: Deal, arrival: Arrival): Promise<'stored' | 'exists'>;
  /** The deal as stored, before the handoff has begun. */
  read(id: string): Promise<({ deal: Deal } & Partial<Arrival> & Pick<Arrival, 'notes'>) | undefined>;
  /** The handoff of every won episode of a deal, newest last. */
  episodes(dealId: string): Promise<readonly string[]>;
}

/** Events that could not be used. */
export interface Refusals {
  /** Keeps an event with the reasons, so that ops can see it. */
  store(input: { event: unknown; refused: readonly Refusal[]; at: Instant }): Promise<void>;
}
