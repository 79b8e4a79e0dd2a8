import { describe, expect, it } from 'vitest';
import {
  HandoffAbandoned,
  MailBlocked,
  MailInHand,
  MailQuotaExhausted,
  MailRejected,
  MailThrottled,
} from '../../../functions/ports/errors.ts';
import type { OutgoingMail } from '../../../functions/ports/mail.ts';
import { type AskRequest, notify } from '../../../functions/verbs/notify.ts';
import { breaking } from '../../support/breaking.ts';
import { dealEvent, roster } from '../../support/deals.ts';
import { anna, klaus, lena, ruth } from '../../support/handoff-record.ts';
import { type OpenSystem, openSystem } from '../../support/world.ts';

/** Tuesday 17 November 2026, 09:30 in Berlin. */
const at = '2026-11-17T08:30:00Z';
const step = 'schedule-internal-meeting';

async function asked(
  options: Parameters<typeof openSystem>[0] = {},
): Promise<{ system: OpenSystem; request: AskRequest }> {
  const system = await openSystem({ at, ...options });
  const handoffId = await system.win(dealEvent());
  return { system, request: { handoffId, step, round: 1, at } };
}

const told = (system: OpenSystem) => system.mails().map(({ to, tags }) => `${tags['kind']} ${to[0]?.address}`);

