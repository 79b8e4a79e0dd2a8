import { describe, expect, it, onTestFinished } from 'vitest';
import { createClock } from '../../../../infra/account/clock.ts';
import { listenLocally } from '../../../../infra/account/wire/server.ts';
import { timeOf } from '../../../../infra/commands/doctor/time-of.ts';
import { openConsole } from '../../../../infra/local/console/open-console.ts';

describe('the time the doctor judges by', () => {
  it('is that of the account on this machine, whose clock stands', async () => {
    const at = '2031-02-03T04:05:06.000Z';
    const { system, handle } = await openConsole({
      clock: createClock({ start: Date.parse(at) }),
      roster: [],
      siteUrl: 'http://127.0.0.1',
      samples: [],
      broken: [],
    });
    const listening = await listenLocally(handle, 0);
    onTestFinished(async () => {
      await listening.close();
      await system.close();
    });
    expect(await timeOf(listening.url)).toBe(at);
  });

  it('is not known where nobody serves such an account', async () => {
    const listening = await listenLocally(async () => ({ status: 200, headers: {}, body: Buffer.from('') }), 0);
    await listening.close();
    await expect(timeOf(listening.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is that of this machine for a stage on AWS', async () => {
    const before = Date.now();
    const told = Date.parse(await timeOf(undefined));
    expect(told).toBeGreaterThanOrEqual(before);
    expect(told).toBeLessThanOrEqual(Date.now());
  });
});
