import { describe, expect, it } from 'vitest';
import { momentIn, spanText, workingSpan } from '../../../../functions/domain/time/wording.ts';

describe('a moment', () => {
  it.each([
    ['2026-11-23T15:00:00Z', 'Europe/Berlin', 'Mon 23 Nov 16:00 Europe/Berlin'],
    ['2026-01-05T03:20:00Z', 'Asia/Kathmandu', 'Mon 5 Jan 09:05 Asia/Kathmandu'],
    ['2026-01-05T03:20:00Z', 'UTC', 'Mon 5 Jan 03:20 UTC'],
  ])('is told in the local time of a zone, with the zone: %s in %s', (at, zone, told) => {
    expect(momentIn(zone, at, at)).toBe(told);
  });

  it('is told with its year in another year', () => {
    expect(momentIn('UTC', '2027-01-05T03:20:00Z', '2026-11-23T15:00:00Z')).toBe('Tue 5 Jan 2027 03:20 UTC');
  });
});

describe('a span', () => {
  const minute = 60_000;

  it.each([
    [1, '1 minute', '1 minute'],
    [59, '59 minutes', '59 minutes'],
    [60, '1 hour', '1 hour'],
    [119, '1 hour', '1 hour 59 minutes'],
    [47 * 60, '47 hours', '47 hours'],
    [48 * 60, '2 days', '48 hours'],
    [71 * 60 + 1, '2 days', '71 hours 1 minute'],
  ])('of %i minutes is %s; as working time, it is %s', (minutes, span, working) => {
    expect(spanText(minutes * minute)).toBe(span);
    expect(workingSpan(minutes * minute)).toBe(working);
  });
});
