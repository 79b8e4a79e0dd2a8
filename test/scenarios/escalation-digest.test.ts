import { describe, expect, it } from 'vitest';
import type { Person } from '../../functions/domain/people/person.ts';
import { askSteps } from '../../functions/domain/playbook/capabilities.ts';
import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { addBusinessDays } from '../../functions/domain/time/calendar.ts';
import { sendReports } from '../../functions/verbs/send-reports.ts';
import type { Mail } from '../../infra/account/ses/mail.ts';
import { problemsOf } from '../../infra/local/mails/mail-checks.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { course } from '../support/course.ts';
import { dealEvent, roster } from '../support/deals.ts';
import { anna, calendarOf, klaus, personAt, ruth } from '../support/handoff-record.ts';
import { full } from '../support/playbooks/full.ts';
import { type OpenSystem, openSystem } from '../support/world.ts';

const id = 'D-2026-1041-1';
const step = 'schedule-internal-meeting';
const digested: Playbook = { ...full, escalations: 'digest' };

/**
 * Anna's step is due on Wednesday 18 November, 9:30 in Berlin, and nobody acts: her manager is to help a day later, and reads that on
 * Friday at 9:05; operations a business day after that, who read it at once; a day later it is stalled.
 */
const rungs = { manager: '2026-11-19T08:30', operations: '2026-11-23T08:05', stall: '2026-11-24T08:05' };

async function late(options: Parameters<typeof openSystem>[0] = {}): Promise<OpenSystem> {
  const system = await openSystem({ at: '2026-11-17T08:30:00Z', playbook: digested, recurs: true, ...options });
  await system.win(dealEvent());
  return system;
}

const withPerson = (email: string, change: (person: Person) => Partial<Person>): readonly Person[] =>
  roster().map((person) => (person.email === email ? { ...person, ...change(person) } : person));

/** What somebody was mailed about the step, and in their digest: 'escalate 2026-11-19T08:30'. */
const mailsTo = (system: OpenSystem, email: string, ...kinds: readonly string[]): readonly Mail[] =>
  system.mails().filter(({ recipients, tags }) => recipients.includes(email) && kinds.includes(tags['kind'] ?? ''));

const timesOf = (mails: readonly Mail[]) => mails.map(({ at }) => new Date(at).toISOString().slice(0, 16));

const flat = (mail: Mail | undefined): string => mail?.text.replace(/\s+/g, ' ') ?? '';

/** How each was told, by the audit trail: 'told-in-digest: escalate to …'. */
async function trail(system: OpenSystem, about: string): Promise<readonly string[]> {
  const entries = await system.world.audit.trail(id);
  return entries
    .filter(({ what, detail }) => ['mail-sent', 'told-in-digest'].includes(what) && detail.startsWith(`${about} to `))
    .map(({ what, at, detail }) => `${at.slice(0, 16)} ${what}: ${detail}`);
}

