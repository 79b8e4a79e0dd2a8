import type { RoleId } from '../playbook/roles.ts';
import type { Availability, Instant } from '../time/calendar.ts';

/** Somebody of the own company who takes part in handoffs. */
export interface Person {
  /** In lower case; the key of the person everywhere. */
  readonly email: string;
  readonly name: string;
  readonly role: RoleId;
  /** Mail address of the next rung of the ladder. */
  readonly manager?: string;
  /** Mail address of who takes over what is asked while this person is away; their manager when absent. */
  readonly deputy?: string;
  /** What a customer success manager takes (S3); absent: anything. */
  readonly territories?: readonly string[];
  readonly segments?: readonly string[];
  readonly industries?: readonly string[];
  readonly availability: Availability;
  /** When they are away by their own word; these days stand in `availability.away`, too. */
  readonly awayNotes?: readonly AwayNote[];
  /** Most open handoffs at a time; absent: no limit. */
  readonly capacity?: number;
  readonly active: boolean;
  /** Gets the reports for leadership, whatever their role and their place in the line of managers. */
  readonly leadership?: true;
  readonly language?: string;
  /** No roster knows them: their address is all there is. */
  readonly isStranger?: true;
  /** Set when mail to this person bounced. */
  readonly unreachable?: { readonly since: Instant; readonly why: string };
}

/** Somebody has said that they are away: local dates `YYYY-MM-DD`, both inclusive. */
export interface AwayNote {
  readonly from: string;
  readonly to: string;
  /** Mail address of who stands in this time. */
  readonly deputy?: string;
  /** In which handoff it was said (none: behind the link of a report), on the page of which step (none: on their desk), when, and by which form. */
  readonly said?: { readonly id?: string; readonly step?: string; readonly at: Instant; readonly form: string };
}
