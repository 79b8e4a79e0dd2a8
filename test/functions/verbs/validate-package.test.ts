import { ListSchedulesCommand } from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../functions/aws/world.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { validatePackage } from '../../../functions/verbs/validate-package.ts';
import { dealEvent, roster, sampleDeal } from '../../support/deals.ts';
import { anna, klaus, lena } from '../../support/handoff-record.ts';
import { full } from '../../support/playbooks/full.ts';
import { type OpenSystem, openSystem } from '../../support/world.ts';

const at = '2026-11-17T08:30:00Z';
const id = 'D-2026-1041-1';

const validate = (system: OpenSystem, rules: Playbook = full) => validatePackage(system.world, rules, sha256);

async function withDeal(options: Parameters<typeof openSystem>[0] = {}): Promise<OpenSystem> {
  const system = await openSystem({ at, ...options });
  await system.world.deals.store(id, sampleDeal('complete-standard'), { notes: ['odd'], at });
  return system;
}

describe('validating the package', () => {
  it('tells the state machine what it needs to know', async () => {
    const validated = await validate(await withDeal())({ handoffId: id, at });
    expect(validated).toMatchObject({ packageComplete: true, assigned: true });
    expect(validated.steps).toContain('hold-kickoff');
    expect(validated.steps).not.toContain('introduce-by-phone');
  });

  it('answers again with what stands, whatever has been deployed since', async () => {
    const system = await withDeal();
    const first = await validate(system)({ handoffId: id, at });
    const before = await system.load(id);
    const changed: Playbook = { ...full, linkDays: 7, segments: { ...full.segments, standard: {} } };
    await validate(system, changed)({ handoffId: id, at: '2026-11-18T08:30:00Z' });
    expect(await system.load(id)).toEqual(before);
    expect(before.playbook.linkDays).toBe(30);
    expect(await validate(system)({ handoffId: id, at })).toEqual(first);
  });

  it('answers again with the steps that were frozen', async () => {
    const system = await withDeal();
    const first = await validate(system)({ handoffId: id, at });
    const fewer = { ...full.segments['standard'], without: ['introduce-by-phone', 'second-review', 'give-feedback'] };
    const changed: Playbook = { ...full, segments: { ...full.segments, standard: fewer } };
    const other = await validate(await withDeal(), changed)({ handoffId: id, at });
    expect(other.steps).not.toEqual(first.steps);
    expect(await validate(system, changed)({ handoffId: id, at })).toEqual(first);
  });

  it('names who holds each role, and why', async () => {
    const system = await withDeal();
    await validate(system)({ handoffId: id, at });
    const { state } = await system.load(id);
    expect(state).toMatchObject({
      status: 'open',
      segment: 'standard',
      people: { accountExecutive: anna, customerSuccessManager: lena, salesManager: klaus },
      notes: ['odd', 'The playbook has no rules of its own for the industry "Logistics": the general ones apply.'],
      startedAt: at,
    });
    expect(state.assignedBecause).toContain('DACH');
  });

  it('gives the work of an account executive who has left to their manager (P)', async () => {
    const people = roster().map((person) => (person.email === anna ? { ...person, active: false } : person));
    const system = await withDeal({ roster: people });
    await validate(system)({ handoffId: id, at });
    expect((await system.load(id)).state.people.accountExecutive).toBe(klaus);
  });

  it('takes an account executive whom the roster does not know', async () => {
    const system = await openSystem({ at });
    const started = await system.win(dealEvent({ accountExecutive: 'new@example.com' }));
    expect((await system.load(started)).state.people.accountExecutive).toBe('new@example.com');
    await system.until('2026-11-17T09:00:00Z');
    expect(system.mails()[0]?.to[0]?.address).toBe('new@example.com');
  });

  it('counts the handoffs that somebody has, so that the next goes to somebody else or is explained', async () => {
    const system = await withDeal();
    await validate(system)({ handoffId: id, at });
    expect(Object.fromEntries(await system.world.roster.openHandoffs([lena]))).toEqual({ [lena]: 1 });
  });

  it('schedules what is told far ahead, once, and leaves nothing to state machines of earlier versions', async () => {
    const system = await withDeal();
    const names = async () =>
      (await system.clients.scheduler.send(new ListSchedulesCommand({}))).Schedules?.map(({ Name }) => Name);
    expect((await validate(system)({ handoffId: id, at })).reminders).toEqual({});
    expect(await names()).toEqual([`renewal-reminder-${id}`]);
    expect((await validate(system)({ handoffId: id, at })).reminders).toEqual({});
    expect(await names()).toEqual([`renewal-reminder-${id}`]);
  });

  it('lets the execution of an open item through, and touches nothing', async () => {
    const system = await openSystem({ at });
    const before = await system.dump();
    const passed = await validate(system)({ handoffId: id, at, item: 'bring-it-1' });
    expect(passed).toMatchObject({ steps: [], packageComplete: true, unheldRoles: [] });
    expect(await system.dump()).toEqual(before);
    // Executions say so of handoffs, those of earlier versions don't.
    await expect(validate(system)({ handoffId: id, at, item: null })).rejects.toThrow('no deal');
  });

  it('fails loudly when there is no deal', async () => {
    const system = await openSystem({ at });
    await expect(validate(system)({ handoffId: 'D-0-1', at })).rejects.toThrow('no deal for handoff D-0-1');
  });
});
