import { describe, expect, it } from 'vitest';
import type { World } from '../../../functions/ports/world.ts';
import { measure } from '../../../functions/verbs/measure.ts';
import { breaking } from '../../support/breaking.ts';
import { course } from '../../support/course.ts';
import { sampleEvent } from '../../support/deals.ts';
import { anna, klaus, lena } from '../../support/handoff-record.ts';
import { type OpenSystem, openSystem } from '../../support/world.ts';

const nights = (count: number): string => new Date(Date.UTC(2026, 10, 20 + count, 1, 10)).toISOString();

const epochs = (instants: readonly string[] = []): readonly number[] => instants.map((at) => Date.parse(at));

const everything = (system: OpenSystem) => system.world.measured.between('2020-01', '2030-12');

const rowOf = async (system: OpenSystem, id: string) =>
  (await everything(system)).handoffs.find((each) => each.id === id);

/** Measures at a time, having let time pass until then. */
async function measured(system: OpenSystem, at: string, world: World = system.world) {
  if (Date.parse(at) > system.clock.now()) await system.until(at);
  return measure(world)({ at });
}

/** What reports are made of, and all facts there are. */
const kept = async (system: OpenSystem) =>
  (await system.dump()).filter(({ pk }) => /^(FACTS#|FACTSOF#|MEASURED#)/.test(String(pk)));

describe('measuring', () => {
  it('records the facts of each handoff and writes its row, once', async () => {
    const system = await openSystem();
    const id = await system.win(sampleEvent('complete-standard'));
    const first = await measured(system, nights(1));
    expect(first).toMatchObject({ outcome: 'measured', handoffs: 1 });
    expect(first.facts).toBeGreaterThan(0);
    const facts = await system.world.facts.of(id);
    expect(facts).toHaveLength(first.facts);
    expect(facts[0]).toMatchObject({ kind: 'begun', handoff: id, revision: 1, recordedAt: nights(1) });
    const people = await system.world.pseudonyms.everybody();
    const row = await rowOf(system, id);
    expect([row?.accountExecutive, row?.customerSuccessManager].map((each) => people.get(each ?? ''))).toEqual([
      anna,
      lena,
    ]);
    expect(people.get(row?.accountExecutiveTeam ?? '')).toBe(klaus);
    expect(row?.rounds.map(({ timeliness }) => timeliness)).toContain('open');
    const before = await kept(system);
    expect(await measured(system, nights(1))).toMatchObject({ facts: 0 });
    expect((await kept(system)).filter(({ sk }) => sk !== 'MEASURED')).toEqual(
      before.filter(({ sk }) => sk !== 'MEASURED'),
    );
    expect((await everything(system)).asOf).toBe(nights(1));
  });

  it('supersedes a fact that is corrected, and leaves what a week was told of before', async () => {
    const system = await openSystem();
    const id = await system.win(sampleEvent('complete-standard'));
    await measured(system, nights(1));
    const told = await system.world.facts.inWeek('2026-W47');
    await system.world.handoffs.changePerson(id, 'customerSuccessManager', klaus);
    await measured(system, nights(12));
    const now = await system.world.facts.inWeek('2026-W47');
    expect(now).toEqual(expect.arrayContaining([...told]));
    const begun = now.filter(({ kind }) => kind === 'begun');
    expect(begun.map(({ revision, recordedAt }) => [revision, recordedAt])).toEqual([
      [1, nights(1)],
      [2, nights(12)],
    ]);
    const people = await system.world.pseudonyms.everybody();
    expect(begun.map((fact) => people.get(Object(fact).customerSuccessManager))).toEqual([lena, klaus]);
    expect((await system.world.facts.of(id)).filter(({ kind }) => kind === 'begun')).toEqual(begun.slice(1));
  });

  it('takes back nothing that reports say, where a night that failed comes after a later one', async () => {
    const system = await openSystem();
    const id = await system.win(sampleEvent('complete-standard'));
    await measured(system, nights(10));
    const late = await rowOf(system, id);
    expect(late?.rounds.map(({ timeliness }) => timeliness)).toContain('late');
    await measured(system, nights(0));
    expect((await everything(system)).asOf).toBe(nights(10));
    expect(await rowOf(system, id)).toEqual(late);
  });

  it('tells Firehose of facts before they stand', async () => {
    const system = await openSystem();
    await system.win(sampleEvent('complete-standard'));
    const sent: number[] = [];
    const standing: number[] = [];
    const world: World = {
      ...system.world,
      factStream: { send: async (facts) => void sent.push(facts.length) },
      facts: {
        ...system.world.facts,
        record: async (input) => {
          standing.push(sent.length);
          return system.world.facts.record(input);
        },
      },
    };
    const { facts } = await measured(system, nights(1), world);
    expect([sent, standing]).toEqual([[facts], [1]]);
  });

  it('misses no handoff that began and was canceled between two nights', course, async () => {
    const system = await openSystem();
    await measured(system, nights(1));
    const id = await system.win(sampleEvent('complete-standard'));
    const won = sampleEvent('complete-standard');
    await system.put({
      ...won,
      'detail-type': 'Deal Lost',
      detail: { dealId: won.detail['dealId'], reason: 'They went elsewhere.' },
    });
    expect((await system.load(id)).state.status).toBe('cancelled');
    expect(await system.world.handoffs.unmeasured()).toEqual([id]);
    await measured(system, nights(3));
    expect(await rowOf(system, id)).toMatchObject({ status: 'cancelled' });
    expect(await system.world.handoffs.unmeasured()).toEqual([]);
    expect(await measured(system, nights(4))).toMatchObject({ facts: 0 });
  });

  it(
    'leaves a canceled handoff alone some days after, though its steps stay open, and hears what is told of its customer',
    course,
    async () => {
      const system = await openSystem();
      const [id, other] = [
        await system.win(sampleEvent('complete-standard')),
        await system.win(sampleEvent('enterprise-across-zones')),
      ];
      await system.until(nights(1));
      await system.world.handoffs.changeStatus({ id, from: ['open'], to: 'cancelled', at: system.now() });
      const isOpen = async () =>
        (await Promise.all([anna, lena].map((email) => system.world.desks.openWorkOf(email)))).some(({ steps }) =>
          steps.some((step) => step.id === id),
        );
      expect(await measured(system, nights(1))).toMatchObject({ handoffs: 2 });
      const [row, facts] = [await rowOf(system, id), await system.world.facts.of(id)];
      // What was written late of it is still found.
      expect(await measured(system, nights(4))).toMatchObject({ handoffs: 2 });
      expect(await isOpen()).toBe(true);
      const read: string[] = [];
      const world: World = {
        ...system.world,
        handoffs: {
          ...system.world.handoffs,
          load: (each) => {
            read.push(each);
            return system.world.handoffs.load(each);
          },
        },
      };
      await measured(system, nights(5), world);
      expect(read).toEqual([other]);
      expect([await rowOf(system, id), await system.world.facts.of(id)]).toEqual([row, facts]);
      const at = nights(40);
      await system.world.handoffs.addOutcome(id, { outcome: 'churned', at, saidAt: at });
      await measured(system, nights(41));
      expect((await rowOf(system, id))?.outcomes).toEqual([{ outcome: 'churned', at }]);
    },
  );

  it('measures a handoff once more when something is told of its customer', async () => {
    const system = await openSystem();
    const id = await system.win(sampleEvent('complete-standard'));
    await system.world.handoffs.changeStatus({ id, from: ['open'], to: 'complete', at: system.now() });
    await measured(system, nights(1));
    const at = nights(40);
    await system.world.handoffs.addOutcome(id, { outcome: 'renewed', at, saidAt: at });
    await measured(system, nights(41));
    expect((await rowOf(system, id))?.outcomes).toEqual([{ outcome: 'renewed', at }]);
    expect(await system.world.handoffs.unmeasured()).toEqual([]);
  });

  it('looks again at a handoff that ended after it was read', async () => {
    const system = await openSystem();
    const id = await system.win(sampleEvent('complete-standard'));
    const world: World = {
      ...system.world,
      measured: {
        ...system.world.measured,
        save: async (input) => {
          await system.world.handoffs.changeStatus({ id, from: ['open'], to: 'complete', at: nights(1) });
          await system.world.measured.save(input);
        },
      },
    };
    await measured(system, nights(1), world);
    expect(await rowOf(system, id)).toMatchObject({ status: 'open' });
    await measured(system, nights(2));
    expect(await rowOf(system, id)).toMatchObject({ status: 'complete' });
  });

  it('measures all others where one fails, and says which', async () => {
    const system = await openSystem();
    const [one, two] = [
      await system.win(sampleEvent('complete-standard')),
      await system.win(sampleEvent('enterprise-across-zones')),
    ];
    const world: World = {
      ...system.world,
      audit: {
        ...system.world.audit,
        trail: async (id) => {
          if (id === one) throw new TypeError(`${anna} cannot be read`);
          return system.world.audit.trail(id);
        },
      },
    };
    await expect(measured(system, nights(1), world)).rejects.toThrow(
      `1 of 2 handoffs could not be measured: ${one} (TypeError). Reports show them as they stood before.`,
    );
    expect((await everything(system)).handoffs.map(({ id }) => id)).toEqual([two]);
    await measured(system, nights(2));
    expect((await everything(system)).handoffs).toHaveLength(2);
  });

  it('reads of a trail what is new, and finds the same as by reading all of it, each night', course, async () => {
    const system = await openSystem();
    const id = await system.win(sampleEvent('incomplete'));
    const asked: (string | undefined)[] = [];
    const world: World = {
      ...system.world,
      audit: {
        ...system.world.audit,
        trail: (of, since) => {
          asked.push(since);
          return system.world.audit.trail(of, since);
        },
      },
    };
    for (const night of [1, 5, 12, 13, 20]) {
      await measured(system, nights(night), world);
      const [row, facts] = [await rowOf(system, id), await system.world.facts.of(id)];
      const whole = (await system.world.audit.trail(id)).filter(({ what }) => what === 'stalled');
      expect(epochs(row?.stalledAt), `night ${night}`).toEqual(epochs(whole.map(({ at }) => at)));
      // All of the trail, as of a handoff that is named.
      expect(await measure(system.world)({ at: nights(night), also: [id] })).toMatchObject({ facts: 0 });
      expect([await rowOf(system, id), await system.world.facts.of(id)]).toEqual([row, facts]);
    }
    expect((await rowOf(system, id))?.stalledAt.length).toBeGreaterThan(0);
    expect(asked[0]).toBeUndefined();
    expect(asked.slice(1).every((since) => since !== undefined && since < nights(20))).toBe(true);
    expect((await system.world.audit.trail(id, asked.at(-1))).length).toBeLessThan(
      (await system.world.audit.trail(id)).length,
    );
  });

  it('counts a stall that is written late, and one that is very late when the handoff has ended', course, async () => {
    const system = await openSystem();
    const id = await system.win(sampleEvent('complete-standard'));
    await measured(system, nights(4));
    const stall = { who: 'system', what: 'stalled', detail: 'Nobody acted', from: 'execution' } as const;
    const stalls = async () => epochs((await rowOf(system, id))?.stalledAt);
    await system.world.audit.write(id, { ...stall, at: nights(3) });
    await measured(system, nights(5));
    expect(await stalls()).toEqual(epochs([nights(3)]));
    // At the edge of what is read again, and before it.
    const [edge, early] = [nights(2), new Date(Date.parse(nights(2)) - 1).toISOString()];
    await system.world.audit.write(id, { ...stall, at: edge });
    await system.world.audit.write(id, { ...stall, at: early });
    await measured(system, nights(5));
    expect(await stalls()).toEqual(epochs([edge, nights(3)]));
    await system.world.handoffs.changeStatus({ id, from: ['open', 'stalled'], to: 'complete', at: system.now() });
    await measured(system, nights(6));
    expect(await stalls()).toEqual(epochs([early, edge, nights(3)]));
  });

  it('comes to the same wherever it was interrupted before', course, async () => {
    const whole = await openSystem();
    await whole.win(sampleEvent('complete-standard'));
    await measured(whole, nights(1));
    const facts = async (system: OpenSystem) =>
      (await system.world.facts.inWeek('2026-W47')).map(({ key, revision, recordedAt }) => [key, revision, recordedAt]);
    const writes = [
      { port: 'pseudonyms', method: 'idsOf' },
      { port: 'factStream', method: 'send' },
      { port: 'facts', method: 'record' },
      { port: 'measured', method: 'save' },
    ] as const;
    for (const write of writes)
      for (const when of ['before', 'after'] as const) {
        const system = await openSystem();
        const id = await system.win(sampleEvent('complete-standard'));
        await system.until(nights(1));
        await measure(breaking(system.world, { ...write, when }))({ at: nights(1) }).catch(() => undefined);
        await measured(system, nights(1));
        expect(await facts(system), `${when} ${write.method}`).toEqual(await facts(whole));
        expect((await rowOf(system, id))?.rounds).toHaveLength((await rowOf(whole, id))?.rounds.length ?? -1);
      }
  });

  it('comes to the same where what it reads cheaply is from before it was interrupted', course, async () => {
    const whole = await openSystem();
    const won = await whole.win(sampleEvent('complete-standard'));
    await measured(whole, nights(1));
    const facts = async (system: OpenSystem) =>
      (await system.world.facts.inWeek('2026-W47')).map(({ key, revision }) => [key, revision]);
    const read: (boolean | undefined)[] = [];
    for (const write of [
      { port: 'facts', method: 'record' },
      { port: 'measured', method: 'save' },
    ] as const)
      for (const when of ['before', 'after'] as const) {
        const system = await openSystem();
        const id = await system.win(sampleEvent('complete-standard'));
        await system.until(nights(1));
        await measure(breaking(system.world, { ...write, when }))({ at: nights(1) }).catch(() => undefined);
        // Before the first night nothing was recorded.
        const world: World = {
          ...system.world,
          facts: {
            ...system.world.facts,
            of: async (of, options) => {
              read.push(options?.maybeStale);
              return options?.maybeStale ? [] : system.world.facts.of(of);
            },
          },
        };
        await measured(system, nights(1), world);
        expect(await facts(system), `${when} ${write.method}`).toEqual(await facts(whole));
        expect((await rowOf(system, id))?.rounds).toHaveLength((await rowOf(whole, won))?.rounds.length ?? -1);
        expect(await measured(system, nights(1)), `${when} ${write.method}`).toMatchObject({ facts: 0 });
      }
    // Only where facts had been recorded they are read once more, as they stand.
    expect(read).toEqual([true, true, false, true, false, true, false]);
  });

  it('names a handoff whose facts others record again and again', async () => {
    const system = await openSystem();
    const id = await system.win(sampleEvent('complete-standard'));
    const world: World = {
      ...system.world,
      facts: { ...system.world.facts, record: async () => false },
    };
    await expect(measured(system, nights(1), world)).rejects.toThrow(`${id} (RecordsUnavailable)`);
    expect(await measured(system, nights(2))).toMatchObject({ handoffs: 1 });
  });

  it('reads of what is open what was written a moment ago the next night, and of what has ended at once', async () => {
    const system = await openSystem();
    const [id, ended] = [
      await system.win(sampleEvent('complete-standard')),
      await system.win(sampleEvent('enterprise-across-zones')),
    ];
    await measured(system, nights(1));
    const before = await system.load(id);
    const facts = new Map(
      await Promise.all([id, ended].map(async (each) => [each, await system.world.facts.of(each)] as const)),
    );
    await system.until(nights(3));
    await system.world.handoffs.changePerson(id, 'customerSuccessManager', klaus);
    await system.world.handoffs.changeStatus({
      id: ended,
      from: ['open', 'stalled'],
      to: 'complete',
      at: system.now(),
    });
    const stale: World = {
      ...system.world,
      handoffs: {
        ...system.world.handoffs,
        load: (each, options) => (options?.maybeStale ? Promise.resolve(before) : system.world.handoffs.load(each)),
      },
      facts: {
        ...system.world.facts,
        of: async (each, options) => (options?.maybeStale ? (facts.get(each) ?? []) : system.world.facts.of(each)),
      },
    };
    await measured(system, nights(3), stale);
    const people = await system.world.pseudonyms.everybody();
    const manager = async () => people.get((await rowOf(system, id))?.customerSuccessManager ?? '');
    expect([await manager(), (await rowOf(system, ended))?.status]).toEqual([lena, 'complete']);
    await measured(system, nights(4));
    expect(await manager()).toBe(klaus);
  });

  it('reads what ended before anything was measured, when it is named', async () => {
    const system = await openSystem();
    const id = await system.win(sampleEvent('complete-standard'));
    await system.world.handoffs.changeStatus({ id, from: ['open'], to: 'complete', at: system.now() });
    await system.world.handoffs.noteMeasured(await system.load(id));
    await system.until(nights(1));
    // Its steps are still open here, so that people would find it by them.
    const world = {
      ...system.world,
      desks: { ...system.world.desks, openWorkOf: async () => ({ steps: [], handoffs: [] }) },
    };
    expect(await measure(world)({ at: nights(1) })).toMatchObject({ handoffs: 0 });
    expect(await measure(world)({ at: nights(1), also: [id, 'unknown'] })).toMatchObject({ handoffs: 1 });
  });

  it('keeps who managed somebody when their step ended', async () => {
    const system = await openSystem();
    const id = await system.win(sampleEvent('incomplete'));
    await system.until(nights(5));
    await system.world.handoffs.changeStatus({ id, from: ['open', 'stalled'], to: 'cancelled', at: system.now() });
    await measured(system, nights(6));
    const teams = (await system.world.facts.of(id)).flatMap((fact) => (fact.kind === 'step' ? [fact.team] : []));
    const world: World = {
      ...system.world,
      roster: {
        ...system.world.roster,
        everybody: async () => (await system.world.roster.everybody()).map(({ manager: _, ...person }) => person),
      },
    };
    await measure(world)({ at: nights(7), also: [id] });
    const now = (await system.world.facts.of(id)).flatMap((fact) => (fact.kind === 'step' ? [fact.team] : []));
    expect(now).toEqual(teams);
  });
});
