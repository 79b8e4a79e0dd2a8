import { describe, expect, it } from 'vitest';
import { anna, klaus, lena } from '../../../support/handoff-record.ts';
import { openTestConsole } from './open-test-console.ts';

const id = 'D-2026-1041-1';

describe('the roster', () => {
  it('lets somebody be away: what waits for them moves to their deputy at once, and back when they are there', async () => {
    const { submit, system } = await openTestConsole();
    await submit('/deals', { sample: 'complete-standard' });
    const owner = async () => Object.values((await system.world.handoffs.load(id))?.steps ?? {})[0]?.owner;
    expect(await owner()).toBe(anna);
    await submit('/roster', { email: anna, change: 'deputy', deputy: lena });
    const { text } = await submit('/roster', { email: anna, change: 'away', from: '2026-11-17', to: '2026-11-27' });
    expect(text).toContain('Anna Keller is away from 2026-11-17 to 2026-11-27.');
    expect(text).toContain('Asked again: 1 open step of these people.');
    expect(await owner()).not.toBe(anna);
    const back = await submit('/roster', { email: anna, change: 'back' });
    expect(back.text).toContain('Anna Keller is at work on all working days.');
    expect((await system.world.roster.people([anna])).get(anna)?.availability.away).toBeUndefined();
    expect((await system.world.roster.people([anna])).get(anna)?.deputy).toBe(lena);
    await submit('/roster', { email: anna, change: 'deputy', deputy: '' });
    expect((await system.world.roster.people([anna])).get(anna)?.deputy).toBeUndefined();
  });

  it('changes nothing where something is wrong, and says what', async () => {
    const { submit, system } = await openTestConsole();
    const before = await system.world.roster.everybody();
    const wrong: readonly Readonly<Record<string, string>>[] = [
      { email: anna, change: 'away', from: '2026-11-17', to: '' },
      { email: anna, change: 'away', from: '2026-11-17', to: '2026-11-01' },
      { email: anna, change: 'away', from: 'soon', to: 'later' },
      { email: 'nobody@example.com', change: 'bounce' },
      { email: anna, change: 'promote' },
    ];
    for (const form of wrong)
      expect((await submit('/roster', form)).text, JSON.stringify(form)).toContain('class="note bad"');
    expect(await system.world.roster.everybody()).toEqual(before);
  });

  it('lets emails bounce, until they are to arrive again', async () => {
    const { submit, get, system } = await openTestConsole();
    await submit('/roster', { email: anna, change: 'bounce' });
    await submit('/deals', { sample: 'complete-standard' });
    await submit('/clock', { move: 'day' });
    expect((await system.world.roster.people([anna])).get(anna)?.unreachable).toBeDefined();
    expect(system.account.inbox.mails.some(({ to }) => to.some(({ address }) => address === klaus))).toBe(true);
    expect((await get('/roster')).text).toContain('>emails bounce<');
    await submit('/roster', { email: anna, change: 'arrive' });
    expect((await system.world.roster.people([anna])).get(anna)?.unreachable).toBeUndefined();
    expect((await get('/roster')).text).not.toContain('>emails bounce<');
  });
});

describe('a deal of one’s own', () => {
  it('starts a handoff of what the form says, with the package of a sample or none', async () => {
    const { submit, system } = await openTestConsole();
    const form = { customer: 'Lumen & Söhne', accountExecutive: anna, segment: 'enterprise', timeZone: 'Asia/Tokyo' };
    const { text } = await submit('/deals/own', { ...form, package: 'complete-standard' });
    expect(text).toContain('A handoff has started');
    expect(text).toContain('Lumen &amp; Söhne');
    const first = await system.world.handoffs.load('MY-1-1');
    expect(first?.state.packageComplete).toBe(true);
    expect(first?.deal).toMatchObject({ segment: 'enterprise', customer: { timeZone: 'Asia/Tokyo' } });
    await submit('/deals/own', { ...form, package: '' });
    expect((await system.world.handoffs.load('MY-2-1'))?.state.packageComplete).toBe(false);
  });

  it('says what is missing', async () => {
    const { submit, system } = await openTestConsole();
    const { text } = await submit('/deals/own', { customer: ' ', package: 'nonsense' });
    for (const problem of ['Enter the customer’s name.', 'Select who sold the deal.', 'There is no sample "nonsense".'])
      expect(text).toContain(problem.replaceAll('"', '&quot;'));
    expect(system.account.stepFunctions.executions()).toEqual([]);
  });
});
