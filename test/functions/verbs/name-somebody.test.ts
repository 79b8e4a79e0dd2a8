import { describe, expect, it } from 'vitest';
import { holderOf } from '../../../functions/domain/handoff/roles-held.ts';
import { roster, sampleEvent } from '../../support/deals.ts';
import { anna, klaus, lena, ruth } from '../../support/handoff-record.ts';
import { won } from '../../support/progress.ts';
import { openSystem } from '../../support/world.ts';

const naming = 'assign-customer-success-manager';
const tom = 'tom.hughes@example.com';

/** Those whom a page offers in one of its lists: mail addresses. */
const offered = (html: string, name: string) => {
  const list = html.match(new RegExp(`<select[^>]* name="${name}".*?</select>`, 's'))?.[0] ?? '';
  return [...list.matchAll(/value="([^"@]+@[^"]+)"/g)].map(([, email]) => email);
};

/** What the page says is wrong. */
const problems = (html: string) =>
  [...html.matchAll(/<li dir="auto"><a href="#[^"]*">(.*?)<\/a>/g)].map(([, problem]) => problem);

describe('naming a customer success manager', () => {
  // Nobody can take it, so that revenue operations is asked.
  const full = roster().map((person) =>
    person.role === 'customerSuccessManager' ? { ...person, capacity: 0 } : person,
  );

  async function begun() {
    const system = await openSystem({ at: won, roster: full });
    const id = await system.win(sampleEvent('complete-standard'));
    return { system, id, link: system.linkOf(ruth, naming) };
  }

  it('is asked for, too, when whoever sold the deal has left the company', async () => {
    const left = full.map((person) => (person.email === anna ? { ...person, active: false } : person));
    const system = await openSystem({ at: won, roster: left });
    const id = await system.win(sampleEvent('complete-standard'));
    const record = await system.world.handoffs.load(id);
    expect(record && [holderOf(record, 'accountExecutive'), record.deal.accountExecutive]).toEqual([klaus, anna]);
    expect((await system.get(system.linkOf(ruth, naming))).status).toBe(200);
    expect(system.account.stepFunctions.executions().map(({ status }) => status)).toEqual(['RUNNING']);
  });

  it('offers only those who are one by the roster', async () => {
    const { system, link } = await begun();
    const managers = full.filter(({ role, active }) => role === 'customerSuccessManager' && active);
    const names = offered((await system.get(link)).html, 'customerSuccessManager');
    expect(names.toSorted()).toEqual(managers.map(({ email }) => email).toSorted());
    expect(names).not.toContain(anna);
  });

  it.each([
    ['an account executive', anna],
    ['a sales manager', klaus],
    ['revenue operations', ruth],
    ['nobody the roster knows', 'mallory@example.org'],
  ])('refuses %s by name, and goes on with whoever is named then', async (_, other) => {
    const { system, id, link } = await begun();
    const refused = await system.submit(link, 'assigned', { customerSuccessManager: other });
    expect(refused.status).toBe(422);
    expect(problems(refused.html)).toEqual(['Select customer success manager from the list']);
    expect(holderOf(await system.load(id), 'customerSuccessManager')).toBeUndefined();
    expect((await system.submit(link, 'assigned', { customerSuccessManager: lena })).status).toBe(200);
    const record = await system.load(id);
    expect([record.state.status, holderOf(record, 'customerSuccessManager')]).toEqual(['open', lena]);
  });
});

describe('reassigning a step', () => {
  it.each([
    ['the account executive', 'review-brief', anna],
    ['a sales manager', 'review-brief', klaus],
    ['whoever is to take the customer', 'schedule-internal-meeting', tom],
  ])('never passes the other side’s on to %s, nor with it the role', async (_, step, to) => {
    const system = await openSystem({ at: won });
    const id = await system.win(sampleEvent('complete-standard'));
    if (step === 'review-brief') await system.answer(anna, 'schedule-internal-meeting', 'scheduled');
    await system.until('2026-11-18T09:00:00Z');
    const before = await system.load(id);
    const link = system.linkOf(before.steps[step]?.owner ?? '', step);
    expect(offered((await system.get(link)).html, 'to')).not.toContain(to);
    const refused = await system.submit(link, 'reassign', { to, everything: 'yes' });
    expect(refused.status).toBe(422);
    expect(problems(refused.html)).toEqual(['Select a colleague from the list']);
    const after = await system.load(id);
    expect([after.state.people, after.steps[step]?.owner]).toEqual([before.state.people, before.steps[step]?.owner]);
  });
});
