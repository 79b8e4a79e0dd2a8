import { ListSchedulesCommand } from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import { momentIn } from '../../functions/domain/time/wording.ts';
import { linkTo } from '../../functions/mailing/link-to.ts';
import { HandoffAbandoned } from '../../functions/ports/errors.ts';
import { cancelHandoff } from '../../functions/verbs/cancel-handoff.ts';
import { decideStep } from '../../functions/verbs/decide-step.ts';
import { notify } from '../../functions/verbs/notify.ts';
import type { Mail } from '../../infra/account/ses/mail.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { course } from '../support/course.ts';
import { sampleEvent } from '../support/deals.ts';
import { anna, daniel, lena, ruth } from '../support/handoff-record.ts';
import { local, play } from '../support/play.ts';
import { untilAsked, upTo } from '../support/progress.ts';
import { hiddenFields, type OpenSystem, openSystem } from '../support/world.ts';

const guest = 'tom@nordwind-logistik.example';
/** Wednesday, on Lena's clock. */
const kickoffAt = '2026-11-25T14:00';
const planned = { meetingAt: kickoffAt, minutes: '60', recipients: guest, whyLate: 'The customer is at a trade fair.' };

/** The kickoff is planned with the customer, and lies ahead. */
async function planning() {
  const { system, id } = await upTo('schedule-kickoff');
  const { status, html } = await system.answer(lena, 'schedule-kickoff', 'scheduled', planned);
  expect(status, html).toBe(200);
  return {
    system,
    id,
    page: system.linkOf(lena, 'schedule-kickoff'),
    hers: system.linkOf(anna, 'schedule-internal-meeting'),
  };
}

const kinds = (system: OpenSystem, kind: string) => system.mails().filter(({ tags }) => tags['kind'] === kind);
const entry = (mail: Mail | undefined) => (mail?.calendar?.text ?? '').replace(/\r?\n /g, '').split(/\r?\n/);
const property = (mail: Mail | undefined, name: string) => entry(mail).find((line) => line.startsWith(name));
const recipients = (mail: Mail | undefined) => mail?.recipients.toSorted();
const meeting = async (system: OpenSystem, id: string) => (await system.load(id)).meetings?.['kickoff'];
const step = async (system: OpenSystem, id: string, of = 'hold-kickoff') => (await system.load(id)).steps[of];

describe('A step that is asked for when a meeting is over', () => {
  it('is told at once, with the brief, to whoever takes it over before: all others know of it', async () => {
    const { system, id } = await planning();
    const link = { step: 'hold-kickoff', person: lena, as: 'owner', at: system.now() } as const;
    const url = await linkTo(system.world, await system.load(id), link);
    const passed = { to: daniel, everything: 'no', reason: 'Lena moves to another team.' };
    const page = await system.submit(new URL(url).pathname, 'reassign', passed);
    expect(page.status, page.html).toBe(200);
    expect(page.html).toContain('We’re emailing them now. The request follows when its time comes.');
    const told = () => kinds(system, 'taken-over').filter((mail) => mail.to[0]?.address === daniel);
    const [mail, ...more] = told();
    expect(more).toEqual([]);
    expect(mail?.subject).toBe('Nordwind Logistik: you take over from Lena');
    expect(mail?.text.replace(/\s+/g, ' ')).toContain('Lena asked you to take over: - Hold the kickoff');
    expect(mail?.text).toContain(passed.reason);
    expect(mail?.text).toContain('Brief: Nordwind Logistik');
    await untilAsked(system, id, 'hold-kickoff');
    expect(told()).toHaveLength(1);
    const asks = kinds(system, 'ask').filter(({ tags }) => tags['step'] === 'hold-kickoff');
    expect(asks.map(({ to }) => to[0]?.address)).toEqual([daniel]);
  });
});

