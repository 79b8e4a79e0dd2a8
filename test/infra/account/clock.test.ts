import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClock, type Wall } from '../../../infra/account/clock.ts';

const DAY = 24 * 3600 * 1000;
const START = Date.UTC(2026, 2, 1);

/** A wall clock that the test moves itself. */
function handWall() {
  const waiting: { readonly at: number; readonly delay: number; readonly run: () => void }[] = [];
  let time = 0;
  const wall: Wall = {
    now: () => time,
    schedule: (delay, run) => {
      const entry = { at: time + delay, delay, run };
      waiting.push(entry);
      return () => void waiting.splice(waiting.indexOf(entry), 1);
    },
  };
  const pass = async (ms: number): Promise<void> => {
    time += ms;
    for (const entry of waiting.filter(({ at }) => at <= time)) {
      waiting.splice(waiting.indexOf(entry), 1);
      entry.run();
    }
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return { wall, waiting, pass };
}

describe('the virtual clock', () => {
  test('a 30-day timer fires in one jump, exact to the millisecond', async () => {
    const clock = createClock({ start: START });
    let firedAt = 0;
    clock.at(START + 30 * DAY + 1, () => {
      firedAt = clock.now();
    });
    expect(await clock.jumpToNext()).toBe(true);
    expect(firedAt).toBe(START + 30 * DAY + 1);
    expect(await clock.jumpToNext()).toBe(false);
  });

  test('timers fire in order of time, ties in order of creation, whatever the order they were made in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ delay: fc.nat(20), cancelled: fc.boolean() })), async (plans) => {
        const clock = createClock({ start: START });
        const fired: number[] = [];
        const timers = plans.map(({ delay }, index) => clock.at(START + delay, () => fired.push(index)));
        for (const [index, timer] of timers.entries()) if (plans[index]?.cancelled === true) timer.cancel();
        await clock.runToEnd();
        const expected = plans
          .map(({ delay, cancelled }, index) => ({ delay, cancelled, index }))
          .filter(({ cancelled }) => !cancelled)
          .toSorted((a, b) => a.delay - b.delay || a.index - b.index);
        expect(fired).toEqual(expected.map(({ index }) => index));
        expect(clock.next()).toBeUndefined();
      }),
    );
  });

  test('time does not move while work is in flight', async () => {
    const clock = createClock({ start: START });
    const { promise, resolve } = Promise.withResolvers<void>();
    let fired = false;
    clock.at(START + 1000, () => {
      fired = true;
    });
    const work = clock.busy(() => promise);
    const jump = clock.jumpToNext();
    for (let turn = 0; turn < 20; turn += 1) await new Promise((next) => setImmediate(next));
    expect([fired, clock.now()]).toEqual([false, START]);
    resolve();
    await Promise.all([work, jump]);
    expect([fired, clock.now()]).toEqual([true, START + 1000]);
  });

  test('work that sleeps in virtual time lets time move meanwhile', async () => {
    const clock = createClock({ start: START });
    let woke = 0;
    const work = clock.busy(async () => {
      await clock.sleep(START + 5000);
      woke = clock.now();
    });
    await clock.jumpToNext();
    await work;
    expect(woke).toBe(START + 5000);
  });

  test('an asynchronous timer is waited for before the next one fires', async () => {
    const clock = createClock({ start: START });
    const log: string[] = [];
    clock.at(START + 1, async () => {
      log.push('first begins');
      await new Promise((resolve) => setImmediate(resolve));
      log.push('first ends');
    });
    clock.at(START + 1, () => log.push('second'));
    await clock.advanceTo(START + 1);
    expect(log).toEqual(['first begins', 'first ends', 'second']);
  });

  test('advancing fires what is due, and what that sets off in time, and stops at the time asked for', async () => {
    const clock = createClock({ start: START });
    const log: number[] = [];
    const tick = (): void => {
      log.push(clock.now() - START);
      clock.at(clock.now() + 10, tick);
    };
    clock.at(START + 10, tick);
    await clock.advanceTo(START + 35);
    expect(log).toEqual([10, 20, 30]);
    expect(clock.now()).toBe(START + 35);
    expect(clock.next()).toBe(START + 40);
    await expect(clock.advanceTo(START)).rejects.toThrow(RangeError);
  });

  test('running to the end stops before a timer after `until`', async () => {
    const clock = createClock({ start: START });
    const log: string[] = [];
    clock.at(START + DAY, () => log.push('one day'));
    clock.at(START + 9 * DAY, () => log.push('nine days'), 'a far one');
    await clock.runToEnd({ until: START + 8 * DAY });
    expect(log).toEqual(['one day']);
    expect(clock.nextTimer()?.label).toBe('a far one');
  });

  test('running to the end of now fires what is due now and settles; time stands', async () => {
    const clock = createClock({ start: START });
    const log: string[] = [];
    clock.at(START, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      log.push('now');
      clock.at(START, () => log.push('set off by it'));
    });
    clock.at(START + 1, () => log.push('later'));
    await Promise.all([clock.runToEnd({ until: START }), clock.runToEnd({ until: START })]);
    expect([log, clock.now()]).toEqual([['now', 'set off by it'], START]);
  });

  test('a failing timer is reported by the move that fired it', async () => {
    const clock = createClock({ start: START });
    clock.at(START + 1, () => Promise.reject(new Error('broken timer')));
    await expect(clock.jumpToNext()).rejects.toThrow('broken timer');
  });
});

describe('real speed', () => {
  test('follows the wall, fires on its moment, and stops when switched off', async () => {
    const { wall, pass } = handWall();
    const clock = createClock({ start: START, wall });
    const fired: number[] = [];
    clock.at(START + 1000, () => fired.push(clock.now() - START));
    clock.realTime(true);
    await pass(999);
    expect([fired, clock.now()]).toEqual([[], START + 999]);
    clock.at(clock.now() + 100, () => fired.push(clock.now() - START));
    await pass(1);
    await pass(99);
    expect(fired).toEqual([1000, 1099]);
    clock.realTime(false);
    await pass(5000);
    expect(clock.now()).toBe(START + 1099);
  });

  test('a wait longer than 32 bits of milliseconds is cut into pieces', async () => {
    const { wall, waiting, pass } = handWall();
    const clock = createClock({ start: START, wall });
    let fired = false;
    clock.at(START + 30 * DAY, () => {
      fired = true;
    });
    clock.realTime(true);
    expect(waiting.map(({ delay }) => delay)).toEqual([2 ** 31 - 1]);
    await pass(2 ** 31 - 1);
    expect(fired).toBe(false);
    await pass(30 * DAY - (2 ** 31 - 1));
    expect(fired).toBe(true);
  });

  test('can be moved by hand while it runs, and goes on from there', async () => {
    const { wall, pass } = handWall();
    const clock = createClock({ start: START, wall });
    clock.realTime(true);
    await pass(500);
    await clock.advanceTo(START + DAY);
    await pass(250);
    expect(clock.now()).toBe(START + DAY + 250);
    expect(clock.isRealTime()).toBe(true);
  });
});
