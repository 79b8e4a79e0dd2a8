import type { Rest } from '../../domain/handoff/resting.ts';
import type { Figure } from '../../domain/reports/figures.ts';
import { type Filter, figureBehind, filtered } from '../../domain/reports/filters.ts';
import type { MeasuredHandoff, MeasuredRound } from '../../domain/reports/measured-handoff.ts';
import { isOverdue, isRunning, type NamedStep, stepsInOrder } from '../../domain/reports/steps.ts';
import { type ReportReading, seenFor } from './report-reading.ts';

/** A handoff in the list. */
export interface ListedHandoff {
  readonly handoff: MeasuredHandoff;
  /** The number behind which it is, of this handoff alone. */
  readonly figure?: Figure;
  /** Its step that is open and most pressing. */
  readonly open?: {
    readonly step: string;
    readonly title: string;
    readonly daysLate?: number | undefined;
    /** What it waits for, where nothing is due from its owner. */
    readonly rests?: Rest | undefined;
  };
}

const sortings = {
  signed: ({ handoff }: ListedHandoff) => Date.parse(handoff.signedAt),
  customer: ({ handoff }: ListedHandoff) => handoff.customer.toLowerCase(),
  value: ({ figure }: ListedHandoff) => figure?.value ?? Number.NEGATIVE_INFINITY,
  late: ({ open }: ListedHandoff) => (open?.rests ? 0 : (open?.daysLate ?? 0)),
} as const satisfies Readonly<Record<string, (listed: ListedHandoff) => number | string>>;
export type Sorting = keyof typeof sortings;

/** What an address may sort by. */
export const sortingNames = Object.keys(sortings) as readonly Sorting[];

/** How the list is sorted. */
export interface Order {
  readonly by: Sorting;
  readonly descending: boolean;
}

/** What the address says of the order: `late`, or `-late` for the most first. Anything else is the newest first. */
export const orderIn = (query: URLSearchParams): Order =>
  orderOf(query.get('sort')?.trim() ?? '') ?? { by: 'signed', descending: true };

/** The order that a text in an address is; undefined for one that is none. */
export function orderOf(text: string): Order | undefined {
  const [, minus, name] = /^(-?)([a-z]+)$/.exec(text) ?? [];
  const by = sortingNames.find((each) => each === name);
  return by && { by, descending: minus === '-' };
}

/** The page of the list that the address asks for, from 1 on; undefined where it asks for none. */
export function pageIn(query: URLSearchParams): number | undefined {
  const text = query.get('page')?.trim() ?? '';
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;
}

/** The handoffs that the reader may see and has asked for. */
export function listedHandoffs(reading: ReportReading): readonly ListedHandoff[] {
  const { filter, site } = reading;
  const seen = seenFor(reading, 'handoffList');
  const steps = new Map(stepsInOrder(seen.playbooks).map((step) => [step.id, step]));
  return filtered(seen, filter, site.defaultZone).handoffs.map((handoff) => ({
    handoff,
    ...(filter.behind && { figure: figureBehind([handoff], filter.behind, site.defaultZone) }),
    ...openOf(handoff, steps, filter),
  }));
}

/** The step of a handoff that is open: one that was asked for, else one that is overdue, else what is due first. */
export function openOf(
  handoff: MeasuredHandoff,
  steps: ReadonlyMap<string, NamedStep>,
  { overdue, waits }: Pick<Filter, 'overdue' | 'waits'> = {},
): Pick<ListedHandoff, 'open'> {
  if (!isRunning(handoff)) return {};
  const rank = (round: MeasuredRound): number =>
    (waits !== undefined && round.rests?.for === waits) || (isOverdue(round) && round.step === overdue)
      ? 0
      : isOverdue(round)
        ? 1
        : 2;
  const open = handoff.rounds
    .filter(({ endedAt }) => endedAt === undefined)
    .toSorted((one, other) => rank(one) - rank(other) || Date.parse(one.dueAt) - Date.parse(other.dueAt))[0];
  if (!open) return {};
  const { step, daysLate, rests } = open;
  return { open: { step, title: steps.get(step)?.title ?? step, daysLate, rests } };
}

/** In the order asked for; those that are the same in it by their id. */
export function sortedBy(listed: readonly ListedHandoff[], { by, descending }: Order): readonly ListedHandoff[] {
  const of: (each: ListedHandoff) => number | string = sortings[by];
  const keyed = listed.map((each) => ({ each, key: of(each) }));
  const sign = descending ? -1 : 1;
  return keyed
    .sort(
      (one, other) => sign * (one.key < other.key ? -1 : one.key > other.key ? 1 : 0) || idOrder(one.each, other.each),
    )
    .map(({ each }) => each);
}

const idOrder = (one: ListedHandoff, other: ListedHandoff): number => (one.handoff.id < other.handoff.id ? -1 : 1);

/** The order as an address says it. */
export const sortText = ({ by, descending }: Order): string => `${descending ? '-' : ''}${by}`;
