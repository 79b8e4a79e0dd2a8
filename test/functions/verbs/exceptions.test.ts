import { describe, expect, it } from 'vitest';
import { openTable } from '../../../functions/aws/dynamodb.ts';
import { roster as rosterIn } from '../../../functions/aws/roster.ts';
import { abandonedAt } from '../../../functions/domain/handoff/asking.ts';
import { openItemsOf } from '../../../functions/domain/handoff/open-items.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import { askStep, type Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { HandoffAbandoned } from '../../../functions/ports/errors.ts';
import { cancelHandoff } from '../../../functions/verbs/cancel-handoff.ts';
import { decideStep } from '../../../functions/verbs/decide-step.ts';
import { notify } from '../../../functions/verbs/notify.ts';
import { openItem } from '../../../functions/verbs/open-item.ts';
import { formFor } from '../../../infra/local/play/page-form.ts';
import { shippedPlaybooks } from '../../../statemachines/shipped-playbooks.ts';
import { course } from '../../support/course.ts';
import { roster, sampleDeal, sampleEvent } from '../../support/deals.ts';
import { anna, klaus, lena, ruth } from '../../support/handoff-record.ts';
import { local } from '../../support/play.ts';
import { full } from '../../support/playbooks/full.ts';
import { won } from '../../support/progress.ts';
import { type OpenSystem, openSystem } from '../../support/world.ts';

const step = 'complete-package';
const reviewedBy = (...roles: Playbook['accountable'][]): Playbook => ({
  ...full,
  steps: { ...full.steps, [step]: { ...askStep(full, step), reviewedBy: roles } },
});

/** The package lacks answers, and Anna has been asked for them. Revenue operations reviews, as in the shipped playbooks. */
async function begun(options: { readonly roster?: readonly Person[]; readonly playbook?: Playbook } = {}) {
  const system = await openSystem({ at: won, playbook: reviewedBy('revenueOperations'), ...options });
  const id = await system.win(sampleEvent('incomplete'));
  return { system, id };
}

const reason = { reason: 'They decide in January.' };
const owes = { reason: 'We can start.', owner: anna, dueDate: '2026-12-15' };

async function asked(options: Parameters<typeof begun>[0] = {}) {
  const under = await begun(options);
  const answer = await under.system.answer(anna, step, 'request-exception', reason);
  expect(answer.status).toBe(200);
  return { ...under, answer };
}

const mailed = (system: OpenSystem, about = step) =>
  system
    .mails()
    .filter(({ tags }) => tags['step'] === about)
    .map(({ at, to, tags }) => `${local(new Date(at).toISOString())} ${tags['kind']} ${to[0]?.address.split('@')[0]}`);

const stepOf = async (system: OpenSystem, id: string) => {
  const found = (await system.load(id)).steps[step];
  if (!found) throw new Error('The package was not asked for.');
  return found;
};

/** The names of the missing answers' review fields. */
const reviewed = (html: string) => [
  ...new Set([...html.matchAll(/name="decision:([a-zA-Z0-9.]+)"/g)].map(([, path = '']) => path)),
];

