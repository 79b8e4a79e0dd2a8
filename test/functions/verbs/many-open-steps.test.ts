import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { openWork, partition, sort } from '../../../functions/aws/table.ts';
import { deskLinkFor } from '../../../functions/domain/handoff/desk-link.ts';
import { deskOutcomePage } from '../../../functions/pages/desk-outcome-page.ts';
import { operationsBoardPage } from '../../../functions/pages/operations/operations-board.ts';
import { showDesk } from '../../../functions/verbs/show-desk.ts';
import { showBoard } from '../../../functions/verbs/show-operations.ts';
import { tableName } from '../../../infra/local/local-names.ts';
import { course } from '../../support/course.ts';
import { sampleDeal } from '../../support/deals.ts';
import { lena } from '../../support/handoff-record.ts';
import { begun } from '../../support/records.ts';
import { type OpenSystem, openSystem } from '../../support/world.ts';

const at = '2026-11-25T12:00:00Z';
const steps = 5000;
/** Those with the most pressing steps have records of their own, the others what the index and their state hold. */
const whole = 60;
const dueAt = (number: number) => new Date(Date.parse(at) + (number - 2500) * 60_000).toISOString();
const idOf = (number: number) => `D-${String(number).padStart(5, '0')}-1`;

/** A system in which all of it is hers. */
async function loaded(): Promise<OpenSystem> {
  const system = await openSystem({ at });
  let state: Record<string, unknown> = {};
  for (let number = 0; number < whole; number += 1) {
    const deal = { ...sampleDeal('complete-standard'), dealId: idOf(number).slice(0, -2) };
    const record = await begun(system.world, { deal });
    state = { ...record.state };
  }
  const items = Array.from({ length: steps }, (_, number) => number).flatMap((number) => {
    const pk = partition.handoff(idOf(number));
    const step = {
      ...{ pk, sk: sort.step('review-brief'), step: 'review-brief', round: 1, owner: lena, dueAt: dueAt(number) },
      ...{
        askedAt: '2026-11-20T09:00:00Z',
        promisedAt: dueAt(number),
        because: 'due',
        promise: 'in time',
        pauses: '[]',
      },
      ...{ [openWork.partitionKey]: lena, [openWork.sortKey]: `STEP#${dueAt(number)}#${idOf(number)}#review-brief` },
    };
    const small = {
      ...{ ...state, pk, sk: sort.handoff },
      ...{ [openWork.partitionKey]: lena, [openWork.sortKey]: `HANDOFF#${idOf(number)}` },
    };
    return number < whole ? [step] : [step, small];
  });
  for (let i = 0; i < items.length; i += 25)
    await system.clients.dynamodb.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [tableName]: items
            .slice(i, i + 25)
            .map((item) => ({ PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) } })),
        },
      }),
    );
  return system;
}

/** What it read: units, and handoffs read whole. */
async function reading<T>(system: OpenSystem, read: (world: OpenSystem['world']) => Promise<T>) {
  let loaded = 0;
  const handoffs: OpenSystem['world']['handoffs'] = {
    ...system.world.handoffs,
    load: (id) => {
      loaded += 1;
      return system.world.handoffs.load(id);
    },
  };
  const before = system.account.usage().dynamodb.readUnits;
  const result = await read({ ...system.world, handoffs });
  return { result, loaded, units: system.account.usage().dynamodb.readUnits - before };
}

describe('Somebody with five thousand open steps', () => {
  it('costs so many reads and bytes, and no more', course, async () => {
    const system = await loaded();

    // Their desk: forty handoffs are read whole, the rest is counted by the index.
    const linkId = 'A'.repeat(22);
    await system.world.desks.store(system.world.hash(linkId), deskLinkFor(lena, undefined, at));
    const desk = await reading(system, (world) => showDesk(world)({ linkId, at }));
    expect(desk.result.kind).toBe('desk');
    expect(desk.loaded).toBe(40);
    expect(desk.units).toBeLessThan(600);
    const page = deskOutcomePage(desk.result, { path: `/d/${linkId}`, nonce: 'nonce', site: system.world.site });
    expect(page.html.length).toBeLessThan(400_000);

    // The board for operations: forty read whole, the small records of all.
    const board = await reading(system, (world) => showBoard(world)({ filter: {}, page: 1, at }));
    expect(board.result).toMatchObject({ total: steps, pages: steps / 40 });
    expect(board.loaded).toBe(40);
    expect(board.units).toBeLessThan(2 * steps);
    const shown = operationsBoardPage(board.result, system.world.site, at);
    expect(shown.html.length).toBeLessThan(400_000);

    // An assignment: the index alone.
    const count = await reading(system, (world) => world.roster.openHandoffs([lena]));
    expect(count.result).toEqual(new Map([[lena, steps]]));
    expect(count).toMatchObject({ loaded: 0 });
    expect(count.units).toBeLessThan(200);
  });
});
