import { describe, expect, it } from 'vitest';
import { changeDeal } from '../../../functions/verbs/change-deal.ts';
import { type Break, breaking, callsIn } from '../../support/breaking.ts';
import { course } from '../../support/course.ts';
import { type DealEvent, dealEvent } from '../../support/deals.ts';
import { anna, lena } from '../../support/handoff-record.ts';
import { upTo } from '../../support/progress.ts';
import type { OpenSystem } from '../../support/world.ts';

const james = 'james.carter@example.com';
const tom = 'tom.hughes@example.com';
const id = 'D-2026-1041-1';

/** The CRM says of the standard sample that others sell and take it, for another amount. */
function changed(amount: number, people: Readonly<Record<string, string>>): DealEvent {
  const { closedWonAt: _at, wonEpisode: _episode, ...detail } = dealEvent().detail;
  const { contract, ...sections } = detail['package'] as Readonly<Record<string, object>>;
  const pkg = { ...sections, contract: { ...contract, value: { amount, currency: 'EUR' } } };
  return { source: 'handoff.crm', 'detail-type': 'Deal Changed', detail: { ...detail, ...people, package: pkg } };
}

interface Said {
  readonly event: DealEvent;
  readonly at: string;
}

const minutesAfter = (at: string, minutes: number): string => new Date(Date.parse(at) + minutes * 60_000).toISOString();

/**
 * What everybody was told since, and how the handoff stands. Where nobody knows whether a mail went out, it goes to colleagues once
 * more: what they read twice counts once.
 */
async function outcome(system: OpenSystem, mailsBefore: number) {
  await system.until(minutesAfter(system.now(), 60));
  const { state, steps, meetings, package: pkg } = await system.load(id);
  return {
    told: [
      ...new Set(
        system
          .mails()
          .slice(mailsBefore)
          .map(({ tags, to }) => `${tags['kind']} → ${to[0]?.address}`),
      ),
    ].sort(),
    people: state.people,
    owners: Object.values(steps).map(({ step, owner }) => `${step}: ${owner}`),
    hosts: Object.values(meetings ?? {}).map(({ hosts }) => hosts.toSorted()),
    value: Object(pkg).contract.value,
  };
}

/** The first is followed as `following` does, the second after it, and the first is tried again. */
async function bothFollowed(
  second: (first: Said) => Said,
  following: (system: OpenSystem, first: Said) => Promise<unknown>,
) {
  const { system } = await upTo('review-brief');
  await system.until(minutesAfter(system.now(), 30));
  const mailsBefore = system.mails().length;
  const first = { event: changed(90_000, { accountExecutive: james }), at: system.now() };
  await following(system, first);
  await system.until(minutesAfter(first.at, 2));
  await changeDeal(system.world)(second(first));
  await system.until(minutesAfter(first.at, 3));
  await changeDeal(system.world)(first);
  return outcome(system, mailsBefore);
}

const whole = (system: OpenSystem, first: Said) => changeDeal(system.world)(first);

const sameAgain = ({ event, at }: Said): Said => ({ event, at: minutesAfter(at, 2) });

const otherPeople = ({ at }: Said): Said => ({
  event: changed(95_000, { accountExecutive: tom, customerSuccessManager: tom }),
  at: minutesAfter(at, 2),
});

const backAgain = ({ at }: Said): Said => ({
  event: changed(95_000, { accountExecutive: anna }),
  at: minutesAfter(at, 2),
});

describe('a change in the CRM whose following is interrupted, and that the CRM then says again, or something else', () => {
  it('is followed to the end before what comes after it', async () => {
    const expected = await bothFollowed(sameAgain, whole);
    expect(expected.people).toMatchObject({ accountExecutive: james, customerSuccessManager: lena });
    for (const call of [1, 3]) {
      const broken = { port: 'mail', method: 'send', when: 'before', call } as const;
      const interrupted = (system: OpenSystem, first: Said) =>
        expect(changeDeal(breaking(system.world, broken))(first)).rejects.toThrow('has ended');
      expect(await bothFollowed(sameAgain, interrupted)).toEqual(expected);
    }
  });

  it.each([
    ['the same again', sameAgain],
    ['others', otherPeople],
    ['who it was before', backAgain],
  ])(
    'ends as if it had not been, or had never begun, wherever it is interrupted: then %s',
    course,
    async (_, second) => {
      const expected = [await bothFollowed(second, whole), await bothFollowed(second, async () => undefined)];
      const calls: Break[] = [];
      await bothFollowed(second, async (system, first) => {
        const made = await callsIn(system.world, (world) => changeDeal(world)(first));
        calls.push(...made.map((call) => ({ ...call, when: 'after' as const })));
      });
      expect(calls.length).toBeGreaterThan(20);
      for (const call of calls) {
        const interrupted = (system: OpenSystem, first: Said) =>
          changeDeal(breaking(system.world, call))(first).catch(() => undefined);
        expect(expected, JSON.stringify(call)).toContainEqual(await bothFollowed(second, interrupted));
      }
    },
  );
});
