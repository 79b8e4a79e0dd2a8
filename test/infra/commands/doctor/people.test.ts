import { describe, expect, it } from 'vitest';
import { queueName } from '../../../../infra/local/local-names.ts';
import { undelivered } from '../../../../infra/wiring/queues.ts';
import { dealEvent, roster } from '../../../support/deals.ts';
import { anna, daniel, klaus, lena, ruth } from '../../../support/handoff-record.ts';
import { won } from '../../../support/progress.ts';
import { openSystem } from '../../../support/world.ts';
import { change, checksOf, foundBy, visit } from './patient.ts';

const takes = (of: 'segments' | 'territories' | 'industries', value: string) =>
  roster().filter((person) => person[of]?.includes(value) && person.role === 'customerSuccessManager');

describe('the doctor looks at people', () => {
  it('finds nobody for a segment', async () => {
    const system = await openSystem({ at: won });
    const specialists = takes('segments', 'self-serve');
    expect(specialists.length).toBeGreaterThan(0);
    const others = roster().filter(({ role, segments }) => role === 'customerSuccessManager' && !segments);
    for (const { email } of others) await change(system, email, { segments: ['standard'] });
    expect((await visit(system)).found).toEqual([]);
    for (const { email } of specialists) await change(system, email, { active: false });
    const found = await visit(system);
    expect(foundBy(found, 'roster').join('\n')).toContain(
      `segment self-serve: No customer success manager can take the segment self-serve today: ${specialists[0]?.name} is no longer active`,
    );
    expect(found.exitCode).toBe(1);
  });

  it('finds nobody for a territory, unless somebody takes any', async () => {
    const system = await openSystem({ at: won });
    for (const { email } of takes('territories', 'APAC')) await change(system, email, { active: false });
    expect(foundBy(await visit(system), 'roster')).toEqual([]);
    const anywhere = roster().filter(({ role, territories }) => role === 'customerSuccessManager' && !territories);
    for (const { email } of anywhere) await change(system, email, { territories: ['DACH'] });
    expect(foundBy(await visit(system), 'roster')).toEqual([
      'territory APAC: No customer success manager can take the territory APAC today: Chloe Nguyen is no longer active.',
    ]);
  });

  it('finds a segment of the playbook that nobody lists', async () => {
    const system = await openSystem({ at: won });
    for (const person of roster().filter(({ role }) => role === 'customerSuccessManager'))
      await change(system, person.email, { ...person, segments: ['standard', 'self-serve'] });
    expect(foundBy(await visit(system), 'roster')).toEqual([
      'segment enterprise: No customer success manager can take the segment enterprise today: no one lists it, and no one takes any.',
    ]);
  });

  it('finds that nobody at all can take a customer', async () => {
    const system = await openSystem({ at: won });
    for (const { email } of roster().filter(({ role }) => role === 'customerSuccessManager'))
      await change(system, email, { capacity: 0 });
    expect(foundBy(await visit(system), 'roster')).toEqual([
      expect.stringMatching(/^roster: No customer success manager can take a customer today: .*the most allowed/),
    ]);
  });

  it('finds revenue operations missing, or out of reach', async () => {
    const system = await openSystem({ at: won });
    await change(system, ruth, { unreachable: { since: '2026-11-16T08:00:00Z', why: 'Mail bounced (NoEmail)' } });
    const found = await visit(system);
    expect(foundBy(found, 'roster')).toEqual([
      'revenueOperations: Email reaches nobody who has the role revenueOperations.',
    ]);
    expect(foundBy(found, 'people')).toEqual([
      `${ruth}: Email does not reach Ruth Lindqvist since 2026-11-16 08:00 UTC: Mail bounced (NoEmail).`,
    ]);
    await change(system, ruth, { active: false });
    const gone = await visit(system);
    expect(foundBy(gone, 'people')).toEqual([]);
    expect(foundBy(gone, 'roster').join()).toContain('Nobody active has the role revenueOperations');
  });

  it('finds managers and deputies who have left, and lines that lead in a circle', async () => {
    const system = await openSystem({ at: won });
    const base = Object.fromEntries(roster().map((person) => [person.email, person]));
    await change(system, klaus, { active: false });
    await change(system, anna, { deputy: 'nobody@example.com' });
    expect(foundBy(await visit(system), 'roster')).toEqual(
      expect.arrayContaining([
        `${anna}: ${klaus}, the manager of Anna Keller, is no longer active.`,
        `${anna}: nobody@example.com, the deputy of Anna Keller, is not in the roster.`,
      ]),
    );
    await change(system, klaus, {});
    await change(system, anna, { deputy: lena });
    await change(system, lena, { deputy: anna });
    await change(system, daniel, { manager: lena });
    expect(base[lena]?.manager).toBe(daniel);
    const circles = foundBy(await visit(system), 'roster');
    expect(circles).toHaveLength(2);
    expect(circles[0]).toContain(`They lead in a circle: ${daniel} → ${lena} → ${daniel}.`);
    expect(circles[1]).toContain(`They are deputies in a circle: ${anna} → ${lena} → ${anna}.`);
  });

  it('finds that no manager is there for a side', async () => {
    const system = await openSystem({ at: won });
    for (const { email } of roster().filter(({ role }) => role === 'salesManager'))
      await change(system, email, { active: false });
    expect(foundBy(await visit(system), 'roster').join('\n')).toContain('nobody active has the role salesManager.');
  });

  it('finds somebody whose mail bounces, with what is theirs', async () => {
    const system = await openSystem({ at: won });
    system.account.mailTrouble.bounce(anna);
    const id = await system.win(dealEvent());
    expect((await visit(system)).found).toEqual([]);
    await system.until('2026-11-17T08:40:00Z');
    const found = await visit(system);
    expect(checksOf(found)).toEqual(['people']);
    expect(foundBy(found, 'people')[0]).toMatch(
      /^anna\.keller@example\.com: Email does not reach Anna Keller .* theirs\.$/,
    );
    expect((await system.load(id)).state.status).toBe('open');
  });

  it('finds dead letters, and says how to drain them', async () => {
    const system = await openSystem({ at: won });
    const queue = queueName(undelivered);
    system.account.queues.send(queue, '{}');
    const found = await visit(system);
    expect(foundBy(found, 'dead letters')).toEqual([
      `${queue}: 1 dead letter waits in this queue. SQS keeps each for 14 days.`,
    ]);
    expect(found.found[0]?.mend).toMatch(/^npm run drain says/);
    // One that somebody is draining is still there.
    const [message] = system.account.queues.receive(queue, { most: 1 });
    expect(foundBy(await visit(system), 'dead letters')).toHaveLength(1);
    system.account.queues.remove(queue, message?.receipt ?? '');
    expect((await visit(system)).found).toEqual([]);
  });
});
