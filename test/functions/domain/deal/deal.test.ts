import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPackage } from '../../../../functions/domain/deal/completeness.ts';
import { handoffIdOf, parseDealEvent, parseDealStopped } from '../../../../functions/domain/deal/deal.ts';
import { badEvent, dealEvent, dealOf, sampleDeal, sampleEvent, sampleNames } from '../../../support/deals.ts';
import { packageRules } from '../../../support/package-rules.ts';

const refusedFields = (event: unknown, at?: string) => {
  const parsed = parseDealEvent(event, at);
  return 'refused' in parsed ? parsed.refused.map(({ field }) => field) : [];
};
const notesOf = (event: unknown, at?: string) => {
  const parsed = parseDealEvent(event, at);
  if ('refused' in parsed) throw new Error(JSON.stringify(parsed.refused));
  return parsed.notes;
};

describe('a deal is accepted', () => {
  it.each(sampleNames)('%s, without a note', (name) => {
    expect(parseDealEvent(sampleEvent(name))).toMatchObject({ deal: {}, notes: [] });
  });

  it('with its closing moment in UTC', () => {
    expect(sampleDeal('enterprise-across-zones').closedWonAt).toBe('2026-11-24T21:45:00Z');
    expect(sampleDeal('awkward-text').closedWonAt).toBe('2026-11-19T10:00:00.250Z');
  });

  it('with a numeric id as text, and a count sent as text', () => {
    expect(sampleDeal('self-serve').dealId).toBe('7741902');
    expect(dealOf(dealEvent({ wonEpisode: '2' })).wonEpisode).toBe(2);
  });

  it('as its first episode, under the name of its customer, where the event says neither', () => {
    const deal = dealOf(dealEvent({ wonEpisode: undefined, name: undefined }));
    expect(deal).toMatchObject({ wonEpisode: 1, name: 'Nordwind Logistik GmbH' });
  });

  it('with addresses in lower case', () => {
    expect(dealOf(dealEvent({ accountExecutive: 'Anna.Keller@Example.com' })).accountExecutive).toBe(
      'anna.keller@example.com',
    );
  });

  it('on a bare date, from its start in the zone of the customer, with a note', () => {
    const event = dealEvent({ closedWonAt: '2026-11-17' });
    expect(dealOf(event).closedWonAt).toBe('2026-11-16T23:00:00Z');
    expect(notesOf(event)).toEqual(['detail.closedWonAt is a day without a time; taken as its start in Europe/Berlin']);
  });

  it('with its right-to-left text, emoji and markup as they are', () => {
    const { name, customer } = sampleDeal('awkward-text');
    expect(name).toBe('<script>alert("deal")</script> "Żółć & Söhne" 🚀');
    expect(customer.name).toBe("Żółć & Söhne <b>GmbH</b> 🚀 «O'Neill»");
    expect(JSON.stringify(sampleDeal('awkward-text').package)).toContain('العملاء ينتظرون');
  });

  it('without control characters, line breaks in names and direction overrides, with a note of each place', () => {
    const deal = dealOf(badEvent('control-characters'));
    expect(deal.name).toBe('Nordwind Bcc: everybody@example.com deal');
    expect(deal.customer.name).toBe('Nordwind Logistik GmbH');
    expect(JSON.stringify(deal.package)).not.toMatch(/\\u0000|\\r/);
    expect(notesOf(badEvent('control-characters'))).toContain(
      'detail.customer.name: control characters or line breaks taken out',
    );
  });

  it('with unknown fields noted', () => {
    expect(notesOf(badEvent('unknown-fields'))).toEqual([
      'detail.package.contract.colour is not a field of the package; kept, but not used',
      'detail.package.mood is not a field of the package; kept, but not used',
      'detail.Amount__c is not a field of a deal; not used',
    ]);
  });

  it('with unusable optional facts left out and noted', () => {
    const event = dealEvent({ customerSuccessManager: 'Lena', crmRecord: 'javascript:alert(1)' });
    expect(dealOf(event)).not.toHaveProperty('customerSuccessManager');
    expect(dealOf(event)).not.toHaveProperty('crmRecord');
    expect(notesOf(event)).toHaveLength(2);
    expect(notesOf(badEvent('unknown-zone'))[0]).toContain('Mars/Olympus');
  });

  it('with a 300 KB note cut to what can be stored, and the cut marked', () => {
    const { dealContext } = Object(dealOf(badEvent('long-note')).package);
    expect(dealContext.whyTheyBought.length).toBeLessThan(20_100);
    expect(dealContext.whyTheyBought).toMatch(/… \[cut: 307200 characters received\]$/);
  });

  it('with a package that is no object, as an empty one', () => {
    expect(dealOf(badEvent('package-not-an-object')).package).toEqual({});
    expect(dealOf(dealEvent({ package: null })).package).toEqual({});
  });

  it('with at most a handful of notes', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`field${i}`, i]));
    expect(notesOf(dealEvent(many))).toHaveLength(21);
    expect(notesOf(dealEvent(many)).at(-1)).toBe('and 980 more');
  });

  it('from the JSON text of the event, and with a detail that is JSON text', () => {
    const event = dealEvent();
    expect(parseDealEvent(JSON.stringify(event))).toEqual(parseDealEvent(event));
    expect(parseDealEvent({ ...event, detail: JSON.stringify(event.detail) })).toEqual(parseDealEvent(event));
  });

  it('with a note when it closes in the future or closed long ago', () => {
    expect(notesOf(dealEvent(), '2026-11-01T00:00:00Z')[0]).toContain('is in the future');
    // Hours are a clock that is wrong, or a zone.
    expect(notesOf(dealEvent(), '2026-11-16T20:00:00Z')).toEqual([]);
    expect(notesOf(dealEvent(), '2027-04-01T00:00:00Z')[0]).toContain('is long past');
    expect(notesOf(dealEvent(), '2026-11-18T00:00:00Z')).toEqual([]);
  });
});

