import { describe, expect, it } from 'vitest';
import { openTable } from '../../functions/aws/dynamodb.ts';
import { roster as rosterIn } from '../../functions/aws/roster.ts';
import type { Person } from '../../functions/domain/people/person.ts';
import { importRoster } from '../../infra/local/roster-import.ts';
import { course } from '../support/course.ts';
import { roster } from '../support/deals.ts';
import { anna, daniel, klaus, lena, ruth } from '../support/handoff-record.ts';
import { upTo } from '../support/progress.ts';
import type { OpenSystem } from '../support/world.ts';

const step = 'review-brief';

const stepOf = async (system: OpenSystem, id: string, of = step) => {
  const found = (await system.load(id)).steps[of];
  if (!found) throw new Error(`${of} was not asked.`);
  return found;
};

/** Who was mailed something of a kind about the step, with its subject, oldest first. */
const told = (system: OpenSystem, kind: string) =>
  system
    .mails()
    .filter(({ tags }) => tags['kind'] === kind && tags['step'] === step)
    .map(({ to, subject }) => `${to[0]?.address}: ${subject}`);

const people = (changes: Readonly<Record<string, Partial<Person>>>): Person[] =>
  roster().map((person) => ({ ...person, ...changes[person.email] }));

const withAway = (email: string, from: string, to: string): Partial<Person> => {
  const person = roster().find((each) => each.email === email);
  if (!person) throw new Error(`Nobody has the address ${email}.`);
  return { availability: { ...person.availability, away: [{ from, to }] } };
};

const bring = async (system: OpenSystem, text: readonly Person[]) => {
  const adapter = rosterIn(openTable(system.clients.dynamodb, 'handoff'));
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  await importRoster({ roster: adapter, work: system.world, text: JSON.stringify(text), say });
  await system.clock.settled();
  return said;
};

