import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handoffIdOf } from '../../../functions/domain/deal/deal.ts';
import type { World } from '../../../functions/ports/world.ts';
import { startHandoff } from '../../../functions/verbs/start-handoff.ts';
import { stopDeal } from '../../../functions/verbs/stop-deal.ts';
import { dealEvent } from '../../support/deals.ts';
import { handoffRecord } from '../../support/handoff-record.ts';
import '../../support/seed.ts';
import { openSystem } from '../../support/world.ts';

/** An event of a deal, with the hour in which it happened. */
interface Told {
  readonly what: 'won' | 'Deal Reopened' | 'Deal Lost' | 'Deal Cancelled';
  readonly hour: number;
  readonly episode: number;
}

const instant = (hour: number): string =>
  new Date(Date.parse('2026-11-17T08:00:00Z') + hour * 3_600_000).toISOString().replace('.000Z', 'Z');

/** What happens to a deal that is won up to three times, in the order in which it happens, and whether the CRM counts. */
const course = fc
  .record({
    episodes: fc.array(
      fc.record({ stop: fc.constantFrom('Deal Reopened', 'Deal Lost', 'Deal Cancelled'), twice: fc.boolean() }),
      { minLength: 1, maxLength: 3 },
    ),
    endsWon: fc.boolean(),
    counts: fc.boolean(),
    pause: fc.integer({ min: 1, max: 40 }),
  })
  .map(({ episodes, endsWon, counts, pause }) => {
    const told = episodes.flatMap(({ stop, twice }, i): Omit<Told, 'hour'>[] => {
      const episode = i + 1;
      const won = { what: 'won', episode } as const;
      if (endsWon && episode === episodes.length) return [won];
      return [won, { what: stop, episode }, ...(twice ? [{ what: 'Deal Lost', episode } as const] : [])];
    });
    return { counts, told: told.map((each, i): Told => ({ ...each, hour: (i + 1) * pause })) };
  });

/** The same events, each once or more, in any order. */
const shuffled = course.chain(({ counts, told }) =>
  fc
    .tuple(
      fc.shuffledSubarray(told, { minLength: told.length }),
      fc.subarray(told),
      fc.infiniteStream(fc.nat({ max: 20 })),
    )
    .map(([order, again, places]) => {
      const came = [...order];
      for (const each of again) came.splice((places.next().value ?? 0) % (came.length + 1), 0, each);
      return { counts, told, came };
    }),
);

describe('the events of a deal', () => {
  let deals = 0;

  /** The records, and executions that begin a handoff at once. */
  async function openWorld(): Promise<World> {
    const system = await openSystem({ roster: [] });
    const { state, playbook } = handoffRecord();
    const { people: _, ...rest } = state;
    return {
      ...system.world,
      executions: {
        start: async (id) => {
          await system.world.handoffs.begin({ ...rest, people: {}, id }, playbook);
          return 'started';
        },
        startItem: async () => 'started',
        stop: async () => undefined,
      },
    };
  }

  /** When the deal was won whose handoff is open after these events, by the hour. */
  async function openAfter(world: World, events: readonly Told[], counts: boolean): Promise<readonly string[]> {
    const dealId = `D-${++deals}`;
    const event = (told: Told) => {
      const wonEpisode = counts ? told.episode : undefined;
      if (told.what === 'won') return dealEvent({ dealId, wonEpisode, closedWonAt: instant(told.hour - 0.25) });
      return { source: 'handoff.crm', 'detail-type': told.what, detail: { dealId, ...(counts && { wonEpisode }) } };
    };
    for (const told of events) {
      const input = { event: event(told), at: instant(told.hour) };
      await (told.what === 'won' ? startHandoff(world)(input) : stopDeal(world)(input));
    }
    const ids = [1, 2, 3, 4].map((wonEpisode) => handoffIdOf({ dealId, wonEpisode }));
    const records = await Promise.all(ids.map((id) => world.handoffs.load(id)));
    return records
      .filter((record) => record?.state.status === 'open')
      .map((record) => `${counts ? record?.deal.wonEpisode : 'won'} ${record?.deal.closedWonAt}`);
  }

  it('end in the same state in any order, however often they come (P)', async () => {
    const world = await openWorld();
    await fc.assert(
      fc.asyncProperty(shuffled, async ({ counts, told, came }) => {
        const last = told.at(-1);
        const open = last?.what === 'won' ? [`${counts ? last.episode : 'won'} ${instant(last.hour - 0.25)}`] : [];
        expect(await openAfter(world, told, counts)).toEqual(open);
        expect(await openAfter(world, came, counts)).toEqual(open);
      }),
      { numRuns: 16 },
    );
  });
});
