import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPipedriveEvent } from '../../../functions/crm/pipedrive/pipedrive-events.ts';

const meta = {
  action: 'change',
  entity: 'deal',
  entity_id: '512',
  id: '0d7c6d1e-6a52-4a0e-9f0e-6c9c3a1a7a10',
  company_id: '9001',
  user_id: '33',
  timestamp: '2026-11-20T15:00:00.250Z',
  version: '2.0',
  webhook_id: '4',
  attempt: 1,
};
const event = (changed: object = {}, data: object | null = { id: 512, status: 'won' }) => ({
  meta: { ...meta, ...changed },
  data,
  previous: { status: 'open' },
});

describe('a webhook of Pipedrive', () => {
  it('tells of a deal that changed, with ids as text or number', () => {
    const signal = { account: '9001', dealId: '512', what: 'changed', at: '2026-11-20T15:00:00.250Z' };
    expect(readPipedriveEvent(event())).toMatchObject({ signals: [signal] });
    expect(readPipedriveEvent(event({ entity_id: 512, company_id: 9001 }))).toMatchObject({ signals: [signal] });
  });

  it('is read by a time in seconds, too, as some examples show it', () => {
    const heard = readPipedriveEvent(event({ timestamp: 1_795_186_800 }));
    expect(heard).toMatchObject({ signals: [{ at: '2026-11-20T15:00:00.000Z' }] });
  });

  it('is the same event at each attempt', () => {
    expect(readPipedriveEvent(event({ attempt: 3 }))).toEqual(readPipedriveEvent(event()));
  });

  it('tells a deal that is gone from one that another took in', () => {
    expect(readPipedriveEvent(event({ action: 'delete' }, null))).toMatchObject({ signals: [{ what: 'deleted' }] });
    expect(readPipedriveEvent(event({ action: 'delete', merged_to_id: 513 }, null))).toMatchObject({
      signals: [{ what: 'merged', mergedInto: '513' }],
    });
    // The deal that stays says the same, and may be heard first.
    expect(readPipedriveEvent(event({ merged_from_id: '77' }))).toMatchObject({
      signals: [{ dealId: '77', what: 'merged', mergedInto: String(event().meta.entity_id) }],
    });
  });

  it.each([
    ['a person', { entity: 'person' }],
    ['no id', { entity_id: undefined }],
    ['no company', { company_id: '' }],
    ['no time', { timestamp: 'now' }],
    ['an action nobody knows', { action: 'constructor' }],
  ])('leaves what is about %s', (_, changed) => {
    expect(readPipedriveEvent(event(changed))).toEqual({ signals: [], ignored: 1 });
  });

  it.each([null, [], {}, { meta: null }, event({ version: '1.0' })])('that is none, or old, says so', (body) => {
    expect(readPipedriveEvent(body)).toHaveProperty('unreadable');
  });

  it('never fails, whatever it says', () => {
    const meta = fc.record(
      {
        version: fc.oneof(fc.constant('2.0'), fc.anything()),
        entity: fc.oneof(fc.constant('deal'), fc.anything()),
        action: fc.oneof(fc.constantFrom('create', 'change', 'delete'), fc.anything()),
        entity_id: fc.oneof(fc.nat(), fc.anything()),
        company_id: fc.oneof(fc.nat(), fc.anything()),
        timestamp: fc.oneof(fc.constant('2026-11-17T08:30:00Z'), fc.nat(), fc.anything()),
        id: fc.anything(),
        merged_to_id: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(meta, fc.anything()), fc.anything(), (said, data) => {
        const heard = readPipedriveEvent({ meta: said, data, previous: data });
        if (!('signals' in heard)) return;
        for (const { dealId, at } of heard.signals) {
          expect(dealId).toMatch(/^\d+$/);
          expect(Number.isNaN(Date.parse(at))).toBe(false);
        }
      }),
    );
    fc.assert(fc.property(fc.anything(), (body) => void readPipedriveEvent(body)));
  });
});
