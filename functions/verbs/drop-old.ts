import type { MeasuredHandoff } from '../domain/reports/measured-handoff.ts';
import { firstKeptMonth, firstKeptPeriods, quartersBefore } from '../domain/reports/retention.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { dayLength } from '../domain/time/calendar-instant.ts';
import type { Period } from '../domain/time/periods.ts';
import { weekOf } from '../domain/time/weeks.ts';
import type { WorldOf } from '../ports/world.ts';
import { inTurns } from './in-turns.ts';

export const dropOldUses = [
  'retentionMonths',
  'roster.everybody',
  'facts.of',
  'facts.drop',
  'measured.keepFrom',
  'measured.overBefore',
  'measured.drop',
  'measured.noteDropped',
  'measured.people',
  'publishedWeeks.dropBefore',
  'remediations.drop',
  'pseudonyms.everybody',
  'pseudonyms.forget',
] as const;

type Dropping = WorldOf<typeof dropOldUses>;

/** How much a night deletes of each kind: a month with 20,000 handoffs is gone within three weeks. */
const mostANight = 1000;

/**
 * Deletes what reports are made of once it is older than the stage keeps it, in whole months from the signature: published weeks, notes
 * of audits, facts and rows of handoffs that are over, and whose ids nobody needs any more. Handoffs themselves stay. From the first
 * moment on, nothing of those months is shown: nobody sees half a month. A row goes last, and by it the next night finds what an
 * interrupted one has left; the same once more deletes nothing. Without the setting it does nothing.
 */
export const dropOld =
  (world: Dropping, most = mostANight) =>
  async ({ at }: { readonly at: Instant }): Promise<void> => {
    const { retentionMonths } = world;
    if (retentionMonths === undefined) return;
    const month = firstKeptMonth(at, retentionMonths);
    const { left } = await world.measured.keepFrom(month);
    const isLeft = left !== undefined && left < month;
    // Rows tell how far back there is anything: they stay as long as there is.
    if (isLeft && !(await dropNotes(world, { month, from: left, most }))) return;
    const over = await world.measured.overBefore(month, most);
    await inTurns(over, (row) => dropFacts(world, row, at));
    if (over.length > 0) await world.measured.drop(over);
    if (!isLeft || over.length === most) return;
    if (await forgetOthers(world, most)) await world.measured.noteDropped(month);
  };

/** Whether all published weeks and notes of audits are gone that are older than the month. */
async function dropNotes(
  world: Dropping,
  { month, from, most }: { readonly month: Period; readonly from: Period; readonly most: number },
): Promise<boolean> {
  let room = most - (await world.publishedWeeks.dropBefore(firstKeptPeriods(month).week, most));
  for (const quarter of quartersBefore(month, from)) if (room > 0) room -= await world.remediations.drop(quarter, room);
  return room > 0;
}

/** The facts of a handoff, in each week from its signature until the last of them: those that were superseded, too. */
async function dropFacts(world: Dropping, { id, signedAt, endedAt = signedAt }: MeasuredHandoff, at: Instant) {
  const times = [signedAt, endedAt, ...(await world.facts.of(id)).map((fact) => fact.at)].map((each) =>
    Date.parse(each),
  );
  const last = Math.min(Math.max(...times), Date.parse(at)) + week;
  const weeks = new Set<Period>();
  for (let time = Math.min(...times) - week; time <= last + week; time += week)
    weeks.add(weekOf(new Date(time).toISOString(), 'UTC'));
  await world.facts.drop(id, [...weeks]);
}

const week = 7 * dayLength;

/** Whether nobody is left who is in no row that is kept, and in the roster no more: their id is theirs no longer. */
async function forgetOthers(world: Dropping, most: number): Promise<boolean> {
  const [roster, ids, known] = await Promise.all([
    world.roster.everybody(),
    world.measured.people(),
    world.pseudonyms.everybody(),
  ]);
  const there = new Set(roster.map(({ email }) => email.toLowerCase()));
  const gone = [...known].filter(([id, email]) => !ids.has(id) && !there.has(email));
  await inTurns(gone.slice(0, most), ([, email]) => world.pseudonyms.forget(email));
  return gone.length <= most;
}
