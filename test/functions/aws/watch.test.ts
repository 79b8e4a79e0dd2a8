import { describe, expect, it } from 'vitest';
import { watched } from '../../../functions/aws/watch.ts';
import { MailQuotaExhausted, MailRejected, MailThrottled } from '../../../functions/ports/errors.ts';
import type { World } from '../../../functions/ports/world.ts';
import { notify } from '../../../functions/verbs/notify.ts';
import { startHandoff } from '../../../functions/verbs/start-handoff.ts';
import { dealEvent } from '../../support/deals.ts';
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
