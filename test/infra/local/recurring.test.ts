import { ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClock } from '../../../infra/account/clock.ts';
import { createSystem, type SystemOptions, silent } from '../../../infra/local/system.ts';
import { roster } from '../../support/deals.ts';

const start = Date.parse('2026-11-20T15:00:00Z');

async function open(recurs: boolean, more: Partial<SystemOptions> = {}) {
  const clock = createClock({ start });
  const system = await createSystem({
    ...{ clock, roster: roster(), siteUrl: 'http://127.0.0.1', recurs, ...more },
    observerOf: () => silent,
  });
  onTestFinished(() => system.close());
  const asOf = async () => (await system.world.measured.between('2026-01', '2026-12')).asOf;
  return { ...system, clock, asOf };
}

describe('what recurs on this machine', () => {
  it('happens as time passes over it, where it was asked for', async () => {
    const { account, clients, clock, asOf } = await open(true);
    const { Rules } = await clients.events.send(new ListRulesCommand({}));
    const recurring = (Rules ?? []).filter(({ ScheduleExpression }) => ScheduleExpression !== undefined);
    expect(recurring.map(({ Name }) => Name)).toContain('measure');
    await clock.runToEnd();
    expect([clock.now(), await asOf()]).toEqual([start, undefined]);
    await clock.advanceTo(Date.parse('2026-11-22T00:00:00Z'));
    expect(await asOf()).toBe('2026-11-21T01:10:00.000Z');
    expect(account.lambda.failures).toEqual([]);
  });

  it('does not happen otherwise', async () => {
    const { clock, asOf } = await open(false);
    await clock.advanceTo(Date.parse('2026-11-22T00:00:00Z'));
    expect(await asOf()).toBeUndefined();
  });

  it.each(['America/New_York', 'America/Los_Angeles', 'UTC', 'Europe/Berlin', 'Asia/Tokyo', 'Pacific/Auckland'])(
    'brings the numbers of the week on its first morning in %s',
    async (zone) => {
      const there = roster().map((person) => ({ ...person, availability: { ...person.availability, zone } }));
      const { account, clock } = await open(true, { roster: there, defaultZone: zone });
      await clock.advanceTo(Date.parse('2026-11-24T20:00:00Z'));
      const sent = account.inbox.mails.filter(({ tags }) => tags['kind'] === 'weekly-kpis');
      expect(sent.length).toBeGreaterThan(0);
      for (const { at } of sent)
        expect(new Date(at).toLocaleString('en-GB', { timeZone: zone, weekday: 'short', hour: 'numeric' })).toMatch(
          /^Mon,? (08|09|10)$/,
        );
    },
  );
});
