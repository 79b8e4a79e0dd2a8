import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHubspotEvents } from '../../../functions/crm/hubspot/hubspot-events.ts';

const change = {
  eventId: 100,
  subscriptionId: 2001,
  portalId: 44_001,
  appId: 9,
  occurredAt: 1_795_000_000_000,
  subscriptionType: 'deal.propertyChange',
  attemptNumber: 0,
  objectId: 7_001,
  propertyName: 'dealstage',
  propertyValue: 'closedwon',
  changeSource: 'CRM_UI',
  sourceId: 'userId:12',
};

const read = (body: unknown) => {
  const heard = readHubspotEvents(body);
  if ('unreadable' in heard) throw new Error(heard.unreadable);
  return heard;
};

describe('a webhook of HubSpot', () => {
  it('tells of a deal that changed, under either name', () => {
    const expected = {
      account: '44001',
      dealId: '7001',
      what: 'changed',
      at: new Date(change.occurredAt).toISOString(),
    };
    const renamed = { ...change, subscriptionType: 'object.propertyChange', objectTypeId: '0-3' };
    const { subscriptionType, ...nameless } = change;
    for (const event of [change, renamed, { ...nameless, eventType: subscriptionType }])
      expect(read([event]).signals).toMatchObject([expected]);
  });

  it('is heard once, however often and in whatever order it comes, even if its event id is used again', () => {
    const other = { ...change, objectId: 7_002 };
    const again = { ...change, attemptNumber: 3 };
    expect(read([change, other, again]).signals.map(({ dealId }) => dealId)).toEqual(['7001', '7002']);
    expect(read([again]).signals[0]?.key).toBe(read([change]).signals[0]?.key);
    expect(read([{ ...change, propertyValue: 'closedlost' }]).signals[0]?.key).not.toBe(read([change]).signals[0]?.key);
  });

  it('tells of a deal whose contacts or company changed, from either end', () => {
    const { objectId: _, propertyName: __, propertyValue: ___, ...common } = change;
    const ends = { fromObjectId: 7_001, toObjectId: 55, associationRemoved: false };
    const legacy = {
      ...common,
      ...ends,
      subscriptionType: 'deal.associationChange',
      associationType: 'DEAL_TO_CONTACT',
    };
    const generic = { ...common, ...ends, subscriptionType: 'object.associationChange' };
    const ofDeal = { ...generic, fromObjectTypeId: '0-3', toObjectTypeId: '0-1' };
    const toDeal = { ...generic, fromObjectId: 55, fromObjectTypeId: '0-1', toObjectId: 7_001, toObjectTypeId: '0-3' };
    for (const event of [legacy, ofDeal, toDeal])
      expect(read([event]).signals).toMatchObject([{ dealId: '7001', what: 'changed' }]);
    expect(read([{ ...generic, fromObjectTypeId: '0-1', toObjectTypeId: '0-2' }])).toEqual({ signals: [], ignored: 1 });
  });

  it('tells which deals another took in', () => {
    const merge = {
      ...{ portalId: 44_001, occurredAt: change.occurredAt, subscriptionType: 'deal.merge', objectId: 7_003 },
      ...{ primaryObjectId: 7_001, mergedObjectIds: [7_002], newObjectId: 7_003 },
    };
    expect(read([merge]).signals).toMatchObject([
      { dealId: '7001', what: 'merged', mergedInto: '7003' },
      { dealId: '7002', what: 'merged', mergedInto: '7003' },
      { dealId: '7003', what: 'changed' },
    ]);
    const { newObjectId: _, ...intoPrimary } = { ...merge, objectId: 7_001 };
    expect(read([intoPrimary]).signals).toMatchObject([
      { dealId: '7002', what: 'merged', mergedInto: '7001' },
      { dealId: '7001', what: 'changed' },
    ]);
  });

  it.each([
    ['deal.deletion', 'deleted'],
    ['deal.restore', 'changed'],
    ['deal.creation', 'changed'],
    ['deal.associationChange', 'changed'],
  ])('reads %s as %s', (subscriptionType, what) => {
    expect(read([{ ...change, subscriptionType }]).signals).toMatchObject([{ what }]);
  });

  it.each([
    ['a contact', { subscriptionType: 'contact.propertyChange' }],
    ['a company by the new name', { subscriptionType: 'object.propertyChange', objectTypeId: '0-2' }],
    ['an object without its type', { subscriptionType: 'object.propertyChange' }],
    ['something unheard of', { subscriptionType: 'deal.toString' }],
    ['no deal at all', { objectId: undefined }],
    ['an id that is none', { objectId: '../x' }],
    ['no time', { occurredAt: undefined }],
    ['a time that is none', { occurredAt: 'today' }],
    ['no portal', { portalId: null }],
  ])('leaves what is about %s', (_, changed) => {
    expect(read([{ ...change, ...changed }, change])).toMatchObject({ ignored: 1, signals: [{ dealId: '7001' }] });
  });

  it.each([null, {}, 'x', 1])('that is none says so: %j', (body) => {
    expect(readHubspotEvents(body)).toHaveProperty('unreadable');
  });

  it('never fails, whatever it says', () => {
    const near = fc.record(
      {
        subscriptionType: fc.oneof(fc.constantFrom('deal.merge', 'deal.deletion', 'object.merge'), fc.anything()),
        objectTypeId: fc.oneof(fc.constant('0-3'), fc.anything()),
        portalId: fc.oneof(fc.nat(), fc.anything()),
        objectId: fc.oneof(fc.nat(), fc.anything()),
        occurredAt: fc.oneof(fc.nat(), fc.anything()),
        mergedObjectIds: fc.anything(),
        newObjectId: fc.anything(),
        primaryObjectId: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.array(near), fc.anything()), (body) => {
        const heard = readHubspotEvents(body);
        if ('unreadable' in heard) return;
        for (const { dealId, account, at } of heard.signals) {
          expect(dealId).toMatch(/^\d+$/);
          expect(account).toMatch(/^\d+$/);
          expect(Number.isNaN(Date.parse(at))).toBe(false);
        }
      }),
    );
  });
});