describe('asking for an exception', () => {
  it(
    'asks revenue operations like any owner, with a due time and a ladder; the asker’s ladder rests',
    course,
    async () => {
      const { system, id, answer } = await asked();
      expect(answer.html).toContain('Ruth Lindqvist will decide');
      const { exceptions } = await stepOf(system, id);
      expect(exceptions).toMatchObject([{ by: anna, reviewer: ruth, reason: reason.reason }]);
      const before = mailed(system).length;
      await system.until('2026-12-02T16:00:00Z');
      expect(mailed(system).slice(before - 1)).toEqual([
        'Tue, Nov 17, 2026, 9:30 AM exception-requested ruth.lindqvist',
        'Wed, Nov 18, 2026, 9:30 AM breach ruth.lindqvist',
        'Thu, Nov 19, 2026, 9:30 AM escalate ruth.lindqvist',
        'Thu, Nov 19, 2026, 9:30 AM escalate daniel.weiss',
        'Fri, Nov 20, 2026, 9:30 AM escalate ruth.lindqvist',
        'Fri, Nov 27, 2026, 9:30 AM nag ruth.lindqvist',
        'Fri, Nov 27, 2026, 9:30 AM nag daniel.weiss',
      ]);
      const page = (await system.get(system.linkOf(anna, step))).html;
      expect(page).toContain('Waiting for Ruth Lindqvist’s decision since');
      expect(page).not.toContain('value="request-exception"');
    },
  );

  it('names who asks for what and why, and shows the same on the page', async () => {
    const { system } = await asked();
    const mail = system.mails().findLast(({ tags }) => tags['kind'] === 'exception-requested');
    expect(mail?.text).toContain('Anna asks.');
    expect(mail?.text).toContain(reason.reason);
    expect(mail?.text).toContain('Term length');
    const { html } = await system.get(system.linkOf(ruth, step));
    expect(html).toContain(reason.reason);
    expect(reviewed(html)).toContain('contract.termMonths');
  });

  it(
    'shows the reviewer why, on a line of its own, and asks about each answer beside what is missing of it',
    course,
    async () => {
      const { system } = await asked();
      const { html } = await system.get(system.linkOf(ruth, step));
      expect(html).toContain('<blockquote class="lines" dir="auto">They decide in January.</blockquote>');
      // What is missing stands in the form, and in no list above it.
      expect(html).not.toContain('What is missing or wrong');
      const [review = ''] =
        /<fieldset class="section review"><legend dir="auto">Contract: Term length<.*?<\/details>/s.exec(html) ?? [];
      expect(review).toContain('Missing: How many months?');
      expect(review).toMatch(/name="decision:contract\.termMonths" value="Grant" checked/);
      for (const what of ['owner', 'dueDate', 'reason']) expect(review).toContain(`name="${what}:contract.termMonths"`);
      expect(review).not.toContain('(optional)');
      // Whoever asked is the first to bring it.
      expect(formFor(html, 'grant-exception')?.values.get('owner')).toEqual([anna]);
    },
  );

  it('has the reviewer say all once, and folds away what differs for one answer until something is said there', async () => {
    const { system, id } = await asked();
    const link = system.linkOf(ruth, step);
    const reviews = (html: string) =>
      [
        ...html.matchAll(
          /<fieldset class="section review">.*?name="decision:([\w.]+)".*?<details class="plain"( open)?>/gs,
        ),
      ].map(([, path = '', open]) => [path, open !== undefined] as const);
    const shown = reviews((await system.get(link)).html);
    expect(shown.length).toBeGreaterThan(9);
    expect(shown.filter(([, open]) => open)).toEqual([]);
    const [first, second, third, fourth] = shown.map(([path]) => path);
    const refused = await system.submit(link, 'grant-exception', {
      ...owes,
      [`owner:${first}`]: 'lena.vogt@example.com',
      [`dueDate:${second}`]: '2031-01-01',
      [`reason:${third}`]: 'Their lawyer asks for it.',
      [`decision:${fourth}`]: 'Decline',
    });
    expect(refused.status).toBe(422);
    expect(reviews(refused.html).flatMap(([path, open]) => (open ? [path] : []))).toEqual([first, second, third]);
    // Nothing typed is lost, also what is folded away again.
    const typed = formFor(refused.html, 'grant-exception')?.values;
    expect(typed?.get(`owner:${first}`)).toEqual(['lena.vogt@example.com']);
    expect(typed?.get(`dueDate:${second}`)).toEqual(['2031-01-01']);
    expect(typed?.get(`reason:${third}`)).toEqual(['Their lawyer asks for it.']);
    expect(typed?.get(`decision:${fourth}`)).toEqual(['Decline']);
    expect(typed?.get('reason')).toEqual([owes.reason]);
    // What was said for all goes for each of which nothing else was said.
    expect((await system.submit(link, 'grant-exception', owes)).status).toBe(200);
    const [request] = (await stepOf(system, id)).exceptions ?? [];
    expect(new Set(request?.answer?.fields.map(({ owner, due }) => `${owner} ${due}`))).toEqual(
      new Set([`${anna} ${owes.dueDate}`]),
    );
  });

  it('twice is one request', async () => {
    const { system, id } = await asked();
    expect((await system.answer(anna, step, 'request-exception', reason)).status).toBe(422);
    expect((await stepOf(system, id)).exceptions).toHaveLength(1);
  });

  it(
    'passes over whoever is away, has asked for it or benefits, and goes to the next of the role or a deputy',
    course,
    async () => {
      const away = [{ from: '2026-11-16', to: '2026-11-27' }];
      const people = roster();
      const other = people.map((person): Person => {
        if (person.email === ruth) return { ...person, deputy: klaus, availability: { ...person.availability, away } };
        return person;
      });
      const { system, id } = await asked({ roster: other });
      expect((await stepOf(system, id)).exceptions).toMatchObject([{ reviewer: klaus }]);
      const second = {
        ...people.find(({ email }) => email === ruth),
        email: 'omar@example.com',
        name: 'Omar',
      } as Person;
      const both = await asked({ roster: [...other, second] });
      expect((await stepOf(both.system, both.id)).exceptions).toMatchObject([{ reviewer: 'omar@example.com' }]);
    },
  );

  it('is refused with who could be added when nobody may decide', async () => {
    const { system, id } = await begun({ playbook: reviewedBy('accountExecutive'), roster: alone() });
    const refused = await system.answer(anna, step, 'request-exception', reason);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('added to the roster');
    expect((await stepOf(system, id)).exceptions).toBeUndefined();
  });

  it('is over when the package is handed over complete, and the reviewer is told', course, async () => {
    const { system, id } = await asked();
    const { package: pkg } = sampleDeal('complete-standard');
    const { packageVersion } = await system.load(id);
    await system.world.packages.save({ id, package: pkg, version: packageVersion, by: anna, at: system.now() });
    expect((await system.answer(anna, step, 'complete')).status).toBe(200);
    expect(mailed(system).at(-1)).toBe('Tue, Nov 17, 2026, 9:30 AM exception-withdrawn ruth.lindqvist');
    expect((await system.get(system.linkOf(ruth, step))).html).toContain('Hand over the complete package');
    expect((await system.load(id)).state.status).toBe('open');
  });

  it('is over for the reviewer, too, where the page that handed it over was interrupted', course, async () => {
    const { system, id } = await asked();
    const at = system.now();
    const decision = { choice: 'complete', by: anna, as: 'owner', at, evidence: {} } as const;
    await system.world.steps.decide({ id, step, round: 1, decision });
    await notify(system.world)({ handoffId: id, step, round: 1, at });
    await notify(system.world)({ handoffId: id, step, round: 1, at });
    expect(mailed(system).filter((mail) => mail.includes('exception-withdrawn ruth.lindqvist'))).toHaveLength(1);
  });

  it('is over when the handoff is canceled, and the reviewer is told', course, async () => {
    const { system, id } = await asked();
    await cancelHandoff(system.world)({ handoffId: id, by: klaus, reason: 'Gone', at: system.now(), from: 'page' });
    await system.until('2026-12-02T16:00:00Z');
    const kinds = system.mails().filter(({ to }) => to[0]?.address === ruth);
    expect(kinds.map(({ tags }) => tags['kind'])).toEqual(['exception-requested', 'handoff-cancelled']);
  });
});

