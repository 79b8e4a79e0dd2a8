import { describe, expect, it } from 'vitest';
import { dealBus } from '../../../functions/aws/event-bus.ts';
import type { Crm } from '../../../functions/ports/crm.ts';
import type { BusMessage } from '../../../functions/ports/deal-bus.ts';
import { reconcile } from '../../../functions/verbs/reconcile.ts';
import { busName } from '../../../infra/local/local-names.ts';
import { crmWith, hearWon, wonDeal } from '../../support/crm-double.ts';
import { dealEvent } from '../../support/deals.ts';
import { type OpenSystem, openSystem } from '../../support/world.ts';

const at = '2026-11-20T15:00:00Z';
const since = '2026-11-15T00:00:00Z';

function reconciling(system: OpenSystem, crm: Pick<Crm, 'readDeal' | 'dealStates' | 'wonSince'>) {
  const said: { dealId: unknown; what: string }[] = [];
  const bus = dealBus(system.clients.events, busName);
  const put = async (messages: readonly BusMessage[]) => {
    said.push(...messages.map(({ detail, detailType }) => ({ dealId: detail['dealId'], what: detailType })));
    await bus.put(messages);
    await system.clock.settled();
  };
  const run = (open: readonly string[] = [], more: { isDryRun?: boolean; goOnFrom?: string } = {}) =>
    reconcile({ ...system.world, crm, dealBus: { put } })({ since, at, open, isDryRun: false, ...more });
  return { run, said };
}

