import { describe, expect, it } from 'vitest';
import { weekOfFact } from '../../../functions/domain/reports/revisions.ts';
import type { World } from '../../../functions/ports/world.ts';
import { dropOld, dropOldUses } from '../../../functions/verbs/drop-old.ts';
import { measure } from '../../../functions/verbs/measure.ts';
import { breaking, callsIn } from '../../support/breaking.ts';
import { course } from '../../support/course.ts';
import { sampleEvent } from '../../support/deals.ts';
import { anna } from '../../support/handoff-record.ts';
import { at, fillOldMonths, stays } from '../../support/old-months.ts';
import { type OpenSystem, openSystem } from '../../support/world.ts';

/** What reports are made of, of some months. */
async function filled(retentionMonths?: number): Promise<{ system: OpenSystem; world: World }> {
  const system = await openSystem(retentionMonths === undefined ? {} : { retentionMonths });
  const { world } = system;
  await fillOldMonths(world);
  return { system, world };
}

const reported = async ({ dump }: OpenSystem) =>
  (await dump())
    .filter(({ pk }) => /^(FACTS|FACTSOF|MEASURED|AUDITED)#|^(PUBLISHED|PSEUDONYMS)$/.test(String(pk)))
    // What every night counts up.
    .map(({ version: _, ...item }) => item);

const keysOf = async (system: OpenSystem) => (await reported(system)).map(({ pk, sk }) => `${pk} ${sk}`);

const everything = (world: World) => world.measured.between('2000-01', '2100-01');

describe('what is older than the stage keeps it', () => {
  it('stays where nothing says for how long', async () => {
    const { system, world } = await filled();
    const before = await reported(system);
    await dropOld(world)({ at });
    expect(await reported(system)).toEqual(before);
    expect(await everything(world)).not.toHaveProperty('keptFrom');
  });

  it('is deleted, and what is kept stands as it did', async () => {
    const { system, world } = await filled(13);
    const before = new Map((await everything(world)).handoffs.map((row) => [row.id, row]));
    await dropOld(world)({ at });
    const { handoffs, keptFrom } = await everything(world);
    expect(keptFrom).toBe('2025-10');
    expect(handoffs.map(({ id }) => id).sort()).toEqual(['kept', 'open', 'owing']);
    for (const row of handoffs) expect(row).toEqual(before.get(row.id));
    const keys = await keysOf(system);
    expect(keys.filter((key) => / ?old(er)?(#| |$)/.test(key))).toEqual([]);
    expect(keys.filter((key) => key.startsWith('FACTSOF#'))).toEqual(
      ['kept', 'open', 'owing'].map((id) => `FACTSOF#${id} FACTS`),
    );
    // The week and the quarter in which the first month begins are not over before it.
    expect(keys.filter((key) => key.startsWith('PUBLISHED'))).toEqual([
      'PUBLISHED WEEK#2025-W40',
      'PUBLISHED WEEK#2026-W46',
    ]);
    expect(keys.filter((key) => key.startsWith('AUDITED'))).toEqual(['AUDITED#2025-Q4 NOTE#2025-Q4']);
    const known = [...(await world.pseudonyms.everybody()).values()];
    expect(known.sort()).toEqual([anna, stays].sort());
  });

  it.each([
    ['2026-10-31T23:59:59Z', '2025-09'],
    ['2026-11-01T00:00:00Z', '2025-10'],
    // A leap day, and the hour that clocks are put back.
    ['2028-02-29T12:00:00Z', '2027-01'],
    ['2026-10-25T01:30:00Z', '2025-09'],
  ])('is counted in whole months of UTC: at %s from %s', async (now, month) => {
    const { world } = await openSystem({ roster: [], retentionMonths: 13 });
    await dropOld(world)({ at: now });
    expect((await everything(world)).keptFrom).toBe(month);
  });

  it('is gone the same wherever a night was interrupted, and once more deletes nothing', course, async () => {
    const whole = await filled(13);
    const calls = await callsIn(whole.world, (world) => dropOld(world)({ at }));
    const changes = calls.filter(({ method }) => /^(drop|keepFrom|dropBefore|noteDropped|forget)$/.test(method));
    expect(new Set(changes.map(({ port, method }) => `${port}.${method}`))).toEqual(
      new Set(dropOldUses.filter((use) => /\.(drop|keep|note|forget)/.test(use))),
    );
    const withoutIds = async (system: OpenSystem) => (await keysOf(system)).sort();
    const wanted = await withoutIds(whole.system);
    await dropOld(whole.world)({ at });
    expect(await withoutIds(whole.system)).toEqual(wanted);
    for (const change of changes)
      for (const when of ['before', 'after'] as const) {
        const where = `${change.port}.${change.method} ${change.call} ${when}`;
        const { system, world } = await filled(13);
        await expect(dropOld(breaking(world, { ...change, when }))({ at }), where).rejects.toThrow();
        // Nobody sees half a month, whatever is deleted already.
        const shown = (await everything(world)).handoffs.map(({ id }) => id).sort();
        if (change.method !== 'keepFrom') expect(shown, where).toEqual(['kept', 'open', 'owing']);
        await dropOld(world)({ at });
        expect(await withoutIds(system), where).toEqual(wanted);
      }
  });

  it('is deleted by some a night, until all is gone', course, async () => {
    const whole = await filled(13);
    await dropOld(whole.world)({ at });
    const wanted = await keysOf(whole.system);
    const { system, world } = await filled(13);
    const left: number[] = [];
    for (let night = 0; night < 8; night += 1) {
      await dropOld(world, 1)({ at });
      left.push((await keysOf(system)).length - wanted.length);
      expect((await everything(world)).handoffs).toHaveLength(3);
    }
    expect(left.slice(0, 2).every((items) => items > 0)).toBe(true);
    expect(left).toEqual(left.toSorted((a, b) => b - a));
    expect(await keysOf(system)).toEqual(wanted);
  });

  it('does not grow less by a setting that says more, nor come back', async () => {
    const { world } = await filled(13);
    await dropOld(world)({ at });
    await dropOld({ ...world, retentionMonths: 40 })({ at });
    expect(await everything(world)).toMatchObject({ keptFrom: '2025-10' });
    await dropOld({ ...world, retentionMonths: 40 })({ at: '2030-01-01T00:00:00Z' });
    expect(await everything(world)).toMatchObject({ keptFrom: '2026-09' });
    expect((await everything(world)).handoffs.map(({ id }) => id).sort()).toEqual(['open', 'owing']);
  });
});

describe('a handoff that is over for longer than it is kept', () => {
  it('is not measured anew when something is told of its customer, and is looked at once', async () => {
    const system = await openSystem({ retentionMonths: 13 });
    const { world } = system;
    const id = await system.win(sampleEvent('complete-standard'));
    await world.handoffs.changeStatus({ id, from: ['open'], to: 'complete', at: system.now() });
    await measure(world)({ at: '2026-11-23T01:10:00Z' });
    const facts = await world.facts.of(id);
    const weeks = new Set(facts.map(weekOfFact));
    const later = '2028-01-01T01:10:00Z';
    await dropOld(world)({ at: later });
    expect(await world.facts.of(id)).toEqual([]);
    for (const week of weeks) expect(await world.facts.inWeek(week)).toEqual([]);
    await world.handoffs.addOutcome(id, { outcome: 'churned', at: later, saidAt: later });
    expect(await world.handoffs.unmeasured()).toEqual([id]);
    expect(await measure(world)({ at: later })).toMatchObject({ handoffs: 0, facts: 0 });
    expect(await world.handoffs.unmeasured()).toEqual([]);
    expect((await everything(world)).handoffs).toEqual([]);
    // Where all is kept, it is measured.
    await world.handoffs.addOutcome(id, { outcome: 'renewed', at: later, saidAt: later });
    expect(await measure({ ...world, retentionMonths: undefined })({ at: later })).toMatchObject({ handoffs: 1 });
  });
});
