import { describe, expect, it } from 'vitest';
import { createClock } from '../../../../infra/account/clock.ts';
import { liveAnswer } from '../../../../infra/local/console/live.ts';

/** A change feed and a wall clock that are moved by hand. */
function world() {
  const watchers = new Set<() => void>();
  let planned: { milliseconds: number; run: () => Promise<void> }[] = [];
  let version = 0;
  const clock = createClock({ start: 0 });
  const answer = liveAnswer({
    register: {
      version: () => version,
      watch: (onChange) => {
        watchers.add(onChange);
        return () => watchers.delete(onChange);
      },
    },
    clock,
    later: (milliseconds, run) => {
      planned.push({ milliseconds, run });
    },
  });
  const sent: string[] = [];
  const leave = answer.stream?.((text) => sent.push(text)) ?? (() => undefined);
  return {
    ...{ answer, sent, leave, watchers, clock },
    change: () => {
      version += 1;
      for (const onChange of watchers) onChange();
    },
    /** Lets everything happen that is planned within so many milliseconds. */
    wait: async (within: number) => {
      const due = planned.filter(({ milliseconds }) => milliseconds <= within);
      planned = planned.filter(({ milliseconds }) => milliseconds > within);
      for (const { run } of due) await run();
    },
  };
}

describe('the live feed', () => {
  it('tells of many changes at once with one event', async () => {
    const { answer, sent, change, wait } = world();
    expect(answer.headers['content-type']).toContain('text/event-stream');
    for (let i = 0; i < 50; i += 1) change();
    expect(sent).toEqual([]);
    await wait(1000);
    expect(sent).toEqual(['data: 50\n\n']);
    change();
    await wait(1000);
    expect(sent).toEqual(['data: 50\n\n', 'data: 51\n\n']);
  });

  it('says now and then that it is there, and tells the time while it runs', async () => {
    const { sent, wait, clock } = world();
    await wait(10_000);
    expect(sent).toEqual([': nothing new\n\n']);
    clock.realTime(true);
    await wait(10_000);
    clock.realTime(false);
    expect(sent[1]).toMatch(/^data: /);
  });

  it('ends with its reader', async () => {
    const { sent, leave, change, wait, watchers } = world();
    change();
    leave();
    await wait(10_000);
    expect(sent).toEqual([]);
    expect(watchers.size).toBe(0);
  });
});
