import { type ItemToOpen, itemsToOpen } from '../domain/handoff/items-to-open.ts';
import { type ItemRecord, itemsOf, itemTimes, nextItemStep, openItemsOf } from '../domain/handoff/open-items.ts';
import type { StepRecord } from '../domain/handoff/step-record.ts';
import { personOf } from '../domain/people/people.ts';
import { nextWorkingMoment } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';
import { heldUntil, type Opening } from './open-reached.ts';

export const openItemUses = [
  'steps.open',
  'executions.startItem',
  'audit.write',
  'calendarOf',
  ...involvedUses,
] as const;

/**
 * Opens an open item: its owner is asked at once, reminded and chased by an execution of its own, whatever becomes of the rest
 * of the handoff (S2: an exception is a debt with an owner and a date). Opened once under its key: called again, it goes on
 * where it was. Undefined in a handoff whose rules know of no open items: it began before there were any.
 */
export async function openItem(
  world: WorldOf<typeof openItemUses>,
  {
    record,
    item: { owner, ...item },
    at,
    onPageOf,
  }: Pick<Opening, 'record' | 'at' | 'onPageOf'> & { item: ItemToOpen },
): Promise<ItemRecord | undefined> {
  const { id } = record.state;
  const people = await involvedPeople(world, record, [owner]);
  const calendar = world.calendarOf(personOf(people, owner));
  const askedAt = nextWorkingMoment(at, calendar);
  const times = itemTimes(item.due, { record, askedAt, calendar });
  const steps: Record<string, StepRecord> = { ...record.steps };
  for (;;) {
    const known = itemsOf({ steps }).find((other) => other.item.key === item.key);
    const step = known?.step ?? nextItemStep({ ...record, steps });
    if (step === undefined) return undefined;
    const asked = {
      ...{ step, round: 1, owner, askedAt, ...times, pauses: [], earlier: [] },
      ...(owner === onPageOf?.person && { mailHeldUntil: heldUntil(at, onPageOf) }),
    };
    const opened = known ?? (await world.steps.open(id, { ...asked, item: { ...item, openedAt: at } }));
    steps[step] = opened;
    // Somebody else opened another item under this number in the same moment: the next number is tried.
    if (opened.item?.key !== item.key) continue;
    const stands: ItemRecord = { ...opened, item: opened.item };
    await startAsking(world, id, stands);
    return stands;
  }
}

async function startAsking(
  world: WorldOf<typeof openItemUses>,
  id: string,
  { step, owner, because, item: { title, by, openedAt } }: ItemRecord,
): Promise<void> {
  await world.executions.startItem(id, step);
  const detail = `${title}: ${owner}, ${because}`;
  await world.audit.write(id, { at: openedAt, who: by, what: 'item-opened', step, detail, from: 'page' });
}

/**
 * Opens what decisions call for and nobody has opened yet, and starts what asks for an item that has not come to wait for its
 * owner. Called again, it goes on where it was.
 */
export async function openCalledFor(
  world: WorldOf<typeof openItemUses>,
  { record, at, onPageOf }: Pick<Opening, 'record' | 'at' | 'onPageOf'>,
): Promise<readonly ItemRecord[]> {
  for (const item of openItemsOf(record)) if (item.token === undefined) await startAsking(world, record.state.id, item);
  const opened: ItemRecord[] = [];
  for (const item of itemsToOpen(record)) {
    const steps = Object.fromEntries([
      ...Object.entries(record.steps),
      ...opened.map((each) => [each.step, each] as const),
    ]);
    const next = await openItem(world, { record: { ...record, steps }, item, at, ...(onPageOf && { onPageOf }) });
    if (next) opened.push(next);
  }
  return opened;
}