describe('an exception that nobody decides on', () => {
  it('gives the handoff up at the end that its owner has, whatever the clock of whoever decides says', async () => {
    const inKathmandu = (person: Person): Person => ({
      ...person,
      availability: { ...person.availability, zone: 'Asia/Kathmandu' },
    });
    const people = roster().map((person) => (person.email === anna ? inKathmandu(person) : person));
    const { system, id } = await asked({ roster: people });
    const record = await system.load(id);
    const known = new Map(people.map((person) => [person.email, person]));
    const end = abandonedAt(record, await stepOf(system, id), { people: known, calendarOf: system.world.calendarOf });
    const before = new Date(Date.parse(end) - 1000).toISOString();
    const request = { handoffId: id, step, round: 1 };
    expect(await notify(system.world)({ ...request, at: before })).toMatchObject({ nextAt: end });
    await expect(notify(system.world)({ ...request, at: end })).rejects.toThrow(HandoffAbandoned);
  });
});

describe('deciding on an exception', () => {
  it('grants everything with one owner, date and reason, as ever; both sides hear of it once', course, async () => {
    const { system, id } = await asked();
    const gaps = reviewed((await system.get(system.linkOf(ruth, step))).html);
    expect((await system.answer(ruth, step, 'grant-exception', owes)).status).toBe(200);
    const record = await system.load(id);
    expect(record.steps[step]?.decision).toMatchObject({ choice: 'grant-exception', by: ruth, as: 'reviewer' });
    expect(openItemsOf(record)).toMatchObject([
      { owner: anna, dueAt: '2026-12-15T16:00:00Z', item: { by: ruth, reason: 'We can start.', paths: gaps } },
    ]);
    // Anna owes what was granted, and reads so in one mail with what else she is asked.
    await system.until('2026-11-17T08:32:00Z');
    const asks = system.mails().filter(({ text }) => text.includes('let the handoff go ahead and named you for this'));
    expect(asks.map(({ to, tags }) => `${tags['kind']} ${to[0]?.address}`)).toEqual([`ask ${anna}`]);
    expect(asks[0]?.text).toContain('2 steps for you');
    expect(mailed(system).filter((mail) => mail.includes('exception-answered'))).toEqual([
      'Tue, Nov 17, 2026, 9:30 AM exception-answered lena.vogt',
    ]);
  });

  it.each([
    ['to the second', '2026-11-17T08:40:00Z'],
    ['to the millisecond', '2026-11-17T08:40:00.357Z'],
  ])('is told with the request that it leads to, in one mail, at a time %s', course, async (_, at) => {
    // There the brief is reviewed as soon as the package is complete.
    const { system } = await asked({ playbook: shippedPlaybooks.default });
    await system.until(at);
    expect((await system.answer(ruth, step, 'grant-exception', owes)).status).toBe(200);
    await system.until('2026-11-17T10:00:00Z');
    const told = system.mails().filter(({ text, subject }) => /exception granted/.test(`${subject} ${text}`));
    expect(told.map(({ tags, to }) => `${tags['kind']} ${tags['step']} ${to[0]?.address}`)).toEqual([
      `ask review-brief ${lena}`,
    ]);
    expect(told[0]?.text).toContain('We can start.');
  });

  it('is told at once to whoever is asked later', async () => {
    const { system } = await asked();
    await system.until('2026-11-17T20:00:00Z');
    expect((await system.answer(ruth, step, 'grant-exception', owes)).status).toBe(200);
    await system.until('2026-11-18T10:00:00Z');
    const told = system.mails().filter(({ text, subject }) => /exception granted/.test(`${subject} ${text}`));
    expect(told.map(({ tags, to }) => `${tags['kind']} ${to[0]?.address}`)).toEqual([`exception-answered ${lena}`]);
  });

  it('calls whoever is named to bring an answer by name, though they have no other part in the handoff', async () => {
    const james = 'james.carter@example.com';
    const told = async (decision: (paths: readonly string[]) => Readonly<Record<string, string>>) => {
      const { system } = await asked();
      await system.until('2026-11-17T14:30:00Z');
      const paths = reviewed((await system.get(system.linkOf(ruth, step))).html);
      const form = { ...owes, owner: james, ...decision(paths) };
      expect((await system.answer(ruth, step, 'grant-exception', form)).status).toBe(200);
      await system.until('2026-11-17T14:32:00Z');
      const mails = system.mails().filter(({ text }) => text.includes('Ruth decided on the exception'));
      for (const { text } of mails) {
        expect(text.replace(/\s+/g, ' ')).toContain('James brings it by Tue, Dec 15');
        expect(text).not.toContain(james);
      }
      return mails.map(({ to }) => to[0]?.address).sort();
    };
    expect(await told(() => ({}))).toEqual([anna, lena]);
    expect(await told(([path]) => ({ [`decision:${path}`]: 'Decline', [`reason:${path}`]: 'Ask.' }))).toEqual([
      anna,
      lena,
    ]);
  });

  it(
    'grants some and declines the rest: those are no gap any more, the step goes on for the others',
    course,
    async () => {
      const { system, id } = await asked();
      await system.until('2026-11-17T14:30:00Z');
      const left = (await stepOf(system, id)).dueAt;
      const paths = reviewed((await system.get(system.linkOf(ruth, step))).html);
      const [declined = '', other = ''] = paths;
      const answer = await system.answer(ruth, step, 'grant-exception', {
        ...owes,
        [`decision:${declined}`]: 'Decline',
        [`reason:${declined}`]: 'Ask their buyer.',
        [`owner:${other}`]: lena,
        [`dueDate:${other}`]: '2026-12-01',
      });
      expect(answer.status).toBe(200);
      expect(answer.html).toContain('1 declined');
      const record = await system.load(id);
      const items = openItemsOf(record).map(({ owner, item }) => [owner, item.due, item.paths?.length]);
      expect(items).toEqual([
        [lena, '2026-12-01', 1],
        [anna, '2026-12-15', paths.length - 2],
      ]);
      const { decision, dueAt, askedAt } = await stepOf(system, id);
      expect(decision).toBeUndefined();
      expect(askedAt).toBe('2026-11-17T14:30:00Z');
      // Six working hours passed while the exception was decided on.
      expect(Date.parse(dueAt)).toBeGreaterThan(Date.parse(left));
      const mail = system.mails().findLast(({ tags }) => tags['kind'] === 'ask' && tags['step'] === step);
      expect(mail?.text).toContain('Ask their buyer.');
      const page = (await system.get(system.linkOf(anna, step))).html;
      expect(page).toContain('Ruth Lindqvist decided on the exception: 1 answer is still needed.');
      expect(page).toContain('Ask their buyer.');
      // Why the others may wait is not why this one may not.
      expect(page.slice(page.indexOf('decided on the exception'), page.indexOf('1 answer to go'))).not.toContain(
        'We can start.',
      );
      expect(mail?.text.replace(/\s+/g, ' ')).toMatch(/Granted.*We can start\..*Still needed.*Ask their buyer\./);
      expect(page).toContain('1 answer to go');
      // What somebody brings apart is not counted as if it were there.
      expect(page).toContain(`${37 - paths.length} of ${38 - paths.length} answers are there.`);
      expect(page).toContain('It’s an open item: whoever brings it is asked apart.');
      const again = await system.answer(anna, step, 'request-exception', reason);
      expect(again.status).toBe(200);
      expect((await stepOf(system, id)).exceptions).toMatchObject([{ answer: { by: ruth } }, { paths: [declined] }]);
    },
  );

  it('declines everything: the asker reads so first, then what is missing, once, and is not invited to ask again', async () => {
    const { system } = await asked({ playbook: shippedPlaybooks.default });
    await system.until('2026-11-17T14:30:00Z');
    expect((await system.answer(ruth, step, 'decline-exception', { reason: 'We need all of it.' })).status).toBe(200);
    await system.until('2026-11-17T14:32:00Z');
    const mail = system.mails().findLast(({ to, tags }) => to[0]?.address === anna && tags['kind'] === 'ask');
    expect(mail?.subject).toContain('answers still needed by');
    const text = mail?.text.replace(/\s+/g, ' ') ?? '';
    const [before = '', after = ''] = text.split('https://', 2);
    expect(before).toMatch(
      /Hi Anna, Ruth declined the exception\. What you typed is saved\. Why: > We need all of it\./,
    );
    expect(after).not.toContain('declined');
    expect(text).not.toContain('Still needed:');
    expect(text).not.toMatch(/Can't get one|for an exception/);
  });

  it(
    'declines everything, and the asker goes on with the time that was left, never less than is fair',
    course,
    async () => {
      const { system, id } = await asked({ playbook: { ...reviewedBy('revenueOperations'), atLeast: 4 } });
      await system.until('2026-11-30T09:00:00Z');
      expect((await system.answer(ruth, step, 'decline-exception', { reason: 'Ask once more.' })).status).toBe(200);
      const { dueAt, because, decision } = await stepOf(system, id);
      expect(decision).toBeUndefined();
      expect(Date.parse(dueAt)).toBeGreaterThan(Date.parse('2026-11-30T13:00:00Z'));
      expect(because).toContain('after the decision on the exception');
      expect(openItemsOf(await system.load(id))).toEqual([]);
      // Lena, whom nobody told that it was asked for, hears nothing.
      expect(mailed(system).slice(-3)).toEqual([
        'Fri, Nov 27, 2026, 9:30 AM nag daniel.weiss',
        'Mon, Nov 30, 2026, 10 AM ask anna.keller',
        // He was told that nobody decided.
        'Mon, Nov 30, 2026, 10 AM trouble-over daniel.weiss',
      ]);
      await system.until('2026-12-01T16:00:00Z');
      expect(
        mailed(system)
          .filter((mail) => mail.includes('ruth'))
          .at(-1),
      ).toBe('Fri, Nov 27, 2026, 9:30 AM nag ruth.lindqvist');
    },
  );

  it.each([
    ['in the past', '2026-11-16', 'must be today or later'],
    ['too far away', '2027-03-01', 'must be within 90 days'],
  ])('refuses a day %s, for all and for one answer', course, async (_, day, problem) => {
    const { system, id } = await asked();
    const [path = ''] = reviewed((await system.get(system.linkOf(ruth, step))).html);
    for (const form of [
      { ...owes, dueDate: day },
      { ...owes, [`dueDate:${path}`]: day },
    ]) {
      const refused = await system.answer(ruth, step, 'grant-exception', form);
      expect(refused.status).toBe(422);
      expect(refused.html).toContain(problem);
      expect(refused.html).toContain('We can start.');
    }
    expect((await stepOf(system, id)).decision).toBeUndefined();
  });

  it('names nobody whom the company does not know: they would read what sales wrote down', course, async () => {
    const { system, id } = await asked();
    const stranger = 'outsider@competitor.example';
    const [path = ''] = reviewed((await system.get(system.linkOf(ruth, step))).html);
    for (const form of [
      { ...owes, owner: stranger },
      { ...owes, [`owner:${path}`]: stranger },
    ]) {
      const refused = await system.answer(ruth, step, 'grant-exception', form);
      expect(refused.status).toBe(422);
      expect(refused.html).toContain(`${stranger} isn&#39;t on the roster: name a colleague`);
    }
    expect((await stepOf(system, id)).decision).toBeUndefined();
    expect(system.mails().some(({ recipients }) => recipients.includes(stranger))).toBe(false);
  });

  it('twice is decided once', async () => {
    const { system, id } = await asked();
    const link = system.linkOf(ruth, step);
    await system.answer(ruth, step, 'grant-exception', owes);
    const form = { choice: 'decline-exception', round: '1', reason: 'No' };
    const second = await decideStep(system.world)({ linkId: link.slice(3), form, at: system.now() });
    expect(second).toMatchObject({ kind: 'decided', by: 'Ruth Lindqvist' });
    expect((await stepOf(system, id)).decision).toMatchObject({ choice: 'grant-exception' });
    expect(openItemsOf(await system.load(id))).toHaveLength(1);
  });

  it('opens what is owed later when an attempt broke off', course, async () => {
    const { system, id } = await asked();
    const { world } = system;
    const link = system.linkOf(ruth, step);
    // The decision was written, and nothing after it.
    const before = await stepOf(system, id);
    const paths = before.exceptions?.[0]?.paths ?? [];
    const at = system.now();
    const fields = paths.map((path) => ({ path, granted: true, owner: anna, due: '2026-12-15', reason: 'Yes' }));
    const request = before.exceptions?.[0];
    if (!request) throw new Error('Nothing was asked for.');
    await world.steps.decide({
      id,
      step,
      round: 1,
      decision: { choice: 'grant-exception', by: ruth, as: 'reviewer', at, evidence: {} },
      exceptions: [{ ...request, answer: { by: ruth, at, reason: 'Yes', fields } }],
      standing: { exceptions: before.exceptions ?? [] },
    });
    expect(openItemsOf(await system.load(id))).toEqual([]);
    const form = { choice: 'grant-exception', round: '1', ...owes };
    await decideStep(world)({ linkId: link.slice(3), form, at });
    expect(openItemsOf(await system.load(id))).toHaveLength(1);
  });
});

const zoe = 'zoe@example.com';

/** Ruth with another deputy, and Zoe, who also looks after revenue operations. */
function withZoe(deputy?: string): readonly Person[] {
  const people = roster().map((person) =>
    person.email === ruth && deputy !== undefined ? { ...person, deputy } : person,
  );
  const known = people.find(({ email }) => email === ruth);
  if (!known) throw new Error('Ruth is not on the roster.');
  const { deputy: _, ...other } = known;
  return [...people, { ...other, email: zoe, name: 'Zoe Haddad' }];
}

const noticesTo = (system: OpenSystem, kind: string) =>
  system
    .mails()
    .filter(({ tags }) => tags['kind'] === kind)
    .map(({ to, text }) => [to[0]?.address, text.replace(/\s+/g, ' ')] as const);

describe('handing the decision on', () => {
  it('goes to a colleague who may also review, who is asked and told why; the asker hears of it', course, async () => {
    const { system, id } = await asked({ roster: withZoe() });
    const link = system.linkOf(ruth, step);
    const { html } = await system.get(link);
    expect(html).toContain('Let a colleague decide');
    for (const [email, may] of [
      [zoe, true],
      [anna, false],
      [klaus, false],
      [ruth, false],
    ] as const)
      expect([email, html.includes(`<option value="${email}"`)]).toEqual([email, may]);
    const why = 'Zoe knows their buyer.';
    expect((await system.submit(link, 'hand-review', { to: anna, reason: why })).status).toBe(422);
    const before = (await stepOf(system, id)).exceptions?.[0];
    await system.until('2026-11-17T12:00:00Z');
    const passed = await system.submit(link, 'hand-review', { to: zoe, reason: why });
    expect(passed.status, passed.html).toBe(200);
    const [request] = (await stepOf(system, id)).exceptions ?? [];
    expect(request).toMatchObject({
      reviewer: zoe,
      askedAt: '2026-11-17T12:00:00Z',
      handed: { from: ruth, by: ruth },
    });
    expect(Date.parse(request?.dueAt ?? '')).toBeGreaterThanOrEqual(Date.parse(before?.dueAt ?? ''));
    const [requested] = noticesTo(system, 'exception-requested').filter(([to]) => to === zoe);
    expect(requested?.[1]).toContain('Ruth asked you to take over.');
    expect(requested?.[1]).toContain(why);
    const told = noticesTo(system, 'taken-over');
    expect(told.map(([to]) => to)).toContain(anna);
    expect(told[0]?.[1]).toContain('Exception: Complete the handoff package');
    expect((await system.get(link)).html).not.toContain('value="grant-exception"');
    expect((await system.submit(link, 'hand-review', { to: zoe })).status).toBe(422);
    expect((await system.get(system.linkOf(anna, step))).html).toContain('Waiting for Zoe Haddad’s decision');
    expect((await system.answer(zoe, step, 'grant-exception', owes)).status).toBe(200);
    expect((await stepOf(system, id)).decision).toMatchObject({ by: zoe, as: 'reviewer' });
  });

  it('is not offered where nobody else may decide', async () => {
    const { system } = await asked();
    expect((await system.get(system.linkOf(ruth, step))).html).not.toContain('Let a colleague decide');
  });

  it('goes on where it broke off: once it is written, the next visit asks', course, async () => {
    const { system, id } = await asked({ roster: withZoe() });
    const link = system.linkOf(ruth, step).slice(3);
    const killed = {
      ...system.world,
      tokens: { ...system.world.tokens, askAgain: () => Promise.reject(new Error('killed')) },
    };
    const form = { choice: 'hand-review', round: '1', to: zoe };
    await expect(decideStep(killed)({ linkId: link, form, at: system.now() })).rejects.toThrow('killed');
    expect((await stepOf(system, id)).exceptions).toMatchObject([{ reviewer: zoe }]);
    await system.until('2026-11-18T09:00:00Z');
    expect(noticesTo(system, 'exception-requested').map(([to]) => to)).toEqual([ruth, zoe]);
  });
});

describe('a reviewer who goes away after being asked', () => {
  const away = { from: '2026-11-18', until: '2026-11-20' };

  it('has a stand-in from the first day on, who is told why; it goes back if it is still open', course, async () => {
    const { system, id } = await asked({ roster: withZoe() });
    const noted = await system.answer(ruth, step, 'away', { ...away, deputy: zoe });
    expect(noted.status, noted.html).toBe(200);
    expect((await stepOf(system, id)).exceptions).toMatchObject([{ reviewer: ruth }]);
    await system.until('2026-11-18T08:30:00Z');
    expect((await stepOf(system, id)).exceptions).toMatchObject([
      { reviewer: zoe, standInFor: ruth, handed: { from: ruth, by: 'system', why: 'away' } },
    ]);
    const [requested] = noticesTo(system, 'exception-requested').filter(([to]) => to === zoe);
    expect(requested?.[1]).toContain('Ruth is away until ');
    expect(requested?.[1]).toContain('so you are asked in their place');
    expect(noticesTo(system, 'handed-away').map(([to]) => to)).toEqual([ruth]);
    expect(noticesTo(system, 'taken-over').map(([to]) => to)).toContain(anna);
    const whileAway = system.mails().length;
    await system.until('2026-11-20T16:00:00Z');
    const mailsToRuth = system
      .mails()
      .slice(whileAway)
      .filter(({ to }) => to[0]?.address === ruth);
    expect(mailsToRuth.map(({ tags }) => tags['kind'])).not.toContain('breach');
    await system.until('2026-11-23T09:00:00Z');
    const [request] = (await stepOf(system, id)).exceptions ?? [];
    expect(request).toMatchObject({ reviewer: ruth, handed: { from: zoe, why: 'back' } });
    expect(request).not.toHaveProperty('standInFor');
    expect((await system.answer(ruth, step, 'decline-exception', { reason: 'Ask once more.' })).status).toBe(200);
  });

  it(
    'also when the roster says so, and never goes to who asked for it: the next who may review is asked',
    course,
    async () => {
      const people = withZoe(anna);
      const { system, id } = await asked({ roster: people });
      const known = people.find(({ email }) => email === ruth);
      if (!known) throw new Error('Ruth is not on the roster.');
      const until = [{ from: '2026-11-18', to: '2026-11-20' }];
      await rosterIn(openTable(system.clients.dynamodb, 'handoff')).save({
        ...known,
        availability: { ...known.availability, away: until },
      });
      await system.until('2026-11-18T08:30:00Z');
      expect((await stepOf(system, id)).exceptions).toMatchObject([{ reviewer: zoe, standInFor: ruth }]);
      expect((await system.answer(zoe, step, 'grant-exception', owes)).status).toBe(200);
    },
  );
});

describe('a step that goes to somebody else while an exception of it is decided', () => {
  const bea = 'bea@example.com';

  /** Bea, who sells beside Anna. */
  function withBea(ofAnna: Partial<Person> = {}): readonly Person[] {
    const known = roster().find(({ email }) => email === anna);
    if (!known) throw new Error('Anna is not on the roster.');
    const people = roster().map((person) => (person.email === anna ? { ...person, ...ofAnna } : person));
    return [...people, { ...known, email: bea, name: 'Bea Lang' }];
  }

  const asksTo = (system: OpenSystem, email: string) =>
    system.mails().filter(({ to, tags }) => to[0]?.address === email && tags['step'] === step);

  it('is told to the new owner, who has nothing to do until then, and is asked with a due time for what was declined', async () => {
    const { system, id } = await asked({ roster: withBea() });
    await system.until('2026-11-18T09:00:00Z');
    const given = await system.answer(anna, step, 'reassign', { to: bea, everything: 'no' });
    expect(given.status, given.html).toBe(200);
    const [told, ...others] = asksTo(system, bea);
    expect(others).toEqual([]);
    expect(told?.subject).toBe('Weberhaus Möbel: yours now, and Ruth decides first');
    const text = told?.text.replace(/\s+/g, ' ');
    expect(text).toContain('Anna asked you to take over.');
    expect(text).toContain(
      'Anna asked to go ahead without the missing answers. Ruth was to decide by Wed, Nov 18, 9:30 AM',
    );
    expect(text).not.toMatch(/\bdue (Mon|Tue|Wed|Thu|Fri)\b|Still open/);
    const page = (await system.get(system.linkOf(bea, step))).html;
    expect(page).toContain('Waiting for Ruth Lindqvist’s decision');
    await system.until('2026-12-03T16:00:00Z');
    expect(asksTo(system, bea)).toHaveLength(1);
    expect((await system.answer(ruth, step, 'decline-exception', { reason: 'Ask once more.' })).status).toBe(200);
    await system.until('2026-12-04T16:00:00Z');
    expect(asksTo(system, bea)[1]?.tags['kind']).toBe('ask');
    expect(asksTo(system, bea)[1]?.subject).toMatch(/ by \w+, from Anna$/);
    expect((await stepOf(system, id)).owner).toBe(bea);
  });

  it('in the evening is told in the morning, once, and not at all where it was granted by then', async () => {
    const { system } = await asked({ roster: withBea() });
    await system.until('2026-11-17T18:30:00Z');
    await system.answer(anna, step, 'reassign', { to: bea, everything: 'no' });
    expect(asksTo(system, bea)).toEqual([]);
    await system.until('2026-11-18T12:00:00Z');
    expect(asksTo(system, bea).map(({ at }) => local(new Date(at).toISOString()))).toEqual(['Wed, Nov 18, 2026, 9 AM']);
    const { system: other } = await asked({ roster: withBea() });
    await other.until('2026-11-17T18:30:00Z');
    await other.answer(anna, step, 'reassign', { to: bea, everything: 'no' });
    await other.answer(ruth, step, 'grant-exception', owes);
    await other.until('2026-11-18T12:00:00Z');
    expect(asksTo(other, bea)).toEqual([]);
  });

  it('because its owner goes away is told to who stands in, and to the owner when it is back', async () => {
    const away = [{ from: '2026-11-18', to: '2026-11-19' }];
    const known = roster().find(({ email }) => email === anna);
    if (!known) throw new Error('Anna is not on the roster.');
    const { system } = await asked({
      roster: withBea({ deputy: bea, availability: { ...known.availability, away } }),
    });
    await system.until('2026-11-18T12:00:00Z');
    const [told] = asksTo(system, bea);
    expect(told?.subject).toBe('Weberhaus Möbel: yours now, and Ruth decides first');
    expect(told?.text).toContain('Anna is away');
    await system.until('2026-11-20T12:00:00Z');
    expect(asksTo(system, anna).at(-1)?.subject).toBe('Weberhaus Möbel: yours now, and Ruth decides first');
    expect(asksTo(system, bea).filter(({ tags }) => tags['kind'] === 'ask')).toHaveLength(1);
  });
});

describe('an open item beside an exception', () => {
  it('is no gap of the package any more, also when it comes back', course, async () => {
    const { system, id } = await asked();
    await system.answer(ruth, step, 'grant-exception', owes);
    await system.answer(anna, 'schedule-internal-meeting', 'scheduled');
    await system.answer(lena, 'review-brief', 'return', { gaps: 'Who signs?' });
    expect((await stepOf(system, id)).round).toBe(2);
    expect((await system.get(system.linkOf(anna, step))).html).not.toMatch(/answers? (is|are) missing/);
    // The page says what the handoff goes on without, though nobody is held to it here.
    const page = (await system.get(system.linkOf(anna, step))).html;
    expect(page).toContain('<h2>Still open</h2>');
    expect(page).toContain('Anna Keller, by Tue, Dec 15, 5 PM Berlin time.');
    const record = await system.load(id);
    const opened = openItemsOf(record)[0];
    if (!opened) throw new Error('Nothing is owed.');
    const { owner, item } = opened;
    expect((await openItem(system.world, { record, item: { ...item, owner }, at: system.now() }))?.step).toBe(
      opened.step,
    );
  });
});

/** Anna alone sells, and nobody else may review. */
function alone(): readonly Person[] {
  return roster().map((person) =>
    person.role === 'accountExecutive' && person.email !== anna ? { ...person, active: false } : person,
  );
}

describe('What is to be decided', () => {
  it('is the exception, on the desk of who decides and on those of others, and not the package', async () => {
    const { system } = await asked();
    const deskOf = async (email: string) => {
      const mails = system.mails().filter(({ recipients }) => recipients.includes(email));
      const [path = ''] = mails.findLast(({ text }) => text.includes('/d/'))?.text.match(/\/d\/[\w.-]+/) ?? [];
      return (await system.get(path)).html;
    };
    const ruths = await deskOf(ruth);
    expect(ruths).toContain('Decide on the exception');
    expect(ruths).not.toContain('Complete the handoff package');
    // It is Anna's all the same.
    expect(await deskOf(anna)).toContain('Complete the handoff package');
  });

  it('is what is on hold', async () => {
    const { system } = await asked();
    await system.until('2026-12-04T12:00:00Z');
    const subjects = system
      .mails()
      .filter(({ tags }) => tags['kind'] === 'nag' && tags['step'] === step)
      .map(({ subject }) => subject);
    expect(subjects).toContain('Week 1: Weberhaus Möbel on hold at Decide on the exception');
    expect(subjects.join()).not.toContain('Complete the handoff package');
  });
});

it('counts what is missing as it lists it, however much one answer lacks', async () => {
  const { system, id } = await begun();
  const text =
    system.mails().find(({ tags, recipients }) => tags['step'] === step && recipients.includes(anna))?.text ?? '';
  const [, count = '', list = ''] = /(\d+) answers are missing or wrong:([\s\S]*?)\n(?:Step:|--)/.exec(text) ?? [];
  expect(list.match(/^- /gm)).toHaveLength(Number(count));
  expect(list.replace(/\s+/g, ' ')).toContain('needs the form name@company.com; People at the customer');
  const [began] = (await system.world.audit.trail(id)).filter(({ what }) => what === 'handoff-started');
  expect(began?.detail).toContain(`, ${count} gaps.`);
});
