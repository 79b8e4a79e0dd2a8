import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../functions/aws/world.ts';
import { closeHandoff } from '../../../functions/verbs/close-handoff.ts';
import { dealEvent } from '../../support/deals.ts';
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
