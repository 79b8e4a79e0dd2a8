import { describe, expect, it, onTestFinished } from 'vitest';
import { watched } from '../../../functions/aws/watch.ts';
import { MailQuotaExhausted, MailRejected, MailThrottled } from '../../../functions/ports/errors.ts';
import type { World } from '../../../functions/ports/world.ts';
import { notify } from '../../../functions/verbs/notify.ts';
import { startHandoff } from '../../../functions/verbs/start-handoff.ts';
import { createClock } from '../../../infra/account/clock.ts';
import { employPeople } from '../../../infra/local/play/people.ts';
import { putOnBus } from '../../../infra/local/put-event.ts';
import { createSystem, silent } from '../../../infra/local/system.ts';
import { dealEvent, roster } from '../../support/deals.ts';
import { full } from '../../support/playbooks/full.ts';
import { openSystem } from '../../support/world.ts';

const at = '2026-11-17T08:30:00Z';
const step = 'schedule-internal-meeting';

async function watching(change: (world: World) => Partial<World> = () => ({})) {
  const system = await openSystem({ at });
  const seen: string[] = [];
  const world = watched(
    { ...system.world, ...change(system.world) },
    {
      count: (what) => seen.push(what),
      about: (id) => seen.push(`about ${id}`),
      late: ({ handoffId, step, rung }) => seen.push(`late ${handoffId} ${step} ${rung}`),
    },
  );
  const counted = () => seen.filter((line) => !line.startsWith('about'));
  return { system, world, seen, counted };
}

const failing = (error: Error) => () => ({ mail: { send: () => Promise.reject(error) } });

describe('whoever looks on', () => {
  it('sees which handoff starts, and leaves it to AWS to count', async () => {
    const { world, seen, counted } = await watching();
    const event = dealEvent();
    await startHandoff(world)({ event, at });
    await startHandoff(world)({ event, at });
    expect(counted()).toEqual([]);
    expect(new Set(seen)).toContain('about D-2026-1041-1');
  });

  it('sees an event that was refused', async () => {
    const { world, counted } = await watching();
    await startHandoff(world)({ event: {}, at });
    expect(counted()).toEqual(['DealRefused']);
  });

  it('sees mails go out, and which of them say that a step is late', async () => {
    const { system, world, counted } = await watching();
    const handoffId = await system.win(dealEvent());
    const ask = (time: string) => notify(world)({ handoffId, step, round: 1, at: time });
    await ask('2026-11-18T08:31:00Z');
    await ask('2026-11-18T08:31:00Z');
    expect(counted()).toEqual([`late ${handoffId} ${step} breach`]);
    await ask('2026-11-20T15:00:00Z');
    await ask('2026-11-25T15:00:00Z');
    expect(counted()).toContain('HandoffStalled');
  });

  it('sees each step that is said to be late, also those that a mail about another says', async () => {
    const late = new Set<string>();
    const system = await createSystem({
      ...{
        clock: createClock({ start: Date.parse(at) }),
        roster: roster(),
        playbook: full,
        siteUrl: 'http://127.0.0.1',
      },
      observerOf: () => ({ ...silent, late: (each) => late.add(`${each.step} ${each.rung}`) }),
    });
    onTestFinished(() => system.close());
    employPeople({ system, playbook: full, roster: roster(), manner: 'late', script: {} });
    await putOnBus(system, dealEvent({ package: {} }));
    await system.clock.advanceTo(Date.parse('2027-01-20T15:00:00Z'));
    const mails = Object.values((await system.world.handoffs.load('D-2026-1041-1'))?.mails ?? {});
    const said = mails.flatMap(
      ({ key }) => /^(.+?)\/.*\/(breach|escalate|stall)\//.exec(key)?.slice(1, 3).join(' ') ?? [],
    );
    const told = mails.filter(({ said: own }) => /^(breach|escalate|stall) /.test(own?.detail ?? ''));
    expect(new Set(told.map(({ key }) => key.split('/')[0])).size).toBeLessThan(late.size);
    expect(late).toEqual(new Set(said));
  });

  it('sees mails refused, and tells the quota of the day from the rate', async () => {
    const errors = [
      [new MailRejected('SES refused a mail: MessageRejected'), ['MailRejected']],
      [new MailQuotaExhausted('SES: Daily message quota exceeded.'), ['MailQuotaExceeded']],
      [new MailThrottled('SES: Maximum sending rate exceeded.'), []],
    ] as const;
    for (const [error, expected] of errors) {
      const { system, world, counted } = await watching(failing(error));
      const handoffId = await system.win(dealEvent());
      await notify(world)({ handoffId, step, round: 1, at: '2026-11-18T08:31:00Z' }).catch(() => undefined);
      expect([...new Set(counted())], error.message).toEqual(expected);
    }
  });
});
