import { ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { createClock } from '../../../infra/account/clock.ts';
import type { RecurringRule } from '../../../infra/account/recurring-rules.ts';
import { openAccount } from './open-account.ts';

const start = Date.UTC(2026, 10, 22, 23, 30);
const minute = 60_000;
const hour = 60 * minute;

const nightly: RecurringRule = { name: 'nightly', expression: 'cron(10 1 * * ? *)', target: 'count' };
const hourly: RecurringRule = { name: 'hourly', expression: 'cron(0 * * * ? *)', target: 'look' };

/** An account with recurring rules whose functions note when they were called, as their event says. */
async function withRules(recurringRules: readonly RecurringRule[]) {
  const called: string[] = [];
  const events: unknown[] = [];
  const note = (name: string) => async (event: { readonly time: string }) => {
    called.push(`${name} ${event.time.slice(5, 16)}`);
    events.push(event);
  };
  const opened = await openAccount({
    clock: createClock({ start }),
    functions: {
      count: note('count'),
      look: note('look'),
      fail: async () => {
        called.push('fail');
        throw new Error('no luck');
      },
    },
    recurringRules,
  });
  return { ...opened, called, events };
}

describe('recurring rules', () => {
  it('fire in order when time passes over them', async () => {
    const { clock, called } = await withRules([nightly, hourly]);
    await clock.advanceTo(start + 26 * hour);
    expect(called.slice(0, 4)).toEqual([
      'look 11-23T00:00',
      'look 11-23T01:00',
      'count 11-23T01:10',
      'look 11-23T02:00',
    ]);
    expect(called.filter((each) => each.startsWith('count'))).toEqual(['count 11-23T01:10', 'count 11-24T01:10']);
    expect(called.at(-1)).toBe('count 11-24T01:10');
  });

  it('for what comes into a queue fire the next time after something did, once, and a run goes on for it', async () => {
    const called: string[] = [];
    const { account, clock } = await openAccount({
      clock: createClock({ start }),
      queues: [{ name: 'waiting' }],
      functions: {
        count: async ({ time }: { readonly time: string }) => {
          called.push(time.slice(5, 16));
        },
      },
      recurringRules: [{ ...nightly, onceFor: 'waiting' }],
    });
    await clock.advanceTo(start + 26 * hour);
    expect(called).toEqual([]);
    for (const body of ['a', 'b']) account.queues.send('waiting', body);
    await clock.runToEnd();
    account.queues.send('waiting', 'c');
    await clock.runToEnd();
    expect(called).toEqual(['11-25T01:10', '11-26T01:10']);
  });

  it('deliver the event that EventBridge sends', async () => {
    const { account, clock, events } = await withRules([nightly]);
    await clock.advanceTo(start + 2 * hour);
    const { accountId, region } = account.identity;
    expect(events).toEqual([
      {
        version: '0',
        id: expect.any(String),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: accountId,
        time: '2026-11-23T01:10:00Z',
        region,
        resources: [`arn:aws:events:${region}:${accountId}:rule/nightly`],
        detail: {},
      },
    ]);
  });

  it('are never what comes next, and keep nothing going', async () => {
    const { clock, called } = await withRules([nightly, hourly]);
    expect([clock.next(), clock.nextTimer(), clock.nextTimers(9)]).toEqual([undefined, undefined, []]);
    expect(await clock.jumpToNext()).toBe(false);
    await clock.runToEnd();
    expect([clock.now(), called]).toEqual([start, []]);
  });

  it('fire on the way to what comes next, not beyond it', async () => {
    const { clock, called } = await withRules([hourly]);
    clock.at(start + 2 * hour, () => void called.push('timer'), 'a timer');
    clock.at(start + 40 * minute, () => void called.push('soon'), 'soon');
    expect(clock.nextTimers(9).map(({ label }) => label)).toEqual(['soon', 'a timer']);
    await clock.jumpToNext();
    expect(called).toEqual(['look 11-23T00:00', 'soon']);
    await clock.runToEnd();
    expect(called).toEqual(['look 11-23T00:00', 'soon', 'look 11-23T01:00', 'timer']);
    expect(clock.now()).toBe(start + 2 * hour);
  });

  it('go on from the time they have reached when nothing else is left for hours', async () => {
    const { clock, called } = await withRules([hourly]);
    await clock.runToEnd({ until: start + 3 * hour });
    expect(called).toEqual([]);
    await clock.advanceTo(start + 3 * hour);
    expect(called).toHaveLength(3);
  });

  it('show what a function fails at as any other event does', async () => {
    const { account, clock, called } = await withRules([{ ...nightly, target: 'fail' }]);
    await clock.advanceTo(start + 3 * hour);
    // Lambda tries an event twice more.
    expect(called).toEqual(['fail', 'fail', 'fail']);
    expect(account.deadLetters).toMatchObject([{ functionName: 'fail', origin: 'rule nightly', attempts: 3 }]);
    await clock.advanceTo(start + 27 * hour);
    expect(called).toHaveLength(6);
  });

  it('leave what cannot be handed over in their queue, tried as often as they say', async () => {
    const { account, clock } = await openAccount({
      clock: createClock({ start }),
      queues: [{ name: 'undelivered' }],
      functions: { count: async () => undefined },
      recurringRules: [{ ...nightly, retry: { longest: 2 * hour, attempts: 3 }, deadLetters: 'undelivered' }],
    });
    account.lambda.throttleNext('count', 3);
    await clock.advanceTo(start + 3 * hour);
    expect(account.deadLetters).toHaveLength(1);
    await clock.advanceTo(start + 27 * hour);
    expect(account.deadLetters).toHaveLength(1);
  });

  it('are listed among the rules of the default bus', async () => {
    const { clients } = await withRules([nightly]);
    const { Rules } = await clients.events.send(new ListRulesCommand({}));
    expect(Rules).toMatchObject([{ Name: 'nightly', ScheduleExpression: 'cron(10 1 * * ? *)', State: 'ENABLED' }]);
    expect(Rules?.[0]).not.toHaveProperty('EventPattern');
    const { Targets } = await clients.events.send(new ListTargetsByRuleCommand({ Rule: 'nightly' }));
    expect(Targets?.[0]?.Arn).toMatch(/:function:count$/);
  });

  it.each([
    'rate(1 day)',
    'cron(0/5 * * * ? *)',
    'cron(10 1 ? * MON *)',
    'cron(10 24 * * ? *)',
    'cron(60 1 * * ? *)',
    'cron(* 1 * * ? *)',
    '',
  ])('refuse %s', async (expression) => {
    await expect(withRules([{ ...nightly, expression }])).rejects.toThrow('neither daily nor hourly');
  });
});

describe('recurring rules at real speed', () => {
  it('fire as the wall goes by', async () => {
    let wallNow = 0;
    const waiting: { readonly at: number; readonly run: () => void }[] = [];
    const clock = createClock({
      start,
      wall: {
        now: () => wallNow,
        schedule: (ms, run) => {
          const entry = { at: wallNow + ms, run };
          waiting.push(entry);
          return () => void waiting.splice(waiting.indexOf(entry), 1);
        },
      },
    });
    const called: number[] = [];
    await openAccount({
      clock,
      functions: { look: async ({ time }: { readonly time: string }) => void called.push(Date.parse(time)) },
      recurringRules: [hourly],
    });
    clock.realTime(true);
    expect(waiting.map(({ at }) => at)).toEqual([30 * minute]);
    for (let passed = 0; passed < 2; passed += 1) {
      wallNow += passed === 0 ? 30 * minute : hour;
      for (const { run } of waiting.splice(0)) run();
      for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(called).toEqual([start + 30 * minute, start + 90 * minute]);
    clock.realTime(false);
  });
});
