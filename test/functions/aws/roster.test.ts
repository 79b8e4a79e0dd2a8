import { describe, expect, it } from 'vitest';
import { openTable } from '../../../functions/aws/dynamodb.ts';
import { roster as rosterIn } from '../../../functions/aws/roster.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import { stranger } from '../../../functions/domain/people/stranger.ts';
import { roster } from '../../support/deals.ts';
import { anna, lena } from '../../support/handoff-record.ts';
import { openSystem } from '../../support/world.ts';

describe('the roster', () => {
  it('gives everybody back as they were saved', async () => {
    const { world } = await openSystem();
    const byEmail = (people: readonly { email: string }[]) => [...people].sort((a, b) => (a.email < b.email ? -1 : 1));
    expect(byEmail(await world.roster.everybody())).toEqual(byEmail(roster()));
  });

  it('gives those who are asked for, each once, and nobody for an unknown address', async () => {
    const { world } = await openSystem();
    const people = await world.roster.people([anna, lena, anna, 'nobody@example.com']);
    expect([...people.keys()].sort()).toEqual([anna, lena]);
    expect(people.get(lena)).toEqual(roster().find(({ email }) => email === lena));
    expect((await world.roster.people([])).size).toBe(0);
  });

  it.each([
    ['small', 0],
    ['large', 60],
  ])('gives those as well whom somebody found leads to, however far, in a %s company', async (_, others) => {
    const { clients, account } = await openSystem();
    const people = rosterIn(openTable(clients.dynamodb, 'handoff'));
    for (let i = 0; i < others; i += 1) await people.save(stranger(`other-${i}@example.com`, 'UTC'));
    const alsoOf = (found: readonly Person[]) => found.flatMap(({ manager }) => manager ?? []);
    const found = async () => [...(await people.people([lena, 'nobody@example.com', anna], { alsoOf })).keys()];
    const [managerOfLena, managerOfAnna] = [lena, anna].map(
      (email) => roster().find((one) => one.email === email)?.manager,
    );
    const ruth = roster().find(({ email }) => email === managerOfLena)?.manager;
    expect(await found()).toEqual([lena, anna, managerOfLena, managerOfAnna, ruth]);
    // A large company is asked for as such only once.
    const before = account.usage().dynamodb.readUnits;
    expect(await found()).toEqual([lena, anna, managerOfLena, managerOfAnna, ruth]);
    expect(account.usage().dynamodb.readUnits - before).toBe(others ? 6 : 1);
  });

  it('replaces somebody who is saved again', async () => {
    const { clients, world } = await openSystem();
    const person = roster().find(({ email }) => email === lena);
    if (!person) throw new Error('Lena is missing.');
    await rosterIn(openTable(clients.dynamodb, 'handoff')).save({ ...person, active: false });
    expect((await world.roster.people([lena])).get(lena)?.active).toBe(false);
    expect(await world.roster.everybody()).toHaveLength(roster().length);
  });
});
