import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longId, readSalesforceEvent } from '../../../functions/crm/salesforce/salesforce-events.ts';

const header = {
  entityName: 'Opportunity',
  recordIds: ['006Hs00001aBcDeIAK'],
  changeType: 'UPDATE',
  changedFields: ['StageName'],
  nulledFields: [],
  transactionKey: '0005f9a1-1',
  sequenceNumber: 1,
  commitTimestamp: 1_795_000_000_000,
  commitUser: '005Hs000001xYzAIAU',
};
const event = (changed: object = {}) => ({
  'detail-type': 'OpportunityChangeEvent',
  source: 'aws.partner/salesforce.com/00DHs0000000001EAA/0YLHs0000000001OAA',
  detail: { payload: { ChangeEventHeader: { ...header, ...changed }, StageName: 'Closed Won' } },
});

describe('an event of Salesforce', () => {
  it('tells of each opportunity that changed, once', () => {
    const heard = readSalesforceEvent(
      event({ recordIds: ['006Hs00001aBcDeIAK', '006Hs00001aBcDe', '006Hs00001zZzZzIAL'] }),
    );
    expect(heard).toMatchObject({
      signals: [
        { account: '00DHs0000000001EAA', what: 'changed', at: new Date(header.commitTimestamp).toISOString() },
        { dealId: '006Hs00001zZzZzIAL' },
      ],
    });
  });

  it('is the same event by transaction, sequence and record, however often it is relayed', () => {
    const key = (changed: object) => JSON.stringify(readSalesforceEvent(event(changed)));
    expect(key({})).toBe(key({ commitUser: 'other' }));
    expect(key({})).not.toBe(key({ sequenceNumber: 2 }));
  });

  it('is read as AppFlow sends it, whose header lies higher', () => {
    const { payload } = event().detail;
    expect(readSalesforceEvent({ ...event(), detail: payload })).toMatchObject({ signals: [{ what: 'changed' }] });
  });

  it.each([
    ['DELETE', 'deleted'],
    ['GAP_UPDATE', 'changed'],
    ['GAP_DELETE', 'deleted'],
    ['UNDELETE', 'changed'],
  ])('reads %s as %s', (changeType, what) => {
    expect(readSalesforceEvent(event({ changeType }))).toMatchObject({ signals: [{ what }] });
  });

  it('says that events were lost where Salesforce does', () => {
    expect(readSalesforceEvent(event({ changeType: 'GAP_OVERFLOW', recordIds: [] }))).toHaveProperty('lost');
  });

  it.each([
    ['another object', { entityName: 'Account' }],
    ['no record', { recordIds: [] }],
    ['ids that are none', { recordIds: ['006', 7, null] }],
    ['no time', { commitTimestamp: undefined }],
    ['a change nobody knows', { changeType: 'toString' }],
  ])('leaves what is about %s', (_, changed) => {
    expect(readSalesforceEvent(event(changed))).toEqual({ signals: [], ignored: 1 });
  });

  it.each([null, {}, { detail: null }, { detail: {} }])('that is none says so: %j', (body) => {
    expect(readSalesforceEvent(body)).toHaveProperty('unreadable');
  });

  it('gives short ids their last three letters', () => {
    expect(longId('001A0000006Vm9r')).toBe('001A0000006Vm9rIAC');
    expect(longId('001A0000006Vm9rIAC')).toBe('001A0000006Vm9rIAC');
  });

  it('never fails, whatever it says', () => {
    const near = fc.record(
      {
        entityName: fc.oneof(fc.constant('Opportunity'), fc.anything()),
        changeType: fc.oneof(fc.constantFrom('UPDATE', 'DELETE', 'GAP_UPDATE', 'GAP_OVERFLOW'), fc.anything()),
        recordIds: fc.oneof(fc.array(fc.oneof(fc.constant(header.recordIds[0]), fc.anything())), fc.anything()),
        commitTimestamp: fc.oneof(fc.nat(), fc.anything()),
        changedFields: fc.oneof(fc.array(fc.anything()), fc.anything()),
        transactionKey: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const source = fc.oneof(fc.constant(event().source), fc.anything());
    fc.assert(
      fc.property(fc.oneof(near, fc.anything()), source, (ChangeEventHeader, from) => {
        const heard = readSalesforceEvent({ source: from, detail: { payload: { ChangeEventHeader } } });
        if (!('signals' in heard)) return;
        for (const { dealId, at } of heard.signals) {
          expect(dealId).toMatch(/^[A-Za-z0-9]{18}$/);
          expect(Number.isNaN(Date.parse(at))).toBe(false);
        }
      }),
    );
    fc.assert(fc.property(fc.anything(), (body) => void readSalesforceEvent(body)));
  });
});
