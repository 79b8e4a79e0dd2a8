import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDealEvent } from '../../../../functions/domain/deal/deal.ts';
import { identifiedAs, readEvent, signedAt, signedNow } from '../../../../infra/local/console/deal-event.ts';
import { sampleEvent, sampleNames } from '../../../support/deals.ts';

const read = (name: (typeof sampleNames)[number]) => {
  const result = readEvent(JSON.stringify(sampleEvent(name)));
  if ('problems' in result) throw new Error(result.problems.join());
  return result.event;
};

describe('signedNow', () => {
  it('moves every date by as many days as the signature', () => {
    const moved = signedNow(read('complete-standard'), Date.UTC(2027, 0, 4, 10));
    const contract = Object(moved.detail['package']).contract;
    expect(moved.detail['closedWonAt']).toBe('2027-01-04T10:00:00.000Z');
    expect(contract.signedAt).toBe('2027-01-04');
    expect(contract.renewalDate).toBe('2029-01-04');
    expect(contract.scope).toBe(Object(sampleEvent('complete-standard').detail['package']).contract.scope);
  });

  it('leaves every sample acceptable at any time', () => {
    const moments = fc.date({ min: new Date('2024-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...sampleNames), moments, (name, at) => {
        const { source, detailType, detail } = signedNow(read(name), at.getTime());
        expect(signedAt({ source, detailType, detail })).toBe(at.getTime());
        expect(parseDealEvent({ source, 'detail-type': detailType, detail }, at.toISOString())).toHaveProperty('deal');
      }),
      { numRuns: 50 },
    );
  });
});

describe('identifiedAs', () => {
  const event = read('complete-standard');

  it('leaves a deal alone that is new, or is to be the same', () => {
    expect(identifiedAs(event, 'another', () => false)).toBe(event);
    expect(identifiedAs(event, 'same', () => true)).toBe(event);
  });

  it('finds the next free episode or id', () => {
    const taken = new Set(['D-2026-1041/1', 'D-2026-1041/2', 'D-2026-1041-copy-2/1']);
    const isTaken = (deal: { dealId: string; wonEpisode: number }) => taken.has(`${deal.dealId}/${deal.wonEpisode}`);
    expect(identifiedAs(event, 'won-again', isTaken).detail).toMatchObject({ dealId: 'D-2026-1041', wonEpisode: 3 });
    expect(identifiedAs(event, 'another', isTaken).detail).toMatchObject({
      dealId: 'D-2026-1041-copy-3',
      wonEpisode: 1,
    });
  });
});
