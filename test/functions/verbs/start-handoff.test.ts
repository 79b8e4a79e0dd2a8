import { describe, expect, it } from 'vitest';
import { startHandoff } from '../../../functions/verbs/start-handoff.ts';
import { stopDeal } from '../../../functions/verbs/stop-deal.ts';
import { course } from '../../support/course.ts';
import { badEvent, dealEvent, roster, sampleEvent, sampleNames } from '../../support/deals.ts';
import { anna, daniel, lena, ruth } from '../../support/handoff-record.ts';
import { type OpenSystem, openSystem } from '../../support/world.ts';

const at = '2026-11-17T08:30:00Z';

describe('a deal that was won', () => {
  it('is one handoff, though the event comes ten times at once', async () => {
    const system = await openSystem({ at });
    await Promise.all(Array.from({ length: 10 }, () => system.put(dealEvent())));
    expect(system.account.stepFunctions.executions()).toHaveLength(1);
    const table = await system.dump();
    expect(table.filter(({ sk }) => sk === 'DEAL')).toHaveLength(1);
    expect(table.filter(({ what }) => what === 'deal-won')).toHaveLength(1);
    expect(system.mails().map(({ tags }) => tags['kind'])).toEqual(['ask']);
    expect(system.account.deadLetters).toEqual([]);
  });

  it('is the same handoff when the event comes again much later', async () => {
    const system = await openSystem({ at });
    const id = await system.win(dealEvent());
    const before = await system.dump();
    await system.win(dealEvent());
    expect(await system.dump()).toEqual(before);
    expect(system.mails()).toHaveLength(1);
    expect(await system.status(id)).toEqual({ status: 'RUNNING' });
  });

  it('is started though the attempt that stored it broke off', async () => {
    const system = await openSystem({ at });
    const broken = startHandoff({
      ...system.world,
      executions: { start: () => Promise.reject(new Error('down')) },
    });
    await expect(broken({ event: dealEvent(), at })).rejects.toThrow('down');
    expect(await startHandoff(system.world)({ event: dealEvent(), at })).toEqual({
      handoffId: 'D-2026-1041-1',
      outcome: 'started',
    });
    await system.clock.settled();
    expect(system.mails()).toHaveLength(1);
  });

  it('is refused, and on record, when its event is nested five thousand levels deep', async () => {
    const system = await openSystem({ at });
    let junk: unknown = 'x';
    for (let level = 0; level < 5000; level++) junk = level % 2 ? [junk] : { junk };
    const refused = await startHandoff(system.world)({ event: dealEvent({ junk }), at });
    expect(refused).toMatchObject({ refused: [{ problem: expect.stringContaining('nested deeper') }] });
    const [kept] = (await system.dump()).filter(({ pk }) => pk === 'REFUSED');
    expect(String(kept?.['event'])).toContain('D-2026-1041');
    expect(String(kept?.['event'])).toContain('…');
  });

  it.each(sampleNames)('begins for each sample: %s', course, async (name) => {
    const system = await openSystem({ at });
    const id = await system.win(sampleEvent(name));
    await system.until('2026-11-17T14:30:00Z');
    expect(await system.status(id)).toEqual({ status: 'RUNNING' });
    expect(system.mails().length).toBeGreaterThan(0);
    expect(system.account.lambda.failures).toEqual([]);
    expect((await system.world.audit.trail(id)).map(({ what }) => what)).toEqual(
      expect.arrayContaining(['deal-won', 'handoff-started', 'asked', 'mail-sent']),
    );
  });

  it(
    'is the next won episode when it is won again after it was lost, though the CRM does not count',
    course,
    async () => {
      const system = await openSystem({ at });
      const first = await system.win(dealEvent());
      await system.put({
        ...dealEvent(),
        'detail-type': 'Deal Lost',
        detail: { dealId: 'D-2026-1041', reason: 'Price' },
      });
      expect((await system.status(first)).status).toBe('ABORTED');
      const again = dealEvent({ closedWonAt: '2026-11-20T10:00:00Z', wonEpisode: undefined });
      await system.until('2026-11-20T10:00:00Z');
      await Promise.all([system.put(again), system.put(again), system.put(again)]);
      expect(system.account.stepFunctions.executions().map(({ name, status }) => `${name} ${status}`)).toEqual([
        'D-2026-1041-1 ABORTED',
        'D-2026-1041-2 RUNNING',
      ]);
      await system.put(dealEvent());
      expect(system.account.stepFunctions.executions()).toHaveLength(2);
    },
  );

  it('is refused, and kept, when it is won again under the number of an episode that has ended', async () => {
    const system = await openSystem({ at });
    await system.win(dealEvent({ wonEpisode: 1 }));
    await system.put({ ...dealEvent(), 'detail-type': 'Deal Lost', detail: { dealId: 'D-2026-1041' } });
    await system.put(dealEvent({ wonEpisode: 1, closedWonAt: '2026-11-17T12:00:00Z' }));
    const refused = (await system.dump()).filter(({ pk }) => pk === 'REFUSED');
    expect(refused.map(({ refused: why }) => why)).toEqual([expect.stringContaining('wonEpisode\\": 2')]);
  });

  it('is the handoff that is open when it is sent again with a later date under its number', async () => {
    const system = await openSystem({ at });
    const start = startHandoff(system.world);
    const id = await system.win(dealEvent({ wonEpisode: 1 }));
    const later = '2026-11-17T12:00:00Z';
    const { deal } = await system.load(id);
    const sent = dealEvent({ wonEpisode: 1, closedWonAt: later });
    expect(await start({ event: sent, at: later })).toMatchObject({ handoffId: id });
    expect((await system.load(id)).deal).toEqual(deal);
    expect((await system.dump()).filter(({ pk }) => pk === 'REFUSED')).toEqual([]);
    expect(system.account.stepFunctions.executions().map(({ status }) => status)).toEqual(['RUNNING']);
  });

  it('is kept beside another that takes the same number at the same moment, and once where it is the same', async () => {
    const kept = async (...times: readonly string[]) => {
      const system = await openSystem({ at });
      const start = startHandoff(system.world);
      await Promise.all(
        times.map((time) => start({ event: dealEvent({ closedWonAt: time, wonEpisode: undefined }), at: time })),
      );
      const { again } = await system.world.deals.history('D-2026-1041');
      return { again: again.length, handoffs: system.account.stepFunctions.executions().length };
    };
    expect(await kept(at, '2026-11-19T09:00:00Z')).toEqual({ again: 1, handoffs: 1 });
    expect(await kept(at, at)).toEqual({ again: 0, handoffs: 1 });
  });

  const lostAt = async (system: OpenSystem, time: string) => {
    const event = { source: 'handoff.crm', 'detail-type': 'Deal Lost', detail: { dealId: 'D-2026-1041' } };
    await system.clock.settled();
    return stopDeal(system.world)({ event, at: time });
  };
  const uncounted = (closedWonAt: string) => dealEvent({ closedWonAt, wonEpisode: undefined });

  it('is refused, and kept, when it is won again at the very moment of an episode that was stopped', async () => {
    const system = await openSystem({ at });
    const start = startHandoff(system.world);
    await start({ event: uncounted(at), at });
    await lostAt(system, '2026-11-18T09:00:00Z');
    expect(await start({ event: uncounted(at), at })).toMatchObject({ outcome: 'exists' });
    expect(await start({ event: uncounted(at), at: '2026-11-18T10:00:00Z' })).toMatchObject({
      refused: [{ field: 'detail.closedWonAt', remedy: expect.stringContaining('"wonEpisode": 2') }],
    });
    expect((await system.dump()).filter(({ pk }) => pk === 'REFUSED')).toHaveLength(1);
  });

  describe('and was deleted, then restored with the signature that it had', () => {
    const restored = dealEvent({ closedWonAt: at, wonEpisode: undefined, restored: true });
    const [deletedAt, restoredAt] = ['2026-11-18T09:00:00Z', '2026-11-18T10:00:00Z'];
    const executions = (system: OpenSystem) =>
      system.account.stepFunctions.executions().map(({ name, status }) => `${name} ${status}`);
    const anew = ['D-2026-1041-1 ABORTED', 'D-2026-1041-2 RUNNING'];

    it('begins its next won episode, once, however often that is said, and whichever of both is heard of first', async () => {
      for (const isInOrder of [true, false]) {
        const system = await openSystem({ at });
        const start = startHandoff(system.world);
        await start({ event: uncounted(at), at });
        const heard = [
          () => lostAt(system, deletedAt),
          () => start({ event: restored, at: restoredAt }),
          () => start({ event: restored, at: restoredAt }),
        ];
        for (const hear of isInOrder ? heard : heard.toReversed()) await hear();
        await start({ event: uncounted(at), at });
        expect(executions(system)).toEqual(anew);
        expect((await system.dump()).filter(({ pk }) => pk === 'REFUSED')).toEqual([]);
        // Deleted and restored once more.
        await lostAt(system, '2026-11-19T09:00:00Z');
        await start({ event: restored, at: '2026-11-19T10:00:00Z' });
        expect(executions(system).slice(1)).toEqual(['D-2026-1041-2 ABORTED', 'D-2026-1041-3 RUNNING']);
      }
    });

    it('begins where nobody had told that it was won before it was deleted', async () => {
      const system = await openSystem({ at });
      await lostAt(system, deletedAt);
      expect(await startHandoff(system.world)({ event: uncounted(at), at: restoredAt })).toMatchObject({
        outcome: 'called off',
      });
      const other = await openSystem({ at });
      await lostAt(other, deletedAt);
      expect(await startHandoff(other.world)({ event: restored, at: restoredAt })).toMatchObject({
        outcome: 'started',
      });
    });

    it('begins nothing where its handoff was over before that', async () => {
      for (const isInOrder of [true, false]) {
        const system = await openSystem({ at });
        const start = startHandoff(system.world);
        await start({ event: uncounted(at), at });
        await system.clock.settled();
        const over = { id: 'D-2026-1041-1', from: ['open'], to: 'complete', at: '2026-11-18T08:00:00Z' } as const;
        await system.world.handoffs.changeStatus(over);
        const heard = [() => lostAt(system, deletedAt), () => start({ event: restored, at: restoredAt })];
        for (const hear of isInOrder ? heard : heard.toReversed()) await hear();
        expect(executions(system)).toHaveLength(1);
      }
    });
  });

  it('is won again on the day it was lost, where the CRM knows days only', course, async () => {
    const system = await openSystem({ at });
    const start = startHandoff(system.world);
    await start({ event: uncounted('2026-11-17'), at });
    await lostAt(system, '2026-11-17T10:00:00Z');
    expect(await start({ event: uncounted('2026-11-17'), at: '2026-11-17T11:00:00Z' })).toEqual({
      handoffId: 'D-2026-1041-2',
      outcome: 'started',
    });
  });

  it(
    'begins its next won episode once the stop in between has come, late, though the CRM does not count',
    course,
    async () => {
      const system = await openSystem({ at });
      const start = startHandoff(system.world);
      await start({ event: uncounted(at), at });
      const again = '2026-11-19T09:00:00Z';
      expect(await start({ event: uncounted(again), at: again })).toMatchObject({ handoffId: 'D-2026-1041-1' });
      expect(await lostAt(system, '2026-11-18T09:00:00Z')).toEqual({
        handoffId: 'D-2026-1041-1',
        outcome: 'cancelled',
      });
      expect(system.account.stepFunctions.executions().map(({ name, status }) => `${name} ${status}`)).toEqual([
        'D-2026-1041-1 ABORTED',
        'D-2026-1041-2 RUNNING',
      ]);
      await system.clock.settled();
      expect((await system.load('D-2026-1041-2')).deal).toMatchObject({ closedWonAt: again, wonEpisode: 2 });
    },
  );

  it('starts a new handoff when it is won again', course, async () => {
    const system = await openSystem({ at });
    await system.win(dealEvent());
    const second = await system.win(dealEvent({ wonEpisode: 2 }));
    expect(second).toBe('D-2026-1041-2');
    expect(system.account.stepFunctions.executions()).toHaveLength(2);
  });
});

