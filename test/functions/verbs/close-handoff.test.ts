import { describe, expect, it } from 'vitest';
import { itemExecutionName } from '../../../functions/aws/execution-names.ts';
import { sha256 } from '../../../functions/aws/world.ts';
import { openItemsOf } from '../../../functions/domain/handoff/open-items.ts';
import { closeHandoff } from '../../../functions/verbs/close-handoff.ts';
import { course } from '../../support/course.ts';
import { dealEvent } from '../../support/deals.ts';
import { daniel, lena, ruth } from '../../support/handoff-record.ts';
import { upTo, won } from '../../support/progress.ts';

const at = '2027-01-15T10:00:00Z';

describe('closing a handoff', () => {
  it('marks it complete once, with its measures, and frees its people', async () => {
    const { system, id } = await upTo('follow-ups');
    const close = closeHandoff(system.world, sha256);
    await close({ handoffId: id, at });
    const { state } = await system.load(id);
    expect(state).toMatchObject({
      status: 'complete',
      endedAt: at,
      measures: { daysToCompletion: 2.02, packagePercent: 100 },
    });
    await close({ handoffId: id, at: '2027-01-16T10:00:00Z' });
    expect((await system.load(id)).state).toEqual(state);
    const trail = await system.world.audit.trail(id);
    expect(trail.filter(({ what }) => what === 'complete')).toHaveLength(1);
  });

  it('makes good what should have followed from the last decision, whatever breaks in between', course, async () => {
    const { system, id } = await upTo('map-stakeholders');
    const step = 'map-stakeholders';
    await system.until('2026-11-25T16:00:00Z');
    const late = system.now();
    const troubled = () =>
      system
        .mails()
        .filter(({ tags }) => tags['kind'] === 'trouble-over' && tags['step'] === step)
        .map(({ to }) => to[0]?.address)
        .toSorted();
    // The page broke off right after it wrote the decision.
    const evidence = { allKeyContacts: false, missingContacts: 'The head of IT.' };
    const decision = { choice: 'verified', by: lena, as: 'owner', at: late, evidence } as const;
    await system.world.steps.decide({ id, step, round: 1, decision });
    for (const broken of [
      { executions: { ...system.world.executions, startItem: () => Promise.reject(new Error('killed')) } },
      { mail: { ...system.world.mail, send: () => Promise.reject(new Error('killed')) } },
    ])
      await expect(closeHandoff({ ...system.world, ...broken }, sha256)({ handoffId: id, at: late })).rejects.toThrow(
        'killed',
      );
    expect(troubled()).toEqual([]);
    for (let times = 0; times < 2; times++) await closeHandoff(system.world, sha256)({ handoffId: id, at: late });
    expect(troubled()).toEqual([daniel, ruth]);
    expect(openItemsOf(await system.load(id)).map(({ owner, item }) => [owner, item.from])).toEqual([[lena, step]]);
    expect(await system.status(itemExecutionName(id, 'settle-open-item-1'))).toMatchObject({ status: 'RUNNING' });
    expect((await system.load(id)).state.status).toBe('complete');
  });

  it('leaves a cancelled handoff cancelled', async () => {
    const { system, id } = await upTo('follow-ups');
    await system.world.handoffs.changeStatus({ id, from: ['open'], to: 'cancelled', at: won, reason: 'Lost' });
    await closeHandoff(system.world, sha256)({ handoffId: id, at });
    expect((await system.load(id)).state.status).toBe('cancelled');
  });

  it('says when the renewal reminder is due, in working hours, in UTC, as EventBridge Scheduler wants it (S3)', async () => {
    const { system, id } = await upTo('follow-ups');
    const { reminders, renewalReminder } = await closeHandoff(system.world, sha256)({ handoffId: id, at });
    expect(reminders).toEqual({ 'remind-of-renewal/renewal-reminder': renewalReminder });
    expect(renewalReminder).toMatchObject({
      name: expect.stringMatching(/^renewal-reminder-[A-Za-z0-9_-]{1,47}$/),
      scheduleExpression: expect.stringMatching(/^at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)$/),
      input: { handoffId: id, step: 'remind-of-renewal', say: 'renewal-reminder' },
    });
    expect(renewalReminder?.scheduleExpression).toBe(`at(${renewalReminder?.input.at.slice(0, 19)})`);
  });

  it('schedules no reminder whose day has passed, or of a day that nobody knows', async () => {
    const { system, id } = await upTo('follow-ups');
    expect(await closeHandoff(system.world, sha256)({ handoffId: id, at: '2030-01-15T10:00:00Z' })).toEqual({
      reminders: {},
    });
    const pkg = dealEvent().detail['package'] as { contract: Record<string, unknown> };
    const { renewalDate: _, ...contract } = pkg.contract;
    await system.world.packages.save({
      id,
      package: { ...pkg, contract },
      version: 0,
      by: 'anna.keller@example.com',
      at: won,
    });
    expect(await closeHandoff(system.world, sha256)({ handoffId: id, at })).toEqual({ reminders: {} });
  });

  it('fails loudly for a handoff that never began', async () => {
    const { system } = await upTo('schedule-internal-meeting');
    await expect(closeHandoff(system.world, sha256)({ handoffId: 'D-0-1', at })).rejects.toThrow('D-0-1');
  });
});
