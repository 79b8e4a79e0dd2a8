import { ListSchedulesCommand } from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../functions/aws/world.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { validatePackage } from '../../../functions/verbs/validate-package.ts';
import { playbook } from '../../../statemachines/playbooks/default.ts';
import { breaking, callsIn } from '../../support/breaking.ts';
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
    const readers = system.mails().map(({ to: [reader], subject }) => [reader?.address, subject]);
    expect(readers).toEqual([
      ['ruth.lindqvist@example.com', "Nordwind Logistik: new@example.com isn't on the roster"],
      ['new@example.com', 'Nordwind Logistik: book the handoff meeting by Wed 9 AM'],
    ]);
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

describe('what is asked first', () => {
  const told = ['tell-who-takes-over/handoff-begins'];
  /** Lena is asked for the review, Anna for the internal meeting. */
  const first = ['review-brief', 'schedule-internal-meeting'];

  async function validated(sample: Parameters<typeof sampleDeal>[0], options: Parameters<typeof openSystem>[0] = {}) {
    const system = await openSystem({ at, playbook, ...options });
    await system.world.deals.store(id, { ...sampleDeal(sample), dealId: 'D-2026-1041' }, { notes: [], at });
    const moment = options.at ?? at;
    const answer = await validate(system, playbook)({ handoffId: id, at: moment });
    return { system, answer, steps: (await system.load(id)).steps };
  }

  it('is open as the handoff begins, and tells both sides who takes over', async () => {
    const { system, answer, steps } = await validated('complete-standard');
    expect(answer.toldWithRequests).toEqual(told);
    expect(Object.values(steps).map(({ step, owner, askedAt }) => [step, owner, askedAt])).toEqual([
      ['review-brief', lena, at],
      ['schedule-internal-meeting', anna, at],
    ]);
    // As an execution that asks for it, in the audit trail.
    const trail = await system.world.audit.trail(id);
    expect(trail.filter(({ what, from }) => what === 'asked' && from === 'execution')).toHaveLength(2);
  });

  it('leaves to a mail of its own what it does not tell to both', async () => {
    // Anna is asked to complete the package, and Lena for nothing yet.
    const incomplete = await validated('incomplete');
    expect(Object.keys(incomplete.steps)).toContain('complete-package');
    expect(incomplete.answer.toldWithRequests).toEqual([]);
    // At night they are told at once, and asked in the morning.
    const night = await validated('complete-standard', { at: '2026-11-17T20:30:00Z' });
    expect(Object.keys(night.steps)).toEqual(first);
    expect(night.answer.toldWithRequests).toEqual([]);
    // Lena begins to work later than Anna.
    const hours = { from: '13:00', to: '17:00' };
    const people = roster().map((person) => {
      const days = { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours };
      return person.email === lena ? { ...person, availability: { ...person.availability, hours: days } } : person;
    });
    expect((await validated('complete-standard', { roster: people })).answer.toldWithRequests).toEqual([]);
  });

  it('is whom to name, where nobody takes the customer', async () => {
    const nobody = roster().filter(({ role }) => role !== 'customerSuccessManager');
    const { answer, steps } = await validated('complete-standard', { roster: nobody });
    expect(answer.unheldRoles).toEqual(['customerSuccessManager']);
    expect(Object.keys(steps)).toEqual(['assign-customer-success-manager']);
    expect(answer.toldWithRequests).toEqual([]);
  });

  it('is opened once, and left to the state that tells where the handoff began before', async () => {
    const { system } = await validated('complete-standard');
    const before = await system.load(id);
    const again = await validate(system, playbook)({ handoffId: id, at: '2026-11-18T08:30:00Z' });
    expect(again.toldWithRequests).toEqual([]);
    expect(await system.load(id)).toEqual(before);
  });

  it('is the same when the function ends after any of its calls and is called again', async () => {
    const { system: whole } = await validated('complete-standard');
    const expected = await whole.load(id);
    const open = async () => {
      const system = await openSystem({ at, playbook });
      await system.world.deals.store(id, sampleDeal('complete-standard'), { notes: [], at });
      return system;
    };
    const calls = await callsIn((await open()).world, (world) =>
      validatePackage(world, playbook, sha256)({ handoffId: id, at }),
    );
    const writes = calls.filter(({ method }) => /^(begin|open|write|put)$/.test(method));
    expect(writes.map(({ method }) => method)).toEqual(['begin', 'write', 'put', 'open', 'open']);
    for (const call of writes) {
      const system = await open();
      const broken = breaking(system.world, { ...call, when: 'after' });
      await expect(validatePackage(broken, playbook, sha256)({ handoffId: id, at })).rejects.toThrow();
      await system.world.executions.start(id);
      await system.clock.settled();
      const record = await system.load(id);
      expect(record.state, call.method).toEqual(expected.state);
      expect(Object.keys(record.steps), call.method).toEqual(first);
      const mails = system.mails().map(({ tags, to }) => `${tags['kind']} ${to.map(({ address }) => address)}`);
      expect(mails, call.method).toEqual([`ask ${lena}`, `ask ${anna}`]);
      for (const { text } of system.mails())
        expect(text.replace(/\s+/g, ' ')).toMatch(/(Lena takes|You take) over from (Anna|you)/);
    }
  });
});
