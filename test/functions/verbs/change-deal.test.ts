import { describe, expect, it } from 'vitest';
import { RecordsUnavailable } from '../../../functions/ports/errors.ts';
import { changeDeal } from '../../../functions/verbs/change-deal.ts';
import { type Break, breaking, callsIn } from '../../support/breaking.ts';
import { course } from '../../support/course.ts';
import { type DealEvent, dealEvent } from '../../support/deals.ts';
import { anna, lena } from '../../support/handoff-record.ts';
import { upTo } from '../../support/progress.ts';
import type { OpenSystem } from '../../support/world.ts';

const james = 'james.carter@example.com';
const priya = 'priya.nair@example.com';
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

/** Follows it as Lambda does, which calls again what failed: an execution that was just woken is between two tokens. */
async function followed(system: OpenSystem, said: Said): Promise<void> {
  for (let tries = 1; ; tries += 1)
    try {
      await changeDeal(system.world)(said);
      return;
    } catch (error) {
      if (!(error instanceof RecordsUnavailable) || tries === 3) throw error;
      await system.until(minutesAfter(system.now(), 1));
    }
}

/** The first is followed as `following` does, the second after it, and the first is tried again. */
async function bothFollowed(
  second: (first: Said) => Said,
  following: (system: OpenSystem, first: Said) => Promise<unknown>,
) {
  const { system } = await upTo('review-brief');
  await system.until(minutesAfter(system.now(), 30));
  const mailsBefore = system.mails().length;
  const first = {
    event: changed(90_000, { accountExecutive: james, customerSuccessManager: priya }),
    at: system.now(),
  };
  await following(system, first);
  await system.until(minutesAfter(first.at, 2));
  await followed(system, second(first));
  await system.until(minutesAfter(first.at, 10));
  await followed(system, first);
  return outcome(system, mailsBefore);
}

const whole = followed;

const sameAgain = ({ event, at }: Said): Said => ({ event, at: minutesAfter(at, 2) });

const otherPeople = ({ at }: Said): Said => ({
  event: changed(95_000, { accountExecutive: tom, customerSuccessManager: tom }),
  at: minutesAfter(at, 2),
});

const backAgain = ({ at }: Said): Said => ({
  event: changed(95_000, { accountExecutive: anna, customerSuccessManager: lena }),
  at: minutesAfter(at, 2),
});

describe('a change in the CRM whose following is interrupted, and that the CRM then says again, or something else', () => {
  it('is followed to the end before what comes after it', async () => {
    const expected = await bothFollowed(sameAgain, whole);
    expect(expected.people).toMatchObject({ accountExecutive: james, customerSuccessManager: priya });
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
  ])('ends as if it had not been, wherever it is interrupted: then %s', course, async (_, second) => {
    const expected = await bothFollowed(second, whole);
    const calls: Break[] = [];
    await bothFollowed(second, async (system, first) => {
      const made = await callsIn(system.world, (world) => changeDeal(world)(first));
      calls.push(...made.map((call) => ({ ...call, when: 'after' as const })));
    });
    expect(calls.length).toBeGreaterThan(20);
    for (const call of calls) {
      const interrupted = (system: OpenSystem, first: Said) =>
        changeDeal(breaking(system.world, call))(first).catch(() => undefined);
      const { told, ...stands } = await bothFollowed(second, interrupted);
      const { told: toldOfAll, ...ends } = expected;
      expect(stands, JSON.stringify(call)).toEqual(ends);
      // Who has the place for no moment is asked for nothing.
      if (second === sameAgain) expect(told, JSON.stringify(call)).toEqual(toldOfAll);
    }
  });
});