// Lena was asked on Tue, Nov 17, 2026, 9:30 AM in Berlin.
describe('Somebody goes away with an open step', () => {
  const away = { from: '2026-11-18', until: '2026-11-20' };

  it('their manager is asked from the first day on, told why, and it goes back if still open', course, async () => {
    const { system, id } = await upTo(step);
    const { dueAt } = await stepOf(system, id);
    const noted = await system.answer(lena, step, 'away', away);
    expect([noted.status, noted.html]).toEqual([200, expect.stringContaining('Daniel Weiss is asked in your place.')]);
    expect(await stepOf(system, id)).toMatchObject({ owner: lena });
    await system.until('2026-11-17T22:59:00Z');
    expect(await stepOf(system, id)).toMatchObject({ owner: lena });

    await system.until('2026-11-18T08:00:00Z');
    const stood = await stepOf(system, id);
    expect(stood).toMatchObject({
      owner: daniel,
      standInFor: lena,
      askedAt: '2026-11-18T08:00:00Z',
      handed: { from: lena, by: 'system', why: 'away', until: '2026-11-23T08:00:00Z' },
    });
    expect(Date.parse(stood.dueAt)).toBeGreaterThanOrEqual(Date.parse(dueAt));
    expect(told(system, 'ask').at(-1)).toMatch(/^daniel.weiss.*: review the brief .*for Lena by /);
    const mail = system.mails().findLast(({ tags }) => tags['kind'] === 'ask');
    expect(mail?.text.replace(/\s+/g, ' ')).toContain(
      'Lena is away until Mon, Nov 23, 9 AM Berlin time, so you are asked in their place.',
    );
    expect(told(system, 'handed-away')).toEqual([`${lena}: Nordwind: Daniel stands in for you until Mon, Nov 23`]);
    expect(
      told(system, 'taken-over')
        .map((line) => line.split(':')[0])
        .sort(),
    ).toEqual([anna, ruth]);

    await system.until('2026-11-23T08:00:00Z');
    const back = await stepOf(system, id);
    expect(back).toMatchObject({ owner: lena, handed: { from: daniel, why: 'back' } });
    expect(back).not.toHaveProperty('standInFor');
    expect(Date.parse(back.dueAt)).toBeGreaterThan(Date.parse('2026-11-23T08:00:00Z'));
    expect(told(system, 'handed-away').at(-1)).toMatch(/^daniel.*Lena is back, and takes over from you$/);
    await system.answer(lena, step, 'accept');
    expect((await stepOf(system, id)).decision).toMatchObject({ by: lena });
  });

  it('whom they named is asked; when that one goes away too, the manager is', course, async () => {
    const tom = 'tom.hughes@example.com';
    const { system, id } = await upTo(step);
    await system.answer(lena, step, 'away', { ...away, deputy: tom });
    await system.until('2026-11-18T10:00:00Z');
    expect(await stepOf(system, id)).toMatchObject({ owner: tom, standInFor: lena });
    // They are deputies of each other.
    const said = await bring(system, people({ [tom]: { ...withAway(tom, '2026-11-18', '2026-11-27'), deputy: lena } }));
    expect(said).toContain('asked again  1 open step of these people');
    expect(await stepOf(system, id)).toMatchObject({ owner: daniel, standInFor: lena, handed: { from: tom } });
    const trail = (await system.world.audit.trail(id)).filter(({ what }) => what === 'stand-in');
    const { because } = await stepOf(system, id);
    expect(because).toMatch(/^due Wed, Nov 18, \S+ PM Berlin time: /);
    expect(trail.at(-1)?.detail).toBe(
      `From ${tom} to ${daniel}. Lena Vogt is away until Mon, Nov 23, 9 AM Berlin time. D${because.slice(1)}.`,
    );
    expect(told(system, 'taken-over')).toContain(`${lena}: Nordwind: Daniel stands in for you until Mon, Nov 23`);
    await system.until('2026-11-23T09:00:00Z');
    expect(told(system, 'taken-over')).toContain(`${tom}: Nordwind Logistik: Lena takes over again from Daniel`);
  });

  it('nobody is there: they are asked all the same, and revenue operations hears of it', course, async () => {
    const { system, id } = await upTo(step);
    const gone = Object.fromEntries(
      [lena, daniel, ruth].map((email) => [email, withAway(email, '2026-11-17', '2026-11-27')]),
    );
    await bring(system, people(gone));
    expect(await stepOf(system, id)).toMatchObject({ owner: lena });
    expect(told(system, 'nobody-there')).toEqual([`${ruth}: Nordwind Logistik: nobody is there to review the brief`]);
    await system.until('2026-11-30T08:00:00Z');
    expect(told(system, 'nobody-there')).toHaveLength(1);
  });

  it('what was due before they go stays theirs: the page says so, and helpers read that they are away', async () => {
    const { system, id } = await upTo(step);
    // Due on Wed, Nov 18, 9:30 AM.
    await system.until('2026-11-18T10:00:00Z');
    const noted = await system.answer(lena, step, 'away', { from: '2026-11-19', until: '2026-12-02' });
    expect(noted.html).toContain(
      'Due before you go, so it stays yours: “Review the brief” for Nordwind Logistik. If that can’t wait for you, reassign it.',
    );
    await system.until('2026-11-19T10:00:00Z');
    expect(await stepOf(system, id)).toMatchObject({ owner: lena });
    const texts = (kind: string) =>
      system
        .mails()
        .filter(({ tags }) => tags['kind'] === kind)
        .map(({ text }) => text.replace(/\s+/g, ' '));
    const helped = texts('escalate').filter((text) => text.includes('Hi Daniel'));
    expect(helped).toEqual([expect.stringContaining('Lena is away until Thu, Dec 3, 9 AM Berlin time.')]);
  });

  it('comes back earlier than they had said: it goes back at once', async () => {
    const { system, id } = await upTo(step);
    await system.answer(lena, step, 'away', { from: '2026-11-17', until: '2026-12-04' });
    expect(await stepOf(system, id)).toMatchObject({ owner: daniel });
    await system.until('2026-11-18T10:00:00Z');
    await system.answer(lena, step, 'away', { from: '2026-11-30', until: '2026-12-04' });
    expect(await stepOf(system, id)).toMatchObject({ owner: lena, handed: { from: daniel, why: 'back' } });
  });

  it(
    'while it waits for the customer: it stays with them if they are back by then, else it moves when the wait is over',
    course,
    async () => {
      const { system, id } = await upTo(step);
      await system.answer(lena, step, 'wait-for-customer', { until: '2026-11-19', reason: 'Trade fair' });
      await system.answer(lena, step, 'away', away);
      await system.until('2026-11-18T12:00:00Z');
      expect(await stepOf(system, id)).toMatchObject({ owner: lena });
      await system.until('2026-11-19T08:00:00Z');
      expect(await stepOf(system, id)).toMatchObject({ owner: daniel, pauses: [{ reason: 'Trade fair' }] });
    },
  );

  it('later steps are asked of whoever stands in, and "5 business days" stay five', course, async () => {
    const { system, id } = await upTo(step);
    await system.answer(lena, step, 'away', { from: '2026-11-18', until: '2026-12-11' });
    await system.answer(lena, step, 'accept');
    const [asked] = Object.values((await system.load(id)).steps).filter(
      ({ owner, decision }) => owner === lena && !decision,
    );
    const before = asked?.promisedAt;
    await system.until('2026-11-18T08:00:00Z');
    for (const each of Object.values((await system.load(id)).steps).filter(({ decision }) => !decision))
      expect(each.owner).not.toBe(lena);
    if (asked) expect((await stepOf(system, id, asked.step)).promisedAt).toBe(before);
  });
});