describe('A late step under a playbook whose escalations stand in the daily digest', () => {
  it('is told there, rung by rung, and by email once it is stalled', course, async () => {
    const system = await late();
    await system.until('2026-11-24T12:00:00Z');
    expect(mailsTo(system, klaus, 'escalate')).toEqual([]);
    expect(mailsTo(system, ruth, 'escalate')).toEqual([]);
    // What happens at one moment has no order.
    expect((await trail(system, 'escalate')).toSorted()).toEqual([
      `${rungs.manager} mail-sent: escalate to ${anna}`,
      `2026-11-20T08:05 told-in-digest: escalate to ${klaus}`,
      `${rungs.operations} mail-sent: escalate to ${anna}`,
      `${rungs.operations} told-in-digest: escalate to ${ruth}`,
    ]);
    expect(timesOf(mailsTo(system, klaus, 'stall'))).toEqual([rungs.stall]);
    expect(timesOf(mailsTo(system, ruth, 'stall'))).toEqual([rungs.stall]);

    // At the moment of the digest nobody is told that it is to come.
    const [, again] = mailsTo(system, anna, 'escalate');
    expect(again?.subject).toBe('Ruth can help too: Nordwind Logistik');
    expect(flat(again)).toContain('Ruth can now reassign it or clear the way.');

    const digest = mailsTo(system, klaus, 'overdue-digest')[1];
    expect(digest?.subject).toBe('1 step needs your help, 1 overdue: Fri, Nov 20');
    expect(flat(digest)).toContain('This list stands in place of an email for each.');
    expect(flat(digest)).toContain('Anna was asked Tue, Nov 17, 9:30 AM Berlin time to schedule the internal meeting.');
    expect(flat(digest)).toContain('Talk first, then reassign, skip, or cancel.');
    expect(flat(digest)).toContain("Still open Mon 9:05 AM? We'll ask Ruth to help, in the daily digest.");
    // It opens the step, where a manager may do all that.
    const [link = ''] = /\/s\/[\w-]+/.exec(digest?.text ?? '') ?? [];
    expect((await system.get(link)).html).toContain('Reassign');
  });

  it('says to its owner what is so: who will be asked, and when', async () => {
    const system = await late();
    await system.until('2026-11-19T12:00:00Z');
    const [warned] = mailsTo(system, anna, 'breach');
    expect(flat(warned)).toContain(
      "Still open Thu 9:30 AM? We'll ask Klaus to help, in the daily digest of Fri 9:05 AM.",
    );
    const [told] = mailsTo(system, anna, 'escalate');
    expect(told?.subject).toBe('Nordwind Logistik: Klaus will be asked Fri 9:05 AM');
    expect(flat(told)).toContain(
      "We'll ask Klaus to help in the daily digest of Fri 9:05 AM. Finish it before then, and we won't.",
    );
    expect(flat(told)).not.toMatch(/We've told|as announced/);
  });

  it('names to its owner who will be there then, not who is there now', async () => {
    const away = (date: string) =>
      withPerson(klaus, ({ availability }) => ({
        availability: { ...availability, away: [{ from: date, to: date }] },
      }));
    const warned = async (people: readonly Person[]) => {
      const system = await late({ roster: people });
      await system.until('2026-11-18T12:00:00Z');
      return flat(mailsTo(system, anna, 'breach')[0]);
    };
    expect(await warned(away('2026-11-18'))).toContain(
      "Still open Thu 9:30 AM? We'll ask Klaus to help, in the daily digest of Fri 9:05 AM.",
    );
    expect(await warned(away('2026-11-19'))).toContain(
      "Still open Thu 9:30 AM? We'll ask Klaus to help, in the daily digest of Fri 9:05 AM.",
    );
  });

  it('is nobody else’s affair when it is done before the digest', async () => {
    const system = await late();
    await system.until('2026-11-19T12:00:00Z');
    await system.answer(anna, step, 'scheduled');
    await system.until('2026-11-20T12:00:00Z');
    expect(flat(mailsTo(system, klaus, 'overdue-digest').at(-1))).not.toContain('in place of an email');
    expect(mailsTo(system, klaus, 'trouble-over')).toEqual([]);
    expect(await trail(system, 'trouble-over')).toEqual([]);
  });

  it('is told to be done in the next digest, to whoever read of it in one', course, async () => {
    const system = await late();
    await system.until('2026-11-20T08:10:00Z');
    await system.answer(anna, step, 'scheduled');
    await system.until('2026-11-24T12:00:00Z');
    expect(mailsTo(system, klaus, 'trouble-over')).toEqual([]);
    const over = await trail(system, 'trouble-over');
    expect(over).toEqual([`2026-11-23T08:05 told-in-digest: trouble-over to ${klaus}`]);
    const digest = mailsTo(system, klaus, 'overdue-digest').find(({ at }) => at === Date.parse('2026-11-23T08:05:00Z'));
    expect(flat(digest)).toContain('Done since Fri, Nov 20');
    // Once.
    expect(mailsTo(system, klaus, 'overdue-digest').filter(({ text }) => text.includes('Done since'))).toHaveLength(1);
  });

  it('is told to a manager in another zone in their own morning', course, async () => {
    const people = withPerson(klaus, ({ availability }) => ({
      availability: { ...availability, zone: 'America/New_York', holidays: { country: 'US' } },
    }));
    const system = await late({ roster: people });
    await system.until('2026-11-19T18:00:00Z');
    const [digest] = mailsTo(system, klaus, 'overdue-digest').slice(-1);
    expect(flat(digest)).toContain('in place of an email');
    expect(await trail(system, 'escalate')).toContain(
      `${timesOf(digest ? [digest] : [])} told-in-digest: escalate to ${klaus}`,
    );
    expect(flat(mailsTo(system, anna, 'escalate')[0])).toContain('in the daily digest of Thu 3:05 PM');
  });

  it('is an email at once where the manager has no digest before the next rung', course, async () => {
    const people = withPerson(klaus, ({ availability }) => ({
      availability: { ...availability, away: [{ from: '2026-11-20', to: '2026-11-20' }] },
    }));
    const system = await late({ roster: people });
    await system.until('2026-11-19T12:00:00Z');
    expect(timesOf(mailsTo(system, klaus, 'escalate'))).toEqual([rungs.manager]);
    expect(flat(mailsTo(system, anna, 'escalate')[0])).toContain("We've told Klaus, as announced.");
  });

  it(
    'is an email where no digest comes, three hours later, and a business day before the next rung',
    course,
    async () => {
      const system = await late({ recurs: false });
      await system.until('2026-11-23T16:00:00Z');
      expect(timesOf(mailsTo(system, klaus, 'escalate'))).toEqual(['2026-11-20T11:05']);
      expect(timesOf(mailsTo(system, anna, 'escalate'))).toEqual([rungs.manager, '2026-11-23T11:05']);
    },
  );

  it.each(['09:00', '09:30', '13:00'])(
    'leaves everybody a business day who reads of it in a digest: a manager who begins at %s',
    course,
    async (from) => {
      const hours = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, { from, to: '17:00' }]));
      const people = withPerson(klaus, ({ availability }) => ({ availability: { ...availability, hours } }));
      const system = await late({ roster: people });
      await system.until('2026-11-27T16:00:00Z');
      const entries = await system.world.audit.trail(id);
      const told = entries.filter(({ what, detail }) => what === 'told-in-digest' && detail.startsWith('escalate'));
      expect(told.length).toBeGreaterThan(0);
      const mailed = system
        .mails()
        .filter(({ recipients, tags }) => recipients.includes(anna) && tags['step'] === step);
      const calendar = calendarOf(personAt(anna));
      for (const { at } of told) {
        const next = mailed.find((mail) => mail.at > Date.parse(at));
        expect(next?.at).toBeGreaterThanOrEqual(Date.parse(addBusinessDays(at, 1, calendar)));
      }
      // Nobody waits for longer than a day more.
      expect(timesOf(mailsTo(system, klaus, 'stall'))[0]?.slice(0, 10)).toMatch(/^2026-11-2[456]$/);
    },
  );

  it('climbs at once when the digest comes back', course, async () => {
    const system = await late();
    await system.until('2026-11-19T12:00:00Z');
    system.account.mailTrouble.bounce(klaus);
    await system.until('2026-11-20T08:29:00Z');
    expect(timesOf(mailsTo(system, ruth, 'escalate'))).toEqual(['2026-11-20T08:05']);
  });

  it('is told again, and noted, when somebody was interrupted between the digest and its record', course, async () => {
    const system = await late({ recurs: false });
    await system.until('2026-11-20T08:00:00Z');
    const { world } = system;
    const broken = { ...world, mails: { ...world.mails, markSent: () => Promise.reject(new Error('Interrupted.')) } };
    await expect(sendReports(broken)({ at: system.now() })).rejects.toThrow('Interrupted.');
    expect(await trail(system, 'escalate')).toEqual([`${rungs.manager} mail-sent: escalate to ${anna}`]);
    // Three hours later somebody looks once more, and finds that nothing is on record.
    await system.until('2026-11-20T11:06:00Z');
    expect(timesOf(mailsTo(system, klaus, 'escalate'))).toEqual(['2026-11-20T11:05']);
    await system.until('2026-11-20T12:00:00Z');
    await sendReports(world)({ at: system.now() });
    await sendReports(world)({ at: system.now() });
    expect(mailsTo(system, klaus, 'overdue-digest')).toHaveLength(2);
  });

  it.each(['en-US', 'de-DE'])('is told in good mails, in %s', course, async (locale) => {
    const system = await late({ locale, playbook: { ...playbook, escalations: 'digest' } });
    await system.until('2026-11-26T12:00:00Z');
    // What the CRM has typed is in no language of ours.
    const titles = [...askSteps(playbook).map(({ rule }) => rule.title), 'fleet planning for 120 dispatchers'];
    const told = system
      .mails()
      .filter(
        ({ tags, recipients }) =>
          tags['kind'] === 'overdue-digest' ||
          (recipients.includes(anna) && ['breach', 'escalate'].includes(tags['kind'] ?? '')),
      );
    const wrong = told.flatMap((mail) =>
      problemsOf(mail, titles).filter((problem) => !problem.startsWith('link: http://handoff.example.com')),
    );
    expect(wrong).toEqual([]);
    const sentence = locale === 'de-DE' ? 'Diese Liste ersetzt eine E-Mail zu jedem.' : 'in place of an email for each';
    expect(told.filter((mail) => flat(mail).includes(sentence)).length).toBeGreaterThan(0);
  });
});
