import type { Deal } from '../deal/deal.ts';
import { type HandoffRecord, isClosed } from '../handoff/handoff.ts';
import { type Phase, phaseOf } from '../handoff/phase.ts';
import { pauseAt } from '../handoff/step-record.ts';
import { type OpenStep, openSteps } from './open-steps.ts';

/** A handoff as far as it is known. */
export interface KnownHandoff {
  readonly id: string;
  readonly deal: Deal;
  /** Absent until its package has been looked at. */
  readonly record: HandoffRecord | undefined;
  /** The states its execution stands in, where nobody is asked anything and they are known. */
  readonly states?: readonly string[];
  /** What is wrong with its execution, in two words, where something is and that is known. */
  readonly failure?: string | undefined;
}

/** The columns of the board, in the order in which handoffs pass through them. */
export const boardPhases = [
  'preparing',
  'introducing',
  'kicking off',
  'handed over',
  'following up',
  'ended',
] as const satisfies readonly (Phase | 'ended')[];
export type BoardPhase = (typeof boardPhases)[number];

/** How urgent a handoff is, the most urgent first. */
const urgencies = ['stalled', 'late', 'open', 'waiting', 'ended'] as const;

/** A handoff as the board shows it. */
export interface BoardEntry {
  readonly handoff: KnownHandoff;
  readonly phase: BoardPhase;
  /**
   * `stalled`: everyone was told. `late`: a step is past due. `waiting`: until a date, on the customer or for its next step.
   */
  readonly urgency: (typeof urgencies)[number];
  /** The most urgent first. */
  readonly open: readonly OpenStep[];
  /** Until when it waits on the customer: UTC. */
  readonly pausedUntil: string | undefined;
  /** Another handoff's customer has the same name. */
  readonly namesake: boolean;
}

/** Which handoffs are asked for. */
export interface BoardFilter {
  /** Mail address: who has an open step, sold the deal, or takes the customer. */
  readonly person?: string;
  readonly segment?: string;
  /** Only what is late or stalled. */
  readonly late?: boolean;
  /** Part of the customer's name, the deal's name or its id. */
  readonly find?: string;
  /** Only one column. */
  readonly phase?: BoardPhase;
}

/** Every handoff as the board shows it at a time (milliseconds since the epoch), the most urgent first. */
export function boardEntries(handoffs: readonly KnownHandoff[], now: number): readonly BoardEntry[] {
  const names = new Map<string, number>();
  for (const { deal } of handoffs) names.set(deal.customer.name, (names.get(deal.customer.name) ?? 0) + 1);
  return handoffs
    .map((handoff) => entryOf(handoff, { now, namesake: (names.get(handoff.deal.customer.name) ?? 0) > 1 }))
    .sort(byUrgency);
}

function entryOf(
  handoff: KnownHandoff,
  { now, namesake }: { readonly now: number; readonly namesake: boolean },
): BoardEntry {
  const { record } = handoff;
  const open = openSteps(handoff, now);
  if (record !== undefined && isClosed(record.state.status))
    return { handoff, phase: 'ended', urgency: 'ended', open, pausedUntil: undefined, namesake };
  const at = new Date(now).toISOString();
  const needed = open.filter(({ optional }) => !optional);
  const pauses = needed.map(({ asked }) => pauseAt(asked, at)?.until);
  const pausedUntil = pauses.every((until) => until !== undefined) ? pauses.toSorted()[0] : undefined;
  const reached = record === undefined ? 'preparing' : phaseOf(record);
  const phase = boardPhases.find((each) => each === reached) ?? 'ended';
  const urgency =
    record?.state.status === 'stalled'
      ? 'stalled'
      : open.some(({ late }) => late)
        ? 'late'
        : needed.length === 0 || pausedUntil !== undefined
          ? 'waiting'
          : 'open';
  return { handoff, phase, urgency, open, pausedUntil, namesake };
}

/** Late and stalled first, then what is due next; of those that have ended, the latest first. */
function byUrgency(a: BoardEntry, b: BoardEntry): number {
  const urgency = urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency);
  if (urgency !== 0) return urgency;
  return a.urgency === 'ended' ? endOf(b) - endOf(a) : dueOf(a) - dueOf(b);
}

const dueOf = ({ open, pausedUntil }: BoardEntry): number =>
  Date.parse(pausedUntil ?? open.find(({ optional }) => !optional)?.asked.dueAt ?? '') || Number.MAX_SAFE_INTEGER;

const endOf = ({ handoff }: BoardEntry): number => Date.parse(handoff.record?.state.endedAt ?? '') || 0;

/** Those that a filter lets through. */
export const filtered = (entries: readonly BoardEntry[], filter: BoardFilter): readonly BoardEntry[] =>
  entries.filter(
    (entry) =>
      (filter.person === undefined || concerns(entry, filter.person)) &&
      (filter.segment === undefined || segmentOf(entry.handoff) === filter.segment) &&
      (!filter.late || entry.urgency === 'late' || entry.urgency === 'stalled') &&
      (filter.phase === undefined || entry.phase === filter.phase) &&
      (filter.find === undefined || mentions(entry, filter.find)),
  );

const concerns = ({ handoff, open }: BoardEntry, email: string): boolean =>
  handoff.deal.accountExecutive === email ||
  Object.values(handoff.record?.state.people ?? {}).includes(email) ||
  open.some(({ asked }) => asked.owner === email);

const mentions = ({ handoff: { id, deal } }: BoardEntry, text: string): boolean =>
  [deal.customer.name, deal.name, deal.dealId, id].some((each) => each.toLowerCase().includes(text.toLowerCase()));

/** The segment whose rules a handoff follows; before it has begun, the one its deal names. */
export const segmentOf = ({ record, deal }: KnownHandoff): string | undefined => record?.state.segment ?? deal.segment;

/** Reads the filter from the address's parameters; what says nothing is left out. */
export function readFilter(query: URLSearchParams): BoardFilter {
  const text = (name: string) => query.get(name)?.trim() || undefined;
  const [person, segment, find] = [text('person'), text('segment'), text('find')];
  const phase = boardPhases.find((each) => each === text('phase'));
  return {
    ...(person !== undefined && { person }),
    ...(segment !== undefined && { segment }),
    ...(find !== undefined && { find }),
    ...(text('late') !== undefined && { late: true }),
    ...(phase !== undefined && { phase }),
  };
}

/** The address of the board with a filter; `board` is its path. */
export function boardPath(board: string, { late, ...filter }: BoardFilter): string {
  const query = new URLSearchParams({ ...filter, ...(late && { late: '1' }) });
  return query.size === 0 ? board : `${board}?${query}`;
}
