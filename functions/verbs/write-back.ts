import { type HandoffRecord, partiesOf } from '../domain/handoff/handoff.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { Crm, WriteBackField, WriteBackValues } from '../ports/crm.ts';
import type { WorldOf } from '../ports/world.ts';
import type { WrittenBack } from '../ports/write-backs.ts';
import { milestonesOf, writeBackValues } from './write-back-values.ts';

export const writeBackUses = [
  'handoffs.load',
  'deals.episodes',
  'roster.people',
  'writeBacks.load',
  'writeBacks.save',
  'audit.write',
  'site',
] as const;

/** What a stage has written back: fields, and notes on the deal's timeline. */
export type WriteBackSetting = WriteBackField | 'notes';

export type WroteBack = { readonly outcome: 'nothing new' | 'written' | 'refused' | 'gone' | 'not the newest' };

type Write = WorldOf<typeof writeBackUses> & {
  readonly crm: Pick<Crm, 'write' | 'addNote'>;
  readonly asked: readonly WriteBackSetting[];
};

const nothing: WrittenBack = { values: {}, notes: [] };

/**
 * Writes back into the CRM what its record of a deal should say of the handoff, and isn't there yet. It goes by what stands, not by
 * what has just happened: called twice, late or in any order, it writes the same once. What the CRM will not take is on record for
 * revenue operations, and tried again when there is something else to write. Nothing of a handoff waits for it. Rejects with
 * `CrmUnavailable` or `CrmAccessRefused`: whoever calls tries again. `at`: UTC.
 */
export const writeBack =
  (world: Write) =>
  async ({ handoffId, at }: { handoffId: string; at: Instant }): Promise<WroteBack> => {
    const record = await world.handoffs.load(handoffId);
    if (!record) return { outcome: 'nothing new' };
    const { dealId } = record.deal;
    // A deal that was won again has another handoff, of which its record speaks now.
    const newest = (await world.deals.episodes(dealId)).at(-1);
    if (newest !== undefined && newest !== handoffId) return { outcome: 'not the newest' };
    const people = await world.roster.people(partiesOf(record));
    const written = (await world.writeBacks.load(handoffId)) ?? nothing;
    const values = writeBackValues(record, { people, site: world.site, at });
    const wrote = await writeValues(world, { record, written, values, at });
    if (wrote.outcome === 'gone') return { outcome: 'gone' };
    const notes = await addNotes(world, { record, people, written: wrote.written });
    const [outcome] = [wrote.outcome, notes].filter((each) => each !== 'nothing new');
    return { outcome: outcome ?? 'nothing new' };
  };

/** The values that are asked for and differ from what was written last. */
function newIn(
  { asked }: Pick<Write, 'asked'>,
  values: Required<WriteBackValues>,
  before: WriteBackValues,
): WriteBackValues {
  const names = asked.filter((name): name is WriteBackField => name !== 'notes');
  // What was never written and says nothing need not be emptied.
  const isNew = (name: WriteBackField) => values[name] !== (before[name] ?? null);
  return Object.fromEntries(names.filter(isNew).map((name) => [name, values[name]]));
}

async function writeValues(
  world: Write,
  input: { record: HandoffRecord; written: WrittenBack; values: Required<WriteBackValues>; at: Instant },
): Promise<{ readonly outcome: WroteBack['outcome']; readonly written: WrittenBack }> {
  const { record, written, values, at } = input;
  const { id } = record.state;
  const changed = newIn(world, values, written.values);
  const isRefused = written.refused !== undefined && isSame(changed, written.refused.values);
  if (Object.keys(changed).length === 0 || isRefused) return { outcome: 'nothing new', written };
  const outcome = await world.crm.write(record.deal.dealId, changed);
  if (outcome === 'gone') return { outcome, written };
  const { refused: _, ...before } = written;
  if (outcome === 'written') {
    const now = { ...before, values: { ...before.values, ...changed } };
    await world.writeBacks.save(id, now);
    return { outcome, written: now };
  }
  const now = { ...before, refused: { values: changed, why: outcome.refused } };
  await world.writeBacks.save(id, now);
  const detail = `The CRM takes no values of this handoff: ${outcome.refused}`;
  await world.audit.write(id, { at, who: 'system', what: 'write-back-refused', detail, from: 'event' });
  return { outcome: 'refused', written: now };
}

const isSame = (one: WriteBackValues, other: WriteBackValues): boolean =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());

/** Adds the notes that are not there yet, each on record as soon as it is. */
async function addNotes(
  world: Write,
  input: { record: HandoffRecord; people: Parameters<typeof milestonesOf>[1]['people']; written: WrittenBack },
): Promise<WroteBack['outcome']> {
  const { record, people } = input;
  if (!world.asked.includes('notes')) return 'nothing new';
  let { written } = input;
  let outcome: WroteBack['outcome'] = 'nothing new';
  for (const { key, ...note } of milestonesOf(record, { people })) {
    if (written.notes.includes(key)) continue;
    const added = await world.crm.addNote(record.deal.dealId, note);
    if (added === 'gone') return 'gone';
    // A note that the CRM refuses would be refused again.
    written = { ...written, notes: [...written.notes, key] };
    await world.writeBacks.save(record.state.id, written);
    outcome = added === 'written' ? 'written' : 'refused';
  }
  return outcome;
}
