import type { Capacity } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';

/** What a link in a mail opens: one step, for one person, in one capacity. */
export interface Link {
  readonly handoffId: string;
  readonly step: string;
  readonly person: string;
  readonly as: Capacity;
  readonly expiresAt: Instant;
  /** When the desk link was issued on whose page this one was made: whoever ends their desk's links ends it, too. */
  readonly fromDesk?: Instant;
  /** The link to the same person's desk that came in the same mail. */
  readonly desk?: { readonly hash: string; readonly issuedAt: Instant };
}