describe('an event that leaves open what it is about', () => {
  it.each([
    ['not-json.txt', ['event']],
    ['wrong-envelope', ['source', 'detail-type']],
    ['missing-id', ['detail.dealId']],
    ['impossible-date', ['detail.closedWonAt']],
    ['no-account-executive', ['detail.accountExecutive']],
  ])('is refused with the fields named, and kept: %s', async (name, fields) => {
    const system = await openSystem({ at });
    const text = badEvent(name);
    const event: unknown = name.endsWith('.txt') ? text : JSON.parse(text);
    const before = (await system.dump()).length;
    const result = await startHandoff(system.world)({ event, at });
    if (!('refused' in result)) throw new Error('It was taken.');
    expect(result.refused.map(({ field }) => field)).toEqual(fields);
    expect(result.refused.every(({ remedy }) => remedy.length > 10)).toBe(true);
    const kept = (await system.dump()).filter(({ pk }) => pk === 'REFUSED');
    expect(kept).toMatchObject([{ event: JSON.stringify(event), refused: JSON.stringify(result.refused) }]);
    expect(await system.dump()).toHaveLength(before + 1);
    expect(system.account.stepFunctions.executions()).toEqual([]);
  });

  it('is refused on its way over the bus, too, without a failure that is tried again', async () => {
    const system = await openSystem({ at });
    await system.put(dealEvent({ dealId: undefined }));
    expect((await system.dump()).filter(({ pk }) => pk === 'REFUSED')).toHaveLength(1);
    expect(system.account.lambda.failures).toEqual([]);
    expect(system.account.deadLetters).toEqual([]);
  });
});

