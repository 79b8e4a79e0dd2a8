import type { Person } from '../domain/people/person.ts';
import type { Measured } from '../domain/reports/measured-handoff.ts';
import type { PublishedKpis } from '../domain/reports/published.ts';
import { weeksInTrend } from '../domain/reports/weekly-kpis.ts';
import { type Scope, scopeOf } from '../domain/reports/who-sees.ts';
import type { DeskOutcome } from '../domain/step/desk-outcome.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { daysIn, isPeriod, type Period, periodAfter, periodsUntil } from '../domain/time/periods.ts';
import { monthOf, weekOf } from '../domain/time/weeks.ts';
import type { WorldOf } from '../ports/world.ts';
import { openDesk, openDeskUses } from './open-desk.ts';

export const showReportsUses = [
  'desks.noteOpened',
  'measured.between',
  'pseudonyms.everybody',
  'publishedWeeks.of',
  'site',
  ...openDeskUses,
] as const;

type Showing = WorldOf<typeof showReportsUses>;

/** How many months before this one are looked at, where the address asks for no other. */
const monthsBack = 12;
/** More handoffs than these are not looked at together: those signed first stay out, and the page says so. */
const mostHandoffs = 25_000;

/** What somebody gets to see of all handoffs. */
export interface ReportView {
  readonly kind: 'reports';
  readonly person: Person;
  readonly scope: Scope;
  /** Of everybody; `scope` says what of it the person may see. */
  readonly measured: Measured;
  /** The month of the first signatures looked at, where there are too many before. */
  readonly since?: Period;
  /** The numbers of weeks that went out by mail, of all handoffs: absent for who does not see all. */
  readonly published?: readonly PublishedKpis[];
}

/** What a link to reports leads to: reports, nothing measured yet, or what keeps the link from opening. */
export type ReportOutcome =
  | ReportView
  | { readonly kind: 'nothing-measured'; readonly person: Person }
  | Exclude<DeskOutcome, { kind: 'desk' }>;

interface Request {
  readonly linkId: string;
  /** What the address asks for. */
  readonly query: URLSearchParams;
  readonly at: Instant;
}

/**
 * GET of reports behind a desk link: shows, and changes nothing but that it notes once a day that the desk's reports or the desk were
 * opened. Numbers are as of the last night: what happened since is not read.
 */
export const showReports = (world: Showing) => {
  const keep = keptMeasured();
  return async ({ linkId, query, at }: Request): Promise<ReportOutcome> => {
    const result = await openDesk(world, { linkId, at });
    if ('outcome' in result) return result.outcome as Exclude<DeskOutcome, { kind: 'desk' }>;
    const { link, person, roster } = result.opened;
    const { handoffId } = link;
    // Before it is shown: nobody sees numbers of which nobody would know.
    await world.desks.noteOpened({ person: link.person, at, ...(handoffId !== undefined && { handoffId }) });
    const [read, ids, published] = await Promise.all([
      measuredFor(world, query, at),
      world.pseudonyms.everybody(),
      world.publishedWeeks.of(weeksShown(query, weekOf(at, world.site.defaultZone))),
    ]);
    if (!read) return { kind: 'nothing-measured', person };
    const { since } = read;
    const measured = keep(read.measured);
    const scope = scopeOf(person, { roster, ids });
    return {
      kind: 'reports',
      person,
      scope,
      measured,
      ...(scope.everybody && { published }),
      ...(since !== undefined && { since }),
    };
  };
};

/**
 * Gives back what it was given last, where that is the same: what others make of it they make once, while a function is warm. Handoffs
 * change only when all is measured anew.
 */
function keptMeasured(): (measured: Measured) => Measured {
  let last: Measured | undefined;
  return (measured) => {
    const isSame = last && last.asOf === measured.asOf && sameHandoffs(last.handoffs, measured.handoffs);
    if (!last || !isSame) last = measured;
    return last;
  };
}

const sameHandoffs = (one: Measured['handoffs'], other: Measured['handoffs']): boolean =>
  one.length === other.length && one.every((handoff, i) => handoff === other[i]);

/** The weeks that a page shows: up to this one or the one before it, or up to the one that the address asks for. */
function weeksShown(query: URLSearchParams, now: Period): readonly Period[] {
  const asked = query.get('week') ?? '';
  const isWeek = asked.includes('-W') && isPeriod(asked);
  return [...new Set([...periodsUntil(now, weeksInTrend + 1), ...(isWeek ? periodsUntil(asked, weeksInTrend) : [])])];
}

/** The handoffs that an address asks about by their signature, the newest first where they are too many. */
async function measuredFor(
  world: Pick<Showing, 'measured'>,
  query: URLSearchParams,
  at: Instant,
): Promise<{ readonly measured: Measured; readonly since?: Period } | undefined> {
  const now = monthOf(at, 'UTC');
  const { from, to } = monthsAsked(query, now);
  // The month may just have begun: two of them tell how many there are in one.
  const recent = periodAfter(to, -1);
  const newest = await world.measured.between(recent < from ? from : recent, to);
  if (newest.asOf === undefined) return undefined;
  const room = Math.floor((mostHandoffs / Math.max(newest.handoffs.length, 1)) * 1.5);
  const first = periodAfter(to, -Math.max(room, 1));
  const begins = first < from ? from : first;
  const older =
    begins < recent
      ? await world.measured.between(begins, periodAfter(recent, -1))
      : { handoffs: [], asOf: newest.asOf };
  return {
    measured: { ...newest, asOf: newest.asOf, handoffs: [...older.handoffs, ...newest.handoffs] },
    ...(begins > from && { since: begins }),
  };
}

/** UTC, with a month more on each side: a month begins at another time in the stage's zone. */
function monthsAsked(query: URLSearchParams, now: Period): { readonly from: Period; readonly to: Period } {
  const [from, to] = ['from', 'to'].map((name) => {
    const text = query.get(name) ?? '';
    return isPeriod(text) ? daysIn(text) : undefined;
  });
  // What is over before it begins is refused, and so not read by.
  const last = to && !(from && to.last < from.first) ? periodAfter(to.last.slice(0, 7), 1) : now;
  const usual = periodAfter(last < now ? last : now, -monthsBack);
  return {
    from: from ? periodAfter(from.first.slice(0, 7), -1) : usual,
    to: last < now ? last : now,
  };
}
