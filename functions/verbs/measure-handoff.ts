import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { PersonId, RecordedFact } from '../domain/reports/fact.ts';
import { factsOf, peopleIn } from '../domain/reports/facts-of.ts';
import type { MeasuredHandoff, MeasuredPlaybook } from '../domain/reports/measured-handoff.ts';
import { notKnownOf } from '../domain/reports/not-known.ts';
import { isPastKeeping } from '../domain/reports/retention.ts';
import { revisionsOf } from '../domain/reports/revisions.ts';
import { measuredOf, measuredPlaybookOf } from '../domain/reports/row-of.ts';
import { newsSince, type Told, toldBefore } from '../domain/reports/told-before.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { RecordsUnavailable } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';

export const measureHandoffUses = [
  'handoffs.load',
  'audit.trail',
  'facts.of',
  'facts.record',
  'factStream.send',
  'pseudonyms.idsOf',
  'hash',
] as const;

/** What all handoffs of a run are measured with. */
export interface Run {
  readonly world: WorldOf<typeof measureHandoffUses>;
  readonly at: Instant;
  /** By the mail address of whom they manage. */
  readonly managers: ReadonlyMap<string, string | undefined>;
  /** The ids that were asked for already, by mail address. */
  readonly known: Map<string, PersonId>;
  /** The handoffs of which the whole trail is read. */
  readonly whole: ReadonlySet<string>;
  /** The first month of which handoffs are kept once they are over; undefined where all are. */
  readonly firstKept: string | undefined;
}

export interface Looked {
  /** What of it stood when it was read. */
  readonly seen: Pick<HandoffRecord, 'state' | 'outcomes'>;
  /** Absent where nothing of it is kept any more, and of a test. */
  readonly measured?: Measurement;
}

export interface Measurement {
  readonly row: MeasuredHandoff;
  readonly playbook: MeasuredPlaybook;
  /** How many facts were recorded. */
  readonly facts: number;
}

interface Reading {
  readonly maybeStale: boolean;
}

/**
 * Records the facts of a handoff that are new or differ, and works out its row in reports; the same once more changes nothing.
 * Undefined where no such handoff has begun. What is missed of an open handoff because it was written a moment ago, the next night
 * finds; what has ended is not looked at again.
 */
export async function measureHandoff(run: Run, id: string): Promise<Looked | undefined> {
  const maybeStale = !run.whole.has(id);
  const looked = await measureAs(run, id, { maybeStale });
  if (looked !== 'outdated') return looked;
  // Its facts were recorded a moment ago: by whoever measures at the same time, or was interrupted just now.
  const again = await measureAs(run, id, { maybeStale: false });
  if (again === 'outdated')
    throw new RecordsUnavailable(`Others record the facts of ${id} at the same time: try again.`);
  return again;
}

/** `outdated`: other facts stand by now than were read. */
async function measureAs(run: Run, id: string, reading: Reading): Promise<Looked | 'outdated' | undefined> {
  const { world, at } = run;
  const [record, stood] = await Promise.all([world.handoffs.load(id, reading), world.facts.of(id, reading)]);
  if (!record) return undefined;
  const { state, outcomes } = record;
  const seen = { state, ...(outcomes && { outcomes }) };
  if (record.deal.isTest) return { seen };
  // What was deleted does not come back with what is told of it later.
  if (run.firstKept !== undefined && stood.length === 0 && isPastKeeping(record, run.firstKept)) return { seen };
  const trail = await trailOf(run, record, { stood, reading });
  const idOf = await idsFor(run, record);
  const teamOf = teamsOf(run, stood, idOf);
  const facts = factsOf(record, { trail, idOf, teamOf, hashOf: world.hash, at });
  const { news, standing } = revisionsOf(stood, facts, at);
  if (news.length > 0) {
    await world.factStream.send(news);
    if (!(await world.facts.record({ handoffId: id, news, standing, over: stood }))) return 'outdated';
  }
  const notKnown = notKnownOf(record, standing);
  const row = measuredOf(record, { facts, idOf, teamOf, at, notKnown });
  return { seen, measured: { row, playbook: measuredPlaybookOf(record), facts: news.length } };
}

/**
 * What the audit trail tells: what was read of it already is not read every night once more. Of what has ended all is, so that in the
 * end nothing is missing, however late it was written.
 */
async function trailOf(
  run: Run,
  record: HandoffRecord,
  { stood, reading }: { readonly stood: readonly RecordedFact[]; readonly reading: Reading },
): Promise<readonly Told[]> {
  const { id } = record.state;
  const since = run.whole.has(id) ? undefined : newsSince(stood);
  const told = await run.world.audit.trail(id, since, { record, ...reading });
  return since === undefined ? told : [...toldBefore(stood, since), ...told];
}

/** The ids of everybody in a handoff, and of those who manage them. */
async function idsFor({ world, managers, known }: Run, record: HandoffRecord): Promise<(email: string) => PersonId> {
  const emails = peopleIn(record).flatMap((email) => [
    email,
    ...(managers.get(email) ? [managers.get(email) ?? ''] : []),
  ]);
  const missing = [...new Set(emails)].filter((email) => !known.has(email));
  if (missing.length > 0) for (const [email, id] of await world.pseudonyms.idsOf(missing)) known.set(email, id);
  return (email) => {
    const id = known.get(email);
    if (id === undefined) throw new Error('Somebody in the handoff has no id.');
    return id;
  };
}

/**
 * Who manages the owner of a round; of one that was recorded already, who did then. Whoever has left or was forgotten stays in the team
 * in which their last step of the handoff was recorded: nobody else would see their work.
 */
function teamsOf(
  { managers }: Run,
  stood: readonly RecordedFact[],
  idOf: (email: string) => PersonId,
): (owner: string, key: string) => PersonId | undefined {
  const before = new Map(stood.map((fact) => [fact.key, fact]));
  const inOrder = stood.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const lastTeams = new Map(
    inOrder.flatMap((fact) => (fact.kind === 'step' && fact.team !== undefined ? [[fact.owner, fact.team]] : [])),
  );
  return (owner, key) => {
    const fact = before.get(key);
    if (fact?.kind === 'step' && fact.owner === idOf(owner)) return fact.team;
    if (!managers.has(owner)) return lastTeams.get(idOf(owner));
    const manager = managers.get(owner);
    return manager === undefined ? undefined : idOf(manager);
  };
}
