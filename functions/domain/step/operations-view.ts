import type { AuditEntry } from '../handoff/audit-entry.ts';
import { type HandoffRecord, type HandoffState, isClosed } from '../handoff/handoff.ts';
import { itemsOf } from '../handoff/open-items.ts';
import type { People } from '../people/people.ts';
import { templateOf } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import type { BoardFilter, KnownHandoff } from './board.ts';
import type { OpenWork } from './open-work.ts';
import type { WhereWeStand } from './where-we-stand.ts';

/** Which handoffs operations ask for: what the index and the small records of handoffs can tell. */
export type OperationsFilter = Pick<BoardFilter, 'person' | 'segment' | 'late'>;

/** A part of all open handoffs, and what it is a part of. */
export interface OperationsBoard {
  /** Those of the page, read whole. */
  readonly handoffs: readonly KnownHandoff[];
  readonly filter: OperationsFilter;
  /** Of all that the filter lets through: how many come before the page, and how many there are. */
  readonly before: number;
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  /** What can be asked for: those who have open work, with how many steps, and the segments there are. */
  readonly owners: readonly { readonly email: string; readonly steps: number }[];
  readonly segments: readonly string[];
  readonly people: People;
}

/** One handoff with all that is recorded of it. */
export interface OperationsHandoff {
  readonly handoff: KnownHandoff;
  readonly trail: readonly AuditEntry[];
  readonly people: People;
  /** Its steps and people; undefined until its package has been looked at. */
  readonly standing: WhereWeStand | undefined;
  /** Where its execution is shown, and those of its open items, by step. */
  readonly execution: string | undefined;
  readonly itemExecutions: ReadonlyMap<string, string>;
}

/** Most handoffs that are read whole for a page. */
export const onPage = 40;

/** A handoff as the index tells of it. */
export interface IndexedHandoff {
  readonly state: HandoffState;
  /** Whose open steps it has. */
  readonly owners: ReadonlySet<string>;
  /** The first due time of its open steps; undefined where nobody is asked anything. */
  readonly dueAt: Instant | undefined;
}

/**
 * The handoffs that run, and those that are complete and still have an open item, the most pressing first: stalled ones, then by
 * the first due time. `work`: what is open, by its owner's mail address.
 */
export function indexedHandoffs(
  states: readonly HandoffState[],
  work: ReadonlyMap<string, OpenWork>,
): readonly IndexedHandoff[] {
  const steps = [...work].flatMap(([owner, { steps: open }]) => open.map((step) => ({ ...step, owner })));
  const byId = Map.groupBy(steps, ({ id }) => id);
  return states
    .flatMap((state): IndexedHandoff[] => {
      const open = byId.get(state.id) ?? [];
      const counted = isClosed(state.status) ? open.filter(({ step }) => templateOf(step) !== step) : open;
      if (isClosed(state.status) && (state.status !== 'complete' || counted.length === 0)) return [];
      const [dueAt] = counted.map((step) => step.dueAt).sort((a, b) => Date.parse(a) - Date.parse(b));
      return [{ state, owners: new Set(counted.map(({ owner }) => owner)), dueAt }];
    })
    .sort((a, b) => rankOf(a) - rankOf(b) || dueOf(a) - dueOf(b) || (a.state.id < b.state.id ? -1 : 1));
}

const rankOf = ({ state }: IndexedHandoff): number => (state.status === 'stalled' ? 0 : 1);
const dueOf = ({ dueAt }: IndexedHandoff): number =>
  dueAt === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt);

/** Whether a filter lets a handoff through at a time (UTC). */
export function isAskedFor(
  { state, owners, dueAt }: IndexedHandoff,
  { person, segment, late }: OperationsFilter,
  at: Instant,
): boolean {
  const isLate = state.status === 'stalled' || (dueAt !== undefined && Date.parse(dueAt) <= Date.parse(at));
  return (
    (person === undefined || owners.has(person) || Object.values(state.people).includes(person)) &&
    (segment === undefined || state.segment === segment) &&
    (!late || isLate)
  );
}

/** The steps of its open items, settled or not: each has an execution of its own. */
export const itemSteps = (record: HandoffRecord | undefined): readonly string[] =>
  record === undefined ? [] : itemsOf(record).map(({ step }) => step);
