import type { DeskOpened } from '../domain/handoff/desk-link.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { nameOf } from '../domain/people/people.ts';
import { type DeskView, viewDesk } from '../domain/step/desk-view.ts';
import type { OpenWork } from '../domain/step/open-work.ts';
import { offeredAway } from '../domain/step/step-offers.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { momentIn } from '../domain/time/wording.ts';
import type { WorldOf } from '../ports/world.ts';
import { inTurns } from './in-turns.ts';
import type { OpenedDesk } from './open-desk.ts';

export const readDeskUses = ['desks.openWorkOf', 'desks.holdersIn', 'desks.openings', 'handoffs.load', 'site'] as const;

type Reading = WorldOf<typeof readDeskUses>;

/** Most handoffs that are read for a desk: what comes after is counted by the index alone. */
const mostRead = 40;
/** How far back revenue operations sees who opened a desk, in days. */
const openingDays = 7;

/**
 * Reads what a desk shows. The index tells whose work is open where and by when; only the handoffs with the most pressing of it are
 * read whole. Somebody who takes customers finds their handoffs in the index; in whose handoffs others have a part, the roles of
 * the open handoffs tell.
 */
export async function readDesk(world: Reading, opened: OpenedDesk, at: Instant): Promise<DeskView> {
  const { person, desk, roster, record } = opened;
  const shown = new Set([person.email, ...desk.lookedAfter]);
  const takes = roster.filter(({ email }) => shown.has(email)).every(({ role }) => role === 'customerSuccessManager');
  const asked = takes ? [...shown] : roster.map(({ email }) => email);
  const work = new Map(await inTurns(asked, async (email) => [email, await world.desks.openWorkOf(email)] as const));
  const ids = await handoffsOf(world, { work, shown, everything: person.role === 'revenueOperations' });
  const order = pressing(work, { own: person.email, shown });
  const sorted = [...ids].sort((one, other) => compare(order.get(one), order.get(other)) || (one < other ? -1 : 1));
  const read = sorted.slice(0, mostRead);
  const loaded = await inTurns(read, (id) =>
    id === record?.state.id ? Promise.resolve(record) : world.handoffs.load(id),
  );
  const known = new Set(read);
  const unreadOf = (emails: readonly string[]) =>
    emails.flatMap((email) => work.get(email)?.steps ?? []).filter(({ id }) => !known.has(id)).length;
  return viewDesk({
    person,
    desk,
    records: loaded.filter((each): each is HandoffRecord => each !== undefined),
    unread: {
      mine: unreadOf([person.email]),
      theirs: unreadOf([...desk.lookedAfter]),
      handoffs: sorted.length - read.length,
    },
    sayAway: offeredAway(person, { record, roster }),
    openings: person.role === 'revenueOperations' ? await openings(world, opened, at) : [],
    at,
    site: world.site,
  });
}

/** The handoffs in which those who are shown own a step that is open, take the customer or hold another role. */
async function handoffsOf(
  world: Reading,
  of: {
    readonly work: ReadonlyMap<string, OpenWork>;
    readonly shown: ReadonlySet<string>;
    readonly everything: boolean;
  },
): Promise<ReadonlySet<string>> {
  const idsIn = ({ steps, handoffs }: OpenWork) => [...steps.map(({ id }) => id), ...handoffs];
  const ids = new Set([...of.work].flatMap(([email, work]) => (of.shown.has(email) ? idsIn(work) : [])));
  const others = new Set([...of.work.values()].flatMap(idsIn).filter((id) => !ids.has(id)));
  if (of.everything || others.size === 0) return new Set([...ids, ...others]);
  const holders = await world.desks.holdersIn([...others]);
  const theirs = [...holders].filter(([, emails]) => emails.some((email) => of.shown.has(email)));
  return new Set([...ids, ...theirs.map(([id]) => id)]);
}

/** How pressing a handoff is: the person's own steps come first, then those of the people shown, each by due time. */
type Pressing = readonly [rank: number, due: number];

function pressing(
  work: ReadonlyMap<string, OpenWork>,
  { own, shown }: { readonly own: string; readonly shown: ReadonlySet<string> },
): ReadonlyMap<string, Pressing> {
  const first = new Map<string, Pressing>();
  for (const [email, { steps }] of work)
    for (const { id, dueAt } of steps) {
      const each: Pressing = [email === own ? 0 : shown.has(email) ? 1 : 2, Date.parse(dueAt)];
      if (compare(each, first.get(id)) < 0) first.set(id, each);
    }
  return first;
}

const last: Pressing = [3, 0];

function compare(one: Pressing = last, other: Pressing = last): number {
  return one[0] - other[0] || one[1] - other[1];
}

/** Who opened a desk in the last days, newest first: sentences. */
async function openings(world: Reading, { person, desk }: OpenedDesk, at: Instant): Promise<string[]> {
  const since = new Date(Date.parse(at) - openingDays * 86_400_000).toISOString();
  const months = [...new Set([since, new Date(at).toISOString()].map((instant) => instant.slice(0, 7)))];
  const found: DeskOpened[] = (await Promise.all(months.map((month) => world.desks.openings(month)))).flat();
  return found
    .filter((each) => Date.parse(each.at) >= Date.parse(since))
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
    .map((each) => `${nameOf(desk.people, each.person)}, ${momentIn(person.availability.zone, each.at, at)}`);
}