describe('A meeting that is planned', () => {
  it('is asked about when it is over, and not before it can be answered', async () => {
    const { system, id } = await planning();
    expect(kinds(system, 'ask').map(({ tags }) => tags['step'])).not.toContain('hold-kickoff');
    expect(await step(system, id)).toMatchObject({ askedAt: '2026-11-25T14:00:00Z' });
    await untilAsked(system, id, 'hold-kickoff');
    const [ask] = kinds(system, 'ask').filter(({ tags }) => tags['step'] === 'hold-kickoff');
    expect(ask?.to.map(({ address }) => address)).toEqual([lena]);
    expect(new Date(ask?.at ?? 0).toISOString()).toBe('2026-11-25T14:00:00.000Z');
    expect((await system.get(system.linkOf(lena))).html).toContain('The meeting was on Wed, Nov 25');
  });

  it('invites the customer in one mail with the colleagues, who change it on any page they have', course, async () => {
    const { system, id } = await planning();
    const [mail, ...more] = kinds(system, 'kickoff-invitation');
    expect([recipients(mail), more]).toEqual([[guest, lena, anna].toSorted(), []]);
    expect(mail?.text).not.toContain('/s/');
    expect(property(mail, 'UID')).toBe(`UID:${id}-kickoff@handoff.example.com`);
    expect(property(mail, 'ORGANIZER')).toContain(lena);
    expect(property(mail, 'DTSTART;')).toBe('DTSTART;TZID=Europe/Berlin:20261125T140000');
    expect(await meeting(system, id)).toMatchObject({
      status: 'planned',
      sequence: 0,
      uid: `${id}-kickoff@handoff.example.com`,
      hosts: [lena, anna],
      guests: [guest],
      reason: planned.whyLate,
    });
  });

  it('invites a colleague who was never asked for anything with a link of their own', course, async () => {
    const system = await openSystem({ at: '2026-11-20T15:00:00Z', playbook });
    await system.win(sampleEvent('incomplete'));
    await system.answer(anna, 'schedule-internal-meeting', 'scheduled');
    const [forLena, forAnna] = kinds(system, 'internal-meeting-invitation');
    expect([recipients(forLena), recipients(forAnna)]).toEqual([[lena], [anna]]);
    expect(forLena?.text).toContain('/s/');
    expect(forAnna?.text).toContain('on any page you have');
    expect((await system.get(system.linkOf(lena))).html).toContain('Move the meeting');
  });

  it('can be changed through the links of both, and by a manager; by nobody else', course, async () => {
    const { system, page, hers } = await planning();
    for (const link of [page, hers]) {
      const { status, html } = await system.get(link);
      expect(status).toBe(200);
      expect(html).toContain('Move the meeting');
      expect(html).toContain('Cancel the meeting');
    }
  });
});

