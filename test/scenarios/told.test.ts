import { describe, expect, it } from 'vitest';
import { course } from '../support/course.ts';
import { anna, daniel, klaus, lena, ruth } from '../support/handoff-record.ts';
import { upTo } from '../support/progress.ts';
import type { OpenSystem } from '../support/world.ts';

const step = 'review-brief';

const told = (system: OpenSystem, kind: string) =>
  system
    .mails()
    .filter(({ tags }) => tags['kind'] === kind)
    .map(({ to }) => to[0]?.address)
    .sort();

const textOf = (system: OpenSystem, kind: string) =>
  system
    .mails()
    .findLast(({ tags }) => tags['kind'] === kind)
    ?.text.replace(/\s+/g, ' ');

/** Everybody who was told that the step is in trouble, once. */
const troubled = (system: OpenSystem) =>
  [...new Set(['breach', 'escalate', 'stall', 'nag'].flatMap((kind) => told(system, kind)))].sort();

// Lena was asked on Tue, Nov 17, 2026, 9:30 AM in Berlin.
const escalated = '2026-11-19T12:00:00Z';
const everybody = '2026-11-20T12:00:00Z';

describe('Whoever was told of trouble', () => {
  it('is told once that it is over, but not whoever did it', async () => {
    const { system } = await upTo(step);
    await system.until(everybody);
    expect(troubled(system)).toEqual([daniel, lena, ruth]);
    await system.answer(lena, step, 'accept');
    expect(told(system, 'trouble-over')).toEqual([daniel, ruth]);
    expect(textOf(system, 'trouble-over')).toContain('Lena answered "Review the brief"');
    await system.until('2026-11-23T12:00:00Z');
    expect(told(system, 'trouble-over')).toEqual([daniel, ruth]);
  });

  it('is told when a manager leaves the step out, and why', course, async () => {
    const { system } = await upTo(step);
    await system.until(escalated);
    await system.answer(daniel, step, 'skip', { reason: 'A renewal' });
    // She is asked for what comes next at the same moment: one mail says both.
    expect(told(system, 'trouble-over')).toEqual([]);
    const last = system.mails().findLast(({ to }) => to.some(({ address }) => address === lena));
    expect(last?.tags).toMatchObject({
      kind: 'ask',
      kinds: 'ask_trouble-over',
      steps: `hold-internal-meeting_${step}`,
    });
    expect(last?.text).toContain('Daniel skipped "Review the brief"');
    expect(last?.text).toContain('A renewal');
  });

  it('is told when it goes to somebody else, and not again when that one is done in time', course, async () => {
    const { system } = await upTo(step);
    await system.until(everybody);
    await system.answer(daniel, step, 'reassign', { to: 'tom.hughes@example.com', reason: 'Lena is ill' });
    expect(told(system, 'handed-away')).toEqual([lena]);
    expect(told(system, 'taken-over')).toEqual([anna, 'grace.okafor@example.com', ruth].sort());
    expect(textOf(system, 'taken-over')).toContain('Lena is ill');
    await system.answer('tom.hughes@example.com', step, 'accept');
    expect(told(system, 'trouble-over')).toEqual([]);
  });

  it('is told when the handoff is canceled, as is everybody who was told anything', course, async () => {
    const { system } = await upTo(step);
    await system.until(everybody);
    await system.answer(daniel, step, 'cancel', { reason: 'Lost' });
    expect(told(system, 'handoff-cancelled')).toEqual([anna, lena, ruth]);
  });

  it('nobody is told who was told of nothing', async () => {
    const { system } = await upTo(step);
    await system.answer(lena, step, 'accept');
    expect(told(system, 'trouble-over')).toEqual([]);
  });

  it('hears of it also when the page broke off before the execution went on', course, async () => {
    const { system, id } = await upTo(step);
    await system.until(everybody);
    const round = (await system.load(id)).steps[step]?.round ?? 1;
    const decision = { choice: 'accept', by: lena, as: 'owner', at: system.now(), evidence: {} } as const;
    await system.world.steps.decide({ id, step, round, decision });
    expect(told(system, 'trouble-over')).toEqual([]);
    await system.until('2026-12-04T12:00:00Z');
    expect(told(system, 'trouble-over')).toEqual([daniel, ruth]);
  });
});