describe('an optional note that is too long', () => {
  const { package: sample } = dealEvent().detail as { package: Record<string, object> };
  const [person] = Object(sample)['stakeholders'] as object[];
  const event = dealEvent({
    package: {
      ...sample,
      dealContext: { ...sample['dealContext'], objections: 'Too dear. '.repeat(3000) },
      stakeholders: [{ ...person, notes: '😀'.repeat(1500) }, ...(Object(sample)['stakeholders'] as object[]).slice(1)],
    },
  });

  it('is cut, and that is on record', () => {
    expect(notesOf(event)).toEqual([
      'detail.package.dealContext.objections is too long and optional; cut, its full text stays in the CRM',
      'detail.package.stakeholders[0].notes is too long and optional; cut, its full text stays in the CRM',
    ]);
    const { dealContext, stakeholders } = Object(dealOf(event).package);
    expect(dealContext.objections).toMatch(/dear\.…$/);
    expect(dealContext.objections.length).toBeLessThanOrEqual(20_000);
    expect(stakeholders[0].notes).toBe(`${'😀'.repeat(999)}…`);
  });

  it('holds nothing up', () => {
    const deal = dealOf(event);
    expect(checkPackage({ package: deal.package, deal, rules: packageRules() }).gaps).toEqual([]);
  });
});

describe('a close date that has not come yet', () => {
  it('is taken as the time of the event: nothing is signed after it is won', () => {
    const parsed = parseDealEvent(dealEvent(), '2026-11-01T00:00:00Z');
    expect('deal' in parsed && parsed.deal.closedWonAt).toBe('2026-11-01T00:00:00Z');
    const day = parseDealEvent(dealEvent({ closedWonAt: '2026-12-31' }), '2026-11-17T09:00:00Z');
    expect('deal' in day && day.deal).toMatchObject({ closedWonAt: '2026-11-17T09:00:00Z' });
    expect('deal' in day && day.deal.closedWonOn).toBeUndefined();
  });
});