describe('Moving a meeting', () => {
  const moved = { meetingAt: '2026-11-26T10:00', reason: 'Their champion is ill.' };

  it('sends everybody the update under the same UID, and is asked about when the new time is over', async () => {
    const { system, id, hers } = await planning();
    const answer = await system.submit(hers, 'move-meeting', moved);
    expect(answer.status, answer.html).toBe(200);
    expect(answer.html).toContain('Meeting moved');
    const updates = kinds(system, 'meeting-moved');
    expect(updates.map(recipients)).toEqual([[guest, lena, anna].toSorted()]);
    expect(entry(updates[0])).toEqual(
      expect.arrayContaining([
        'METHOD:REQUEST',
        `UID:${id}-kickoff@handoff.example.com`,
        'SEQUENCE:1',
        'DTSTART;TZID=Europe/Berlin:20261126T100000',
      ]),
    );
    expect(updates[0]?.text).not.toContain(moved.reason);
    expect(await step(system, id)).toMatchObject({ askedAt: '2026-11-26T10:00:00Z' });
    await system.until('2026-11-25T18:00:00Z');
    expect(kinds(system, 'ask').some(({ tags }) => tags['step'] === 'hold-kickoff')).toBe(false);
    await untilAsked(system, id, 'hold-kickoff');
    expect(kinds(system, 'ask').some(({ tags }) => tags['step'] === 'hold-kickoff')).toBe(true);
    const trail = (await system.world.audit.trail(id)).filter(({ what }) => what === 'meeting-moved');
    expect(trail).toMatchObject([{ who: anna, detail: expect.stringContaining(moved.reason) }]);
  });

  it(
    'goes on with any later visit where it broke off: everybody is told once, and asked when the new time is over',
    course,
    async () => {
      const { system, id, hers } = await planning();
      const form = { ...hiddenFields((await system.get(hers)).html), choice: 'move-meeting', ...moved };
      const killed = {
        ...system.world,
        steps: { ...system.world.steps, change: () => Promise.reject(new Error('killed')) },
      };
      await expect(decideStep(killed)({ linkId: hers.slice(3), form, at: system.now() })).rejects.toThrow('killed');
      expect(await meeting(system, id)).toMatchObject({ sequence: 1, at: '2026-11-26T09:00:00Z' });
      expect(kinds(system, 'meeting-moved')).toEqual([]);
      // Some other step of the handoff is due for a word.
      await system.until('2026-11-23T09:00:00Z');
      expect(kinds(system, 'meeting-moved').map(recipients)).toEqual([[guest, lena, anna].toSorted()]);
      expect(property(kinds(system, 'meeting-moved')[0], 'SEQUENCE')).toBe('SEQUENCE:1');
      await system.until('2026-11-25T18:00:00Z');
      expect(await step(system, id)).toMatchObject({ askedAt: '2026-11-26T10:00:00Z' });
      expect(kinds(system, 'ask').some(({ tags }) => tags['step'] === 'hold-kickoff')).toBe(false);
      await system.until('2026-11-26T10:00:00Z');
      expect(kinds(system, 'ask').filter(({ tags }) => tags['step'] === 'hold-kickoff')).toHaveLength(1);
      expect(kinds(system, 'meeting-moved')).toHaveLength(1);
      expect(system.account.lambda.failures).toEqual([]);
    },
  );

  it('is done once, however often the form is sent', course, async () => {
    const { system, id, hers } = await planning();
    await system.submit(hers, 'move-meeting', moved);
    expect((await system.submit(hers, 'move-meeting', moved)).status).toBe(200);
    expect(kinds(system, 'meeting-moved')).toHaveLength(1);
    expect(await meeting(system, id)).toMatchObject({ sequence: 1 });
  });

  it('tells the second of two what the first did, and keeps what they typed', course, async () => {
    const { system, id, page, hers } = await planning();
    const [before, other] = [await system.get(page), await system.get(hers)];
    expect(before.html).toContain('name="meetingVersion" value="0"');
    expect(other.status).toBe(200);
    expect((await system.submit(hers, 'move-meeting', moved)).status).toBe(200);
    const late = { meetingAt: '2026-11-27T15:30', reason: 'I am away.', meetingVersion: '0' };
    const second = await system.submit(page, 'move-meeting', late);
    expect(second.status).toBe(422);
    expect(second.html).toContain('Anna Keller moved this meeting to Thu, Nov 26, 10 AM');
    expect(second.html).toContain('2026-11-27T15:30');
    expect(await meeting(system, id)).toMatchObject({ sequence: 1, at: '2026-11-26T09:00:00Z' });
    expect((await system.submit(page, 'move-meeting', { ...late, meetingVersion: '1' })).status).toBe(200);
    expect(await meeting(system, id)).toMatchObject({ sequence: 2, before: '2026-11-26T09:00:00Z', by: lena });
  });

  it('lets one of two win who change it in the same moment', course, async () => {
    const { system, id, page, hers } = await planning();
    const answers = await Promise.all([
      system.submit(page, 'move-meeting', { ...moved, meetingAt: '2026-11-26T11:00' }),
      system.submit(hers, 'move-meeting', moved),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422]);
    expect(await meeting(system, id)).toMatchObject({ sequence: 1 });
    expect(kinds(system, 'meeting-moved')).toHaveLength(1);
  });

  it('tells the second of two in the same moment who was first, also on the page of another step', course, async () => {
    const { system, id, page, hers } = await planning();
    const { html } = await system.get(hers);
    const { meetings } = system.world;
    const between: typeof meetings = {
      write: async (...of) => {
        await system.submit(page, 'move-meeting', { meetingAt: '2026-11-26T11:00', reason: 'I am away.' });
        return meetings.write(...of);
      },
    };
    const second = await decideStep({ ...system.world, meetings: between })({
      linkId: hers.replace('/s/', ''),
      form: { ...hiddenFields(html), choice: 'move-meeting', ...moved },
      at: system.now(),
    });
    expect(second).toMatchObject({
      kind: 'step',
      refused: {
        problems: [{ problem: expect.stringContaining('Lena Vogt moved this meeting to Thu, Nov 26, 11 AM') }],
        typed: moved,
      },
    });
    expect(await meeting(system, id)).toMatchObject({ sequence: 1, by: lena });
  });

  it('is not called off by the second of two in the same moment: they are told of the new time', course, async () => {
    const { system, id, page, hers } = await planning();
    const { html } = await system.get(hers);
    const { meetings } = system.world;
    const between: typeof meetings = {
      write: async (...of) => {
        await system.submit(page, 'move-meeting', { meetingAt: '2026-11-26T11:00', reason: 'I am away.' });
        return meetings.write(...of);
      },
    };
    const second = await decideStep({ ...system.world, meetings: between })({
      linkId: hers.replace('/s/', ''),
      form: { ...hiddenFields(html), choice: 'call-off-meeting', reason: 'They are away.' },
      at: system.now(),
    });
    expect(second).toMatchObject({
      kind: 'step',
      refused: {
        problems: [{ problem: expect.stringContaining('Lena Vogt moved this meeting to Thu, Nov 26, 11 AM') }],
      },
    });
    expect(await meeting(system, id)).toMatchObject({ sequence: 1, status: 'planned' });
    expect(kinds(system, 'meeting-called-off')).toEqual([]);
  });

  it('can be moved again on the page of another step, which shows how it stands', course, async () => {
    const { system, id, page, hers } = await planning();
    await system.submit(page, 'move-meeting', moved);
    const { html } = await system.get(hers);
    expect(html).toContain('The meeting is on Thu, Nov 26, 10 AM');
    expect(html).toContain('name="meetingVersion" value="1"');
    const answer = await system.submit(hers, 'move-meeting', { ...moved, meetingAt: '2026-11-26T11:00' });
    expect(answer.status, answer.html).toBe(200);
    expect(await meeting(system, id)).toMatchObject({ sequence: 2, by: anna });
  });

  it('is refused where neither time nor place changes, and nobody is told', async () => {
    const { system, id, hers } = await planning();
    const { status, html } = await system.submit(hers, 'move-meeting', { meetingAt: kickoffAt });
    expect([status, kinds(system, 'meeting-moved').length]).toEqual([422, 0]);
    expect(html).toContain('The meeting is at this time and place already.');
    expect(await meeting(system, id)).toMatchObject({ sequence: 0 });
  });

  it('names its fields as the form does', async () => {
    const { system, hers } = await planning();
    const { status, html } = await system.submit(hers, 'move-meeting', { ...moved, place: 'x'.repeat(501) });
    expect(status).toBe(422);
    expect(html).toContain('Where (link or room) must be 500 characters or fewer, now 501');
  });

  it('to another place only says so, on the page, by email and in the trail', async () => {
    const { system, id, hers } = await planning();
    const { html } = await system.submit(hers, 'move-meeting', { meetingAt: kickoffAt, place: 'Room 4' });
    expect(html).toContain('The meeting has another place');
    const [update] = kinds(system, 'meeting-moved');
    expect(update?.subject).toMatch(/^Updated: /);
    expect(update?.text).toContain('This meeting has another place. The time stays.');
    expect([update?.text.includes('Room 4'), update?.text.includes('Before')]).toEqual([true, false]);
    const trail = (await system.world.audit.trail(id)).filter(({ what }) => what === 'meeting-moved');
    expect(trail).toMatchObject([{ detail: expect.stringContaining('another place, still at Wed, Nov 25, 2 PM') }]);
    // Moved as well, it says from when again.
    await system.submit(hers, 'move-meeting', moved);
    expect(kinds(system, 'meeting-moved').at(-1)?.text).toContain('Before');
  });

  it('is left alone by a form that was about another meeting', async () => {
    const { system, id } = await upTo('review-brief');
    const hers = system.linkOf(anna, 'schedule-internal-meeting');
    const { html } = await system.get(hers);
    await system.answer(lena, 'review-brief', 'accept');
    await untilAsked(system, id, 'hold-internal-meeting');
    await system.answer(lena, 'hold-internal-meeting', 'held');
    await system.answer(lena, 'introduce-customer', 'approved');
    await system.answer(lena, 'schedule-kickoff', 'scheduled', planned);
    const sent = { ...hiddenFields(html), choice: 'move-meeting', ...moved };
    const outcome = await decideStep(system.world)({ linkId: hers.replace('/s/', ''), form: sent, at: system.now() });
    expect(outcome).toMatchObject({
      kind: 'stale',
      what: expect.stringContaining('can no longer be changed'),
      typed: expect.arrayContaining([{ label: 'Why', value: moved.reason }]),
    });
    expect(await meeting(system, id)).toMatchObject({ sequence: 0 });
  });

  it('says how it understood a time that the clocks show twice', course, async () => {
    const { system, id, hers } = await planning();
    const twice = { ...moved, meetingAt: '2027-10-31T02:30', timeConfirmed: 'yes' };
    const { status, html } = await system.submit(hers, 'move-meeting', twice);
    expect(status, html).toBe(200);
    expect(html).toContain('the clocks show Sun, Oct 31, 2027, 2:30 AM twice; it was taken as the first time.');
    expect(await meeting(system, id)).toMatchObject({ at: '2027-10-31T00:30:00Z' });
  });

  it('asks why it is later than promised, on that field, and keeps the rest', course, async () => {
    const { system, id, hers } = await planning();
    const { status, html } = await system.submit(hers, 'move-meeting', { ...moved, reason: '' });
    expect(status).toBe(422);
    expect(html).toContain('Enter why it is later');
    expect(html).toContain('2026-11-26T10:00');
    expect(await meeting(system, id)).toMatchObject({ sequence: 0 });
  });

  it.each([
    ['a weekend', '2026-11-28T10:00', 'Sat, Nov 28 is a weekend for Lena Vogt'],
    ['a night', '2026-11-26T21:00', 'It is 9 PM to 10 PM for Lena Vogt'],
    ['a public holiday', '2026-12-25T10:00', 'is a public holiday'],
    ['a year ahead', '2027-11-25T10:00', 'is more than half a year away'],
  ])('looks twice at %s, and takes it when it is confirmed', course, async (_, meetingAt, why) => {
    const { system, id, hers } = await planning();
    const refused = await system.submit(hers, 'move-meeting', { ...moved, meetingAt });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('Really?');
    expect(refused.html).toContain(why);
    expect(await meeting(system, id)).toMatchObject({ sequence: 0 });
    const confirmed = await system.submit(hers, 'move-meeting', { ...moved, meetingAt, timeConfirmed: 'yes' });
    expect(confirmed.status, confirmed.html).toBe(200);
    expect(await meeting(system, id)).toMatchObject({ sequence: 1 });
  });

  it('refuses a time that the clocks skip, in a clear sentence', async () => {
    const { system, hers } = await planning();
    const { status, html } = await system.submit(hers, 'move-meeting', { ...moved, meetingAt: '2027-03-28T02:30' });
    expect(status).toBe(422);
    expect(html).toContain('Clocks skip 2:30 AM that night; use 3 AM');
  });

  it('is refused once somebody has told how the meeting went', course, async () => {
    const { system, id, hers } = await planning();
    await untilAsked(system, id, 'hold-kickoff');
    const form = await system.get(hers);
    expect(form.html).toContain('Move the meeting');
    await system.answer(lena, 'hold-kickoff', 'held');
    const late = { ...hiddenFields(form.html), choice: 'move-meeting', ...moved, meetingAt: '2026-12-01T10:00' };
    const answer = await system.post(hers, new URLSearchParams(late));
    expect(answer.status).toBe(409);
    expect(await meeting(system, id)).toMatchObject({ sequence: 0 });
  });

  it('is possible for one that did not take place', course, async () => {
    const { system, id } = await planning();
    await untilAsked(system, id, 'hold-kickoff');
    const late = { meetingAt: '2026-11-30T10:00', reason: 'Nobody came.' };
    expect((await system.answer(lena, 'hold-kickoff', 'move-meeting', late)).status).toBe(200);
    expect(await step(system, id)).toMatchObject({ askedAt: '2026-11-30T10:00:00Z', round: 1 });
    await untilAsked(system, id, 'hold-kickoff');
    expect((await system.answer(lena, 'hold-kickoff', 'held')).status).toBe(200);
  });
});

