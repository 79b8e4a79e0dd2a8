import { describe, expect, it } from 'vitest';
import { openTable } from '../../../functions/aws/dynamodb.ts';
import { roster as rosterIn } from '../../../functions/aws/roster.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import { importRoster } from '../../../infra/local/roster-import.ts';
import { dealEvent, roster } from '../../support/deals.ts';
import { anna, lena, ruth } from '../../support/handoff-record.ts';
import { openSystem } from '../../support/world.ts';

async function open(people: readonly Person[] = roster()) {
  const system = await openSystem({ at: '2026-11-17T08:30:00Z', roster: people });
  const adapter = rosterIn(openTable(system.clients.dynamodb, 'handoff'));
  const bring = async (value: unknown) => {
    const said: string[] = [];
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const well = await importRoster({ roster: adapter, work: system.world, text, say: (line) => said.push(line) });
    return { well, said };
  };
  return { system, adapter, bring };
}

const change = (email: string, to: Partial<Person>) =>
  roster().map((person) => (person.email === email ? { ...person, ...to } : person));

describe('bringing in a roster', () => {
  it('adds everybody to an empty table, and leaves them alone the second time', async () => {
    const { adapter, bring } = await open([]);
    const { well, said } = await bring(roster());
    expect(well).toBe(true);
    expect(said).toContain(`added        ${lena}`);
    expect(said.at(-1)).toBe('15 added, 0 changed, 0 left untouched, 0 deactivated.');
    expect((await adapter.people([lena])).get(lena)).toEqual(roster().find(({ email }) => email === lena));
    expect((await bring(roster())).said).toEqual(['0 added, 0 changed, 15 left untouched, 0 deactivated.']);
  });

  it('says in what somebody has changed', async () => {
    const { adapter, bring } = await open();
    expect((await bring(change(lena, { capacity: 99, territories: ['Nordics'] }))).said).toEqual([
      `changed      ${lena}: territories, capacity`,
      '0 added, 1 changed, 14 left untouched, 0 deactivated.',
    ]);
    expect((await adapter.people([lena])).get(lena)?.capacity).toBe(99);
  });

  it('keeps the closing days of the company with each of its people, and takes them back', async () => {
    const { adapter, bring } = await open();
    const closingDays = [
      { from: '12-24', to: '12-31', name: 'Winter break' },
      { from: '2026-11-19', to: '2026-11-20', name: 'Company days', offices: [{ country: 'DE' }] },
    ];
    const { said } = await bring({ people: roster(), closingDays });
    expect(said).toContain(`changed      ${lena}: availability`);
    expect(said.at(-1)).toBe('0 added, 15 changed, 0 left untouched, 0 deactivated.');
    expect((await adapter.people([lena])).get(lena)?.availability.closingDays).toEqual([
      { from: '12-24', to: '12-31', name: 'Winter break' },
      { from: '2026-11-19', to: '2026-11-20', name: 'Company days' },
    ]);
    expect((await bring({ people: roster(), closingDays })).said).toHaveLength(1);
    await bring(roster());
    expect((await adapter.people([lena])).get(lena)?.availability).not.toHaveProperty('closingDays');
  });

  it('makes inactive who is no longer in it, deletes nobody, and says what they still hold', async () => {
    const { system, adapter, bring } = await open();
    await system.win(dealEvent());
    const others = roster().filter(({ email }) => email !== lena);
    expect((await bring(others)).said).toEqual([
      `deactivated  ${lena}: not in the file; still holds 1 open handoff`,
      '0 added, 0 changed, 14 left untouched, 1 deactivated.',
    ]);
    expect((await adapter.people([lena])).get(lena)?.active).toBe(false);
    expect((await bring(others)).said).toEqual(['0 added, 0 changed, 14 left untouched, 0 deactivated.']);
  });

  it('moves what waits for who has left, though a run before was interrupted when it had saved that', async () => {
    const { system, adapter, bring } = await open();
    const id = await system.win(dealEvent());
    const others = roster().filter(({ email }) => email !== anna);
    const ownerNow = async () => (await system.load(id)).steps['schedule-internal-meeting']?.owner;
    const steps = { ...system.world.steps, openOf: () => Promise.reject(new Error('interrupted')) };
    const broken = importRoster({
      ...{ roster: adapter, work: { ...system.world, steps }, text: JSON.stringify(others), say: () => undefined },
    });
    await expect(broken).rejects.toThrow('interrupted');
    await system.clock.settled();
    expect([(await adapter.people([anna])).get(anna)?.active, await ownerNow()]).toEqual([false, anna]);
    expect((await bring(others)).said).toContainEqual(expect.stringMatching(/^asked again {2}\d+ open step/));
    await system.clock.settled();
    expect(await ownerNow()).not.toBe(anna);
  });

  describe('of a company whose revenue operations are somebody else now', () => {
    const operations = roster().filter(({ role }) => role === 'revenueOperations');
    const [first] = operations;
    const { manager: _manager, ...like } = first as Person;
    const rita = { ...like, email: 'rita.new@example.com', name: 'Rita New' };
    const others = roster()
      .filter(({ role }) => role !== 'revenueOperations')
      .map(({ manager, ...person }) => ({
        ...person,
        ...(manager !== undefined && !operations.some(({ email }) => email === manager) && { manager }),
      }));
    const left = operations.map((person) => ({ ...person, active: false }));

    it.each([
      ['are in the file still', [...others, ...left, rita]],
      ['are not', [...others, rita]],
    ])('tells them what is late in handoffs that began before, where those who left %s', async (_, next) => {
      const { system, adapter, bring } = await open();
      const id = await system.win(dealEvent({ package: {} }));
      expect((await system.load(id)).state.people.revenueOperations).toBe(first?.email);
      await bring(next);
      expect((await adapter.people([ruth])).get(ruth)).toMatchObject({ active: false, deputy: rita.email });
      await system.until('2026-12-10T15:00:00Z');
      const told = system.mails().filter(({ at }) => at > Date.parse('2026-11-17T12:00:00Z'));
      const escalated = told.filter(({ recipients }) => recipients.includes(rita.email));
      expect(escalated.map(({ tags }) => tags['kind'])).toEqual(expect.arrayContaining(['escalate', 'stall', 'nag']));
      expect(told.filter(({ recipients }) => operations.some(({ email }) => recipients.includes(email)))).toEqual([]);
      const again = (await bring(next)).said.filter((line) => !line.startsWith('asked again'));
      expect(again).toEqual([expect.stringMatching(/^0 added, 0 changed, \d+ left untouched, 0 deactivated\.$/)]);
    });

    it('asks them, too, where somebody took the place who has left since', async () => {
      const { adapter, bring } = await open();
      await bring([...others, rita]);
      const sam = { ...rita, email: 'sam.next@example.com', name: 'Sam Next' };
      await bring([...others, sam]);
      const people = await adapter.people([ruth, rita.email]);
      expect([ruth, rita.email].map((email) => people.get(email)?.deputy)).toEqual([sam.email, sam.email]);
    });
  });

  it('reads a file that an editor on Windows has saved', async () => {
    const { bring } = await open();
    expect((await bring(`\uFEFF${JSON.stringify(roster())}`)).well).toBe(true);
  });

  it('leaves the mark of a bounce where it is', async () => {
    const { adapter, bring } = await open();
    const mark = { since: '2026-11-17T08:30:00.000Z', why: 'Mail bounced (NoEmail)' };
    await adapter.markUnreachable(anna, mark);
    expect((await bring(roster())).said).toHaveLength(1);
    await bring(change(anna, { name: 'Anna K.' }));
    expect((await adapter.people([anna])).get(anna)).toMatchObject({ name: 'Anna K.', unreachable: mark });
  });

  it('lists every problem, and changes nothing', async () => {
    const { adapter, bring } = await open();
    const broken = change(ruth, { active: false }).map((person) =>
      person.email === lena ? { ...person, manager: 'nobody@example.com', terretories: [] } : person,
    );
    const { well, said } = await bring(broken);
    expect(well).toBe(false);
    expect(said[0]).toBe('Nothing was changed. The roster cannot be used:');
    expect(said.join('\n')).toContain('terretories');
    expect(await adapter.everybody()).toHaveLength(15);
    expect((await bring('[')).said[1]).toContain('It is not JSON');
    expect((await bring({})).said[1]).toContain('is not a list');
  });
});
