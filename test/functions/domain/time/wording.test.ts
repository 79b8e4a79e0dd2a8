import { describe, expect, it } from 'vitest';
import { isLocale } from '../../../../functions/domain/texts/locale.ts';
import {
  momentIn,
  momentInZones,
  soonIn,
  soonWith,
  spanText,
  workingSpan,
} from '../../../../functions/domain/time/wording.ts';

describe('a moment', () => {
  it.each([
    ['2026-11-23T15:00:00Z', 'Europe/Berlin', 'Mon, Nov 23, 4 PM Berlin time'],
    ['2026-01-05T03:20:00Z', 'Asia/Kathmandu', 'Mon, Jan 5, 9:05 AM Kathmandu time'],
    ['2026-01-05T03:20:00Z', 'UTC', 'Mon, Jan 5, 3:20 AM UTC'],
  ])('is told in the local time of a zone, with the zone: %s in %s', (at, zone, told) => {
    expect(momentIn(zone, at, at)).toBe(told);
  });

  it('is told with its year in another year', () => {
    expect(momentIn('UTC', '2027-01-05T03:20:00Z', '2026-11-23T15:00:00Z')).toBe('Tue, Jan 5, 2027, 3:20 AM UTC');
  });
});

describe('a moment for people in several zones', () => {
  const at = '2026-11-24T15:00:00Z';

  it.each([
    [['Europe/Berlin'], 'Tue, Nov 24, 4 PM Berlin time'],
    [['Europe/Berlin', 'America/New_York'], 'Tue, Nov 24, 4 PM Berlin time (10 AM New York time)'],
    [['Europe/Berlin', 'Europe/Paris', 'Europe/Berlin'], 'Tue, Nov 24, 4 PM Berlin time'],
    [
      ['America/New_York', 'Asia/Tokyo', 'Europe/London'],
      'Tue, Nov 24, 10 AM New York time (Wed, Nov 25, 12 AM Tokyo time; 3 PM London time)',
    ],
  ])('in %j', (zones, told) => {
    expect(momentInZones(zones, at, at)).toBe(told);
  });
});

describe('a moment in a subject', () => {
  it.each([
    ['2026-11-25T08:00:00Z', 'Wed 9 AM'],
    ['2026-11-25T08:30:00Z', 'Wed 9:30 AM'],
    ['2026-11-26T08:00:00Z', 'Thu 9 AM'],
    ['2026-11-27T08:00:00Z', 'Nov 27'],
    ['2026-11-19T08:00:00Z', 'Nov 19'],
    ['2027-01-02T08:00:00Z', 'Jan 2, 2027'],
  ])('of %s is told as "%s"', (at, told) => {
    expect(soonIn('Europe/Berlin', at, '2026-11-20T15:00:00Z')).toBe(told);
  });
});

describe('in another locale', () => {
  const at = '2026-11-25T08:00:00Z';
  const half = '2026-11-25T08:30:00Z';
  const asOf = '2026-11-20T15:00:00Z';

  it.each([
    ['en-US', 'Wed, Nov 25, 9 AM Berlin time', 'Wed 9 AM', 'Wed 9:30 AM', 'Wed', 'Dec 25'],
    ['en-GB', 'Wed 25 Nov, 09:00 Berlin time', 'Wed 09:00', 'Wed 09:30', 'Wed', '25 Dec'],
    ['de-DE', 'Mi., 25. Nov., 9 Uhr (Berlin)', 'Mi. 9 Uhr', 'Mi. 09:30 Uhr', 'Mi.', '25. Dez.'],
    ['de-AT', 'Mi., 25. Nov., 9 Uhr (Berlin)', 'Mi. 9 Uhr', 'Mi. 09:30 Uhr', 'Mi.', '25. Dez.'],
    ['fr-FR', 'mer. 25 nov., 9 h Berlin time', 'mer. 9 h', 'mer. 09:30', 'mer.', '25 déc.'],
  ])('times are told as Intl has them there: %s', (locale, moment, soon, withMinutes, day, later) => {
    const berlin = { zone: 'Europe/Berlin', locale };
    expect(momentIn(berlin, at, asOf)).toBe(moment);
    expect(soonIn(berlin, at, asOf)).toBe(soon);
    expect(soonIn(berlin, half, asOf)).toBe(withMinutes);
    expect(soonWith(false)(berlin, at, asOf)).toBe(day);
    expect(soonIn(berlin, '2026-12-25T08:00:00Z', asOf)).toBe(later);
  });

  it.each([
    ['en-US', true],
    ['de-AT', true],
    ['pt', true],
    ['xx', false],
    ['german', false],
    ['de_DE', false],
    ['', false],
  ])('what is one is known: %s', (tag, known) => {
    expect(isLocale(tag)).toBe(known);
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