describe('Calling a meeting off', () => {
  const reason = 'They have to ask their works council first.';

  it('takes it out of all calendars, and has it planned anew: as another meeting', async () => {
    const { system, id, hers } = await planning();
    await system.until('2026-11-18T10:00:00Z');
    const off = await system.submit(hers, 'call-off-meeting', { reason });
    expect(off.status, off.html).toBe(200);
    expect(off.html).toContain('Meeting canceled');
    expect(off.html).toContain('Lena Vogt is asked for a new time.');
    const told = kinds(system, 'meeting-called-off');
    expect(told.map(recipients)).toEqual([[guest], [lena, anna].toSorted()]);
    for (const mail of told)
      expect(entry(mail)).toEqual(
        expect.arrayContaining(['METHOD:CANCEL', 'SEQUENCE:1', `UID:${id}-kickoff@handoff.example.com`]),
      );
    expect(told[0]?.text).not.toContain(reason);
    expect(told[1]?.text).toContain(reason);
    expect(await step(system, id)).toMatchObject({ decision: { choice: 'called-off', by: anna } });
    const again = await step(system, id, 'schedule-kickoff');
    expect(again).toMatchObject({ round: 2, owner: lena });
    expect(again?.decision).toBeUndefined();
    expect(again?.because).toContain('24 h after');
    const due = momentIn('Europe/Berlin', again?.dueAt ?? '', '2026-11-18T10:00:00Z');
    expect(told[1]?.text.replace(/\s+/g, ' ')).toContain(`Next: Lena picks a new time by ${due}.`);
    await untilAsked(system, id, 'schedule-kickoff');
    const ask = kinds(system, 'ask').findLast(({ tags }) => tags['step'] === 'schedule-kickoff');
    expect(ask?.text.replace(/\s+/g, ' ')).toContain('Anna called off the meeting');
    expect(ask?.text).toContain(reason);

    const next = { ...planned, meetingAt: '2026-11-27T10:00' };
    expect((await system.answer(lena, 'schedule-kickoff', 'scheduled', next)).status).toBe(200);
    const invitations = kinds(system, 'kickoff-invitation').slice(1);
    expect(invitations.map(recipients)).toEqual([[guest, lena, anna].toSorted()]);
    expect(property(invitations[0], 'UID')).toBe(`UID:${id}-kickoff-2@handoff.example.com`);
    expect(await step(system, id)).toMatchObject({ round: 2, askedAt: '2026-11-27T10:00:00Z' });
    await untilAsked(system, id, 'hold-kickoff');
    expect((await system.answer(lena, 'hold-kickoff', 'held')).status).toBe(200);
    expect((await step(system, id))?.earlier).toMatchObject([{ decision: { choice: 'called-off' } }]);
    expect(system.account.lambda.failures).toEqual([]);
  });

  it('leads whoever plans it to the form for a new time', async () => {
    const { system, id, page } = await planning();
    const off = await system.submit(page, 'call-off-meeting', { reason });
    expect(off.html).toContain('You get a request for a new time.');
    expect(off.html).toContain(`href="${page}"`);
    await untilAsked(system, id, 'schedule-kickoff');
    expect((await system.get(page)).html).toContain('name="meetingAt"');
  });

  it('goes on without a meeting when the new plan is left out', course, async () => {
    const { system, id, hers } = await planning();
    await system.submit(hers, 'call-off-meeting', { reason });
    await system.until('2026-11-27T17:00:00Z');
    const skipped = await system.answer(daniel, 'schedule-kickoff', 'skip', { reason: 'They only want mails.' });
    expect(skipped.status, skipped.html).toBe(200);
    expect(await step(system, id)).toMatchObject({ round: 2, owner: lena });
    await untilAsked(system, id, 'hold-kickoff');
    expect((await system.answer(lena, 'hold-kickoff', 'held')).status).toBe(200);
  });

  it('reaches everybody with any later visit where it broke off', course, async () => {
    const { system, id, hers } = await planning();
    const form = { ...hiddenFields((await system.get(hers)).html), choice: 'call-off-meeting', reason };
    const killed = {
      ...system.world,
      suppressions: { ...system.world.suppressions, among: () => Promise.reject(new Error('killed')) },
    };
    await expect(decideStep(killed)({ linkId: hers.slice(3), form, at: system.now() })).rejects.toThrow('killed');
    expect(await meeting(system, id)).toMatchObject({ status: 'off', sequence: 1 });
    await system.until('2026-11-23T09:00:00Z');
    expect(kinds(system, 'meeting-called-off').map(recipients)).toEqual([[guest], [lena, anna].toSorted()]);
  });

  it('is not undone by whoever reports on it in the same moment', course, async () => {
    const { system, id, hers } = await planning();
    await untilAsked(system, id, 'hold-kickoff');
    const [off] = await Promise.all([
      system.submit(hers, 'call-off-meeting', { reason }),
      system.answer(lena, 'hold-kickoff', 'held'),
    ]);
    expect([200, 409]).toContain(off.status);
    expect((await step(system, id))?.decision?.choice).toMatch(/^(held|called-off)$/);
    expect(system.account.lambda.failures).toEqual([]);
  });
});

