import { describe, expect, it } from 'vitest';
import { dealBus } from '../../../functions/aws/event-bus.ts';
import type { BusMessage } from '../../../functions/ports/deal-bus.ts';
import { backfillDeal, type DealToBackfill } from '../../../functions/verbs/backfill-deal.ts';
import { busName } from '../../../infra/local/local-names.ts';
import { playbook } from '../../../statemachines/playbooks/default.ts';
import { wonDeal } from '../../support/crm-double.ts';
import { anna, lena, ruth } from '../../support/handoff-record.ts';
import { type OpenSystem, openSystem } from '../../support/world.ts';

/** Friday; the deal was won on Wednesday. */
const at = '2026-11-20T15:00:00Z';
const met = [
  { step: 'schedule-internal-meeting', on: '2026-11-18' },
  { step: 'hold-internal-meeting', on: '2026-11-19' },
  { step: 'introduce-customer', on: '2026-11-19' },
];

const open = () => openSystem({ at, playbook });

function backfilling(system: OpenSystem, breaks: { bus?: boolean } = {}) {
  const bus = dealBus(system.clients.events, busName);
  const put = async (messages: readonly BusMessage[]) => {
    if (breaks.bus) throw new Error('interrupted');
    await bus.put(messages);
    await system.clock.settled();
  };
  return (asked: Partial<DealToBackfill> = {}) =>
    backfillDeal(
      { ...system.world, dealBus: { put } },
      playbook,
    )({
      deal: wonDeal('B'),
      happened: met,
      at,
      isDryRun: false,
      ...asked,
    });
}

describe('the handoff of a deal that was won before', () => {
  it('begins at the step that is next: what was done is on record, and nobody is asked for it', async () => {
    const system = await open();
    const done = await backfilling(system)();
    expect(done).toMatchObject({ outcome: 'started', settled: met.map(({ step }) => ({ opened: { step } })) });
    const record = await system.load('B-1');
    for (const { step, on } of met)
      expect(record.steps[step]?.decision).toMatchObject({
        choice: 'skipped',
        by: ruth,
        evidence: { reason: `Done on ${on}, before this handoff began.` },
      });
    await system.until('2026-11-24T17:00:00Z');
    const asked = system.mails().filter(({ tags }) => tags['kind'] === 'ask');
    expect(asked.map(({ tags }) => tags['step']).filter((step) => met.some((each) => each.step === step))).toEqual([]);
    expect(await system.status('B-1')).toEqual({ status: 'RUNNING' });
  });

  it('is the one that it has where the deal took that one in, heard of or not', async () => {
    const system = await open();
    await backfilling(system)();
    const has = { outcome: 'has its handoff', handoffId: 'B-1' };
    expect(await backfilling(system)({ deal: wonDeal('C', { tookIn: ['A', 'B'] }) })).toEqual(has);
    await system.world.seenDeals.save('D', { phase: 'gone', facts: '', partOf: 'B', at, outbox: [] }, 0);
    expect(await backfilling(system)({ deal: wonDeal('D') })).toEqual(has);
  });

  it('mails no customer about the past', async () => {
    const system = await open();
    await backfilling(system)();
    await system.until('2026-12-24T17:00:00Z');
    const colleagues = [anna, lena, ruth];
    const others = system.mails().flatMap(({ to, cc = [] }) => [...to, ...cc].map(({ address }) => address));
    expect(others.some((address) => colleagues.includes(address))).toBe(true);
    expect(others.filter((address) => !address.endsWith('@example.com'))).toEqual([]);
  });

  it('is told in a dry run, which changes nothing', async () => {
    const system = await open();
    const before = await system.dump();
    const would = await backfilling(system)({ isDryRun: true });
    expect(await system.dump()).toEqual(before);
    const done = await backfilling(system)();
    expect(would).toMatchObject({ outcome: 'would start', asks: 'asks' in done ? done.asks : [] });
    const steps = 'asks' in would ? would.asks.map(({ step }) => step) : [];
    expect(steps).toContain('review-brief');
    expect(steps).not.toContain('introduce-customer');
  });

  it('asks for everything when nothing has happened yet', async () => {
    const system = await open();
    const done = await backfilling(system)({ happened: [] });
    expect('asks' in done && done.asks.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['schedule-internal-meeting']),
    );
    const { steps } = await system.load('B-1');
    expect(Object.values(steps).some(({ decision }) => decision)).toBe(false);
  });

  it('is begun once, and left alone when it runs already', async () => {
    const system = await open();
    const run = backfilling(system);
    await run();
    const before = await system.dump();
    expect(await run()).toEqual({ outcome: 'has its handoff', handoffId: 'B-1' });
    expect(await system.dump()).toEqual(before);
  });

  it('is finished by the next run when the first one was interrupted', async () => {
    const system = await open();
    await expect(backfilling(system, { bus: true })()).rejects.toThrow('interrupted');
    expect(system.account.stepFunctions.executions()).toEqual([]);
    expect(await backfilling(system)()).toMatchObject({ outcome: 'started' });
    expect(await system.status('B-1')).toEqual({ status: 'RUNNING' });
    expect((await system.dump()).filter(({ what }) => what === 'decided')).toHaveLength(met.length);
  });

  it('is finished, too, where the stage leaves the deal out by then', async () => {
    const system = await open();
    const deal = wonDeal('B', { leftOut: 'It is a renewal.' });
    expect(await backfilling(system)({ deal })).toEqual({ outcome: 'left out', because: 'It is a renewal.' });
    await expect(backfilling(system, { bus: true })()).rejects.toThrow('interrupted');
    expect(await backfilling(system)({ deal })).toMatchObject({ outcome: 'started' });
    expect(await system.status('B-1')).toEqual({ status: 'RUNNING' });
  });

  it('is refused, with what is missing in the CRM', async () => {
    const system = await open();
    const before = await system.dump();
    const refused = await backfilling(system)({ deal: wonDeal('B', { facts: { name: 'B' } }) });
    expect(refused).toMatchObject({
      outcome: 'refused',
      refused: [{ field: 'detail.customer.name' }, { field: 'detail.accountExecutive' }],
    });
    expect(await system.dump()).toEqual(before);
  });
});