describe('A manager who is away when a step climbs to them', () => {
  it('is told by whoever stands in, who reads why, and is told when it is over', course, async () => {
    const grace = 'grace.okafor@example.com';
    const away = { ...withAway(daniel, '2026-11-18', '2026-11-27'), deputy: grace };
    const { system } = await upTo(step, { roster: people({ [daniel]: away }) });
    await system.until('2026-11-19T12:00:00Z');
    expect(told(system, 'escalate').map((line) => line.split(':')[0])).toEqual([lena, grace]);
    const escalated = system.mails().findLast(({ tags }) => tags['kind'] === 'escalate');
    expect(escalated?.text.replace(/\s+/g, ' ')).toContain(
      "Daniel is away until Mon, Nov 30, 9 AM Berlin time, so you're told instead.",
    );
    const asked = system.mails().find(({ tags }) => tags['kind'] === 'breach');
    expect(asked?.text).toContain('Grace');
    expect((await system.answer(lena, step, 'accept')).status).toBe(200);
    expect(told(system, 'trouble-over').map((line) => line.split(':')[0])).toEqual([grace]);
  });
});

describe('An absence that cannot be', () => {
  it.each([
    [
      'ends before it begins',
      { from: '2026-11-20', until: '2026-11-19' },
      'Last day away must be the first day or later',
    ],
    ['is past', { from: '2026-11-16', until: '2026-11-20' }, 'must be today or later'],
    ['is a weekend', { from: '2026-11-21', until: '2026-11-22' }, 'You would not be working on these days anyway'],
    [
      'has a deputy who is away',
      { from: '2026-11-30', until: '2026-12-08', deputy: 'jonas.hartmann@example.com' },
      'Jonas Hartmann is away then too until Mon, Dec 7',
    ],
  ])('%s', course, async (_, evidence, problem) => {
    const { system } = await upTo(step);
    const answer = await system.answer(lena, step, 'away', evidence);
    expect(answer.status).toBe(422);
    expect(answer.html).toContain(problem);
    expect((await system.world.roster.people([lena])).get(lena)).not.toHaveProperty('awayNotes');
  });
});

describe('An absence of today', () => {
  // Lena works from 9 AM to 5 PM in Berlin.
  const today = { from: '2026-11-17', until: '2026-11-17' };

  it('counts while more than half of the day is left, and is refused from then on: it is no day away', async () => {
    const { system } = await upTo(step);
    await system.until('2026-11-17T12:30:00Z');
    const late = await system.answer(lena, step, 'away', today);
    expect(late.status).toBe(422);
    expect(late.html).toContain('Half of today is over: less than a day away moves nothing to others.');
    expect(told(system, 'handed-away')).toEqual([]);
    const longer = await system.answer(lena, step, 'away', { ...today, until: '2026-11-18' });
    expect(longer.status).toBe(200);
  });

  it('that is said in the morning moves what is open', async () => {
    const { system, id } = await upTo(step);
    expect((await system.answer(lena, step, 'away', today)).status).toBe(200);
    expect((await stepOf(system, id)).owner).toBe(daniel);
  });
});

