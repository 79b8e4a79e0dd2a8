import { describe, expect, it } from 'vitest';
import { measuresOf } from '../../functions/domain/handoff/measures.ts';
import { openItemsOf } from '../../functions/domain/handoff/open-items.ts';
import { decideStep } from '../../functions/verbs/decide-step.ts';
import { notify } from '../../functions/verbs/notify.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { course } from '../support/course.ts';
import { anna, daniel, klaus, lena, ruth } from '../support/handoff-record.ts';
import { local, play } from '../support/play.ts';
import { upTo } from '../support/progress.ts';
import type { OpenSystem } from '../support/world.ts';

const item = 'settle-open-item-1';
const missing = { allKeyContacts: 'no', missingContacts: 'The head of IT; Mia asks Jonas on Monday.' };

/** The mails that speak of the follow-up, alone or with what else falls on that moment. */
const mailsAbout = (system: OpenSystem) =>
  system
    .mails()
    .filter(({ text }) => /find the missing key contacts/i.test(text))
    .map(({ at, to }) => `${local(new Date(at).toISOString())} ${to[0]?.address.split('@')[0]}`);

/** By then the request for a follow-up has been mailed. */
const inAnHour = (system: OpenSystem): string => new Date(Date.parse(system.now()) + 3_600_000).toISOString();

