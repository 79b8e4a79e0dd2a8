import { describe, expect, it } from 'vitest';
import { askSteps } from '../../functions/domain/playbook/capabilities.ts';
import type { Measured } from '../../functions/domain/reports/measured-handoff.ts';
import { measure } from '../../functions/verbs/measure.ts';
import type { ReportsSent } from '../../functions/verbs/send-reports.ts';
import { sendReports } from '../../functions/verbs/send-reports.ts';
import type { Mail } from '../../infra/account/ses/mail.ts';
import { problemsOf } from '../../infra/local/mails/mail-checks.ts';
import { measuredCompany, personId } from '../../infra/local/measured-company.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { course } from '../support/course.ts';
import { dealEvent, roster } from '../support/deals.ts';
import { anna, daniel, klaus, lena, ruth } from '../support/handoff-record.ts';
import { type OpenSystem, openSystem } from '../support/world.ts';

const hour = 3_600_000;
const kinds = ['overdue-digest', 'weekly-list', 'weekly-kpis', 'audit-pack'];

const reports = (system: OpenSystem, kind?: string): readonly Mail[] =>
  system
    .mails()
    .filter(({ tags }) => (kind === undefined ? kinds.includes(tags['kind'] ?? '') : tags['kind'] === kind));

const toldTo = (mails: readonly Mail[]) => mails.map(({ recipients: [to] }) => to);

/** What was measured by then: nothing unless given. */
const measuredAs = (system: OpenSystem, measured?: Measured) => ({
  ...system.world,
  measured: {
    between: async () => measured ?? { asOf: undefined, handoffs: [], playbooks: [] },
  },
  pseudonyms: { everybody: async () => new Map(roster().map(({ email }) => [personId(email), email])) },
});

/** Titles of steps of handoffs that nobody can load: they stand as they were measured. */
const titles = askSteps(playbook).map(({ rule }) => rule.title);

/** What is wrong with a mail; the site of these tests has no certificate. */
const wrongIn = (mail: Mail | undefined): readonly string[] =>
  mail ? problemsOf(mail, titles).filter((problem) => !problem.startsWith('link: http://handoff.example.com')) : [];

type Source = Parameters<typeof sendReports>[0];

/** Calls the function each full hour until then, as its rule does. */
async function hourly(system: OpenSystem, until: string, world: Source = measuredAs(system)): Promise<ReportsSent> {
  const sum = { sent: 0, nothing: 0, left: 0 };
  for (;;) {
    const next = Math.ceil((Date.parse(system.now()) + 1) / hour) * hour;
    if (next > Date.parse(until)) return sum;
    await system.until(new Date(next).toISOString());
    const { sent, nothing, left } = await sendReports(world)({ at: system.now() });
    sum.sent += sent;
    sum.nothing += nothing;
    sum.left += left;
  }
}

/** Handoffs of which the package is due on Thursday 19 November, 9:30 in Berlin, and nobody acts. */
async function silent(at = '2026-11-17T08:30:00Z'): Promise<OpenSystem> {
  const system = await openSystem({ at });
  await system.win(dealEvent());
  return system;
}