describe('a deal is refused, with the field and the remedy', () => {
  it.each([
    ['missing-id', ['detail.dealId']],
    ['no-account-executive', ['detail.accountExecutive']],
    ['impossible-date', ['detail.closedWonAt']],
    ['wrong-envelope', ['source', 'detail-type']],
    ['not-json.txt', ['event']],
  ])('%s', (name, fields) => {
    expect(refusedFields(badEvent(name))).toEqual(fields);
  });

  it('naming every problem at once', () => {
    const event = dealEvent({ dealId: '', customer: {}, accountExecutive: 7, closedWonAt: undefined, wonEpisode: 0 });
    expect(parseDealEvent(event)).toEqual({
      refused: [
        { field: 'detail.dealId', problem: 'is missing', remedy: expect.stringMatching(/^Send the id of the deal/) },
        { field: 'detail.customer.name', problem: 'is missing', remedy: expect.stringContaining('customer company') },
        {
          field: 'detail.accountExecutive',
          problem: 'is not usable: 7',
          remedy: expect.stringContaining('mail address'),
        },
        { field: 'detail.wonEpisode', problem: 'is not usable: 0', remedy: expect.stringContaining('whole number') },
        { field: 'detail.closedWonAt', problem: 'is missing', remedy: expect.stringContaining('ISO 8601') },
      ],
    });
  });

  it.each([
    ['a time without zone', '2026-11-17T08:30:00'],
    ['a number', 1763368200000],
    ['another way to write dates', '17.11.2026'],
    ['a year out of reach', '0026-11-17T08:30:00Z'],
  ])('closed at %s', (_, closedWonAt) => {
    expect(refusedFields(dealEvent({ closedWonAt }))).toEqual(['detail.closedWonAt']);
  });

  it('closed more than a year from now: a mistyped year', () => {
    expect(refusedFields(dealEvent({ closedWonAt: '2062-11-17T08:30:00Z' }), '2026-11-17T09:00:00Z')).toEqual([
      'detail.closedWonAt',
    ]);
  });

  it.each([
    ['an id that lost digits', { dealId: 2 ** 60 }, 'detail.dealId'],
    ['a name around the address', { accountExecutive: 'Anna <anna@example.com>' }, 'detail.accountExecutive'],
    ['two addresses', { accountExecutive: 'anna@example.com, eve@example.com' }, 'detail.accountExecutive'],
  ])('with %s', (_, overrides, field) => {
    expect(refusedFields(dealEvent(overrides))).toEqual([field]);
  });

  it('nested beyond reason, or too large for cutting', () => {
    const nested = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(refusedFields(dealEvent({ package: { dealContext: nested } }))).toEqual(['detail']);
    const wide = Object.fromEntries(Array.from({ length: 40_000 }, (_, i) => [`field${i}`, i]));
    expect(refusedFields(dealEvent({ package: wide }))).toEqual(['detail.package']);
  });

  it('instead of crashing, whatever is sent', () => {
    fc.assert(
      fc.property(fc.anything(), fc.jsonValue(), (anything, json) => {
        expect(parseDealEvent(anything)).toHaveProperty('refused');
        const parsed = parseDealEvent(dealEvent({ package: json, customer: json, name: json }));
        expect('refused' in parsed || parsed.deal.customer.name !== '').toBe(true);
      }),
    );
  });
});

describe('a deal that is no longer won', () => {
  const event = (type: string, detail: unknown) => ({ source: 'handoff.crm', 'detail-type': type, detail });

  it.each([
    ['Deal Reopened', 'reopened'],
    ['Deal Lost', 'lost'],
    ['Deal Cancelled', 'cancelled'],
  ])('%s', (type, kind) => {
    expect(parseDealStopped(event(type, { dealId: 41, wonEpisode: 2, reason: ' budget cut\u0000 ' }))).toEqual({
      stopped: { dealId: '41', wonEpisode: 2, kind, reason: 'budget cut' },
      notes: ['detail.reason: control characters or line breaks taken out'],
    });
  });

  it('needs only the deal', () => {
    expect(parseDealStopped(event('Deal Lost', { dealId: 'D-1' }))).toEqual({
      stopped: { dealId: 'D-1', kind: 'lost' },
      notes: [],
    });
    expect(parseDealStopped(event('Deal Lost', {}))).toMatchObject({ refused: [{ field: 'detail.dealId' }] });
    expect(parseDealStopped(event('Deal Closed Won', { dealId: 'D-1' }))).toMatchObject({
      refused: [{ field: 'detail-type' }],
    });
  });
});

describe('the id of a handoff', () => {
  it('is the deal and its episode where the deal id allows it', () => {
    expect(handoffIdOf({ dealId: 'D-2026-1041', wonEpisode: 2 })).toBe('D-2026-1041-2');
  });

  it('keeps deals apart that look alike after rewriting', () => {
    const ids = ['a/b', 'a b', 'a.b', 'a-b'].map((dealId) => handoffIdOf({ dealId, wonEpisode: 1 }));
    expect(new Set(ids).size).toBe(4);
  });

  it('is a valid execution name, always the same, and another one for another deal or episode', () => {
    const deal = fc.record({
      dealId: fc.string({ minLength: 1, unit: 'grapheme', maxLength: 200 }),
      wonEpisode: fc.integer({ min: 1, max: 9999 }),
    });
    fc.assert(
      fc.property(deal, deal, (one, other) => {
        expect(handoffIdOf(one)).toMatch(/^[0-9A-Za-z_-]{1,80}$/);
        expect(handoffIdOf(one)).toBe(handoffIdOf({ ...one }));
        const same = one.dealId === other.dealId && one.wonEpisode === other.wonEpisode;
        expect(handoffIdOf(one) === handoffIdOf(other)).toBe(same);
      }),
    );
  });
});