describe('asking', () => {
  it('says when something is to be said next', async () => {
    const { system, request } = await asked();
    // The warning comes four working hours before the due time, Wed, Nov 18, 9:30 AM: on Tuesday at 13:30.
    expect(await notify(system.world)(request)).toEqual({ nextAt: '2026-11-17T12:30:00Z' });
  });

  it('asks once, however often it is called', async () => {
    const { system, request } = await asked();
    await notify(system.world)(request);
    await notify(system.world)(request);
    await notify(system.world)({ ...request, at: '2026-11-17T09:00:00Z' });
    expect(told(system)).toEqual([`ask ${anna}`]);
    expect((await system.dump()).filter(({ pk }) => String(pk).startsWith('LINK#'))).toHaveLength(1);
  });

  it('says each rung once', async () => {
    const { system, request } = await asked();
    for (const time of ['2026-11-17T14:00:00Z', '2026-11-17T14:00:00Z', '2026-11-18T09:00:00Z', '2026-11-18T09:30:00Z'])
      await notify(system.world)({ ...request, at: time });
    expect(told(system)).toEqual([`ask ${anna}`, `warn ${anna}`, `breach ${anna}`]);
  });

  it('says nothing more once the step is decided', async () => {
    const { system, request } = await asked();
    await system.answer(anna, step, 'scheduled');
    const before = told(system);
    const now = '2026-11-30T09:00:00Z';
    expect(await notify(system.world)({ ...request, at: now })).toEqual({ nextAt: now });
    expect(told(system)).toEqual(before);
  });

  it('says nothing more once the handoff has ended', async () => {
    const { system, request } = await asked();
    await system.world.handoffs.changeStatus({
      id: request.handoffId,
      from: ['open'],
      to: 'cancelled',
      at,
      reason: 'x',
    });
    const { nextAt } = await notify(system.world)({ ...request, at: '2026-11-30T09:00:00Z' });
    expect(nextAt).toBe('2026-12-01T09:00:00.000Z');
    expect(told(system)).toEqual([`ask ${anna}`]);
  });

  it('marks the handoff stalled when the ladder is used up, and open again once somebody acts', async () => {
    const { system, request } = await asked();
    await system.until('2026-11-23T08:30:00Z');
    expect((await system.load(request.handoffId)).state.status).toBe('stalled');
    expect(told(system)).toContain(`stall ${klaus}`);
    await system.answer(anna, step, 'scheduled');
    expect((await system.load(request.handoffId)).state).toMatchObject({ status: 'open' });
  });

  it('gives up before Step Functions does, with a name that nothing retries', async () => {
    const { system, request } = await asked();
    await expect(notify(system.world)({ ...request, at: '2027-11-05T09:00:00Z' })).rejects.toMatchObject({
      name: 'HandoffAbandoned',
      message: expect.stringContaining('Schedule the internal handoff meeting'),
    });
    expect((await system.load(request.handoffId)).state).toMatchObject({ status: 'abandoned' });
    expect((await system.load(request.handoffId)).state.reason).toBe(
      '"Schedule the internal handoff meeting" was still open 350 days after closed won.',
    );
  });

  it('fails again when it is tried again, and sends the mails that could not go out before', async () => {
    const { system, request } = await asked();
    const late = { ...request, at: '2027-11-02T09:00:00Z' };
    system.account.mailTrouble.throttleNext(1);
    await expect(notify(system.world)(late)).rejects.toThrow(MailThrottled);
    await expect(notify(system.world)(late)).rejects.toThrow(HandoffAbandoned);
    await expect(notify(system.world)(late)).rejects.toThrow(HandoffAbandoned);
    expect(
      told(system)
        .filter((mail) => mail.startsWith('handoff-abandoned'))
        .sort(),
    ).toEqual([
      `handoff-abandoned ${anna}`,
      `handoff-abandoned ${lena}`,
      'handoff-abandoned ruth.lindqvist@example.com',
    ]);
  });

  it('is on record once, where it was interrupted once the handoff had ended', async () => {
    const { system, request } = await asked();
    const late = { ...request, at: '2027-11-02T09:00:00Z' };
    const write = async () => Promise.reject(new Error('Killed.'));
    const interrupted = { ...system.world, audit: { ...system.world.audit, write } };
    await expect(notify(interrupted)(late)).rejects.toThrow('Killed.');
    for (const at of [late.at, '2027-11-02T09:05:00Z'])
      await expect(notify(system.world)({ ...late, at })).rejects.toThrow(HandoffAbandoned);
    const trail = await system.world.audit.trail(request.handoffId);
    expect(trail.filter(({ what }) => what === 'abandoned')).toEqual([
      expect.objectContaining({ at: '2027-11-02T09:00:00Z', step, detail: expect.stringContaining('was still open') }),
    ]);
  });

  it('does not end an execution in which a branch beside it is sending one of these mails', async () => {
    const { system, request } = await asked();
    const late = { ...request, at: '2027-11-02T09:00:00Z' };
    const theirs = { at: '2027-11-02T08:59:59Z', token: 'theirs', lease: 0 };
    await system.world.mails.claim(request.handoffId, `handoff-abandoned/${anna}`, theirs);
    // The others are told at once. Tried again, theirs goes out: they were interrupted.
    await expect(notify(system.world)(late)).rejects.toThrow(MailThrottled);
    expect(told(system)).toContain(`handoff-abandoned ${lena}`);
    expect(told(system)).not.toContain(`handoff-abandoned ${anna}`);
    await expect(notify(system.world)({ ...late, at: '2027-11-02T09:00:15Z' })).rejects.toThrow(HandoffAbandoned);
    expect(told(system).filter((mail) => mail === `handoff-abandoned ${anna}`)).toHaveLength(1);
  });

  it('never waits longer than that', async () => {
    const { system, request } = await asked();
    const { nextAt } = await notify(system.world)({ ...request, at: '2027-11-01T09:00:00Z' });
    expect(Date.parse(nextAt)).toBeLessThan(Date.parse('2027-11-04T09:00:00Z'));
  });

  it('waits for its turn when the mail service is too busy, fails at nothing, and then sends once', async () => {
    const system = await openSystem({ at });
    system.account.mailTrouble.throttleNext(2);
    const id = await system.win(dealEvent());
    expect(told(system)).toEqual([]);
    await system.until('2026-11-17T09:00:00Z');
    expect(told(system)).toEqual([`ask ${anna}`]);
    expect(await system.status(id)).toEqual({ status: 'RUNNING' });
    expect(system.account.lambda.failures).toEqual([]);
  });

  it('gives everybody who waits another turn, at the pace of the mail service', async () => {
    const { system, request } = await asked();
    const busy = { ...system.world, mail: { send: () => Promise.reject(new MailThrottled('slow')) } };
    const late = { ...request, at: '2026-11-19T09:00:00Z' };
    const turns: number[] = [];
    for (let i = 0; i < 5; i += 1)
      turns.push(Date.parse((await notify(busy, busy.mailTurns)(late)).nextAt) - Date.parse(late.at));
    expect(turns[0]).toBe(1000);
    const apart = turns.slice(1).map((turn, i) => turn - (turns[i] ?? 0));
    for (const gap of apart) {
      expect(gap).toBeGreaterThanOrEqual(1000 / 16);
      expect(gap).toBeLessThanOrEqual(1000 / 14);
    }
    // Nobody waits any more: the first turn is a second away again.
    const later = { ...late, at: '2026-11-19T10:00:00Z' };
    expect((await notify(busy, busy.mailTurns)(later)).nextAt).toBe('2026-11-19T10:00:01.000Z');
  });

  it.each([
    ['a quota of the day', new MailQuotaExhausted('full')],
    ['a sender that is blocked', new MailBlocked('paused')],
    ['a mail that somebody else is sending', new MailInHand('theirs')],
  ])('takes no turn for %s: that is tried again', async (_, trouble) => {
    const { system, request } = await asked();
    const world = {
      ...system.world,
      mail: { send: () => Promise.reject(trouble) },
    };
    const turns = { take: () => Promise.reject(new Error('took a turn')) };
    await expect(notify(world, turns)({ ...request, at: '2026-11-19T09:00:00Z' })).rejects.toBe(trouble);
  });

  it('takes no turn for whoever asks in the place of an execution, and would not come again', async () => {
    const { system, request } = await asked();
    const world = { ...system.world, mail: { send: () => Promise.reject(new MailThrottled('slow')) } };
    await expect(notify(world)({ ...request, at: '2026-11-19T09:00:00Z' })).rejects.toThrow(MailThrottled);
  });

  it('tells the manager as well when the owner cannot be reached (P)', async () => {
    const people = roster().map((person) =>
      person.email === anna ? { ...person, unreachable: { since: at, why: 'Bounced' } } : person,
    );
    const { system } = await asked({ roster: people });
    expect(told(system)).toEqual([`ask ${anna}`, `ask ${klaus}`]);
  });

  it('tells the manager instead when the mail to the owner is refused', async () => {
    const system = await openSystem({ at });
    system.account.mailTrouble.reject(anna, 'Address blacklisted.');
    const id = await system.win(dealEvent());
    expect(told(system)).toEqual([`ask ${klaus}`]);
    expect((await system.world.audit.trail(id)).map(({ what }) => what)).toContain('mail-rejected');
    expect((await system.answer(klaus, step, 'note', { text: 'Anna is away.' })).status).toBe(200);
  });

  it('tells revenue operations once of somebody who is asked and whom the roster does not know', async () => {
    const stranger = 'unknown.person@example.com';
    const system = await openSystem({ at });
    const id = await system.win(dealEvent({ accountExecutive: stranger }));
    await system.until('2026-11-18T08:00:00Z');
    expect(told(system)).toContain(`ask ${stranger}`);
    expect(told(system).filter((mail) => mail.startsWith('not-on-roster'))).toEqual([`not-on-roster ${ruth}`]);
    expect(system.mails().find(({ tags }) => tags['kind'] === 'not-on-roster')?.subject).toBe(
      `Nordwind: ${stranger} isn't on the roster`,
    );
    // Reassigned by the link in it, the step has an owner who is known.
    const { status } = await system.answer(ruth, step, 'reassign', { to: anna, reason: 'Anna has this deal.' });
    expect(status).toBe(200);
    expect((await system.load(id)).steps[step]?.owner).toBe(anna);
  });

  it('tells whoever stands in for the manager, where that one is away and the mail to the owner is refused', async () => {
    const people = roster().map((person) =>
      person.email === klaus
        ? { ...person, availability: { ...person.availability, away: [{ from: '2026-11-16', to: '2026-11-27' }] } }
        : person,
    );
    const system = await openSystem({ at, roster: people });
    system.account.mailTrouble.reject(anna, 'Address blacklisted.');
    await system.win(dealEvent());
    expect(told(system)).toEqual([`ask ${ruth}`]);
  });

  it('tells the manager once, however often it is called', async () => {
    const { system, request } = await asked();
    const refusing = {
      ...system.world,
      mail: { send: () => Promise.reject(new MailRejected('no')) },
    };
    const late = { ...request, at: '2026-11-18T09:00:00Z' };
    await notify(refusing)(late);
    await notify(system.world)(late);
    expect(told(system)).toEqual([`ask ${anna}`]);
  });

  it('tells the manager when it is called again, if that broke off after the mail to the owner was refused', async () => {
    const { system, request } = await asked();
    const refusing = (error: Error) => ({
      ...system.world,
      mail: {
        send: (mail: OutgoingMail) => Promise.reject(mail.to[0]?.email === anna ? new MailRejected('no') : error),
      },
    });
    const late = { ...request, at: '2026-11-18T09:00:00Z' };
    await expect(notify(refusing(new MailThrottled('slow')))(late)).rejects.toThrow(MailThrottled);
    await notify(system.world)({ ...late, at: '2026-11-18T09:05:00Z' });
    expect(told(system).filter((each) => each.includes(klaus))).toHaveLength(1);
    await notify(system.world)({ ...late, at: '2026-11-18T09:10:00Z' });
    expect(told(system).filter((each) => each.includes(klaus))).toHaveLength(1);
  });

  it('gives the claim back when it is throttled half-way through its people', async () => {
    const { system, request } = await asked();
    const busy = { ...system.world, mail: { send: () => Promise.reject(new MailThrottled('slow')) } };
    const late = { ...request, at: '2026-11-19T09:00:00Z' };
    expect((await notify(busy, busy.mailTurns)(late)).nextAt).toBe('2026-11-19T09:00:01.000Z');
    await notify(system.world)(late);
    expect(told(system)).toEqual([`ask ${anna}`, `escalate ${anna}`, `escalate ${klaus}`]);
  });

  it('fails loudly for a handoff that never began', async () => {
    const system = await openSystem({ at });
    await expect(notify(system.world)({ handoffId: 'D-0-1', step, round: 1, at })).rejects.toThrow('D-0-1');
  });

  it('answers a question that was left open for the person who did not answer it', async () => {
    const { system, request } = await asked();
    const follow = { ...request, step: 'rate-handoff', at: '2026-12-17T09:00:00Z' };
    await notify(system.world)(follow);
    const { nextAt } = await notify(system.world)({ ...follow, at: '2027-01-20T09:00:00Z' });
    expect(nextAt).toBe('2027-01-20T09:00:00Z');
    expect((await system.load(request.handoffId)).steps['rate-handoff']?.decision).toMatchObject({
      choice: 'unanswered',
      by: 'system',
      as: 'system',
    });
    expect(told(system)).toEqual([`ask ${anna}`, `ask ${lena}`]);
  });

  it('has a missing answer on record once, wherever it was interrupted', async () => {
    for (const when of ['before', 'after'] as const) {
      const { system, request } = await asked();
      const follow = { ...request, step: 'rate-handoff', at: '2026-12-17T09:00:00Z' };
      await notify(system.world)(follow);
      const late = { ...follow, at: '2027-01-20T09:00:00Z' };
      const broken = breaking(system.world, { port: 'audit', method: 'write', when });
      await expect(notify(broken)(late)).rejects.toThrow('The process has ended.');
      await notify(system.world)(late);
      await notify(system.world)({ ...late, at: '2027-01-20T09:05:00Z' });
      const trail = await system.world.audit.trail(request.handoffId);
      expect(trail.filter(({ what }) => what === 'unanswered')).toMatchObject([{ at: late.at, step: 'rate-handoff' }]);
    }
  });

  it('records no missing answer when one came in the last moment', async () => {
    const { system, request } = await asked();
    const follow = { ...request, step: 'rate-handoff', at: '2026-12-17T09:00:00Z' };
    await notify(system.world)(follow);
    const beaten = {
      ...system.world,
      steps: { ...system.world.steps, decide: async () => ({ decided: false as const }) },
    };
    await notify(beaten)({ ...follow, at: '2027-01-20T09:00:00Z' });
    const trail = await system.world.audit.trail(request.handoffId);
    expect(trail.map(({ what }) => what)).not.toContain('unanswered');
  });
});