describe('Somebody leaves the company with an open step', () => {
  it('it moves at once, and their links open nothing any more', async () => {
    const { system, id } = await upTo(step);
    const link = system.linkOf(lena, step);
    await bring(system, people({ [lena]: { active: false } }));
    expect(await stepOf(system, id)).toMatchObject({ owner: daniel, standInFor: lena, handed: { why: 'left' } });
    expect(told(system, 'handed-away')).toEqual([]);
    // Who has just got another mail hears of it a quarter of an hour later.
    const soon = Date.parse(system.now()) + 15 * 60_000;
    await system.until(new Date(soon - 1).toISOString());
    expect(told(system, 'taken-over').filter((line) => line.startsWith(anna))).toEqual([]);
    await system.until(new Date(soon).toISOString());
    expect(
      told(system, 'taken-over')
        .map((line) => line.split(':')[0])
        .sort(),
    ).toEqual([anna, ruth]);
    const page = await system.get(link);
    expect(page.status).toBe(410);
    expect(page.html).not.toContain('Nordwind');
    expect((await system.submit(link, 'accept')).status).not.toBe(200);
    expect((await system.get(`${link}/brief`)).status).toBe(404);
    // The manager hands the whole side to a colleague.
    await system.answer(daniel, step, 'reassign', { to: 'tom.hughes@example.com', everything: 'yes' });
    expect((await system.load(id)).state.people.customerSuccessManager).toBe('tom.hughes@example.com');
    expect(await stepOf(system, id)).not.toHaveProperty('standInFor');
  });
});

describe('Somebody is not there for a meeting that lies ahead', () => {
  const tom = 'tom.hughes@example.com';
  /** Method, SEQUENCE and recipients of what the calendars got, but for the first invitation. */
  const changes = (system: OpenSystem) =>
    system
      .mails()
      .filter(({ tags }) => tags['kind'] === 'meeting-people-changed')
      .map(({ calendar, recipients }) => [
        calendar?.method,
        /SEQUENCE:(\d+)/.exec(calendar?.text ?? '')?.[1],
        ...recipients.toSorted(),
      ]);
  const noted = { from: '2026-11-18', until: '2026-11-24', deputy: tom };
  /** On their first day away. */
  const meetingAt = '2026-11-18T09:00';

  it(
    'whoever stands in is invited as soon as it is known, reports on it, and gets the notes with those whose it is',
    course,
    async () => {
      const { system, id } = await upTo('schedule-internal-meeting');
      await system.answer(anna, 'schedule-internal-meeting', 'scheduled', { meetingAt });
      expect((await system.answer(lena, step, 'away', noted)).status).toBe(200);
      expect(changes(system)).toEqual([
        ['CANCEL', '1', lena],
        ['REQUEST', '1', tom],
        ['REQUEST', '1', anna],
      ]);
      const [, invited] = system.mails().filter(({ tags }) => tags['kind'] === 'meeting-people-changed');
      expect(invited?.text).toContain('You join in place of Lena Vogt.');
      await system.until('2026-11-18T09:30:00Z');
      expect((await system.answer(tom, step, 'accept')).status).toBe(200);
      expect((await system.answer(tom, 'hold-internal-meeting', 'held')).status).toBe(200);
      const [notes] = system.mails().filter(({ tags }) => tags['kind'] === 'internal-meeting-notes');
      expect(notes?.recipients.toSorted()).toEqual([anna, lena, tom]);
      expect((await system.load(id)).meetings?.['internal-meeting']).toMatchObject({ hosts: [tom, anna], sequence: 1 });
    },
  );

  it('they are invited again when they come back earlier', course, async () => {
    const { system } = await upTo('schedule-internal-meeting');
    await system.answer(anna, 'schedule-internal-meeting', 'scheduled', { meetingAt: '2026-11-19T09:00' });
    await system.answer(lena, step, 'away', noted);
    await system.answer(lena, step, 'away', { from: '2026-11-24', until: '2026-11-27', deputy: tom });
    expect(changes(system).slice(3)).toEqual([
      ['CANCEL', '2', tom],
      ['REQUEST', '2', lena],
      ['REQUEST', '2', anna],
    ]);
  });

  it('a meeting planned for their days away is that of whoever stands in from the start', course, async () => {
    const { system } = await upTo('schedule-internal-meeting');
    await bring(system, people({ [lena]: { ...withAway(lena, noted.from, noted.until), deputy: tom } }));
    const refused = await system.answer(anna, 'schedule-internal-meeting', 'scheduled', { meetingAt });
    expect(refused.html).toContain('is in an absence of Lena Vogt');
    const time = { meetingAt, timeConfirmed: 'yes' };
    expect((await system.answer(anna, 'schedule-internal-meeting', 'scheduled', time)).status).toBe(200);
    const invitations = system.mails().filter(({ tags }) => tags['kind'] === 'internal-meeting-invitation');
    expect(invitations.flatMap(({ recipients }) => recipients).toSorted()).toEqual([anna, tom]);
    expect(changes(system)).toEqual([]);
  });

  it('nothing changes for a meeting before or after their absence', course, async () => {
    const { system } = await upTo('schedule-internal-meeting');
    await system.answer(anna, 'schedule-internal-meeting', 'scheduled', { meetingAt });
    await system.answer(lena, step, 'away', { ...noted, from: '2026-11-19' });
    expect(changes(system)).toEqual([]);
  });

  it('the customer hears who takes part when somebody has left the company, from whoever does', course, async () => {
    const { system } = await upTo('schedule-kickoff');
    const guest = 'tom@nordwind-logistik.example';
    await system.answer(lena, 'schedule-kickoff', 'scheduled', { meetingAt: '2026-11-24T14:00', recipients: guest });
    await bring(system, people({ [lena]: { active: false } }));
    expect(changes(system)).toEqual([
      ['CANCEL', '1', lena],
      ['REQUEST', '1', daniel],
      ['REQUEST', '1', anna, guest],
    ]);
    const mail = system.mails().findLast(({ recipients }) => recipients.includes(guest));
    expect(mail?.text).toContain('Daniel Weiss takes part in place of Lena Vogt.');
    expect([mail?.from.name, mail?.replyTo[0]?.address]).toEqual(['Daniel Weiss', daniel]);
    expect(mail?.calendar?.text.replace(/\r?\n /g, '')).toMatch(/^ORGANIZER;.*daniel\.weiss@example\.com/m);
    expect(mail?.calendar?.text).not.toContain('Lena');
  });

  it('everybody is told once, whatever breaks in between', course, async () => {
    const { system, id } = await upTo('schedule-internal-meeting');
    await system.answer(anna, 'schedule-internal-meeting', 'scheduled', { meetingAt: '2026-11-19T09:00' });
    const notes = [{ from: '2026-11-19', to: '2026-11-24', deputy: tom }];
    await system.world.roster.noteAway({ email: lena, notes, before: undefined });
    const { notify } = await import('../../functions/verbs/notify.ts');
    const request = { handoffId: id, step, round: 1, at: '2026-11-17T09:00:00Z' };
    for (const left of [0, 1, 1]) {
      let taken = 0;
      const send: typeof system.world.mail.send = (mail) =>
        taken++ < left ? system.world.mail.send(mail) : Promise.reject(new Error('killed'));
      await notify({ ...system.world, mail: { ...system.world.mail, send } })(request).catch(() => undefined);
    }
    for (const later of [request.at, '2026-11-17T11:00:00Z']) await notify(system.world)({ ...request, at: later });
    expect(changes(system)).toEqual([
      ['CANCEL', '1', lena],
      ['REQUEST', '1', tom],
      ['REQUEST', '1', anna],
    ]);
  });
});