describe('The managers’ daily digest', () => {
  it('comes at the start of their day once something of their people is overdue, once a day, and says what is new', async () => {
    const system = await silent();
    await hourly(system, '2026-11-18T06:00:00Z');
    expect(reports(system, 'overdue-digest')).toEqual([]);
    await hourly(system, '2026-11-19T22:00:00Z');
    const first = reports(system, 'overdue-digest');
    expect(toldTo(first)).toContain(klaus);
    const [mail] = first.filter(({ recipients }) => recipients.includes(klaus));
    expect(new Date(mail?.at ?? 0).toISOString()).toMatch(/T08:00:00/);
    expect(mail?.subject).toMatch(/^\d steps? overdue, \d new: Thu, Nov 19$/);
    expect(mail?.text).toContain('Nordwind');
    expect(mail?.text).toMatch(/Anna, \d+ hours?\s+overdue/);
    await hourly(system, '2026-11-20T12:00:00Z');
    const [, second, ...more] = reports(system, 'overdue-digest').filter(({ recipients }) =>
      recipients.includes(klaus),
    );
    expect(more).toEqual([]);
    expect(second?.subject).toMatch(/ overdue, \d new: Fri, Nov 20$/);
    expect(second?.text).toMatch(/\d new since Thu, Nov 19/);
  });

  it.each([klaus, ruth])(
    'leads %s from each step to the page of its handoff, by a link of their own',
    async (reader) => {
      const system = await silent();
      await system.until('2026-11-23T05:00:00Z');
      await measure(system.world)({ at: system.now() });
      await hourly(system, '2026-11-23T16:00:00Z', system.world);
      const [mail] = reports(system, 'overdue-digest').filter(({ recipients }) => recipients.includes(reader));
      const [, list = ''] = mail?.text.split('Longest first') ?? [];
      const lines = [...list.matchAll(/^- Nordwind.*\n(?: {2}\S.*\n)*? {2}http:\/\/[^/]+(\S+)$/gm)];
      expect(lines.length).toBe(list.match(/^- Nordwind/gm)?.length);
      expect(lines.length).toBeGreaterThan(0);
      for (const [, path = ''] of lines) {
        expect(path).toMatch(/^\/r\/[\w-]{22}\/handoffs\?handoff=D-2026-1041-1$/);
        const { status, html } = await system.get(path);
        expect([status, html.includes('Nordwind'), html.includes('isn’t one of the choices')]).toEqual([
          200,
          true,
          false,
        ]);
      }
      expect(mail?.html).toContain('/handoffs?handoff=D-2026-1041-1');
    },
  );

  it('says how much was cleared, and does not come when nothing is overdue', course, async () => {
    const system = await silent();
    await hourly(system, '2026-11-19T12:00:00Z');
    const before = reports(system, 'overdue-digest').length;
    expect(before).toBeGreaterThan(0);
    const { steps } = await system.load('D-2026-1041-1');
    for (const { step, owner, decision } of Object.values(steps))
      if (!decision) await system.submit(system.linkOf(owner, step), 'cancel', {}).catch(() => undefined);
    await system.world.handoffs.changeStatus({
      id: 'D-2026-1041-1',
      from: ['open', 'stalled'],
      to: 'cancelled',
      at: system.now(),
    });
    const after = await hourly(system, '2026-11-20T12:00:00Z');
    expect(reports(system, 'overdue-digest')).toHaveLength(before);
    expect(after.nothing).toBeGreaterThan(0);
  });

  it('names people to their own manager alone: those above read of a team', course, async () => {
    const system = await silent();
    await hourly(system, '2026-11-20T12:00:00Z');
    const [above] = reports(system, 'overdue-digest').filter(({ recipients }) => recipients.includes(ruth));
    expect(above?.text).toContain('team Klaus');
    expect(above?.text).not.toContain('Anna');
  });
});