describe('an event that is odd', () => {
  it.each([
    ['control-characters', undefined],
    ['unknown-fields', undefined],
    ['long-note', 'complete-package'],
    ['duplicate-stakeholders', 'complete-package'],
    ['package-not-an-object', 'complete-package'],
    ['renewal-before-signature', 'complete-package'],
    ['unknown-currency', 'complete-package'],
    ['unknown-segment', 'complete-package'],
    ['unknown-zone', undefined],
  ])('is taken, with the gap on record: %s', course, async (name, step) => {
    const system = await openSystem({ at });
    const taken = await startHandoff(system.world)({ event: JSON.parse(badEvent(name)), at });
    await system.clock.settled();
    const id = 'handoffId' in taken ? taken.handoffId : '';
    expect(await system.status(id)).toEqual({ status: 'RUNNING' });
    expect(system.account.lambda.failures).toEqual([]);
    const record = await system.load(id);
    if (step) expect(Object.keys(record.steps)).toEqual([step]);
    else expect(record.state.notes.length).toBeGreaterThan(0);
  });
});

describe('when no customer success manager is available', () => {
  const nobody = roster().map((person) =>
    person.role === 'customerSuccessManager' ? { ...person, active: person.email === daniel } : person,
  );
  const away = nobody.map((person) =>
    person.email === daniel || person.role === 'customerSuccessManager' ? { ...person, capacity: 0 } : person,
  );

  it('revenue operations are asked, and whom they choose takes the customer', async () => {
    const people = away.map((person) => (person.email === lena ? { ...person, active: true } : person));
    const system = await openSystem({ at, roster: people });
    const id = await system.win(dealEvent());
    expect(system.mails().map(({ to, tags }) => [to[0]?.address, tags['step']])).toEqual([
      [ruth, 'assign-customer-success-manager'],
    ]);
    expect((await system.load(id)).state.people.customerSuccessManager).toBeUndefined();

    const answer = await system.answer(ruth, 'assign-customer-success-manager', 'assigned', {
      customerSuccessManager: lena,
    });
    expect(answer.status).toBe(200);
    expect((await system.load(id)).state.people.customerSuccessManager).toBe(lena);
    expect(system.mails().at(-1)?.to[0]?.address).toBe(anna);
    expect(Object.fromEntries(await system.world.roster.openHandoffs([lena]))).toEqual({ [lena]: 1 });
    await system.answer(anna, 'schedule-internal-meeting', 'scheduled');
    expect(system.mails().at(-1)?.to[0]?.address).toBe(lena);
  });
});
