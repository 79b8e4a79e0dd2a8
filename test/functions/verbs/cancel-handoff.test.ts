import { describe, expect, it } from 'vitest';
import { cancelHandoff, stopDeal } from '../../../functions/verbs/cancel-handoff.ts';
import { dealEvent, sampleDeal, sampleEvent } from '../../support/deals.ts';
import { anna, lena, ruth } from '../../support/handoff-record.ts';
import { upTo, won } from '../../support/progress.ts';
import type { OpenSystem } from '../../support/world.ts';
import { openSystem } from '../../support/world.ts';

const at = '2026-11-18T09:00:00Z';

const cancelled = (system: OpenSystem) =>
  system
    .mails()
    .filter(({ tags }) => tags['kind'] === 'handoff-cancelled')
    .map(({ to }) => to[0]?.address)
    .sort();

const stopped = (type: string, detail: object) => ({
  source: 'handoff.crm',
  'detail-type': type,
  detail: { ...detail },
});

describe('cancelling a handoff', () => {
  it('says so on the record, tells the people involved once, and stops the execution with the reason', async () => {
    const { system, id } = await upTo('review-brief');
    const cancellation = { handoffId: id, by: ruth, reason: 'The customer withdrew.', at, from: 'page' } as const;
    expect(await cancelHandoff(system.world)(cancellation)).toBe('cancelled');
    expect((await system.load(id)).state).toMatchObject({
      status: 'cancelled',
      reason: 'The customer withdrew.',
      endedAt: at,
    });
    expect(cancelled(system)).toEqual([anna, lena]);
    expect(await system.status(id)).toEqual({
      status: 'ABORTED',
      error: 'Handoff.Cancelled',
      cause: 'The customer withdrew.',
    });
    expect((await system.world.audit.trail(id)).at(-1)).toMatchObject({ what: 'mail-sent' });
    expect(await system.world.audit.trail(id)).toContainEqual(
      expect.objectContaining({ what: 'cancelled', who: ruth, detail: 'The customer withdrew.', from: 'page' }),
    );
  });

  it('kills its links', async () => {
    const { system, id } = await upTo('review-brief');
    const link = system.linkOf(lena, 'review-brief');
    await cancelHandoff(system.world)({ handoffId: id, by: ruth, reason: 'Lost', at, from: 'page' });
    const page = await system.get(link);
    expect(page.html).toContain('cancelled');
    expect(page.html).not.toContain('name="choice"');
    const before = await system.dump();
    await system.submit(link, 'accept');
    expect(await system.dump()).toEqual(before);
  });

  it('changes nothing when it is done again', async () => {
    const { system, id } = await upTo('review-brief');
    const cancellation = { handoffId: id, by: ruth, reason: 'Lost', at, from: 'page' } as const;
    await cancelHandoff(system.world)(cancellation);
    const before = await system.dump();
    expect(await cancelHandoff(system.world)({ ...cancellation, by: anna, reason: 'Again' })).toBe('cancelled');
    expect(await system.dump()).toEqual(before);
    expect(cancelled(system)).toEqual([anna, lena]);
  });

  it('goes on where it broke off', async () => {
    const { system, id } = await upTo('review-brief');
    const cancellation = { handoffId: id, by: ruth, reason: 'Lost', at, from: 'page' } as const;
    const broken = {
      ...system.world,
      mail: { send: () => Promise.reject(new Error('killed')) },
      executions: system.world.executions,
    };
    await expect(cancelHandoff(broken)(cancellation)).rejects.toThrow('killed');
    // Whatever happens to the mails, nothing runs on.
    expect((await system.status(id)).status).toBe('ABORTED');
    expect(await cancelHandoff(system.world)(cancellation)).toBe('cancelled');
    expect(cancelled(system)).toEqual([anna, lena]);
  });

  it('leaves alone what has ended, and what never was', async () => {
    const { system, id } = await upTo('review-brief');
    await system.world.handoffs.changeStatus({ id, from: ['open'], to: 'complete', at });
    const cancellation = { handoffId: id, by: ruth, reason: 'Lost', at, from: 'page' } as const;
    const before = await system.dump();
    expect(await cancelHandoff(system.world)(cancellation)).toBe('not open');
    expect(await cancelHandoff(system.world)({ ...cancellation, handoffId: 'D-0-1' })).toBe('unknown');
    expect(await system.dump()).toEqual(before);
    expect(cancelled(system)).toEqual([]);
  });

  it('also cancels one that is stalled', async () => {
    const { system, id } = await upTo('review-brief');
    await system.world.handoffs.changeStatus({ id, from: ['open'], to: 'stalled', at });
    expect(await cancelHandoff(system.world)({ handoffId: id, by: 'crm', reason: 'Lost', at, from: 'event' })).toBe(
      'cancelled',
    );
  });
});

