import { describe, expect, it } from 'vitest';
import { itemExecutionName } from '../../../functions/aws/execution-names.ts';
import type { ItemToOpen } from '../../../functions/domain/handoff/items-to-open.ts';
import { openItemsOf } from '../../../functions/domain/handoff/open-items.ts';
import { RecordsUnavailable } from '../../../functions/ports/errors.ts';
import type { World } from '../../../functions/ports/world.ts';
import { cancelHandoff } from '../../../functions/verbs/cancel-handoff.ts';
import { decideStep } from '../../../functions/verbs/decide-step.ts';
import { openItem } from '../../../functions/verbs/open-item.ts';
import { stopDeal } from '../../../functions/verbs/stop-deal.ts';
import { breaking } from '../../support/breaking.ts';
import { course } from '../../support/course.ts';
import { dealEvent } from '../../support/deals.ts';
import { anna, daniel, klaus, lena, ruth } from '../../support/handoff-record.ts';
import { local } from '../../support/play.ts';
import { tiny } from '../../support/playbooks/tiny.ts';
import { upTo, won } from '../../support/progress.ts';
import { hiddenFields, type OpenSystem, openSystem } from '../../support/world.ts';

const item: ItemToOpen = {
  key: 'review-brief/1',
  title: 'Name the technical contact',
  what: 'Find out who runs their systems.',
  from: 'review-brief',
  by: ruth,
  reason: 'They hire in January.',
  due: '2026-12-01',
  owner: anna,
};
const step = 'settle-open-item-1';

async function opened(change: Partial<ItemToOpen> = {}) {
  const under = await upTo('review-brief');
  const { system, id } = under;
  const open = async () =>
    openItem(system.world, { record: await system.load(id), item: { ...item, ...change }, at: system.now() });
  const first = await open();
  await system.until(system.now());
  return { ...under, open, first };
}

/** An item that is late in a handoff that is complete; and the event that ends its deal. */
async function complete() {
  const under = await upTo('confirm-handoff');
  const { system, id } = under;
  await openItem(system.world, { record: await system.load(id), item, at: system.now() });
  await system.answer(lena, 'confirm-handoff', 'confirmed');
  await system.until('2027-02-12T17:00:00Z');
  expect((await system.load(id)).state.status).toBe('complete');
  const detail = { dealId: 'D-2026-1041', reason: 'Budget' };
  const event = { source: 'handoff.crm', 'detail-type': 'Deal Lost', detail };
  return { ...under, stop: { event, at: system.now() } };
}

const told = (system: OpenSystem, kind: string) =>
  system
    .mails()
    .filter(({ tags }) => tags['kind'] === kind)
    .map(({ to }) => to[0]?.address)
    .sort();

const mailsAbout = (system: OpenSystem, about = step) =>
  system
    .mails()
    .filter(({ tags }) => tags['step'] === about)
    .map(({ at, to, tags }) => `${local(new Date(at).toISOString())} ${tags['kind']} ${to[0]?.address.split('@')[0]}`);