describe('reconciling', () => {
  it('starts the handoffs of won deals that were never heard of, over all pages, once', async () => {
    const system = await openSystem({ at });
    const ids = ['A', 'B', 'C', 'D', 'E'];
    const { run, said } = reconciling(system, crmWith(ids.map((id) => wonDeal(id))));
    const { found, looked, broken } = await run();
    expect([looked, broken]).toEqual([{ won: 5, open: 0 }, undefined]);
    expect(found.map(({ kind, isSaid }) => [kind, isSaid])).toEqual(ids.map(() => ['won without a handoff', true]));
    expect(system.account.stepFunctions.executions()).toHaveLength(5);
    // What changes next is told as of a deal that was known to be won.
    expect((await system.world.seenDeals.load('A'))?.seen).toMatchObject({ phase: 'won', outbox: [] });

    expect(await run(ids.map((id) => `${id}-1`))).toEqual({ found: [], looked: { won: 5, open: 5 } });
    expect(said).toHaveLength(5);
    expect(system.account.stepFunctions.executions()).toHaveLength(5);
  });

  it('says of a won deal whose event was refused why, once the CRM has what was missing', async () => {
    const system = await openSystem({ at });
    await system.put(dealEvent({ dealId: 'A', accountExecutive: '' }));
    await system.put(dealEvent({ dealId: 'B', closedWonAt: '' }));
    for (const dealId of ['A', 'C']) await hearWon(system, dealId);
    const { run } = reconciling(system, crmWith([wonDeal('A'), wonDeal('C')]));
    const { found } = await run();
    expect(found.map(({ wrong }) => wrong.replace(/^.* has no handoff\. /, ''))).toEqual([
      'We heard that it was won, and refused it: accountExecutive is missing. Now it can begin.',
      'We heard that it was won, and the event was lost on its way.',
    ]);
    expect((await system.load('A-1')).state.status).toBe('open');
  });

  it('changes nothing in a dry run', async () => {
    const system = await openSystem({ at });
    const before = await system.dump();
    const { run, said } = reconciling(system, crmWith([wonDeal('A')]));
    expect((await run([], { isDryRun: true })).found).toMatchObject([{ dealId: 'A', isSaid: false }]);
    expect([said, await system.dump()]).toEqual([[], before]);
  });

  it('reads nothing of deals that were won long before, however lately they changed', async () => {
    const system = await openSystem({ at });
    const crm = crmWith([wonDeal('A', { wonAt: '2024-03-01', changedAt: '2026-11-19T00:00:00Z' })]);
    expect((await reconciling(system, crm).run()).found).toEqual([]);
    expect(crm.calls()).toBe(1);
  });

  it('stops a handoff whose deal is no longer won, and names one whose deal is not shown', async () => {
    const system = await openSystem({ at: '2026-11-17T08:30:00Z' });
    const lost = await system.win(dealEvent({ dealId: 'L' }));
    const gone = await system.win(dealEvent({ dealId: 'G' }));
    for (const dealId of ['L', 'G']) await hearWon(system, dealId);
    const crm = crmWith([wonDeal('L', { phase: 'lost', stage: 'Closed Lost' })]);
    const { run, said } = reconciling(system, crm);
    const { found } = await run([lost, gone]);
    expect(found.map(({ kind, handoffId, isSaid }) => [kind, handoffId, isSaid])).toEqual([
      ['no longer won', 'L-1', true],
      ['not found in the CRM', 'G-1', false],
    ]);
    expect((await system.load(lost)).state.status).toBe('cancelled');
    expect((await system.load(gone)).state.status).toBe('open');
    expect((await run([lost, gone])).found.map(({ kind }) => kind)).toEqual(['not found in the CRM']);
    expect(said).toHaveLength(1);
  });

  it('follows a deal that was merged, whether its handoff goes on or has ended, and begins none', async () => {
    for (const isOpen of [true, false]) {
      const system = await openSystem({ at });
      await reconciling(system, crmWith([wonDeal('A')])).run();
      if (!isOpen) await system.world.handoffs.changeStatus({ id: 'A-1', from: ['open'], to: 'complete', at });
      const open = isOpen ? ['A-1'] : [];
      const merged = () => crmWith([wonDeal('C', { tookIn: ['A', 'B'] })]);
      const { run, said } = reconciling(system, merged());
      expect((await run(open, { isDryRun: true })).found).toMatchObject([
        { kind: 'merged', dealId: 'A', handoffId: 'A-1', into: 'C', isSaid: false },
      ]);
      expect(said).toEqual([]);
      expect((await run(open)).found).toMatchObject([{ kind: 'merged', isSaid: true }]);
      expect(said).toEqual([{ dealId: 'A', what: 'Deal Changed' }]);
      expect((await reconciling(system, merged()).run(open)).found).toEqual([]);
      expect(system.account.stepFunctions.executions()).toHaveLength(1);
    }
  });

  it('lets the owner in the CRM take over, once, and reports what was reassigned here', async () => {
    const system = await openSystem({ at });
    const owned = (accountExecutive: string) =>
      crmWith([wonDeal('A', { facts: { ...wonDeal('A').facts, accountExecutive } })]);
    await reconciling(system, crmWith([wonDeal('A')])).run();
    const { run, said } = reconciling(system, owned('james.carter@example.com'));
    expect((await run(['A-1'])).found).toMatchObject([{ kind: 'owner differs', isSaid: true }]);
    expect(said).toEqual([{ dealId: 'A', what: 'Deal Changed' }]);
    expect((await system.load('A-1')).state.people.accountExecutive).toBe('james.carter@example.com');
    expect((await run(['A-1'])).found).toEqual([]);

    await system.world.handoffs.changePerson('A-1', 'accountExecutive', 'olivia.bennett@example.com');
    expect((await run(['A-1'])).found).toMatchObject([{ kind: 'owner differs', isSaid: false }]);
    expect(said).toHaveLength(1);
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'survives a CRM that fails at call %i: what was done stands, and the next run does the rest',
    async (fails) => {
      const system = await openSystem({ at });
      const deals = ['A', 'B', 'C'].map((id, i) => wonDeal(id, { changedAt: `2026-11-18T1${i}:00:00Z` }));
      const first = await reconciling(system, crmWith(deals, { fails })).run();
      const calls = crmWith(deals);
      await reconciling(system, calls).run([], { isDryRun: true });
      if (first.broken) {
        expect(first.broken.because).toBe('The CRM answers with 503.');
        await reconciling(system, crmWith(deals)).run([], { goOnFrom: first.broken.goOnFrom });
      } else expect(fails).toBeGreaterThan(5);
      const executions = system.account.stepFunctions.executions().map(({ name }) => name);
      expect(executions.toSorted()).toEqual(['A-1', 'B-1', 'C-1']);
    },
  );

  it('compares those that are open though the search for won deals fails, and says the others where they do not', async () => {
    const system = await openSystem({ at: '2026-11-17T08:30:00Z' });
    const lost = await system.win(dealEvent({ dealId: 'L' }));
    await hearWon(system, 'L');
    const deals = [wonDeal('A'), wonDeal('L', { phase: 'lost', stage: 'Closed Lost' })];
    const noSearch = await reconciling(system, crmWith(deals, { fails: 1 })).run([lost]);
    expect([noSearch.looked, noSearch.found.map(({ kind }) => kind)]).toEqual([{ won: 0, open: 1 }, ['no longer won']]);
    expect(noSearch.broken).toEqual({ because: 'The CRM answers with 503.', goOnFrom: since });
    const noStates = await reconciling(system, crmWith(deals, { fails: 3 })).run([
      await system.win(dealEvent({ dealId: 'M' })),
    ]);
    expect([noStates.looked, noStates.found.map(({ kind }) => kind)]).toEqual([
      { won: 1, open: 0 },
      ['won without a handoff'],
    ]);
    expect(noStates.broken?.because).toBe('The CRM answers with 503.');
  });

  it('leaves unsaid, and on its list, what cannot be read whole any more', async () => {
    const system = await openSystem({ at: '2026-11-17T08:30:00Z' });
    const open = [await system.win(dealEvent({ dealId: 'K' })), await system.win(dealEvent({ dealId: 'L' }))];
    for (const dealId of ['K', 'L']) await hearWon(system, dealId);
    const deals = ['K', 'L'].map((id) => wonDeal(id, { phase: 'lost', stage: 'Closed Lost' }));
    const { run, said } = reconciling(system, crmWith(deals, { fails: 3 }));
    const { found, broken } = await run(open);
    expect(found.map(({ dealId, isSaid }) => [dealId, isSaid])).toEqual([
      ['K', false],
      ['L', false],
    ]);
    expect([broken?.because, said]).toEqual(['The CRM answers with 503.', []]);
  });

  it('says nothing of what was put right while it looked at the others', async () => {
    const system = await openSystem({ at: '2026-11-17T08:30:00Z' });
    const lost = await system.win(dealEvent({ dealId: 'L' }));
    await hearWon(system, 'L');
    const { dealStates } = crmWith([wonDeal('L', { phase: 'lost', stage: 'Closed Lost' })]);
    const { run, said } = reconciling(system, {
      ...crmWith([wonDeal('L')]),
      wonSince: async () => ({ deals: [] }),
      dealStates,
    });
    expect([(await run([lost])).found, said]).toEqual([[], []]);
  });

  it('does the rest when it was killed at any call', async () => {
    let kills = 0;
    for (let killedAt = 1; ; killedAt++) {
      const system = await openSystem({ at: '2026-11-17T08:30:00Z' });
      const open = [await system.win(dealEvent({ dealId: 'L' })), await system.win(dealEvent({ dealId: 'O' }))];
      for (const dealId of ['L', 'O']) await hearWon(system, dealId);
      const { facts } = wonDeal('O');
      const crm = crmWith([
        wonDeal('A'),
        wonDeal('L', { phase: 'lost', stage: 'Closed Lost' }),
        wonDeal('O', { facts: { ...facts, accountExecutive: 'james.carter@example.com' } }),
      ]);
      let calls = 0;
      const killing =
        <Asked extends readonly unknown[], Answer>(call: (...asked: Asked) => Promise<Answer>) =>
        async (...asked: Asked): Promise<Answer> => {
          calls += 1;
          if (calls === killedAt) throw new Error('Killed.');
          return call(...asked);
        };
      const { run, said } = reconciling(system, {
        wonSince: killing(crm.wonSince),
        readDeal: killing(crm.readDeal),
        dealStates: killing(crm.dealStates),
      });
      const wasKilled = await run(open).then(
        () => false,
        () => true,
      );
      if (!wasKilled) break;
      kills += 1;
      await run(open);
      expect((await system.load('A-1')).state.status).toBe('open');
      expect((await system.load('L-1')).state.status).toBe('cancelled');
      expect((await system.load('O-1')).state.people.accountExecutive).toBe('james.carter@example.com');
      expect(said).toHaveLength(3);
    }
    expect(kills).toBe(5);
  });

  it('ends when the CRM gives the same page for ever', async () => {
    const system = await openSystem({ at });
    const crm = { ...crmWith([]), wonSince: async () => ({ deals: [], next: 'same' }) };
    expect((await reconciling(system, crm).run()).broken?.because).toContain('the same page');
  });
});
