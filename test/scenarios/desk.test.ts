import { describe, expect, it } from 'vitest';
import { openTable } from '../../functions/aws/dynamodb.ts';
import { roster as rosterIn } from '../../functions/aws/roster.ts';
import type { Person } from '../../functions/domain/people/person.ts';
import { deskTo } from '../../functions/mailing/desk-link.ts';
import { pageNonce } from '../../functions/verbs/page-nonce.ts';
import { course } from '../support/course.ts';
import { anna, daniel, klaus, lena, personAt, ruth } from '../support/handoff-record.ts';
import { upTo } from '../support/progress.ts';
import { hiddenFields, type OpenSystem, sameOrigin } from '../support/world.ts';

const tom = 'tom.hughes@example.com';
const step = 'review-brief';
const day = 86_400_000;

const save = (system: OpenSystem, person: Person) =>
  rosterIn(openTable(system.clients.dynamodb, 'handoff')).save(person);

/** The path of the newest desk link that somebody has by mail: `/d/…`. */
function deskOf(system: OpenSystem, email: string): string {
  const links = system
    .mails()
    .filter(({ recipients }) => recipients.includes(email))
    .flatMap(({ text }) => text.match(/\/d\/[\w.-]+/g) ?? []);
  const link = links.at(-1);
  if (link === undefined) throw new Error(`${email} has no desk.`);
  return link;
}

const later = (system: OpenSystem, milliseconds: number) =>
  system.until(new Date(Date.parse(system.now()) + milliseconds).toISOString());

/** Sends a form of a desk as a browser would. */
async function act(system: OpenSystem, desk: string, form: Readonly<Record<string, string>>, headers = sameOrigin) {
  const { html } = await system.get(desk);
  const { nonce = '' } = hiddenFields(html);
  return system.post(desk, new URLSearchParams({ nonce, ...form }), headers);
}

/** Opens a step from a desk, and follows the redirect. */
async function openStep(system: OpenSystem, email: string, of: { id: string; step?: string }) {
  const answer = await act(system, deskOf(system, email), { act: 'open', handoff: of.id, step: of.step ?? step });
  return { answer, link: String(answer.headers['location'] ?? '') };
}

const dumpedAs = (items: readonly Record<string, unknown>[], prefix: string) =>
  items.filter(({ pk }) => String(pk).startsWith(prefix));