describe('Handing over', () => {
  it('tells the new owner who, why and everything at once, both managers, and the other side', async () => {
    const { system } = await upTo(step);
    await system.answer(lena, step, 'reassign', { to: 'tom.hughes@example.com', reason: 'He knows them' });
    await system.until('2026-11-17T09:00:00Z');
    const mail = system.mails().findLast(({ tags }) => tags['kind'] === 'ask' && tags['step'] === step);
    expect(mail?.subject).toMatch(/^Nordwind Logistik: review the brief .*by .*, from Lena$/);
    const text = mail?.text.replace(/\s+/g, ' ');
    expect(text).toContain('Lena asked you to take over.');
    expect(text).toContain('He knows them');
    expect(text).toContain('Why they bought');
    expect(told(system, 'taken-over')).toEqual([anna, daniel, 'grace.okafor@example.com']);
    expect(told(system, 'handed-away')).toEqual([]);
  });

  it('of a whole side tells the other side too, in one mail each', course, async () => {
    const { system } = await upTo('introduce-customer');
    await system.answer(lena, 'introduce-customer', 'reassign', { to: 'tom.hughes@example.com', everything: 'yes' });
    await system.until(new Date(Date.parse(system.now()) + 15 * 60_000).toISOString());
    expect(told(system, 'taken-over')).toEqual([anna, daniel, 'grace.okafor@example.com']);
    expect(textOf(system, 'taken-over')).toContain('in all of this handoff');
  });
});

describe('Waiting for the customer', () => {
  it('is told to both sides, but not to whoever waits, and what is left afterwards', course, async () => {
    const { system, id } = await upTo(step);
    const before = (await system.load(id)).steps[step];
    await system.answer(lena, step, 'wait-for-customer', { until: '2026-11-25', reason: 'Trade fair' });
    // She has just been told who takes over: one mail at a moment.
    expect(told(system, 'waiting')).toEqual([]);
    await system.until(new Date(Date.parse(system.now()) + 15 * 60_000).toISOString());
    expect(told(system, 'waiting')).toEqual([anna]);
    expect(textOf(system, 'waiting')).toContain('Trade fair');
    const after = (await system.load(id)).steps[step];
    expect(Date.parse(after?.promisedAt ?? '')).toBeGreaterThan(Date.parse(before?.promisedAt ?? ''));
    await system.until('2026-11-25T08:00:00Z');
    expect(told(system, 'waiting')).toEqual([anna]);
    expect(textOf(system, 'remind')).toMatch(/You have .* left, as before the pause\./);
  });

  it('moves the promises that come after', course, async () => {
    const promised = async (wait: boolean) => {
      const { system, id } = await upTo('schedule-kickoff');
      if (wait) {
        const evidence = { until: '2026-11-20', reason: 'Trade fair' };
        await system.answer(lena, 'schedule-kickoff', 'wait-for-customer', evidence);
        await system.until('2026-11-20T08:00:00Z');
      }
      await system.answer(lena, 'schedule-kickoff', 'scheduled');
      return (await system.load(id)).steps['hold-kickoff']?.promisedAt ?? '';
    };
    expect(Date.parse(await promised(true))).toBeGreaterThan(Date.parse(await promised(false)));
  });
});

it('is known whom an escalation of the other side tells', course, async () => {
  const { system } = await upTo('schedule-internal-meeting');
  await system.until(escalated);
  await system.answer(anna, 'schedule-internal-meeting', 'scheduled');
  expect(told(system, 'trouble-over')).toEqual([klaus]);
});