describe('Somebody’s own week', () => {
  it('comes on their first working morning of the week, where there is something', course, async () => {
    const system = await silent('2026-11-20T08:30:00Z');
    await hourly(system, '2026-11-20T21:00:00Z');
    // The deal was won after the morning of the first day: what came up since is on Monday's list.
    const before = reports(system, 'weekly-list').length;
    await hourly(system, '2026-11-23T07:00:00Z');
    expect(reports(system, 'weekly-list')).toHaveLength(before);
    await hourly(system, '2026-11-23T12:00:00Z');
    const lists = reports(system, 'weekly-list').slice(before);
    expect(toldTo(lists)).toContain(anna);
    const [mail] = lists.filter(({ recipients }) => recipients.includes(anna));
    expect(mail?.subject).toMatch(/^Your week from Mon, Nov 23: /);
    expect(mail?.text).toContain('/d/');
    const once = reports(system, 'weekly-list').length;
    await hourly(system, '2026-11-27T20:00:00Z');
    const again = reports(system, 'weekly-list').slice(once);
    expect(toldTo(again).filter((to) => to === anna)).toEqual([]);
  });

  it('waits for whoever is away until they are back, and skips who is out of reach', course, async () => {
    const people = roster().map((person) =>
      person.email === anna
        ? { ...person, availability: { ...person.availability, away: [{ from: '2026-11-23', to: '2026-11-24' }] } }
        : person.email === lena
          ? { ...person, unreachable: { since: '2026-11-20T00:00:00Z', why: 'Email bounced (General)' } }
          : person,
    );
    const system = await openSystem({ at: '2026-11-20T08:30:00Z', roster: people });
    await system.win(dealEvent());
    await hourly(system, '2026-11-20T22:00:00Z');
    const before = reports(system).length;
    await hourly(system, '2026-11-26T12:00:00Z');
    const told = reports(system, 'weekly-list').filter((mail) => reports(system).indexOf(mail) >= before);
    const days = told.filter(({ recipients }) => recipients.includes(anna)).map(({ at }) => new Date(at).toISOString());
    for (const day of days) expect(day >= '2026-11-25T08:00').toBe(true);
    expect(toldTo(reports(system))).not.toContain(lena);
  });
});

describe('Leadership’s week', () => {
  const monday = '2026-11-23T12:00:00Z';
  const measured = measuredCompany({ handoffs: 120, asOf: '2026-11-23T02:00:00Z' });

  it(
    'comes on Monday, once the week is measured, with each number beside the week before and the last four',
    course,
    async () => {
      const system = await openSystem({ at: '2026-11-22T21:00:00Z' });
      const early = measuredAs(system, { ...measured, asOf: '2026-11-22T02:00:00Z' });
      await hourly(system, '2026-11-23T09:00:00Z', early);
      expect(reports(system, 'weekly-kpis')).toEqual([]);
      await hourly(system, monday, measuredAs(system, measured));
      const [mail, ...more] = reports(system, 'weekly-kpis');
      expect([mail?.recipients, more]).toEqual([[ruth], []]);
      expect(mail?.subject).toMatch(/^Handoffs Nov 16–22: /);
      expect(mail?.text).toContain('Week before: ');
      expect(mail?.text).toMatch(/Oct 26: .*, Nov 2: .*, Nov 9: .*, Nov 16: /s);
      expect(mail?.text).toMatch(/\/r\/[\w-]{22}\/handoffs\?behind=won&during=2026-W47/);
      // No names of people but the reader's.
      for (const { name } of roster())
        if (name !== 'Ruth Lindqvist') expect(mail?.text).not.toContain(name.split(' ')[0]);
      await hourly(system, '2026-11-28T12:00:00Z', measuredAs(system, measured));
      expect(reports(system, 'weekly-kpis')).toHaveLength(1);
    },
  );

  it('says what it sent otherwise before', course, async () => {
    const system = await openSystem({ at: '2026-11-22T21:00:00Z' });
    await hourly(system, monday, measuredAs(system, measured));
    const [one, ...handoffs] = measured.handoffs.filter(
      ({ signedAt }) => signedAt >= '2026-11-16' && signedAt < '2026-11-23',
    );
    expect(handoffs.length).toBeGreaterThan(0);
    const corrected = {
      ...measured,
      asOf: '2026-11-30T02:00:00Z',
      handoffs: measured.handoffs.filter(({ id }) => id !== one?.id),
    };
    await hourly(system, '2026-11-30T12:00:00Z', measuredAs(system, corrected));
    const [, second] = reports(system, 'weekly-kpis');
    expect(second?.subject).toMatch(/^Handoffs Nov 23–29: /);
    expect(second?.text).toContain(`Week before: ${handoffs.length}, revised from ${handoffs.length + 1}`);
  });

  it('can tell of a week in which nothing happened, and of a single handoff', async () => {
    const system = await openSystem({ at: '2026-11-22T21:00:00Z' });
    await hourly(system, monday, measuredAs(system, { ...measured, handoffs: [] }));
    const [mail] = reports(system, 'weekly-kpis');
    expect(mail?.subject).toBe('Handoffs Nov 16–22: 0 won, 0 completed');
    expect(wrongIn(mail)).toEqual([]);
    const one = { ...measured, asOf: '2026-11-30T02:00:00Z', handoffs: measured.handoffs.slice(0, 1) };
    await hourly(system, '2026-11-30T12:00:00Z', measuredAs(system, one));
    expect(wrongIn(reports(system, 'weekly-kpis')[1])).toEqual([]);
  });

  it('comes to whoever the roster says, too', course, async () => {
    const people = roster().map((person) =>
      person.email === daniel ? { ...person, leadership: true as const } : person,
    );
    const system = await openSystem({ at: '2026-11-22T21:00:00Z', roster: people });
    await hourly(system, monday, measuredAs(system, measured));
    expect(toldTo(reports(system, 'weekly-kpis')).sort()).toEqual([daniel, ruth].sort());
  });
});

