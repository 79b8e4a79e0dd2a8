import { describe, expect, it } from 'vitest';
import { openItemsOf } from '../../functions/domain/handoff/open-items.ts';
import { announce } from '../../functions/verbs/announce.ts';
import { openReached } from '../../functions/verbs/open-reached.ts';
import { course } from '../support/course.ts';
import { anna, lena } from '../support/handoff-record.ts';
import { upTo } from '../support/progress.ts';

const missing = { allKeyContacts: 'no', missingContacts: 'The head of IT; Mia asks Jonas on Monday.' };

/** Key contacts are missing, and the plan is agreed on a day late: the sign-off is asked on Wed, Nov 25, 2026, 11:00 in Berlin. */
async function lateAndOpen() {
  const under = await upTo('map-stakeholders');
  const { system } = under;
  await system.answer(lena, 'map-stakeholders', 'verified', missing);
  await system.until('2026-11-25T10:00:00Z');
  expect((await system.answer(lena, 'align-success-plan', 'aligned')).status).toBe(200);
  return { ...under, page: async () => (await system.get(system.linkOf(lena, 'confirm-handoff'))).html };
}

describe('the sign-off', () => {
  it('lists what is still open with owner and date, and asks why steps were late (S4)', course, async () => {
    const { system, page } = await lateAndOpen();
    const html = await page();
    expect(html).toContain('<h2>Still open</h2>');
    expect(html.replaceAll('&quot;', '"')).toContain(
      'Lena Vogt, by Thu, Nov 26, 5 PM Berlin time. "Verify the stakeholder map": Are all key contacts identified? No.',
    );
    expect([...html.matchAll(/name="(lateReason\.[^"]+)"/g)].map(([, name]) => name)).toEqual([
      'lateReason.align-success-plan',
    ]);
    await system.answer(lena, 'settle-open-item-1', 'not-possible', { reason: 'Nobody runs it.' });
    expect(await page()).toContain('Given up by Lena Vogt: Nobody runs it.');
  });

  it('keeps the reasons that are given, and tells the account executive', course, async () => {
    const { system, id } = await lateAndOpen();
    const reason = 'Their lawyer was away.';
    const { status } = await system.answer(lena, 'confirm-handoff', 'confirmed', {
      'lateReason.align-success-plan': reason,
      'lateReason.schedule-kickoff': 'It was not late: nobody asked.',
    });
    expect(status).toBe(200);
    await system.until(system.now());
    const { evidence } = (await system.load(id)).steps['confirm-handoff']?.decision ?? {};
    expect(evidence).toMatchObject({ lateReasons: [{ step: 'align-success-plan', reason }] });
    expect(Object.keys(evidence ?? {}).filter((name) => name.startsWith('lateReason.'))).toEqual([]);
    const told = system.mails().find(({ tags }) => tags['kind'] === 'handoff-confirmation');
    expect(told?.to.map(({ address }) => address)).toEqual([anna]);
    expect(told?.text).toContain('Why "Align the success plan" was late');
    expect(told?.text).toContain(reason);
  });

  it('tells the account executive what is still open, and who owns it', course, async () => {
    const { system } = await lateAndOpen();
    await system.answer(lena, 'confirm-handoff', 'confirmed');
    await system.until(system.now());
    const told = system.mails().find(({ tags }) => tags['kind'] === 'handoff-confirmation');
    expect(told?.text.replace(/\s+/g, ' ')).toMatch(
      /Still open: - [^:]+: Lena Vogt, by Thu, Nov 26, 5 PM Berlin time\./,
    );
  });

  it('tells the account executive also what nobody came to open, because the page broke off', course, async () => {
    const { system, id } = await upTo('map-stakeholders');
    const { world } = system;
    const at = system.now();
    const people = new Map((await world.roster.everybody()).map((person) => [person.email, person]));
    const decisions = [
      ['map-stakeholders', 'verified', { allKeyContacts: false, missingContacts: 'The head of IT.' }],
      ['align-success-plan', 'aligned', {}],
      ['confirm-handoff', 'confirmed', {}],
    ] as const;
    for (const [step, choice, evidence] of decisions) {
      await openReached(world, { record: await system.load(id), people, at });
      await world.steps.decide({ id, step, round: 1, decision: { choice, by: lena, as: 'owner', at, evidence } });
    }
    expect(openItemsOf(await system.load(id))).toEqual([]);
    const request = { handoffId: id, step: 'confirm-handoff', say: 'handoff-confirmation', at } as const;
    for (let times = 0; times < 2; times++) await announce(world)(request);
    const told = system.mails().filter(({ tags }) => tags['kind'] === 'handoff-confirmation');
    expect(told.map(({ text }) => text.includes('Still open'))).toEqual([true]);
    expect(openItemsOf(await system.load(id))).toHaveLength(1);
  });

  it('goes without reasons', async () => {
    const { system, id } = await lateAndOpen();
    expect((await system.answer(lena, 'confirm-handoff', 'confirmed')).status).toBe(200);
    expect((await system.load(id)).steps['confirm-handoff']?.decision?.evidence).not.toHaveProperty('lateReasons');
    await system.until(system.now());
    expect(system.mails().find(({ tags }) => tags['kind'] === 'handoff-confirmation')?.text).not.toContain('was late');
  });

  it('asks and lists nothing when all was in time and nothing is open', async () => {
    const { system } = await upTo('confirm-handoff');
    const { html } = await system.get(system.linkOf(lena, 'confirm-handoff'));
    expect(html).not.toContain('Still open');
    expect(html).not.toContain('lateReason');
  });
});