describe('A script', () => {
  it(
    'moves a meeting once it is planned, calls it off when it should be over, and plays on to the end',
    course,
    async () => {
      const scenario = await play('complete-standard', {
        script: {
          'schedule-internal-meeting': [
            { evidence: { meetingAt: '2026-11-18T10:00' } },
            { choice: 'move-meeting', evidence: { meetingAt: '2026-11-18T14:00' } },
          ],
          'hold-kickoff': [{ choice: 'call-off-meeting', evidence: { reason: 'Nobody came.' } }],
        },
      });
      expect(scenario.mishaps).toEqual([]);
      expect(scenario.mails('meeting-moved').map(({ step: of }) => of)).toEqual(['schedule-internal-meeting']);
      expect(local(scenario.only('hold-internal-meeting').askedAt)).toBe('Wed, Nov 18, 2026, 2:30 PM');
      expect(scenario.step('hold-kickoff').map(({ outcome }) => outcome)).toEqual(['called-off', 'held']);
      expect(scenario.step('schedule-kickoff')).toHaveLength(2);
      expect(scenario.report.handoff.status).toBe('complete');
    },
  );
});

describe('A meeting that lies ahead', () => {
  const cancel = { reason: 'The deal fell through.', confirm: 'Yes, stop this handoff for good' };

  it(
    'is taken out of all calendars when the handoff is canceled: of colleagues by the mail that tells them so',
    course,
    async () => {
      const { system, id } = await planning();
      const request = { handoffId: id, by: 'crm', reason: cancel.reason, at: system.now(), from: 'event' } as const;
      await cancelHandoff(system.world)(request);
      const told = () => system.mails().filter(({ calendar }) => calendar?.method === 'CANCEL');
      expect(told().map((mail) => [mail.tags['kind'], ...(recipients(mail) ?? [])])).toEqual([
        ['meeting-called-off', guest],
        ['handoff-cancelled', anna],
        ['handoff-cancelled', lena],
      ]);
      for (const mail of told()) {
        expect(property(mail, 'UID')).toBe(`UID:${id}-kickoff@handoff.example.com`);
        expect(property(mail, 'SEQUENCE')).toBe('SEQUENCE:1');
      }
      expect(told()[0]?.text).not.toContain(cancel.reason);
      for (const { text } of told().slice(1))
        expect(text.replace(/\s+/g, ' ')).toMatch(
          /Nothing more to do\. .+ was told that the meeting on \w+, \w+ \d+, \d+ [AP]M Berlin time is off\. They weren't told why; decide who does\./,
        );
      await cancelHandoff(system.world)(request);
      expect(told()).toHaveLength(3);
      expect(system.mails().filter(({ tags }) => tags['kind'] === 'handoff-cancelled')).toHaveLength(2);
    },
  );

  it(
    'is taken out of all calendars when nobody acts until the handoff is given up, whatever breaks in between',
    course,
    async () => {
      const { system, id, hers } = await planning();
      const far = { meetingAt: '2027-12-01T10:00', reason: 'After their audit.', timeConfirmed: 'yes' };
      const moved = await system.submit(hers, 'move-meeting', far);
      expect(moved.status, moved.html).toBe(200);
      const request = { handoffId: id, step: 'map-stakeholders', round: 1, at: '2027-11-05T09:00:00Z' };
      // The customer's goes out, the next does not; then that one does, and the one after it does not.
      for (const left of [1, 1]) {
        let taken = 0;
        const send: typeof system.world.mail.send = (mail) =>
          taken++ < left ? system.world.mail.send(mail) : Promise.reject(new Error('killed'));
        await expect(notify({ ...system.world, mail: { ...system.world.mail, send } })(request)).rejects.toThrow(
          'killed',
        );
      }
      await expect(notify(system.world)(request)).rejects.toThrow(HandoffAbandoned);
      await expect(notify(system.world)(request)).rejects.toThrow(HandoffAbandoned);
      const told = system.mails().filter(({ calendar }) => calendar?.method === 'CANCEL');
      expect(told.map((mail) => [mail.tags['kind'], ...(recipients(mail) ?? [])])).toEqual([
        ['meeting-called-off', guest],
        ['handoff-abandoned', anna],
        ['handoff-abandoned', lena],
      ]);
      for (const mail of told) {
        expect(property(mail, 'UID')).toBe(`UID:${id}-kickoff@handoff.example.com`);
        expect(property(mail, 'SEQUENCE')).toBe('SEQUENCE:2');
      }
      // Whoever had no meeting hears of the end as before.
      expect(kinds(system, 'handoff-abandoned').map(recipients)).toEqual([[anna], [lena], [ruth]]);
      expect(told[0]?.text).not.toContain('was still open');
      expect(await meeting(system, id)).toMatchObject({ status: 'off', ended: true, by: 'system' });
      // The customer is still there: what reminds of their renewal stays.
      const { Schedules = [] } = await system.clients.scheduler.send(new ListSchedulesCommand({}));
      expect(Schedules.map(({ Name }) => Name)).toEqual([expect.stringContaining('renewal-reminder')]);
    },
  );

  it('is left alone when it is over by then', async () => {
    const { system, id } = await planning();
    await untilAsked(system, id, 'hold-kickoff');
    await cancelHandoff(system.world)({ handoffId: id, by: 'crm', reason: 'x', at: system.now(), from: 'event' });
    expect(system.mails().filter(({ calendar }) => calendar?.method === 'CANCEL')).toEqual([]);
  });

  it('goes on with whoever takes over a side of the handoff', course, async () => {
    const { system, id } = await planning();
    const tom = 'tom.hughes@example.com';
    const other = { to: tom, everything: 'yes', reason: 'Lena has a new region.' };
    const answer = await system.answer(lena, 'map-stakeholders', 'reassign', other);
    expect(answer.status, answer.html).toBe(200);
    const told = kinds(system, 'meeting-people-changed');
    expect(told.map((mail) => [mail.calendar?.method, ...(recipients(mail) ?? [])])).toEqual([
      ['CANCEL', lena],
      ['REQUEST', tom],
      ['REQUEST', anna, guest],
    ]);
    for (const mail of told) {
      expect(property(mail, 'UID')).toBe(`UID:${id}-kickoff@handoff.example.com`);
      expect(property(mail, 'SEQUENCE')).toBe('SEQUENCE:1');
    }
    expect(
      entry(told[2])
        .filter((line) => line.startsWith('ATTENDEE'))
        .join(),
    ).not.toContain(lena);
    const link = system.linkOf(tom, 'schedule-kickoff');
    expect((await system.get(link)).html).toContain('Move the meeting');
    expect((await system.get(system.linkOf(lena, 'schedule-kickoff'))).html).not.toContain('Move the meeting');
  });
});

