import { describe, expect, it } from 'vitest';
import type { Crm, WonDeal } from '../../../functions/ports/crm.ts';
import { CrmUnavailable } from '../../../functions/ports/errors.ts';
import { course } from '../../support/course.ts';
import { openPortal } from '../../support/hubspot-portal.ts';

type Portal = ReturnType<typeof openPortal>;

/** All pages of won deals, whatever happens between them. */
async function allSince(crm: Crm, since: string, between: () => void = () => {}): Promise<readonly WonDeal[]> {
  const found: WonDeal[] = [];
  let next: string | undefined;
  do {
    const page = await crm.wonSince(since, next);
    found.push(...page.deals);
    next = page.next;
    between();
  } while (next !== undefined);
  return found;
}

function win({ fake }: Portal, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => {
    const dealId = fake.put({ name: `Deal ${i}` });
    fake.move(dealId, 'closedwon');
    return dealId;
  });
}

async function winOneByOne(portal: Portal, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    ids.push(...win(portal, 1));
    await portal.clock.advanceTo(portal.clock.now() + 1000);
  }
  return ids;
}

describe('the deals won in HubSpot since a time', () => {
  it('are found with their name and when they were won, the oldest change first', async () => {
    const portal = openPortal({ isMute: true });
    const [first = '', second = ''] = await winOneByOne(portal, 2);
    portal.fake.put({ name: 'Still open' });
    await portal.crm.write(first, { status: 'In progress' });
    expect(await portal.crm.wonSince('2026-11-20T15:00:00Z')).toEqual({
      deals: [
        { dealId: second, name: 'Deal 0', wonAt: '2026-11-20T15:00:01.000Z', changedAt: '2026-11-20T15:00:01.000Z' },
        { dealId: first, name: 'Deal 0', wonAt: '2026-11-20T15:00:00.000Z', changedAt: '2026-11-20T15:00:02.000Z' },
      ],
    });
  });

  it('were won on their close date where they were put in as won', async () => {
    const portal = openPortal({ isMute: true });
    const [imported = ''] = win(portal, 1);
    const moved = portal.fake.put({ name: 'Deal 1' });
    await portal.clock.advanceTo(portal.clock.now() + 120_000);
    portal.fake.move(moved, 'closedwon');
    for (const dealId of [imported, moved]) portal.fake.change(dealId, { closedate: '2023-03-01T00:00:00Z' });
    const { deals } = await portal.crm.wonSince('2026-11-20T15:00:00Z');
    const wonAt = new Map(deals.map((deal) => [deal.dealId, deal.wonAt]));
    expect([imported, moved].map((id) => wonAt.get(id))).toEqual(['2023-03-01', '2026-11-20T15:02:00.000Z']);
  });

  it('are found five minutes before, because a search lags', async () => {
    const portal = openPortal({ isMute: true, searchLag: 120_000 });
    const [dealId] = win(portal, 1);
    await portal.clock.advanceTo(portal.clock.now() + 60_000);
    expect(await portal.crm.wonSince('2026-11-20T15:01:00Z')).toEqual({ deals: [] });
    await portal.clock.advanceTo(portal.clock.now() + 60_000);
    expect((await portal.crm.wonSince('2026-11-20T15:01:00Z')).deals.map((deal) => deal.dealId)).toEqual([dealId]);
    expect(await portal.crm.wonSince('2026-11-20T15:05:01Z')).toEqual({ deals: [] });
  });

  it('are all found once over many pages', async () => {
    const portal = openPortal({ isMute: true });
    const ids = await winOneByOne(portal, 450);
    const found = await allSince(portal.crm, '2026-11-20T15:00:00Z');
    expect(found.map(({ dealId }) => dealId)).toEqual(ids);
  });

  it('are all found where many change at one instant, among others that do not', async () => {
    const portal = openPortal({ isMute: true });
    const before = await winOneByOne(portal, 150);
    const at = win(portal, 401);
    await portal.clock.advanceTo(portal.clock.now() + 1000);
    const after = await winOneByOne(portal, 3);
    const found = await allSince(portal.crm, '2026-11-20T15:00:00Z');
    expect(found.map(({ dealId }) => dealId)).toEqual([...before, ...at, ...after]);
  });

  it('are all found behind 10,000 that changed at one instant', course, async () => {
    const portal = openPortal({ isMute: true });
    const ids = win(portal, 10_050);
    await portal.clock.advanceTo(portal.clock.now() + 1000);
    const after = win(portal, 1);
    const found = await allSince(portal.crm, '2026-11-20T15:00:00Z');
    expect(found.map(({ dealId }) => dealId)).toEqual([...ids, ...after]);
  });

  it('are not missed when others change while we page', async () => {
    const portal = openPortal({ isMute: true });
    const ids = await winOneByOne(portal, 450);
    const now = portal.clock.now();
    await portal.clock.advanceTo(now + 60_000);
    let touched = 0;
    const found = await allSince(portal.crm, '2026-11-20T15:00:00Z', () => {
      // What was on the first page moves behind all others.
      for (const dealId of ids.slice(touched, touched + 20)) portal.fake.change(dealId, { amount: `${++touched}` });
    });
    expect(new Set(found.map(({ dealId }) => dealId))).toEqual(new Set(ids));
  });

  it.each([
    ['fewer than it says there are', { total: 5, results: [] }],
    ['no number of them', { results: [] }],
    ['no results', { total: 0 }],
    ['a deal without an id', { total: 1, results: [{ properties: {}, updatedAt: '2026-11-20T15:00:00Z' }] }],
    ['a deal that changed at no time', { total: 1, results: [{ id: '1', properties: {} }] }],
  ])('are refused as a half answer with %s', async (_, body) => {
    const portal = openPortal({
      between: ({ url }, answer) =>
        url.endsWith('/search') ? { status: 200, headers: {}, text: JSON.stringify(body) } : answer(),
    });
    await expect(portal.crm.wonSince('2026-11-20T15:00:00Z')).rejects.toBeInstanceOf(CrmUnavailable);
  });

  it('are refused where the search goes back in time, which would never end', async () => {
    const results = Array.from({ length: 200 }, (_, i) => ({
      ...{ id: String(i + 1), properties: {}, updatedAt: new Date(Date.UTC(2020, 0, 1, 0, 0, i)).toISOString() },
    }));
    const portal = openPortal({
      between: ({ url }, answer) =>
        url.endsWith('/search')
          ? { status: 200, headers: {}, text: JSON.stringify({ total: 500, results }) }
          : answer(),
    });
    await expect(portal.crm.wonSince('2026-11-20T15:00:00Z')).rejects.toBeInstanceOf(CrmUnavailable);
    await expect(portal.crm.wonSince('2026-11-20T15:00:00Z', 'at 1577836800000 9')).rejects.toBeInstanceOf(
      CrmUnavailable,
    );
  });

  it('begin anew where what asks for the next page is none of ours', async () => {
    const portal = openPortal({ isMute: true });
    win(portal, 1);
    expect((await portal.crm.wonSince('2026-11-20T15:00:00Z', 'page 2')).deals).toHaveLength(1);
  });
});
