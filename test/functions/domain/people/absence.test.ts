import { describe, expect, it } from 'vitest';
import { absenceAfter, absenceAt, daysAway, officeCalendars } from '../../../../functions/domain/people/absence.ts';
import { isWorkingMoment } from '../../../../functions/domain/time/calendar.ts';
import { calendarOf, lena, personAt } from '../../../support/handoff-record.ts';

/** Lena works Mon-Fri 9 to 17 in Berlin; 8 December 2026 is a Tuesday. */
const withAway = (...away: readonly (readonly [string, string])[]) => {
  const person = personAt(lena);
  return {
    ...person,
    availability: { ...person.availability, away: away.map(([from, to]) => ({ from, to })) },
  };
};
const at = (person: ReturnType<typeof withAway>, when: string) => absenceAt(person, when, calendarOf);

describe('an absence', () => {
  const week = withAway(['2026-11-30', '2026-12-04']);

  it('lasts from the first business day missed until work begins again', () => {
    const absence = { from: '2026-11-30T08:00:00Z', until: '2026-12-07T08:00:00Z' };
    expect(at(week, '2026-12-02T10:00:00Z')).toEqual(absence);
    expect(at(week, '2026-11-27T15:59:00Z')).toBeUndefined();
    expect(absenceAfter(week, '2026-11-20T10:00:00Z', calendarOf)).toEqual(absence);
    expect(absenceAfter(week, '2026-12-02T10:00:00Z', calendarOf)).toBeUndefined();
  });

  it('is what somebody is in once their last day of work is over, and no more when the next one begins to come', () => {
    expect(at(week, '2026-11-27T16:00:01Z')).toBeDefined();
    expect(at(week, '2026-12-04T15:59:00Z')).toBeDefined();
    expect(at(week, '2026-12-04T16:00:01Z')).toBeUndefined();
  });

  it('still lies ahead until the first morning', () => {
    for (const early of ['2026-11-27T16:00:01Z', '2026-11-28T10:00:00Z', '2026-11-30T07:59:00Z'])
      expect(absenceAfter(week, early, calendarOf)).toEqual(at(week, early));
    expect(absenceAfter(week, '2026-11-30T08:00:00Z', calendarOf)).toBeUndefined();
  });

  it('is none on a weekend or a holiday alone', () => {
    expect(at(withAway(['2026-11-28', '2026-11-29']), '2026-11-28T10:00:00Z')).toBeUndefined();
    const christmas = withAway(['2026-12-25', '2026-12-27']);
    expect(at(christmas, '2026-12-25T10:00:00Z')).toBeUndefined();
    expect(absenceAfter(christmas, '2026-12-01T10:00:00Z', calendarOf)).toBeUndefined();
  });

  it('is one, where two have no day of work between them', () => {
    const twice = withAway(['2026-11-30', '2026-12-04'], ['2026-12-07', '2026-12-08']);
    expect(at(twice, '2026-12-01T10:00:00Z')?.until).toBe('2026-12-09T08:00:00Z');
    expect(absenceAfter(twice, '2026-12-01T10:00:00Z', calendarOf)).toBeUndefined();
  });

  it('without an end in sight has none', () => {
    expect(at(withAway(['2026-11-30', '2099-12-31']), '2026-12-01T10:00:00Z')).toEqual({
      from: '2026-11-30T08:00:00Z',
      until: undefined,
    });
  });

  it('is counted in business days after today', () => {
    const days = (when: string, count: number) => daysAway(week, { at: when, days: count, calendarOf });
    expect(days('2026-11-27T10:00:00Z', 3)).toBe(3);
    expect(days('2026-11-25T10:00:00Z', 3)).toBe(1);
    expect(days('2026-12-04T10:00:00Z', 5)).toBe(0);
    expect(daysAway(personAt(lena), { at: '2026-11-27T10:00:00Z', days: 3, calendarOf })).toBe(0);
  });

  it('is no day off in the office calendar, as a holiday is', () => {
    const office = officeCalendars(calendarOf)(withAway(['2026-11-30', '2026-12-31']));
    expect(isWorkingMoment('2026-12-01T10:00:00Z', office)).toBe(true);
    expect(isWorkingMoment('2026-12-25T10:00:00Z', office)).toBe(false);
  });
});
