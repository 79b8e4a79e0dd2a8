import type { Instant } from '../domain/time/calendar.ts';
import type { DealPhase } from './crm.ts';
import type { BusMessage } from './deal-bus.ts';

/** What the CRM said of a deal when it was read last, as far as it says what is new when it is read again. */
export interface SeenDeal {
  /** `left out`: no handoff begins with it, wherever it stands. */
  readonly phase: DealPhase | 'gone' | 'left out';
  /** The digest of its facts. */
  readonly facts: string;
  /** It was won too long ago when it was first heard of: what changes in it since is nobody's business here. */
  readonly isUntold?: true;
  /** It was proposed, and is earlier again: its draft stands until the deal is over. */
  readonly isDrafted?: true;
  /** Under which id the CRM has it now: it was merged. What is told of it keeps the id that it was first told under. */
  readonly livesAs?: string;
  /** The deals that were merged into it, as far as that was followed. */
  readonly tookIn?: readonly string[];
  /** In the CRM it is one with this deal: what is said of it counts there. */
  readonly partOf?: string;
  /** When what was told of it last happened, UTC. */
  readonly at: Instant;
  /** Told, but not yet on the bus for certain. */
  readonly outbox: readonly BusMessage[];
}

/** A version of what was seen, to write over. */
export interface SeenVersion {
  readonly seen: SeenDeal;
  readonly version: number;
}

export interface SeenDeals {
  load(dealId: string): Promise<SeenVersion | undefined>;
  /** The new version; undefined when somebody wrote in the meantime. `over`: the version it replaces, 0 for none. */
  save(dealId: string, seen: SeenDeal, over: number): Promise<number | undefined>;
  /** Keeps, for an hour, that a request was heard; false when it was before. */
  isHeard(key: string): Promise<boolean>;
  noteHeard(key: string, at: Instant): Promise<void>;
}