describe('The quarterly audit', () => {
  it(
    'comes to revenue operations on the first working morning of a quarter, with its seed, and once',
    course,
    async () => {
      const measured = measuredCompany({ handoffs: 200, asOf: '2027-01-02T02:00:00Z', days: 150 });
      const system = await openSystem({ at: '2027-01-03T21:00:00Z' });
      await hourly(system, '2027-01-05T12:00:00Z', measuredAs(system, measured));
      const [mail, ...more] = reports(system, 'audit-pack');
      expect([mail?.recipients, more]).toEqual([[ruth], []]);
      expect(mail?.subject).toMatch(/^Q4 2026 audit: \d+ handoffs to review$/);
      expect(mail?.text).toContain('Seed: audit 2026-Q4');
      expect(mail?.text).toMatch(/\/r\/[\w-]{22}\/audit\/2026-Q4/);
    },
  );
});

describe('A report', () => {
  const measured = measuredCompany({ handoffs: 120, asOf: '2026-11-23T02:00:00Z' });

  it.each(['en-US', 'de-DE'])('is a good mail, in %s', course, async (locale) => {
    const system = await openSystem({ at: '2026-11-17T08:30:00Z', locale, playbook });
    await system.win(dealEvent());
    await hourly(system, '2026-11-23T12:00:00Z', measuredAs(system, measured));
    expect(new Set(reports(system).map(({ tags }) => tags['kind'])).size).toBe(4);
    for (const mail of reports(system)) expect([mail.subject, wrongIn(mail)]).toEqual([mail.subject, []]);
  });

  it('that the mail service cannot take this hour comes the next, and none comes twice', course, async () => {
    const system = await silent();
    await system.until('2026-11-20T07:30:00Z');
    system.account.mailTrouble.throttleNext(1);
    const first = await sendReports(measuredAs(system, measured))({ at: '2026-11-20T08:00:00Z' });
    expect(first).toMatchObject({ sent: 0 });
    expect(first.left).toBeGreaterThan(0);
    await hourly(system, '2026-11-20T22:00:00Z');
    const told = reports(system).map(({ recipients, tags }) => `${tags['kind']} ${recipients}`);
    expect(told.length).toBeGreaterThan(0);
    expect(new Set(told).size).toBe(told.length);
  });

  it('is one mail when the function is called twice at once', async () => {
    const system = await silent();
    await system.until('2026-11-20T08:00:00Z');
    const run = () => sendReports(measuredAs(system, measured))({ at: '2026-11-20T08:00:00Z' });
    await Promise.all([run(), run()]);
    await run();
    const told = reports(system).map(({ recipients, tags }) => `${tags['kind']} ${recipients}`);
    expect(told.length).toBeGreaterThan(2);
    expect(new Set(told).size).toBe(told.length);
  });
});