describe('a deal that is won no more', () => {
  it.each([
    ['Deal Reopened', 'Deal reopened: Wrong price'],
    ['Deal Lost', 'Deal lost: Wrong price'],
    ['Deal Cancelled', 'Deal cancelled: Wrong price'],
  ])('stops its handoff: %s', async (type, cause) => {
    const { system, id } = await upTo('review-brief');
    await system.put({
      ...sampleEvent('complete-standard'),
      ...stopped(type, { dealId: 'D-2026-1041', reason: 'Wrong price' }),
    });
    expect(await system.status(id)).toMatchObject({ status: 'ABORTED', cause });
    expect(cancelled(system)).toEqual([anna, lena]);
  });

  it('stops its newest won episode, or the one it names', async () => {
    const { system, id } = await upTo('review-brief');
    const second = await system.win(dealEvent({ wonEpisode: 2 }));
    const stop = stopDeal(system.world);
    expect(await stop({ event: stopped('Deal Lost', { dealId: 'D-2026-1041' }), at })).toEqual({
      handoffId: second,
      outcome: 'cancelled',
    });
    expect((await system.status(id)).status).toBe('RUNNING');
    expect(await stop({ event: stopped('Deal Lost', { dealId: 'D-2026-1041', wonEpisode: 1 }), at })).toEqual({
      handoffId: id,
      outcome: 'cancelled',
    });
  });

  it('leaves alone a deal that was won after that: an event may come late, or be replayed', async () => {
    const { system, id } = await upTo('review-brief');
    const stop = stopDeal(system.world);
    const before = '2026-11-17T08:00:00Z';
    expect(await stop({ event: stopped('Deal Reopened', { dealId: 'D-2026-1041' }), at: before })).toEqual({
      handoffId: id,
      outcome: 'not open',
    });
    expect((await system.status(id)).status).toBe('RUNNING');
  });

  it('is on record when there is no handoff, or when it is not named', async () => {
    const system = await openSystem({ at: won });
    const stop = stopDeal(system.world);
    await stop({ event: stopped('Deal Lost', { dealId: 'D-0' }), at });
    await stop({ event: stopped('Deal Lost', {}), at });
    await stop({ event: 'nonsense', at });
    const kept = (await system.dump()).filter(({ pk }) => pk === 'REFUSED');
    expect(kept.map(({ refused }) => (JSON.parse(String(refused)) as { field: string }[])[0]?.field).sort()).toEqual([
      'detail.dealId',
      'detail.dealId',
      'event',
    ]);
  });

  it('stops a handoff that has not begun yet as soon as it has', async () => {
    const system = await openSystem({ at: won });
    const id = 'D-2026-1041-1';
    await system.world.deals.store(id, sampleDeal('complete-standard'), { notes: [], at: won });
    const lost = { ...sampleEvent('complete-standard'), ...stopped('Deal Lost', { dealId: 'D-2026-1041' }) };
    await system.put(lost);
    await system.win(dealEvent());
    expect((await system.status(id)).status).toBe('RUNNING');
    await system.until('2026-11-17T08:35:00Z');
    expect((await system.status(id)).status).toBe('ABORTED');
    expect((await system.dump()).filter(({ pk }) => pk === 'REFUSED')).toEqual([]);
    expect(system.account.deadLetters).toEqual([]);
  });
});