describe('key contacts that are missing (S2)', () => {
  it('are named, with how they will be found: a no alone is refused, a yes needs nothing', async () => {
    const { system } = await upTo('map-stakeholders');
    const refused = await system.answer(lena, 'map-stakeholders', 'verified', { allKeyContacts: 'no' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('href="#verified-missingContacts"');
    expect((await system.answer(lena, 'map-stakeholders', 'verified', { allKeyContacts: 'yes' })).status).toBe(200);
    expect(openItemsOf(await system.load('D-2026-1041-1'))).toEqual([]);
  });

  it('make a follow-up of their own, which reaches the manager, while the handoff goes on', course, async () => {
    const { system, id } = await upTo('map-stakeholders');
    const { html } = await system.answer(lena, 'map-stakeholders', 'verified', missing);
    expect(html).toContain('Still to do: Find the missing key contacts, by Thu, Nov 26, 5 PM Berlin time (Lena Vogt).');
    await system.until('2026-11-30T17:00:00Z');
    expect(mailsAbout(system)).toEqual([
      // Held back a quarter of an hour, as what comes next for her: one mail may say both.
      expect.stringMatching(/^Thu, Nov 19, 2026, .* lena.vogt$/),
      'Thu, Nov 26, 2026, 9 AM lena.vogt',
      'Thu, Nov 26, 2026, 5 PM lena.vogt',
      'Fri, Nov 27, 2026, 5 PM lena.vogt',
      'Fri, Nov 27, 2026, 5 PM daniel.weiss',
      'Mon, Nov 30, 2026, 5 PM lena.vogt',
      'Mon, Nov 30, 2026, 5 PM ruth.lindqvist',
    ]);
    const toManager = system
      .mails()
      .find(({ to, text }) => to[0]?.address.startsWith('daniel') && /missing key contacts/.test(text));
    expect(toManager?.text.replace(/\s+/g, ' ')).toContain('Are all key contacts identified? No.');
    expect(toManager?.text).toContain('Mia asks Jonas on Monday');
    expect((await system.load(id)).steps['align-success-plan']).toBeDefined();
  });

  it('count as identified once the follow-up is settled, and not when it is given up', course, async () => {
    const { system, id } = await upTo('map-stakeholders');
    await system.answer(lena, 'map-stakeholders', 'verified', missing);
    await system.until(inAnHour(system));
    expect(measuresOf(await system.load(id), system.now()).success.allKeyContacts).toBe(false);
    expect((await system.answer(lena, item, 'settled', { outcome: 'It is Ms Sato.' })).status).toBe(200);
    expect(measuresOf(await system.load(id), system.now()).success.allKeyContacts).toBe(true);

    const other = await upTo('map-stakeholders');
    await other.system.answer(lena, 'map-stakeholders', 'verified', missing);
    await other.system.until(inAnHour(other.system));
    expect((await other.system.answer(lena, item, 'not-possible', { reason: '' })).status).toBe(422);
    expect((await other.system.answer(lena, item, 'not-possible', { reason: 'Nobody runs it.' })).status).toBe(200);
    const given = await other.system.load(other.id);
    expect(measuresOf(given, other.system.now()).success.allKeyContacts).toBe(false);
    expect(openItemsOf(given)).toEqual([]);
  });

  it('make one follow-up, also when the first attempt broke off after the decision', course, async () => {
    const { system, id } = await upTo('map-stakeholders');
    const decision = {
      choice: 'verified',
      by: lena,
      as: 'owner',
      at: system.now(),
      evidence: { allKeyContacts: false, missingContacts: 'The head of IT' },
    } as const;
    await system.world.steps.decide({ id, step: 'map-stakeholders', round: 1, decision });
    const linkId = system.linkOf(lena, 'map-stakeholders').replace('/s/', '');
    const again = () =>
      decideStep(system.world)({ linkId, form: { choice: 'verified', round: '1' }, at: system.now() });
    await Promise.all([again(), again()]);
    await system.until(system.now());
    expect(openItemsOf(await system.load(id)).map(({ item: { title } }) => title)).toEqual([
      'Find the missing key contacts',
    ]);
  });

  it('make it also when nobody tries again: the execution finds the decision', course, async () => {
    const { system, id } = await upTo('map-stakeholders');
    const decision = {
      choice: 'verified',
      by: lena,
      as: 'owner',
      at: system.now(),
      evidence: { allKeyContacts: false },
    };
    await system.world.steps.decide({ id, step: 'map-stakeholders', round: 1, decision: { ...decision, as: 'owner' } });
    await system.until('2026-11-21T12:00:00Z');
    expect(openItemsOf(await system.load(id))).toHaveLength(1);
  });
});

describe('what a no left open', () => {
  /** To whom it was said that it is over, and why. */
  const told = (system: OpenSystem) =>
    system
      .mails()
      .filter(({ tags }) => tags['kind'] === 'item-settled')
      .map(({ to, subject, text }) => ({ to: to[0]?.address, subject, text: text.replace(/\s+/g, ' ') }));
  const closed = 'Nordwind Logistik: closed: Find the missing key contacts';
  const giveUp = (system: OpenSystem) =>
    system.answer(lena, item, 'not-possible', { reason: 'Nobody runs IT there any more.' });

  it('and its owner gives up is told to their manager, with the reason, once', async () => {
    const { system, id } = await upTo('map-stakeholders');
    await system.answer(lena, 'map-stakeholders', 'verified', missing);
    await system.until(inAnHour(system));
    expect((await giveUp(system)).status).toBe(200);
    await system.until(inAnHour(system));
    await notify(system.world)({ handoffId: id, step: item, round: 1, at: system.now() });
    expect(told(system)).toEqual([
      {
        to: daniel,
        subject: closed,
        text: expect.stringMatching(/Lena found that it is not possible.*Nobody runs IT/),
      },
    ]);
  });

  it.each([
    ['given up', giveUp, [anna, daniel], closed],
    [
      'settled',
      (system: OpenSystem) => system.answer(lena, item, 'settled', { outcome: 'It is Ms Sato.' }),
      [anna],
      'Nordwind Logistik: settled: Find the missing key contacts',
    ],
  ] as const)('is told to whoever read that it is open, when it is %s', async (_, end, readers, subject) => {
    const { system } = await upTo('map-stakeholders');
    await system.answer(lena, 'map-stakeholders', 'verified', missing);
    await system.answer(lena, 'align-success-plan', 'aligned');
    await system.answer(lena, 'confirm-handoff', 'confirmed');
    await system.until(inAnHour(system));
    await end(system);
    await system.until(inAnHour(system));
    expect(told(system).map(({ to }) => to)).toEqual(readers);
    expect(told(system).map((mail) => mail.subject)).toEqual(readers.map(() => subject));
  });

  it('is told to whoever heard that it was late as what it is, and not as a relief', course, async () => {
    const { system } = await upTo('map-stakeholders');
    await system.answer(lena, 'map-stakeholders', 'verified', missing);
    await system.until('2026-11-30T17:00:00Z');
    await giveUp(system);
    await system.until(inAnHour(system));
    expect(told(system).map(({ to }) => to)).toEqual([daniel, ruth]);
    expect(
      system.mails().filter(({ tags, text }) => tags['kind'] === 'trouble-over' && /key contacts/.test(text)),
    ).toEqual([]);
  });
});

it('a cool reply to the introduction makes a follow-up, and nothing said makes none', course, async () => {
  const { system, id } = await upTo('schedule-kickoff');
  expect((await system.answer(lena, 'schedule-kickoff', 'scheduled', { positiveReply: 'no' })).status).toBe(200);
  const record = await system.load(id);
  expect(openItemsOf(record).map(({ item: { title } }) => title)).toEqual(["Win the customer's first reply"]);
  expect(measuresOf(record, system.now()).success.positiveReply).toBe(false);
  const silent = await upTo('hold-kickoff');
  expect(openItemsOf(await silent.system.load(silent.id))).toEqual([]);
});

it(
  'a plan that is never agreed, and a first value that is never reached, make a follow-up with the last answer',
  course,
  async () => {
    const changes = { choice: 'changes-wanted', evidence: { changes: 'Start with the warehouse in Bremen.' } };
    const later = { choice: 'not-yet', evidence: { remark: 'The migration takes long.' } };
    const script = { 'align-success-plan': [changes, changes, changes], 'record-first-value': [later, later, later] };
    const { report, step } = await play('complete-standard', { playbook, script });
    const opened = report.audit.filter(({ what }) => what === 'item-opened');
    expect(opened.map(({ at, detail }) => `${local(at)} ${detail.split(':')[0]}`)).toEqual([
      'Tue, Dec 1, 2026, 9:45 AM Agree on the success plan',
      'Wed, Jan 20, 2027, 9:45 AM Reach first value',
    ]);
    expect(step(item).map(({ outcome }) => outcome)).toEqual(['settled']);
    expect(report.handoff.measures).toMatchObject({
      daysToFirstValue: 64.05,
      onboardingComplete: true,
      success: { clientAgreed: true },
    });
    // Sales hears of it once it is so, and not before.
    const told = report.mails.filter(({ kind }) => kind === 'first-value');
    expect(told.map(({ at, to }) => [local(at), to])).toEqual([['Wed, Jan 20, 2027, 10:45 AM', [anna, klaus]]]);
  },
);

it('a script may say no and nothing more: what has to be said beside it is filled in', async () => {
  const script = { 'map-stakeholders': [{ evidence: { allKeyContacts: false } }] };
  const { mishaps, report, only } = await play('complete-standard', { script });
  expect([mishaps, report.handoff.status]).toEqual([[], 'complete']);
  expect(only('map-stakeholders').outcome).toBe('verified');
  expect(only(item).outcome).toBe('settled');
});
