import type { Instant } from '../time/calendar.ts';

/** How a step, or the review of an exception, came to its owner from somebody else. */
export interface Handing {
  /** Mail address of who had it, or should have been asked. */
  readonly from: string;
  /** Mail address of who decided so, `crm`, or `system`. */
  readonly by: string;
  readonly at: Instant;
  /** `asked`: somebody decided so. `away`, `left`: somebody is not there. `back`: they are again. */
  readonly why: 'asked' | 'away' | 'left' | 'back';
  /** When whoever is away works again, UTC. */
  readonly until?: Instant;
  readonly reason?: string;
  /** Their whole part in the handoff goes with it. */
  readonly side?: true;
  /** Mail address of whose whole part it is. */
  readonly of?: string;
  /** The digest of the form by which it was done: the same form once more is the same. */
  readonly form?: string;
}
