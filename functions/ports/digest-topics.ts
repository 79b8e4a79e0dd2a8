import type { Instant } from '../domain/time/calendar.ts';

/** A handoff that somebody's daily digest has to look at. */
export interface DigestTopic {
  readonly handoffId: string;
  /** When it was noted last, UTC. */
  readonly at: Instant;
}

/**
 * Which handoffs the daily digest of somebody (a mail address) has to look at: an escalation is to stand in it, or that one is over.
 * Only where to look: what is said is read from the handoff.
 */
export interface DigestTopics {
  /** The same handoff again is noted once. */
  note(email: string, topic: DigestTopic): Promise<void>;
  of(email: string): Promise<readonly DigestTopic[]>;
  /** Leaves it where it was noted again since it was read. */
  drop(email: string, topic: DigestTopic): Promise<void>;
}
