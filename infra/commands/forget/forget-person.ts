import type { Item, Table } from '../../../functions/aws/dynamodb.ts';
import { packedAs, withTexts } from '../../../functions/aws/packed-text.ts';
import { pseudonyms } from '../../../functions/aws/pseudonyms.ts';
import { partition, sort } from '../../../functions/aws/table.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import { type Change, changeItem, changesBetween } from './change-item.ts';
import { type Erasing, erased, hasAddress } from './erase.ts';

/** How often a record that somebody else is writing is tried. */
const mostTries = 5;

/**
 * Begins to forget somebody: what stands in their place is drawn once and kept until they are forgotten, so that a run that was
 * interrupted goes on with the same. `draw`: a placeholder that nobody can work out.
 */
export async function beginForgetting(
  table: Table,
  { email, names, calledNow }: Omit<Erasing, 'placeholder'>,
  draw: () => string,
): Promise<Erasing> {
  const key = forgettingKey(email);
  await table.put(
    { ...key, placeholder: draw(), names, calledNow },
    { ConditionExpression: 'attribute_not_exists(pk)' },
  );
  const begun = await table.get(key);
  const known = new Set([...((begun?.['names'] ?? []) as readonly string[]), ...names]);
  return {
    email,
    names: [...known],
    placeholder: String(begun?.['placeholder']),
    calledNow: String(begun?.['calledNow']),
  };
}

/** Whether a run before this one began to forget them. */
export const isBegun = async (table: Table, email: string): Promise<boolean> =>
  (await table.get(forgettingKey(email))) !== undefined;

/**
 * Takes somebody out of the partitions in which they stand, and last of all what is kept of them meanwhile. Counts stay: every
 * record that is counted stays, with a placeholder in it. What only opens doors or names an address is deleted. Interrupted
 * anywhere and run again, it ends the same. `onRecord` hears of each record.
 */
export async function forgetPerson(
  table: Table,
  {
    erasing,
    partitions,
    onRecord,
  }: { readonly erasing: Erasing; readonly partitions: readonly string[]; readonly onRecord?: () => void },
): Promise<void> {
  // Nobody gives them anything any more while the rest goes on.
  await table.delete({ pk: partition.roster, sk: sort.person(erasing.email) });
  for (const pk of partitions) {
    const items = await table.query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': pk },
      ConsistentRead: true,
    });
    const isTheirs = (item: Item) => hasAddress(erasing.email)(withTexts(item));
    // Those with the address last: by it the next run finds a partition in which this one was interrupted.
    for (const item of items.toSorted((a, b) => Number(isTheirs(a)) - Number(isTheirs(b)))) {
      await forgetIn(table, item, erasing);
      onRecord?.();
    }
  }
  await pseudonyms(table).forget(erasing.email);
  await table.delete(forgettingKey(erasing.email));
}

const forgettingKey = (email: string) => ({ pk: partition.forgetting, sk: sort.person(email) });

async function forgetIn(table: Table, found: Item, erasing: Erasing): Promise<void> {
  const key = { pk: found['pk'], sk: found['sk'] };
  let item: Item | undefined = found;
  for (let tries = 0; item !== undefined && tries < mostTries; tries += 1) {
    if (await rewrite(table, item, erasing)) return;
    item = await table.get(key);
  }
  if (item !== undefined)
    throw new Error(`${key.pk} ${key.sk} was written by somebody else again and again: run it again.`);
}

/** False when somebody else wrote the item meanwhile. */
async function rewrite(table: Table, item: Item, erasing: Erasing): Promise<boolean> {
  const key = { pk: item['pk'], sk: item['sk'] };
  const readable = withTexts(item);
  const after = without(readable, erasing);
  if (after === undefined) {
    await table.delete(key);
    return true;
  }
  if (after['pk'] !== item['pk'] || after['sk'] !== item['sk']) {
    await table.put(after);
    await table.delete(key);
    return true;
  }
  const changes = changesBetween(readable, after).map((change) => packedAsIn(item, change));
  return changeItem(table, { key, changes });
}

/** The change of a packed text, as it stands and is to stand in the table. */
function packedAsIn(item: Item, change: Change): Change {
  const [name = ''] = change.path;
  const kept = item[name];
  return kept instanceof Uint8Array ? { ...change, before: kept, after: packedAs(kept, String(change.after)) } : change;
}

/** What is only a door, or only an address: nothing is left of it. */
const doors = [
  partition.link(''),
  partition.desk(''),
  partition.desksEnded(''),
  partition.suppressed(''),
  partition.digest(''),
] as const;

/** How the partitions about one handoff or its deal begin. */
const ofDeals = [partition.handoff(''), partition.deal(''), partition.seenDeal(''), partition.writtenBack('')] as const;

/** The item without the person; undefined where nothing of it stays. */
function without(item: Item, erasing: Erasing): Item | undefined {
  const pk = String(item['pk']);
  const isTheirs = hasAddress(erasing.email)(item);
  if (isTheirs && doors.some((door) => pk.startsWith(door))) return undefined;
  if (pk === partition.roster) return isTheirs ? colleague(item, erasing) : item;
  // In a handoff they are called by their name wherever they had a part; elsewhere, where their address stands.
  const isTheirDeal = ofDeals.some((begin) => pk.startsWith(begin));
  return erased(item, erasing, isTheirDeal || isTheirs);
}

/** Somebody else on the roster, for whom they stood in. */
function colleague(item: Item, { email }: Erasing): Item {
  const { deputy, ...person } = JSON.parse(String(item['person'])) as Person;
  const notes = JSON.parse(String(item['awayNotes'] ?? '[]')) as NonNullable<Person['awayNotes']>;
  return {
    ...item,
    person: JSON.stringify({ ...person, ...(deputy !== undefined && deputy !== email && { deputy }) }),
    ...(item['awayNotes'] !== undefined && {
      awayNotes: JSON.stringify(
        notes.map(({ deputy: theirs, ...note }) =>
          theirs === email ? note : { ...note, ...(theirs && { deputy: theirs }) },
        ),
      ),
    }),
  };
}
