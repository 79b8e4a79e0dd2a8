import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { partiesOf } from '../domain/handoff/roles-held.ts';
import type { People } from '../domain/people/people.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { Crm, WriteBackField, WriteBackValues } from '../ports/crm.ts';
import { ServiceUnavailable } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import type { WrittenBack } from '../ports/write-backs.ts';
import { placeOf, placeUses } from './merged-deal.ts';
import { milestonesOf, writeBackValues } from './write-back-values.ts';

export const writeBackUses = [
  'handoffs.load',
  'deals.episodes',
  'roster.people',
  'writeBacks.load',
  'writeBacks.save',
  'audit.write',
  ...placeUses,
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

/** Whoever was interrupted at writing holds nobody up for longer, in milliseconds. */
const longestBusy = 15 * 60_000;

/**
 * Writes back into the CRM what its record of a deal should say of the handoff, and isn't there yet. It goes by what stands, not by
 * what has just happened: called twice, late or in any order, it writes the same once. What the CRM will not take is on record for
 * revenue operations, and tried again when there is something else to write. Nothing of a handoff waits for it. Rejects with
 * `CrmUnavailable` or `CrmAccessRefused`, and with `ServiceUnavailable` while somebody else writes back the same handoff: whoever calls
 * tries again. `by`: the same for the same message, however often it is tried. `at`: UTC.
 */
export const writeBack =
  (world: Write) =>
  async ({ handoffId, by, at }: { handoffId: string; by: string; at: Instant }): Promise<WroteBack> => {
    const ledger = await openLedger(world, { handoffId, by, at });
    // Read once nobody else writes: what is older would be written over what is newer.
    try {
      const record = await world.handoffs.load(handoffId);
      return { outcome: record ? await bringUpToDate(world, { record, ledger, at }) : 'nothing new' };
    } finally {
      await ledger.close();
    }
  };

async function bringUpToDate(
  world: Write,
  { record, ledger, at }: { readonly record: HandoffRecord; readonly ledger: Ledger; readonly at: Instant },
): Promise<WroteBack['outcome']> {
  const { id } = record.state;
  // A deal that was won again has another handoff, of which its record speaks now.
  const newest = (await world.deals.episodes(record.deal.dealId)).at(-1);
  if (newest !== undefined && newest !== id) return 'not the newest';
  const { dealId, livesAs } = await placeOf(world, record.deal.dealId);
  // In the CRM it is one with a deal that has a handoff of its own.
  if (dealId !== record.deal.dealId) return 'not the newest';
  const people = await world.roster.people(partiesOf(record));
  const values = await writeValues(world, { record, livesAs, ledger, people, at });
  if (values === 'gone') return 'gone';
  const notes = await addNotes(world, { record, livesAs, ledger, people, at });
  return [values, notes].find((each) => each !== 'nothing new') ?? 'nothing new';
}

/** What was written, as one writes it at a time. */
interface Ledger {
  readonly written: WrittenBack;
  change(to: Partial<WrittenBack>): Promise<void>;
  /** Lets others write. */
  close(): Promise<void>;
}

const busyElsewhere = () =>
  new ServiceUnavailable('Somebody else writes back the same handoff at this moment: try again.');

async function openLedger(
  world: Pick<Write, 'writeBacks'>,
  { handoffId, by, at }: { readonly handoffId: string; readonly by: string; readonly at: Instant },
): Promise<Ledger> {
  let { written, version } = (await world.writeBacks.load(handoffId)) ?? { written: nothing, version: 0 };
  const { busy } = written;
  if (busy && busy.by !== by && Date.parse(at) - Date.parse(busy.at) < longestBusy) throw busyElsewhere();
  const save = async (now: WrittenBack): Promise<void> => {
    const saved = await world.writeBacks.save(handoffId, now, version);
    if (saved === undefined) throw busyElsewhere();
    [written, version] = [now, saved];
  };
  await save({ ...written, busy: { by, at } });
  return {
    get written() {
      return written;
    },
    change: (to) => save({ ...written, ...to }),
    close: async () => {
      const { busy: _, ...kept } = written;
      await save(kept);
    },
  };
}

/** The values that are asked for and differ from what was written last; all of them where nobody knows what stands there. */
function newIn(
  { asked }: Pick<Write, 'asked'>,
  values: Required<WriteBackValues>,
  before: WriteBackValues | undefined,
): WriteBackValues {
  const names = asked.filter((name): name is WriteBackField => name !== 'notes');
  // What was never written and says nothing need not be emptied.
  const isNew = (name: WriteBackField) => before === undefined || values[name] !== (before[name] ?? null);
  return Object.fromEntries(names.filter(isNew).map((name) => [name, values[name]]));
}

interface Writing {
  readonly record: HandoffRecord;
  /** The id of its deal in the CRM. */
  readonly livesAs: string;
  readonly ledger: Ledger;
  readonly people: People;
  readonly at: Instant;
}

async function writeValues(
  world: Write,
  { record, livesAs, ledger, people, at }: Writing,
): Promise<WroteBack['outcome']> {
  const { values, refused, dealId = record.deal.dealId } = ledger.written;
  // What stands in a deal that took this one in, nobody knows.
  const before = dealId === livesAs ? values : undefined;
  const changed = newIn(world, writeBackValues(record, { people, site: world.site, at }), before);
  if (Object.keys(changed).length === 0 || (refused && isSame(changed, refused.values))) return 'nothing new';
  const outcome = await world.crm.write(livesAs, changed);
  if (outcome === 'gone') return 'gone';
  if (outcome === 'written') {
    const written = { values: { ...before, ...changed }, refused: undefined };
    await ledger.change(livesAs === record.deal.dealId ? written : { ...written, dealId: livesAs });
    return 'written';
  }
  // What is kept as refused isn't tried again: the trail says so before.
  await noteRefusal(world, { record, at }, `The CRM takes no values of this handoff: ${outcome.refused}`);
  await ledger.change({ refused: { values: changed, why: outcome.refused } });
  return 'refused';
}

const noteRefusal = (world: Write, { record, at }: Pick<Writing, 'record' | 'at'>, detail: string): Promise<void> =>
  world.audit.write(record.state.id, { at, who: 'system', what: 'write-back-refused', detail, from: 'event' });

const isSame = (one: WriteBackValues, other: WriteBackValues): boolean =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());

/** Adds the notes that are not there yet. Each is on record before it is: one that is lost is better than one that is there twice. */
async function addNotes(world: Write, { record, livesAs, ledger, people, at }: Writing): Promise<WroteBack['outcome']> {
  if (!world.asked.includes('notes')) return 'nothing new';
  let outcome: WroteBack['outcome'] = 'nothing new';
  for (const { key, ...note } of milestonesOf(record, { people })) {
    const { notes } = ledger.written;
    if (notes.includes(key)) continue;
    await ledger.change({ notes: [...notes, key] });
    const added = await world.crm.addNote(livesAs, note).catch(async (error: unknown) => {
      await ledger.change({ notes });
      throw error;
    });
    if (added === 'gone') return 'gone';
    outcome = added === 'written' ? 'written' : 'refused';
    if (added !== 'written') await noteRefusal(world, { record, at }, `The CRM takes no note: ${added.refused}`);
  }
  return outcome;
}
