import type { AuditEntry } from '../../domain/handoff/audit-entry.ts';
import type { StepRecord } from '../../domain/handoff/step-record.ts';
import type { People } from '../../domain/people/people.ts';
import type { Roles } from '../../domain/playbook/roles.ts';

/** What the views of handoffs need to know beside what they show; with what only the place knows where they are shown. */
export interface Showing {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** IANA zone of times that are nobody's own. */
  readonly zone: string;
  /** The zone of due times that do not name theirs, where the page says which; left out, each names its own. */
  readonly namedZone?: string;
  readonly people: People;
  /** What the playbook of new handoffs calls its roles, where that is known. */
  readonly roles?: Roles;
  /** Where the board is, and under which path the handoffs are, each by its id. */
  readonly paths: { readonly board: string; readonly handoffs: string };
  /** The page on which the owner of an open step decides it. Left out where no door may be opened. */
  readonly stepLink?: (handoffId: string, asked: StepRecord) => string | undefined;
  /** The email that an entry of the trail tells of, where emails are kept. */
  readonly mailLink?: (
    handoffId: string,
    entry: AuditEntry,
  ) => { readonly path: string; readonly subject: string } | undefined;
}

/** Where a handoff is shown. */
export const pathOf = ({ paths }: Pick<Showing, 'paths'>, handoffId: string): string =>
  `${paths.handoffs}/${encodeURIComponent(handoffId)}`;
