import type { MeasuredPlaybook } from '../domain/reports/measured-handoff.ts';
import { firstKeptMonth } from '../domain/reports/retention.ts';
import { runningIn } from '../domain/step/open-work.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { dayLength } from '../domain/time/calendar-instant.ts';
import type { Pass } from '../ports/measured.ts';
import type { WorldOf } from '../ports/world.ts';
import { inTurns } from './in-turns.ts';
import { type Looked, type Measurement, measureHandoff, measureHandoffUses, type Run } from './measure-handoff.ts';

export const measureUses = [
  ...measureHandoffUses,
  'roster.everybody',
  'desks.openWorkOf',
  'handoffs.unmeasured',
  'handoffs.noteMeasured',
  'measured.unfinished',
  'measured.save',
  'pseudonyms.everybody',
  'retentionMonths',
] as const;

type Measuring = WorldOf<typeof measureUses>;

export interface MeasureInput {
  /** As of when, or of when all was measured already, where that is later. UTC. */
  readonly at: Instant;
  /** Handoffs to be looked at beside those that need it, such as all that ended before anything was measured. */
  readonly also?: readonly string[];
  /** Milliseconds that are left to the run; absent where it may take as long as it needs. */
  readonly timeLeft?: () => number;
}

/** What a run came to: how many handoffs were measured, and how many facts recorded. */
export interface HandoffsMeasured {
  readonly outcome: 'measured';
  readonly handoffs: number;
  readonly facts: number;
}

/** So many handoffs are measured before it is asked how much time is left. */
const atOnce = 20;

/** Of the time that there is at the start, this share is for saving what was measured. */
const shareForSaving = 1 / 5;

/** Steps of canceled handoffs stay open for good: so long after it, what was written late of one is in (milliseconds). */
const lookedAtCanceled = 3 * dayLength;

/** So many that could not be measured are named. */
const mostNamed = 20;

/**
 * Measures each handoff that is open, was when it was last measured, has ended since, or of whose customer something was told: records
 * the facts that are new or differ, and writes its row in reports. Whatever it misses, or is interrupted at, the next run finds
 * again; the same once more changes nothing. Throws, in the end, where some handoff could not be measured, or time was short: all
 * others are, and the next run begins with those that time was too short for.
 */
export const measure =
  (world: Measuring) =>
  async ({
    at: night,
    also = [],
    timeLeft = () => Number.POSITIVE_INFINITY,
  }: MeasureInput): Promise<HandoffsMeasured> => {
    const enough = timeLeft() * shareForSaving;
    const { ids: going, canceled, pass, asOf: stood = night } = await world.measured.unfinished();
    // A night that failed and comes days later, from the dead letters, finds things as they are now.
    const at = Date.parse(stood) > Date.parse(night) ? stood : night;
    const roster = await world.roster.everybody();
    const managers = new Map(roster.map(({ email, manager }) => [email, manager]));
    const open = await inTurns(roster, async ({ email }) => runningIn(await world.desks.openWorkOf(email), at));
    const unmeasured = await world.handoffs.unmeasured();
    const isOver = (id: string) => Date.parse(canceled.get(id) ?? at) < Date.parse(at) - lookedAtCanceled;
    const running = open.flat().filter((id) => !isOver(id));
    const ids = [...new Set([...running, ...unmeasured, ...going, ...also])].sort();
    // Asked for once: those of some handoffs at a time would read them all as often.
    const known = new Map([...(await world.pseudonyms.everybody())].map(([id, email]) => [email, id]));
    const { retentionMonths } = world;
    const firstKept = retentionMonths === undefined ? undefined : firstKeptMonth(at, retentionMonths);
    const run = { world, at, managers, known, whole: new Set([...unmeasured, ...also]), firstKept };
    const { looked, failed, asOf, left } = await measureAll(run, { ids, pass, isShort: () => timeLeft() < enough });
    const done = [...looked.values()].flatMap(({ measured }) => measured ?? []);
    const handoffs = done.map(({ row }) => row);
    await world.measured.save({ handoffs, playbooks: playbooksOf(done), ...(asOf && { asOf }), ...(left && { left }) });
    const waiting = new Set(unmeasured);
    await inTurns(
      [...looked.values()].filter(({ seen }) => waiting.has(seen.state.id)),
      ({ seen }) => world.handoffs.noteMeasured(seen),
    );
    const missed = [...(failed.size > 0 ? [notMeasured(failed, ids.length)] : []), ...(left ? [tooLittleTime] : [])];
    if (missed.length > 0) throw new Error(`${missed.join(' ')} Reports show them as they stood before.`);
    return { outcome: 'measured', handoffs: done.length, facts: done.reduce((sum, { facts }) => sum + facts, 0) };
  };

/** What of all handoffs was measured in the time that there was. */
interface PartMeasured {
  readonly looked: ReadonlyMap<string, Looked>;
  /** Errors, by handoff. */
  readonly failed: ReadonlyMap<string, unknown>;
  /** All handoffs are measured at least as of then; undefined where no pass through them came to its end. */
  readonly asOf?: Instant;
  /** The pass that the next run goes on with; undefined where this one came to its end. */
  readonly left?: Pass;
}

/**
 * Goes on with the pass that a run before left, and then through all handoffs that were measured before this run: so in the end all
 * have their turn, however many there are.
 */
async function measureAll(
  run: Run,
  {
    ids,
    pass,
    isShort,
  }: { readonly ids: readonly string[]; readonly pass: Pass | undefined; readonly isShort: () => boolean },
): Promise<PartMeasured> {
  const { at } = run;
  const looked = new Map<string, Looked>();
  const failed = new Map<string, unknown>();
  // A pass of which nothing was measured yet is as well begun now.
  let [since, next] = pass?.after ? [pass.since, ids.filter((id) => id <= pass.after).length] : [at, 0];
  let asOf: Instant | undefined;
  do {
    const some = ids.slice(next, next + atOnce);
    await inTurns(some, async (id) => {
      try {
        const one = await measureHandoff(run, id);
        if (one) looked.set(id, one);
        failed.delete(id);
      } catch (error) {
        failed.set(id, error);
      }
    });
    next += some.length;
    if (next < ids.length) continue;
    asOf = since;
    if (since === at) return { looked, failed, asOf };
    [since, next] = [at, 0];
  } while (!isShort());
  return { looked, failed, ...(asOf && { asOf }), left: { since, after: ids[next - 1] ?? '' } };
}

/** Each playbook once, since the first handoff that follows it. */
function playbooksOf(done: readonly Measurement[]): readonly MeasuredPlaybook[] {
  const byHash = new Map<string, MeasuredPlaybook>();
  for (const { playbook } of done) {
    const known = byHash.get(playbook.hash);
    if (!known || Date.parse(playbook.since) < Date.parse(known.since)) byHash.set(playbook.hash, playbook);
  }
  return [...byHash.values()];
}

const tooLittleTime =
  'Time was too short for all handoffs: the next run goes on where this one ended, when Lambda tries again or the next night.';

/** Names handoffs and errors; what errors say may be about people. */
function notMeasured(failed: ReadonlyMap<string, unknown>, all: number): string {
  const named = [...failed]
    .slice(0, mostNamed)
    .map(([id, error]) => `${id} (${error instanceof Error ? error.name : 'unknown'})`);
  const more = failed.size > mostNamed ? `, and ${failed.size - mostNamed} more` : '';
  return `${failed.size} of ${all} handoffs could not be measured: ${named.join(', ')}${more}.`;
}