describe('The roster changes', () => {
  it('while the request is being sent: nothing is lost, and whoever is there has it', course, async () => {
    const { system, id } = await upTo(step);
    const { notify } = await import('../../functions/verbs/notify.ts');
    await system.answer(lena, step, 'reassign', { to: 'tom.hughes@example.com' });
    const { send } = system.world.mail;
    let imported = false;
    const mail: typeof system.world.mail = {
      send: async (outgoing) => {
        if (!imported) {
          imported = true;
          await bring(system, people({ 'tom.hughes@example.com': { active: false } }));
        }
        return send(outgoing);
      },
    };
    const { round } = await stepOf(system, id);
    await system.until('2026-11-17T15:00:00Z');
    await notify({ ...system.world, mail })({ handoffId: id, step, round, at: '2026-11-18T09:00:00Z' });
    await system.until('2026-11-18T12:00:00Z');
    expect((await stepOf(system, id)).owner).not.toBe(lena);
    await bring(system, people({ 'tom.hughes@example.com': { active: false } }));
    expect(await stepOf(system, id)).toMatchObject({ owner: 'grace.okafor@example.com' });
  });

  it('keeps what people have said of themselves', async () => {
    const { system } = await upTo(step);
    await system.answer(lena, step, 'away', { from: '2026-12-01', until: '2026-12-04', deputy: klaus });
    const answer = await system.answer(lena, step, 'away', { from: '2026-12-01', until: '2026-12-04' });
    expect(answer.status).toBe(200);
    expect(await bring(system, roster())).toEqual(['0 added, 0 changed, 15 left untouched, 0 deactivated.']);
    const known = (await system.world.roster.people([lena])).get(lena);
    expect(known?.availability.away).toEqual([{ from: '2026-12-01', to: '2026-12-04' }]);
  });
});