describe('A link to one’s desk', () => {
  it('stands in every mail to one colleague alone, and in none to the customer or to several', async () => {
    const { system } = await upTo('schedule-kickoff');
    const colleagues = system.mails().filter(({ recipients }) => recipients.every((to) => to.endsWith('@example.com')));
    expect(colleagues.length).toBeGreaterThan(4);
    for (const { recipients, text, html } of colleagues) {
      expect([text.includes('/d/'), html.includes('/d/')]).toEqual([recipients.length === 1, recipients.length === 1]);
    }
    const outside = system.mails().filter((mail) => !colleagues.includes(mail));
    expect(outside.length).toBeGreaterThan(0);
    for (const { text, html } of outside) expect(text + html).not.toContain('/d/');
  });

  it('is another one in each mail, and only its hash is kept', async () => {
    const { system } = await upTo(step);
    const ids = system.mails().flatMap(({ text }) => text.match(/\/d\/([\w.-]+)/)?.[1] ?? []);
    expect(ids.length).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(ids.length);
    const all = JSON.stringify(await system.dump());
    for (const id of ids) {
      const own = id.split('.').at(-1) ?? '';
      expect(own).toMatch(/^[\w-]{22}$/);
      expect(all).not.toContain(own);
      expect(all).toContain(system.world.hash(own));
    }
  });

  it('opens the desk of its person: their step, those of others, their customer', async () => {
    const { system } = await upTo(step);
    const { status, html, headers } = await system.get(deskOf(system, lena));
    expect(status).toBe(200);
    expect(html).toContain('1 step for you');
    expect(html).toContain('Your customers');
    expect(html).toContain('Phase: preparing.');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(String(headers['content-security-policy'])).toContain("default-src 'none'");
    // Anna has nothing to do; she sees for what Lena is waited for.
    const annas = (await system.get(deskOf(system, anna))).html;
    expect(annas).toContain('Nothing needs you now.');
    expect(annas).toContain('Waiting on others');
    expect(annas).toContain('Lena Vogt');
  });

  it('changes nothing by being fetched, but that its first opening of a day is on record', async () => {
    const { system, id } = await upTo(step);
    const desk = deskOf(system, lena);
    const before = await system.dump();
    for (let i = 0; i < 3; i++) await system.get(desk);
    const after = await system.dump();
    const known = new Set(before.map((item) => JSON.stringify(item)));
    const changed = after.filter((item) => !known.has(JSON.stringify(item)));
    expect(changed).toEqual([expect.objectContaining({ person: lena, handoffId: id, at: system.now() })]);
    await later(system, day);
    await system.get(desk);
    expect(dumpedAs(await system.dump(), 'DESKOPENED#')).toHaveLength(2);
    // Nothing in it opens a door.
    expect(JSON.stringify(dumpedAs(await system.dump(), 'DESKOPENED#'))).not.toContain(desk.slice(3));
  });

  it('opens each step as its own link would, for a day', course, async () => {
    const { system, id } = await upTo(step);
    const { answer, link } = await openStep(system, lena, { id });
    expect(answer.status).toBe(303);
    expect(link).toMatch(/^\/s\/[A-Za-z0-9_-]{22}$/);
    await later(system, day);
    expect((await system.get(link)).status).toBe(410);
    const again = await openStep(system, lena, { id });
    expect((await system.submit(again.link, 'accept')).status).toBe(200);
    expect((await system.load(id)).steps[step]?.decision?.by).toBe(lena);
    // What is decided is not opened any more.
    expect((await openStep(system, lena, { id })).answer.status).toBe(409);
  });

  it('expires after seven days, shows nothing then, and is replaced by mail to the same person', course, async () => {
    const { system } = await upTo(step);
    const desk = deskOf(system, anna);
    await later(system, 7 * day);
    const expired = await system.get(desk);
    expect(expired.status).toBe(410);
    expect(expired.html).not.toContain('Nordwind');
    const before = system.mails().length;
    const form = new URLSearchParams(hiddenFields(expired.html));
    expect((await system.post(`${desk}/fresh`, form)).status).toBe(200);
    await system.post(`${desk}/fresh`, form);
    const fresh = system.mails().slice(before);
    expect(fresh.map(({ recipients, tags }) => [recipients, tags['kind']])).toEqual([[[anna], 'fresh-desk']]);
    expect((await system.get(deskOf(system, anna))).status).toBe(200);
    // What was asked for on the old desk is not done.
    expect((await act(system, desk, { act: 'end' })).status).toBe(410);
  });

  it(
    'is ended by its person, with all that were mailed before and what they opened; later ones work',
    course,
    async () => {
      const { system, id } = await upTo(step);
      const desks = system.mails().filter(({ recipients }) => recipients.includes(lena));
      const links = desks.flatMap(({ text }) => text.match(/\/d\/[\w.-]+/)?.[0] ?? []);
      const { link } = await openStep(system, lena, { id });
      const mailed = system.linkOf(lena, step);
      expect((await act(system, deskOf(system, lena), { act: 'end' })).status).toBe(200);
      for (const each of links) expect((await system.get(each)).status).toBe(410);
      for (const path of [link, `${link}/brief`]) expect([path, (await system.get(path)).status]).not.toContain(200);
      expect((await system.submit(link, 'accept')).status).toBe(410);
      expect((await system.load(id)).steps[step]?.decision).toBeUndefined();
      // The link in the mail that asked is no desk's.
      expect((await system.get(mailed)).status).toBe(200);
      await later(system, 60_000);
      const old = links.at(-1) ?? '';
      await system.post(`${old}/fresh`, new URLSearchParams(hiddenFields((await system.get(old)).html)));
      expect((await system.get(deskOf(system, lena))).status).toBe(200);
    },
  );

  it('is dead for somebody who has left, or is on no roster, and unknown where it was never made', course, async () => {
    const { system } = await upTo(step);
    const desk = deskOf(system, lena);
    expect((await system.get('/d/AAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404);
    // A link to a step is none to a desk, nor the other way round.
    expect((await system.get(system.linkOf(lena, step).replace('/s/', '/d/'))).status).toBe(404);
    expect((await system.get(desk.replace('/d/', '/s/'))).status).toBe(404);
    // Kept in one item, neither opens what the other does, and nor does half of one, or half of another's.
    const [hash = '', own = ''] = desk.slice('/d/'.length).split('.');
    const [ownOfAnna = ''] = deskOf(system, anna).split('.').slice(-1);
    for (const id of [own, hash, `${hash}.`, `.${own}`, `${hash}.${ownOfAnna}`, `${hash}.${own}.`, `${hash}.${hash}`])
      for (const kind of ['d', 's', 'r'])
        expect([kind, id, (await system.get(`/${kind}/${id}`)).status]).toEqual([kind, id, 404]);
    // No table has a key of 3,000 characters.
    for (const kind of ['d', 'r']) expect((await system.get(`/${kind}/${'x'.repeat(3000)}.${own}`)).status).toBe(404);
    await save(system, { ...personAt(lena), active: false });
    expect((await system.get(desk)).status).toBe(410);
    const before = system.mails().length;
    const nonce = pageNonce(system.world, desk.slice(3), system.now());
    expect((await system.post(`${desk}/fresh`, new URLSearchParams({ nonce }))).status).toBe(410);
    expect(system.mails()).toHaveLength(before);
  });

  it('takes no form from elsewhere, without a nonce, with another page’s nonce, or with an act that is none', async () => {
    const { system, id } = await upTo(step);
    const [desk, other] = [deskOf(system, lena), deskOf(system, anna)];
    const { nonce = '' } = hiddenFields((await system.get(other)).html);
    const open = { act: 'open', handoff: id, step };
    const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const own = hiddenFields((await system.get(desk)).html);
    expect((await system.post(desk, new URLSearchParams({ ...own, ...open }), evil)).status).toBe(403);
    expect((await system.post(desk, new URLSearchParams(open))).status).toBe(403);
    expect((await system.post(desk, new URLSearchParams({ ...open, nonce }))).status).toBe(403);
    expect((await act(system, desk, { act: 'toString' })).status).toBe(409);
    expect((await act(system, desk, {})).status).toBe(409);
    expect(dumpedAs(await system.dump(), 'DESKENDED#')).toEqual([]);
  });
});

describe('Who sees what on a desk', () => {
  it('nobody what is none of theirs: neither in a list nor by a form', course, async () => {
    const { system, id } = await upTo(step);
    // Tom looks after other customers.
    const toms = await deskMailedTo(system, id, tom);
    const { html } = await system.get(toms);
    expect(html).not.toContain('Nordwind');
    expect(html).toContain('Nothing needs you now.');
    expect(html).toContain('No handoffs yet.');
    expect((await act(system, toms, { act: 'open', handoff: id, step })).status).toBe(409);
    expect((await act(system, toms, { act: 'open', handoff: 'nobodys', step })).status).toBe(409);
    expect((await act(system, toms, { act: 'open', handoff: id, step: 'toString' })).status).toBe(409);
  });

  it('somebody who takes part sees a step of others, and cannot decide it', async () => {
    const { system, id } = await upTo(step);
    const { answer, link } = await openStep(system, anna, { id });
    expect(answer.status).toBe(303);
    const { html } = await system.get(link);
    expect(html).not.toContain('value="accept"');
    expect((await system.submit(link, 'accept')).status).toBe(422);
    expect((await system.load(id)).steps[step]?.decision).toBeUndefined();
  });

  it('a manager sees those of their people, and acts as their manager', course, async () => {
    const { system, id } = await upTo('schedule-internal-meeting');
    const desk = await deskMailedTo(system, id, klaus);
    const { html } = await system.get(desk);
    expect(html).toContain('Your people’s open steps');
    expect(html).toContain('Anna Keller');
    const answer = await act(system, desk, { act: 'open', handoff: id, step: 'schedule-internal-meeting' });
    const page = await system.get(String(answer.headers['location']));
    expect(page.html).toContain('value="reassign"');
    expect(html).toContain('Nothing needs you now.');
    await later(system, 3 * day);
    expect((await system.get(desk)).html).toContain('1 step of your people is overdue');
    // Whoever looks after others by now sees nothing of it.
    await save(system, { ...personAt(anna), manager: ruth });
    await save(system, { ...personAt(klaus), role: 'accountExecutive' });
    expect((await system.get(desk)).html).not.toContain('Your people’s open steps');
  });

  it('revenue operations see all, and who opened a desk', course, async () => {
    const { system, id } = await upTo(step);
    await system.get(deskOf(system, lena));
    const desk = await deskMailedTo(system, id, ruth);
    const { html } = await system.get(desk);
    expect(html).toContain('Everybody’s open steps');
    expect(html).toContain('Lena Vogt');
    expect(html).toContain('Who opened a desk in the last 7 days');
    const answer = await act(system, desk, { act: 'open', handoff: id, step });
    expect((await system.get(String(answer.headers['location']))).html).toContain('value="skip"');
  });

  it('names and texts of others are shown as they are, and never as markup', course, async () => {
    const { system } = await upTo(step);
    const hostile = '<img src=x onerror=alert(1)>"\'';
    await save(system, { ...personAt(lena), name: hostile });
    const { html } = await system.get(deskOf(system, anna));
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });
});

describe('Being away, said on a desk', () => {
  it('moves what is open to whoever is named, and is on record once', async () => {
    const { system, id } = await upTo(step);
    const desk = deskOf(system, lena);
    const today = system.now().slice(0, 10);
    const until = new Date(Date.parse(system.now()) + 7 * day).toISOString().slice(0, 10);
    const form = { act: 'away', from: today, until, deputy: daniel };
    const page = hiddenFields((await system.get(desk)).html);
    const noted = await system.post(desk, new URLSearchParams({ ...page, ...form }));
    expect(noted.status).toBe(200);
    expect(noted.html).toContain('Daniel Weiss is asked in your place');
    // The answer was lost, and it is sent again.
    expect((await system.post(desk, new URLSearchParams({ ...page, ...form }))).status).toBe(200);
    await later(system, day);
    expect((await system.load(id)).steps[step]?.owner).toBe(daniel);
    const trail = await system.world.audit.trail(id);
    expect(trail.filter(({ what }) => what === 'away-noted')).toEqual([
      expect.objectContaining({ who: lena, from: 'page', detail: expect.stringContaining('Daniel Weiss stands in') }),
    ]);
    expect((await system.get(desk)).html).toContain('Daniel Weiss stands in for you.');
  });

  it('names who is asked where there is nobody to choose from', async () => {
    const { system, id } = await upTo(step);
    const desk = await deskMailedTo(system, id, ruth);
    const { html } = await system.get(desk);
    const lead = 'each handoff’s customer success lead (such as Daniel Weiss)';
    expect(html).toContain(`In your place we ask ${lead}, or the next one who is there.`);
    expect(html).not.toContain('Who stands in for you');
    const today = system.now().slice(0, 10);
    const until = new Date(Date.parse(system.now()) + 7 * day).toISOString().slice(0, 10);
    const noted = await act(system, desk, { act: 'away', from: today, until });
    expect([noted.status, noted.html]).toEqual([200, expect.stringContaining(`${lead} is asked in your place.`)]);
  });

  it('is asked for again where it cannot be used, with what was typed', async () => {
    const { system } = await upTo(step);
    const desk = deskOf(system, lena);
    const refused = await act(system, desk, { act: 'away', from: '2026-12-10', until: '2026-12-01', deputy: anna });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('There is a problem');
    expect(refused.html).toContain('2026-12-10');
    expect(refused.html).toContain('1 step for you');
  });
});

/** The link of a mail to somebody who has had none yet: as revenue operations, a manager or a colleague gets one. */
async function deskMailedTo(system: OpenSystem, handoffId: string, email: string): Promise<string> {
  const url = await deskTo(system.world, { person: email, handoffId, at: system.now() });
  return new URL(url).pathname;
}
