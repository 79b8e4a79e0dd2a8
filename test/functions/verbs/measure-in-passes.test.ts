import { describe, expect, it } from 'vitest';
import { measureHandler } from '../../../functions/handlers/measure.ts';
import type { World } from '../../../functions/ports/world.ts';
import { measure } from '../../../functions/verbs/measure.ts';
import { breaking } from '../../support/breaking.ts';
import { sampleEvent } from '../../support/deals.ts';
import { type OpenSystem, openSystem } from '../../support/world.ts';

const night = (count: number): string => new Date(Date.UTC(2026, 10, 20 + count, 1, 10)).toISOString();

/** Ids of no handoff, as many as are measured before it is asked for the time, less one. */
const others = Array.from({ length: 19 }, (_, i) => `A-${100 + i}`);

/** A clock of what is left: this at each look, and nothing afterwards. */
const timeLeft = (...looks: number[]) => {
  const left = [...looks];
  return () => left.shift() ?? 0;
};

const enoughForOnePart = () => timeLeft(900_000);
const enoughForTwoParts = () => timeLeft(900_000, 500_000);

const tooShort = 'Time was too short for all handoffs';

/** Two handoffs, and a world that says which were read. */
async function twoHandoffs() {
  const system = await openSystem();
  const won = [
    await system.win(sampleEvent('complete-standard')),
    await system.win(sampleEvent('enterprise-across-zones')),
  ];
  const [one = '', two = ''] = won.sort();
  await system.until(night(1));
  const read: string[] = [];
  const world: World = {
    ...system.world,
    handoffs: {
      ...system.world.handoffs,
      load: (id, options) => {
        read.push(id);
        return system.world.handoffs.load(id, options);
      },
    },
  };
  /** The handoffs that were read since it was last asked. */
  const readNow = () => read.splice(0).filter((id) => !others.includes(id));
  return { system, world, one, two, readNow };
}

async function reported(system: OpenSystem) {
  const { asOf, handoffs } = await system.world.measured.between('2020-01', '2030-12');
  return { asOf, ids: handoffs.map(({ id }) => id).sort() };
}

describe('measuring more handoffs than there is time for', () => {
  it('keeps what was measured, says that time was short, and goes on when Lambda tries again', async () => {
    const { system, world, one, two, readNow } = await twoHandoffs();
    await expect(measure(world)({ at: night(1), also: others, timeLeft: enoughForOnePart() })).rejects.toThrow(
      tooShort,
    );
    expect(readNow()).toEqual([one]);
    expect(await reported(system)).toEqual({ asOf: undefined, ids: [one] });
    expect(await measure(world)({ at: night(1) })).toMatchObject({ handoffs: 1 });
    expect(readNow()).toEqual([two]);
    expect(await reported(system)).toEqual({ asOf: night(1), ids: [one, two] });
    expect(await measure(world)({ at: night(2) })).toMatchObject({ handoffs: 2 });
    expect(readNow()).toEqual([one, two]);
  });

  it('goes on the next night, says as of when all was measured, and begins again with what time is left', async () => {
    const { system, world, one, two, readNow } = await twoHandoffs();
    const short = { also: others, timeLeft: enoughForOnePart() };
    await measure(world)({ at: night(1), ...short }).catch(() => undefined);
    readNow();
    await expect(measure(world)({ at: night(2), timeLeft: enoughForOnePart() })).rejects.toThrow(tooShort);
    expect(readNow()).toEqual([two]);
    expect((await reported(system)).asOf).toBe(night(1));
    await measure(world)({ at: night(3), timeLeft: enoughForOnePart() });
    expect(readNow()).toEqual([one, two]);
    expect((await reported(system)).asOf).toBe(night(3));
    expect((await world.measured.unfinished()).pass).toBeUndefined();
  });

  it('goes through all in the rest of a night that ends a pass', async () => {
    const { system, world, one, two, readNow } = await twoHandoffs();
    await measure(world)({ at: night(1), also: others, timeLeft: enoughForOnePart() }).catch(() => undefined);
    readNow();
    expect(await measure(world)({ at: night(2), timeLeft: enoughForTwoParts() })).toMatchObject({ handoffs: 2 });
    expect(readNow()).toEqual([two, one, two]);
    expect((await reported(system)).asOf).toBe(night(2));
  });

  it('ends a pass of which nothing is left any more', async () => {
    const { system, world, one, two, readNow } = await twoHandoffs();
    await measure(world)({ at: night(1), also: others, timeLeft: enoughForOnePart() }).catch(() => undefined);
    await world.handoffs.changeStatus({ id: two, from: ['open'], to: 'cancelled', at: night(1) });
    const gone: World = { ...world, handoffs: { ...world.handoffs, unmeasured: async () => [] } };
    readNow();
    await measure(gone)({ at: night(9) });
    expect(readNow()).toEqual([two, one, two]);
    expect((await reported(system)).asOf).toBe(night(9));
  });

  it('names what could not be measured beside what time was too short for', async () => {
    const { world, one } = await twoHandoffs();
    const failing: World = {
      ...world,
      audit: { ...world.audit, trail: () => Promise.reject(new TypeError('no trail')) },
    };
    await expect(measure(failing)({ at: night(1), also: others, timeLeft: enoughForOnePart() })).rejects.toThrow(
      new RegExp(`could not be measured: ${one} \\(TypeError\\)\\. ${tooShort}`),
    );
  });

  it('measures the same again where it was interrupted before it was known how far it came', async () => {
    for (const when of ['before', 'after'] as const) {
      const { system, world, one, two } = await twoHandoffs();
      const short = { at: night(1), also: others, timeLeft: enoughForOnePart() };
      const broken = breaking(world, { port: 'measured', method: 'save', when });
      await measure(broken)(short).catch(() => undefined);
      await measure(world)({ at: night(1) });
      expect(await reported(system), when).toEqual({ asOf: night(1), ids: [one, two] });
    }
  });

  it('hears from Lambda how much time is left', async () => {
    const { world, one, readNow } = await twoHandoffs();
    const handler = measureHandler({ ...world, handoffs: { ...world.handoffs, unmeasured: async () => others } });
    const left = enoughForOnePart();
    await expect(handler({ time: night(1) }, { getRemainingTimeInMillis: left })).rejects.toThrow(tooShort);
    expect(readNow()).toEqual([one]);
  });
});