describe('The questions for the internal meeting', () => {
  /** The internal meeting is planned and invited to; the review of the brief is open. */
  async function invited() {
    const system = await openSystem({ at: '2026-11-17T08:30:00Z', playbook });
    const id = await system.win(sampleEvent('complete-standard'));
    await system.answer(anna, 'schedule-internal-meeting', 'scheduled');
    await system.until('2026-11-17T09:30:00Z');
    return { system, id };
  }
  const questions = 'Who signs?\nSince when?';

  it(
    'reach the colleagues who were invited before by one update of the entry, and go on from there',
    course,
    async () => {
      const { system, id } = await invited();
      const { html } = await system.answer(lena, 'review-brief', 'accept', { questions });
      expect(html).toContain('Your questions are in the meeting’s agenda. Anna Keller gets the update.');
      await system.until('2026-11-18T08:00:00Z');
      const [update, ...more] = kinds(system, 'meeting-agenda');
      expect([recipients(update), more]).toEqual([[anna], []]);
      expect(property(update, 'UID')).toBe(property(kinds(system, 'internal-meeting-invitation')[0], 'UID'));
      expect(property(update, 'SEQUENCE')).toBe('SEQUENCE:1');
      expect(property(update, 'DESCRIPTION')).toContain('Questions of Lena Vogt\\n- Who signs?\\n- Since when?');
      expect(update?.text).toContain('- Who signs?');
      expect(Object.values((await system.load(id)).meetings ?? {})).toMatchObject([{ sequence: 1, by: anna }]);
    },
  );

  it('do not hold up whoever had the page of the meeting open: only its agenda has changed', course, async () => {
    const { system } = await invited();
    const page = system.linkOf(anna, 'schedule-internal-meeting');
    const form = new URLSearchParams({ ...hiddenFields((await system.get(page)).html), meetingVersion: '0' });
    await system.answer(lena, 'review-brief', 'accept', { questions });
    await system.until('2026-11-17T10:00:00Z');
    for (const [name, value] of Object.entries({ choice: 'move-meeting', meetingAt: '2026-11-18T14:00' }))
      form.set(name, value);
    const moved = await system.post(page, form);
    expect(moved.status, moved.html).toBe(200);
    const [mail] = kinds(system, 'meeting-moved');
    expect([property(mail, 'SEQUENCE'), recipients(mail)]).toEqual(['SEQUENCE:2', [anna, lena].toSorted()]);
    await system.until('2026-11-18T08:00:00Z');
    expect(kinds(system, 'meeting-agenda')).toHaveLength(1);
  });

  it('are told once also when the meeting was moved before: nobody hears of the move again', course, async () => {
    const { system } = await invited();
    const page = system.linkOf(anna, 'schedule-internal-meeting');
    expect((await system.submit(page, 'move-meeting', { meetingAt: '2026-11-18T14:00' })).status).toBe(200);
    await system.until('2026-11-17T10:00:00Z');
    await system.answer(lena, 'review-brief', 'accept', { questions });
    await system.until('2026-11-18T12:00:00Z');
    expect(kinds(system, 'meeting-moved').map((mail) => property(mail, 'SEQUENCE'))).toEqual(['SEQUENCE:1']);
    expect(kinds(system, 'meeting-agenda').map((mail) => property(mail, 'SEQUENCE'))).toEqual(['SEQUENCE:2']);
  });

  it('need no update when there are none, or when the meeting is over', course, async () => {
    const { system } = await invited();
    await system.answer(lena, 'review-brief', 'accept', { questions: '' });
    expect(kinds(system, 'meeting-agenda')).toEqual([]);
    const late = await invited();
    await late.system.until('2026-11-20T15:00:00Z');
    await late.system.answer(lena, 'review-brief', 'accept', { questions });
    expect(kinds(late.system, 'meeting-agenda')).toEqual([]);
  });
});
