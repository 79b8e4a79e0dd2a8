import { describe, expect, it } from 'vitest';
import { readLocalTime } from '../../../../functions/domain/time/local-time.ts';

const berlin = 'Europe/Berlin';
const ahead = { at: '2026-11-20T15:00:00Z', is: 'ahead' } as const;
const past = { at: '2026-11-20T15:00:00Z', is: 'past' } as const;

describe('A date and time as people type it', () => {
  it.each([
    '2026-11-23 15:00',
    '2026-11-23T15:00',
    '23.11.2026 15:00',
    '23.11. 15:00',
    '11/23/2026 3pm',
    '23/11/2026 3 PM',
    'Nov 23 3pm',
    'Nov 23, 2026, 3 PM',
    'nov 23 2026 at 3:00 p.m.',
    'Monday, November 23, 3 PM',
    '23 Nov 2026 15:00',
    '23. November 2026, 15.00',
  ])('is read: %s', (typed) => {
    expect(readLocalTime(typed, berlin, ahead)).toMatchObject({ at: '2026-11-23T14:00:00Z' });
  });

  it('means the next such day where it is ahead, and the last where it has passed', () => {
    expect(readLocalTime('Jan 4 9am', berlin, ahead)).toMatchObject({ at: '2027-01-04T08:00:00Z' });
    expect(readLocalTime('Dec 4 9am', berlin, past)).toMatchObject({ at: '2025-12-04T08:00:00Z' });
    expect(readLocalTime('Nov 20 12am', berlin, ahead)).toMatchObject({ at: '2026-11-19T23:00:00Z' });
    expect(readLocalTime('Nov 20 12pm', berlin, past)).toMatchObject({ at: '2026-11-20T11:00:00Z' });
  });

  it.each([
    ['3/4/2026 3pm', '3/4/2026 can be Mar 4 or Apr 3. Write the month as a word'],
    ['Nov 31, 2026, 3 PM', 'There is no Nov 31, 2026'],
    ['Feb 29 3pm', 'There is no Feb 29'],
    ['Tue, Nov 23, 2026, 3 PM', 'Tue, Nov 23, 2026 is another day of the week; check the day'],
    ['Nov 23', 'Add a time, like 3 PM'],
    ['Nov 23 3', 'Is 3 in the morning or afternoon? Add AM or PM'],
    ['Nov 23 25:00', 'There is no 25:00. Enter a time, like 3 PM'],
    ['Nov 23 13pm', 'There is no 13pm. Enter a time, like 3 PM'],
    ['soon', 'Enter a real date and time, like Nov 24, 2026, 3 PM'],
    ['23.11.26 15:00', 'Enter a real date and time, like Nov 24, 2026, 3 PM'],
  ])('is refused with what to do: %s', (typed, problem) => {
    expect(readLocalTime(typed, berlin, ahead)).toEqual({ problem });
  });

  it('needs its year where nobody is at the form', () => {
    expect(readLocalTime('Nov 23 3pm', berlin)).toEqual({ problem: 'Add the year to Nov 23' });
  });
});