describe('an open item', () => {
  it('is asked for at once, with owner and date, and chased to the end', course, async () => {
    const { system, id, first } = await opened();
    expect(first).toMatchObject({ step, owner: anna, dueAt: '2026-12-01T16:00:00Z' });
    await system.until('2026-12-18T17:00:00Z');
    expect(mailsAbout(system)).toEqual([
      'Tue, Nov 17, 2026, 9:30 AM ask anna.keller',
      'Tue, Dec 1, 2026, 9 AM warn anna.keller',
      'Tue, Dec 1, 2026, 5 PM breach anna.keller',
      'Wed, Dec 2, 2026, 5 PM escalate anna.keller',
      'Wed, Dec 2, 2026, 5 PM escalate klaus.brandt',
      'Thu, Dec 3, 2026, 5 PM escalate anna.keller',
      'Thu, Dec 3, 2026, 5 PM escalate ruth.lindqvist',
      'Thu, Dec 10, 2026, 5 PM nag anna.keller',
      'Thu, Dec 10, 2026, 5 PM nag klaus.brandt',
      'Thu, Dec 10, 2026, 5 PM nag ruth.lindqvist',
      'Thu, Dec 17, 2026, 5 PM nag anna.keller',
      'Thu, Dec 17, 2026, 5 PM nag klaus.brandt',
      'Thu, Dec 17, 2026, 5 PM nag ruth.lindqvist',
    ]);
    const nag = system.mails().findLast(({ tags }) => tags['kind'] === 'nag' && tags['step'] === step);
    expect(nag?.text).not.toContain('is stalled');
    expect(openItemsOf(await system.load(id)).map(({ item: { title } }) => title)).toEqual([item.title]);
  });

  it('is opened once, however often that is tried, and under a number of its own', async () => {
    const { system, id, open, first } = await opened();
    expect(await open()).toMatchObject(first ?? {});
    const other = await openItem(system.world, {
      // As read before the first was opened: two are opened in the same moment.
      record: { ...(await system.load(id)), steps: {} },
      item: { ...item, key: 'another' },
      at: system.now(),
    });
    expect(other?.step).toBe('settle-open-item-2');
    await system.until(system.now());
    expect(mailsAbout(system)).toHaveLength(1);
    expect(mailsAbout(system, 'settle-open-item-2')).toHaveLength(1);
  });

  it('is handed on to colleagues on the side of whoever owes it', async () => {
    const { system } = await opened();
    const page = (await system.get(system.linkOf(anna, step))).html;
    const colleagues = /name="to"[\s\S]*?<\/select>/.exec(page)?.[0] ?? '';
    expect(colleagues).toContain(klaus);
    expect(colleagues).not.toContain(lena);
    expect((await system.answer(anna, step, 'reassign', { to: lena })).status).toBe(422);
    expect((await system.answer(anna, step, 'reassign', { to: klaus })).status).toBe(200);
  });

  it(
    'is settled by its owner, who says what came of it; whoever let it wait, and the CSM, hear of it once',
    course,
    async () => {
      const { system, id } = await opened();
      const page = (await system.get(system.linkOf(anna, step))).html;
      expect(page).toContain(item.title);
      expect(page).not.toContain('value="supplied"');
      expect((await system.answer(anna, step, 'settled', { outcome: '' })).status).toBe(422);
      expect((await system.answer(anna, step, 'settled', { outcome: 'It is Ms Sato.' })).status).toBe(200);
      expect(mailsAbout(system)).toEqual([
        'Tue, Nov 17, 2026, 9:30 AM ask anna.keller',
        'Tue, Nov 17, 2026, 9:30 AM item-settled ruth.lindqvist',
        'Tue, Nov 17, 2026, 9:30 AM item-settled lena.vogt',
      ]);
      expect(system.mails().at(-1)?.text).toContain('It is Ms Sato.');
      expect(openItemsOf(await system.load(id))).toEqual([]);
      expect(await system.status(itemExecutionName(id, step))).toMatchObject({ status: 'SUCCEEDED' });
      // Nothing waited for it.
      expect((await system.load(id)).steps['review-brief']?.decision).toBeUndefined();
    },
  );

  describe('settled by its owner on a page that is interrupted', () => {
    const settle = (system: OpenSystem, world: World) =>
      decideStep(world)({
        linkId: system.linkOf(anna, step).replace('/s/', ''),
        form: { round: '1', choice: 'settled', outcome: 'It is Ms Sato.' },
        at: system.now(),
      });
    const onRecord = async (system: OpenSystem, id: string) =>
      (await system.world.audit.trail(id)).flatMap(({ what, step: about, who }) =>
        what === 'decided' && about === step ? [who] : [],
      );

    it('is on record all the same, and everybody hears of it when the execution looks again', course, async () => {
      const { system, id } = await opened();
      const world = breaking(system.world, { port: 'steps', method: 'decide', when: 'after' });
      await expect(settle(system, world)).rejects.toThrow('The process has ended.');
      await system.until('2026-12-02T17:00:00Z');
      expect(await onRecord(system, id)).toEqual([anna]);
      expect(told(system, 'item-settled')).toEqual([lena, ruth]);
    });

    it(
      'is on record, and everybody hears of it at once, where it was only the records that failed',
      course,
      async () => {
        const { system, id } = await opened();
        const error = new RecordsUnavailable('Try again.');
        const world = breaking(system.world, { port: 'audit', method: 'write', when: 'before', error });
        expect((await settle(system, world)).kind).toBe('confirmed');
        await system.clock.settled();
        expect(await onRecord(system, id)).toEqual([anna]);
        expect(told(system, 'item-settled')).toEqual([lena, ruth]);
      },
    );
  });

  it('is handed on like any step, and the role stays where it is', course, async () => {
    const { system, id } = await opened({ owner: lena });
    await system.answer(lena, step, 'reassign', { to: daniel, everything: 'yes' });
    const { steps, state } = await system.load(id);
    expect(steps[step]).toMatchObject({ owner: daniel, dueAt: '2026-12-01T16:00:00Z' });
    expect(state.people.customerSuccessManager).toBe(lena);
    // One mail asks him for all that was hers.
    const asked = system.mails().filter(({ to, tags }) => to[0]?.address === daniel && tags['kind'] === 'ask');
    expect(asked.map(({ text }) => text.includes(steps[step]?.item?.title ?? 'nothing'))).toEqual([true]);
  });

  it('is not asked for any more once the handoff is canceled', course, async () => {
    const { system, id } = await opened();
    await cancelHandoff(system.world)({ handoffId: id, by: klaus, reason: 'Gone', at: system.now(), from: 'page' });
    await system.until('2026-12-11T12:00:00Z');
    expect(mailsAbout(system)).toEqual(['Tue, Nov 17, 2026, 9:30 AM ask anna.keller']);
    expect(await system.status(itemExecutionName(id, step))).toMatchObject({ status: 'ABORTED', cause: 'Gone' });
    expect((await system.get(system.linkOf(anna, step))).html).toContain('Gone');
  });

  it('tells its owner when the handoff is canceled, who has no other part in it', course, async () => {
    const { system, id } = await opened({ owner: daniel });
    await cancelHandoff(system.world)({ handoffId: id, by: klaus, reason: 'Gone', at: system.now(), from: 'page' });
    expect(told(system, 'handoff-cancelled')).toContain(daniel);
  });

  it('ends by itself when it was opened while the handoff was being canceled', course, async () => {
    const { system, id } = await upTo('review-brief');
    const record = await system.load(id);
    await cancelHandoff(system.world)({ handoffId: id, by: klaus, reason: 'Gone', at: system.now(), from: 'page' });
    await openItem(system.world, { record, item, at: system.now() });
    await system.until('2026-12-11T12:00:00Z');
    expect(mailsAbout(system)).toEqual([]);
    expect(await system.status(itemExecutionName(id, step))).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('outlives its handoff, which neither waits for it nor stalls', course, async () => {
    const { system, id } = await upTo('confirm-handoff');
    await openItem(system.world, {
      record: await system.load(id),
      item: { ...item, due: '2027-02-01' },
      at: system.now(),
    });
    await system.answer(lena, 'confirm-handoff', 'confirmed');
    await system.until('2027-02-12T17:00:00Z');
    expect((await system.load(id)).state.status).toBe('complete');
    expect(mailsAbout(system).at(-1)).toBe('Wed, Feb 10, 2027, 5 PM nag ruth.lindqvist');
    expect((await system.answer(anna, step, 'settled', { outcome: 'At last' })).status).toBe(200);
    expect(await system.status(itemExecutionName(id, step))).toMatchObject({ status: 'SUCCEEDED' });
  });

  it(
    'is left out when the deal is lost after its handoff is complete; everybody concerned hears of it once',
    course,
    async () => {
      const { system, id, stop } = await complete();
      const broken = { ...system.world, mail: { send: () => Promise.reject(new Error('killed')) } };
      await expect(stopDeal(broken)(stop)).rejects.toThrow('killed');
      expect(await system.status(itemExecutionName(id, step))).toMatchObject({ status: 'ABORTED' });
      await stopDeal(system.world)(stop);
      expect(await stopDeal(system.world)(stop)).toEqual({ handoffId: id, outcome: 'not open' });
      const { state, steps } = await system.load(id);
      expect(state.status).toBe('complete');
      expect(steps[step]?.decision).toMatchObject({ choice: 'skipped', by: 'crm', as: 'system' });
      expect(steps[step]?.decision?.evidence).toEqual({ reason: 'Deal lost: Budget' });
      // Its owner, the CSM, whoever let it wait (who was told that it is late), and the owner's manager, who was, too.
      expect(told(system, 'items-ended')).toEqual([anna, klaus, lena, ruth].sort());
      const mail = system.mails().find(({ tags }) => tags['kind'] === 'items-ended');
      expect(mail?.text).toContain('is over, says the CRM.');
      expect(mail?.text).toContain(item.title);
      expect(mail?.text).toContain('Deal lost: Budget');
      const before = system.mails().length;
      await system.until('2027-03-12T17:00:00Z');
      expect(
        system
          .mails()
          .slice(before)
          .map(({ tags }) => [tags['kind'], tags['step']]),
      ).toEqual([]);
      expect((await system.get(system.linkOf(anna, step))).html).toContain('The CRM already did this');
      expect(system.account.deadLetters).toEqual([]);
    },
  );

  it('stays settled when the deal is lost after that', course, async () => {
    const { system, id, stop } = await complete();
    await system.answer(anna, step, 'settled', { outcome: 'It is Ms Sato.' });
    await stopDeal(system.world)(stop);
    expect((await system.load(id)).steps[step]?.decision).toMatchObject({ choice: 'settled', by: anna });
    expect(told(system, 'items-ended')).toEqual([]);
  });

  it('is none of a handoff whose rules know of none', async () => {
    const system = await openSystem({ at: won, playbook: tiny });
    const id = await system.win(dealEvent());
    expect(await openItem(system.world, { record: await system.load(id), item, at: won })).toBeUndefined();
  });
});

describe('an open item that owes the package answers', () => {
  const owing = { paths: ['contract.termMonths', 'dealContext.whyUs'] } as const;
  const form = (more: Record<string, string>) => ({ 'contract.termMonths': '', 'dealContext.whyUs': '', ...more });

  /** The package lacks both answers by then. */
  async function lacking() {
    const under = await upTo('review-brief', { event: dealEvent() });
    const { system, id } = under;
    const record = await system.load(id);
    const pkg = structuredClone(record.package) as { contract: object; dealContext: object };
    Object.assign(pkg.contract, { termMonths: undefined });
    Object.assign(pkg.dealContext, { whyUs: undefined });
    await system.world.packages.save({ id, package: JSON.parse(JSON.stringify(pkg)), version: 0, by: anna, at: won });
    await openItem(system.world, { record: await system.load(id), item: { ...item, ...owing }, at: won });
    await system.until(system.now());
    return under;
  }

  it('asks for them by a form of just these, and takes no other field', async () => {
    const { system, id } = await lacking();
    const { html } = await system.get(system.linkOf(anna, step));
    expect([...html.matchAll(/name="([a-zA-Z]+\.[a-zA-Z0-9]+)"/g)].map(([, name]) => name).sort()).toEqual([
      ...owing.paths,
    ]);
    const half = await system.answer(
      anna,
      step,
      'save',
      form({ 'dealContext.whyUs': 'The API', 'redFlags.knownRisks': 'none' }),
    );
    expect(half.status).toBe(200);
    const { package: pkg } = await system.load(id);
    expect(pkg).toMatchObject({ dealContext: { whyUs: 'The API' } });
    expect(JSON.stringify((pkg as Record<string, unknown>)['redFlags'])).not.toContain('"knownRisks":"none"');
    expect((await system.answer(anna, step, 'supplied', form({ 'dealContext.whyUs': 'The API' }))).status).toBe(422);
  });

  it('is settled when they are handed in, and the brief shows them in place of who owes them', course, async () => {
    const { system, id } = await lacking();
    const before = await system.get(`${system.linkOf(lena, 'review-brief')}/brief`);
    expect(before.html).toContain('Owed by Anna Keller until Tue, Dec 1, 2026');
    const all = { 'dealContext.whyUs': 'The open API', 'contract.termMonths': '24' };
    expect((await system.answer(anna, step, 'supplied', all)).status).toBe(200);
    expect((await system.load(id)).steps[step]?.decision).toMatchObject({ choice: 'supplied', by: anna });
    const after = await system.get(`${system.linkOf(lena, 'review-brief')}/brief`);
    expect(after.html).not.toContain('Owed by');
    expect(after.html).toContain('The open API');
  });

  it(
    'is settled at once when a page puts the last of them in, and its own page asks for nothing any more',
    course,
    async () => {
      const { system, id } = await lacking();
      const all = { 'dealContext.whyUs': 'The open API', 'contract.termMonths': '24' };
      expect((await system.answer(anna, step, 'save', form(all))).status).toBe(200);
      expect((await system.load(id)).steps[step]?.decision).toMatchObject({ choice: 'supplied', by: 'system' });
      expect(told(system, 'item-settled')).toEqual([lena, ruth]);
      const { html } = await system.get(system.linkOf(anna, step));
      expect(html).toContain('This was settled on Tue, Nov 17, 9:30 AM Berlin time: what was missing has come in.');
      expect(html).not.toContain('value="supplied"');
    },
  );

  it(
    'is settled when the same page is sent again that was interrupted before it could wake what asks for them',
    course,
    async () => {
      const { system, id } = await lacking();
      const all = { 'dealContext.whyUs': 'The open API', 'contract.termMonths': '24' };
      const page = await system.get(system.linkOf(anna, step));
      const [linkId = ''] = system.linkOf(anna, step).split('/').slice(-1);
      const sent = { linkId, form: { ...hiddenFields(page.html), choice: 'save', ...all }, at: system.now() };
      const broken = breaking(system.world, { port: 'tokens', method: 'askAgain', when: 'before' });
      await expect(decideStep(broken)(sent)).rejects.toThrow('The process has ended.');
      expect((await system.load(id)).steps[step]?.decision).toBeUndefined();
      await decideStep(system.world)(sent);
      await system.until(system.now());
      expect((await system.load(id)).steps[step]?.decision).toMatchObject({ choice: 'supplied', by: 'system' });
      expect(told(system, 'item-settled')).toEqual([lena, ruth]);
    },
  );

  it('is settled when somebody else puts them in, and nobody is reminded', course, async () => {
    const { system, id } = await lacking();
    const record = await system.load(id);
    const pkg = structuredClone(record.package) as { contract: object; dealContext: object };
    Object.assign(pkg.contract, { termMonths: 12 });
    Object.assign(pkg.dealContext, { whyUs: 'The API' });
    await system.world.packages.save({ id, package: pkg, version: record.packageVersion, by: lena, at: system.now() });
    await system.until('2026-12-11T12:00:00Z');
    expect(mailsAbout(system)).toEqual([
      'Tue, Nov 17, 2026, 9:30 AM ask anna.keller',
      'Tue, Dec 1, 2026, 9 AM item-settled ruth.lindqvist',
      'Tue, Dec 1, 2026, 9 AM item-settled lena.vogt',
    ]);
    expect((await system.load(id)).steps[step]?.decision).toMatchObject({ choice: 'supplied', by: 'system' });
  });
});

describe('the execution of an open item', () => {
  it('is called after its handoff, unlike any handoff, in at most 80 characters', () => {
    expect(itemExecutionName('D-1-1', 'settle-open-item-12')).toBe('D-1-1_12');
    const long = `${'D'.repeat(77)}-1`;
    const names = [`${long}1`, `${long}2`].map((id) => itemExecutionName(id, 'settle-open-item-3'));
    expect(new Set(names).size).toBe(2);
    for (const name of names) {
      expect(name.length).toBeLessThanOrEqual(80);
      expect(name).toMatch(/^[0-9A-Za-z_-]+_3$/);
    }
  });
});
