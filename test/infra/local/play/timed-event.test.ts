import { describe, expect, it } from 'vitest';
import { timedEvent } from '../../../../infra/local/play/timed-event.ts';
import { sampleEvent } from '../../../support/deals.ts';

const won = sampleEvent('complete-standard');
const lost = { source: 'handoff.crm', 'detail-type': 'Deal Lost', detail: { dealId: 'D-2026-1041' } };

/** When the event is put on the bus, UTC; or the fields that are refused. */
function readings(event: unknown): string | readonly string[] {
  const read = timedEvent(event);
  return 'refused' in read ? read.refused.map(({ field }) => field) : new Date(read.at).toISOString();
}

describe('an event to play', () => {
  it('is put on the bus at its own time, in whatever zone that is written', () => {
    expect(readings(won)).toBe('2026-11-17T08:30:00.000Z');
    expect(readings({ ...won, time: '2026-11-17T10:00:00Z' })).toBe('2026-11-17T10:00:00.000Z');
    expect(readings({ ...lost, time: '2026-11-20T21:30:00+05:30' })).toBe('2026-11-20T16:00:00.000Z');
    expect(readings({ ...lost, time: '2026-11-20T06:00:00-10:00' })).toBe('2026-11-20T16:00:00.000Z');
  });

  it('without a time happens when the deal was won; nobody else knows when', () => {
    const { time, ...timeless } = won;
    const closedWonAt = '2026-11-18T08:00:00+09:00';
    expect(readings({ ...timeless, detail: { ...won.detail, closedWonAt } })).toBe('2026-11-17T23:00:00.000Z');
    expect(readings({ ...timeless, detail: { ...won.detail, closedWonAt: '2026-11-18' } })).toEqual(['time']);
    expect(readings(lost)).toEqual(['time']);
  });

  it('is refused when its time is no moment, rather than played at another one', () => {
    for (const time of ['tomorrow', '2026-11-20', '2026-11-20T16:00:00', '2026-02-30T10:00:00Z', 7])
      expect(readings({ ...won, time })).toEqual(['time']);
  });

  it('is refused with every problem at once when the bus or Handoff would not take it', () => {
    expect(readings('[]')).toEqual(['event']);
    expect(readings({})).toEqual(['source', 'detail-type', 'detail', 'time']);
    expect(readings({ ...won, detail: {} })).toEqual(expect.arrayContaining(['detail.dealId', 'detail.customer.name']));
    expect(readings({ ...lost, time: won.time, detail: {} })).toEqual(['detail.dealId']);
  });

  it('of any other kind is for the rules of the bus to judge', () => {
    const at = { time: '2026-11-20T16:00:00Z' };
    expect(readings({ ...lost, ...at, 'detail-type': 'Deal Renamed' })).toBe('2026-11-20T16:00:00.000Z');
    expect(readings({ ...lost, ...at, source: 'my.crm', detail: {} })).toBe('2026-11-20T16:00:00.000Z');
  });

  it('may carry its detail as JSON text', () => {
    const read = timedEvent({ ...won, detail: JSON.stringify(won.detail) });
    expect(read).toMatchObject({ put: { source: 'handoff.crm', detail: JSON.stringify(won.detail) } });
    expect(readings({ ...won, detail: '{' })).toEqual(['detail']);
  });
});
