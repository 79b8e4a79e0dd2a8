import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { Person } from '../domain/people/person.ts';
import type { OpenWork } from '../domain/step/open-work.ts';
import type { WorldOf } from '../ports/world.ts';
import { inTurns } from './in-turns.ts';

export const readOpenWorkUses = ['desks.openWorkOf', 'desks.holdersIn', 'handoffs.load'] as const;

type Reading = WorldOf<typeof readOpenWorkUses>;

/** Most handoffs that are read for one reader: those with the most pressing steps. */
const mostRead = 60;

/**
 * What is open at everybody, for several readers: read once each, when it is first asked for. What was written a moment ago may be
 * missing, as it would be from a report that was written a moment before.
 */
export interface OpenWorkReader {
  /** The handoffs in which these people (mail addresses) have a step that was due before then (UTC), longest first. */
  overdueOf(emails: readonly string[], before: string): Promise<readonly HandoffRecord[]>;
  /** The handoffs in which somebody owns a step, or holds a role: their own steps first, soonest due first. */
  handoffsOf(email: string): Promise<readonly HandoffRecord[]>;
}

/** Reads the index of open work, and the handoffs that it leads to. `roster`: everybody who may have open work. */
export function openWorkReader(world: Reading, roster: readonly Person[]): OpenWorkReader {
  const works = new Map<string, Promise<OpenWork>>();
  const workOf = (email: string): Promise<OpenWork> => {
    const known = works.get(email) ?? world.desks.openWorkOf(email);
    works.set(email, known);
    return known;
  };
  let everybody: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
  const rolesIn = () => {
    everybody ??= inTurns(roster, ({ email }) => workOf(email)).then((all) => {
      const ids = all.flatMap(({ steps, handoffs }) => [...steps.map(({ id }) => id), ...handoffs]);
      return world.desks.holdersIn([...new Set(ids)]);
    });
    return everybody;
  };
  const load = async (ids: Iterable<string>): Promise<readonly HandoffRecord[]> => {
    const read = [...new Set(ids)].slice(0, mostRead);
    const records = await inTurns(read, (id) => world.handoffs.load(id, { maybeStale: true }));
    return records.filter((record): record is HandoffRecord => record !== undefined);
  };
  return {
    async overdueOf(emails, before) {
      const open = (await inTurns(emails, workOf)).flatMap(({ steps }) => steps);
      const late = open.filter(({ dueAt }) => Date.parse(dueAt) < Date.parse(before));
      return load(late.sort((one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt)).map(({ id }) => id));
    },

    async handoffsOf(email) {
      const [{ steps, handoffs }, holders] = await Promise.all([workOf(email), rolesIn()]);
      const held = [...holders].filter(([, emails]) => emails.includes(email)).map(([id]) => id);
      return load([...steps.map(({ id }) => id), ...handoffs, ...held]);
    },
  };
}
