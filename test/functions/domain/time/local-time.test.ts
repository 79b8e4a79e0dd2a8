import { describe, expect, it } from 'vitest';
import { readLocalTime } from '../../../../functions/domain/time/local-time.ts';

const zone = 'Europe/Berlin';

describe('a date and time typed into a form', () => {
  it('is read on the clock of the zone', () => {
    expect(readLocalTime('2026-11-24T10:00', zone)).toMatchObject({ at: '2026-11-24T09:00:00Z' });
    expect(readLocalTime(' 2026-11-24 10:00 ', 'America/New_York')).toMatchObject({ at: '2026-11-24T15:00:00Z' });
  });

  it('that names its offset is that moment, whatever the zone', () => {
    expect(readLocalTime('2026-11-24T10:00:00-05:00', zone)).toMatchObject({
      at: expect.stringMatching(/^2026-11-24T15:00/),
    });
  });

  it('that the clocks skip is refused, with the moment at which they go on', () => {
    expect(readLocalTime('2026-03-29T02:30', zone)).toEqual({
      problem: 'Clocks skip 2:30 AM that night; use 3 AM',
    });
    expect(readLocalTime('2026-03-29T03:00', zone)).toMatchObject({ at: '2026-03-29T01:00:00Z' });
  });

  it('that the clocks show twice is two moments', () => {
    expect(readLocalTime('2026-10-25T02:30', zone)).toMatchObject({
      at: '2026-10-25T00:30:00Z',
      second: '2026-10-25T01:30:00Z',
    });
    expect(readLocalTime('2026-10-25T03:00', zone)).not.toHaveProperty('second');
  });

  it.each([
    ['', 'Enter a real date and time, like Nov 24, 2026, 3 PM'],
    ['soon', 'Enter a real date and time, like Nov 24, 2026, 3 PM'],
    ['2026-02-30T10:00', 'There is no 2026-02-30'],
    ['2026-11-24', 'Add a time, like 3 PM'],
    ['2026-11-24T25:00', 'There is no 25:00. Enter a time, like 3 PM'],
  ])('is refused where it is %j', (typed, problem) => {
    expect(readLocalTime(typed, zone)).toEqual({ problem });
  });
});
