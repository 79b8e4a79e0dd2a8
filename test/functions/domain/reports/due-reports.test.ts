import { describe, expect, it } from 'vitest';
import type { Person } from '../../../../functions/domain/people/person.ts';
import { dueReports } from '../../../../functions/domain/reports/due-reports.ts';
import { overdueDigest } from '../../../../functions/domain/reports/overdue-digest.ts';
import { pastDate } from '../../../../functions/domain/reports/remediation.ts';
import { isLeadership, reportsFor } from '../../../../functions/domain/reports/report-rules.ts';
import { businessCalendar } from '../../../../functions/domain/time/calendar.ts';
import { publicHolidays } from '../../../../functions/domain/time/holidays.ts';
import { roster } from '../../../support/deals.ts';
import { anna, klaus, personAt, ruth } from '../../../support/handoff-record.ts';

const keysAt = (person: Person, at: string, zone = 'UTC') =>
  dueReports({
    ...{ person, at, zone, roster: roster() },
    calendar: businessCalendar(person.availability, publicHolidays),
  }).map(({ key }) => key);

const inZone = (person: Person, zone: string, more: object = {}): Person => {
  const { holidays: _none, ...availability } = person.availability;
  return { ...person, availability: { ...availability, zone, ...more } };
};

describe('Who gets which report', () => {
  it('is told by role and by who leads whom', () => {
    const told = roster().map((person) => [person.email.split('.')[0], reportsFor(person, roster()).join(' ')]);
    expect(Object.fromEntries(told)).toMatchObject({
      anna: 'weekly-list',
      lena: 'weekly-list',
      klaus: 'overdue-digest',
      daniel: 'overdue-digest',
      ruth: 'overdue-digest weekly-kpis audit-pack',
    });
  });

  it('counts as leadership whoever leads and has nobody above, and whoever the roster says', () => {
    const { manager: _none, ...head } = personAt(klaus);
    expect(isLeadership(head, roster())).toBe(true);
    expect(isLeadership(personAt(klaus), roster())).toBe(false);
    expect(isLeadership({ ...personAt(anna), leadership: true }, roster())).toBe(true);
    const { manager: _nobody, ...alone } = personAt(anna);
    expect(isLeadership(alone, roster())).toBe(false);
  });

  it('is nothing for who has left or is out of reach', () => {
    expect(reportsFor({ ...personAt(ruth), active: false }, roster())).toEqual([]);
    expect(
      reportsFor({ ...personAt(ruth), unreachable: { since: '2026-11-20T00:00:00Z', why: '' } }, roster()),
    ).toEqual([]);
  });
});

describe('A report is due', () => {
  it('from the start of its reader’s day until the day ends, on days of work', () => {
    const person = personAt(klaus);
    expect(keysAt(person, '2026-11-23T07:59:59Z')).toEqual([]);
    expect(keysAt(person, '2026-11-23T08:00:00Z')).toEqual(['overdue-digest/2026-11-23']);
    expect(keysAt(person, '2026-11-23T22:59:59Z')).toEqual(['overdue-digest/2026-11-23']);
    expect(keysAt(person, '2026-11-23T23:00:00Z')).toEqual([]);
    expect(keysAt(person, '2026-11-22T12:00:00Z')).toEqual([]);
  });

  it('not on a holiday, and not while its reader is away', () => {
    expect(keysAt(personAt(klaus), '2026-12-25T12:00:00Z')).toEqual([]);
    const away = inZone(personAt(klaus), 'Europe/Berlin', { away: [{ from: '2026-11-23', to: '2026-11-23' }] });
    expect(keysAt(away, '2026-11-23T12:00:00Z')).toEqual([]);
    expect(keysAt(away, '2026-11-24T12:00:00Z')).toEqual(['overdue-digest/2026-11-24']);
  });

  it('in the morning of each reader’s own zone, for their own day', () => {
    const auckland = inZone(personAt(klaus), 'Pacific/Auckland');
    expect(keysAt(auckland, '2026-11-22T19:59:59Z')).toEqual([]);
    expect(keysAt(auckland, '2026-11-22T20:00:00Z')).toEqual(['overdue-digest/2026-11-23']);
    const honolulu = inZone(personAt(klaus), 'Pacific/Honolulu');
    expect(keysAt(honolulu, '2026-11-23T18:59:59Z')).toEqual([]);
    expect(keysAt(honolulu, '2026-11-23T19:00:00Z')).toEqual(['overdue-digest/2026-11-23']);
  });

  it('at the same hour of the clock in the weeks in which it changes', () => {
    const person = personAt(klaus);
    expect(keysAt(person, '2026-10-23T06:59:59Z')).toEqual([]);
    expect(keysAt(person, '2026-10-23T07:00:00Z')).toEqual(['overdue-digest/2026-10-23']);
    expect(keysAt(person, '2026-10-26T07:59:59Z')).toEqual([]);
    expect(keysAt(person, '2026-10-26T08:00:00Z')).toEqual(['overdue-digest/2026-10-26']);
  });

  it('for the week and the quarter that are over, once they are measured in the stage’s zone', () => {
    const person = personAt(ruth);
    const calendar = businessCalendar(person.availability, publicHolidays);
    const due = dueReports({ person, roster: roster(), at: '2027-01-04T09:00:00Z', calendar, zone: 'Europe/Berlin' });
    expect(due.slice(1)).toEqual([
      {
        ...{ kind: 'weekly-kpis', period: '2026-W53', key: 'weekly-kpis/2026-W53' },
        measuredUntil: '2027-01-03T23:00:00Z',
      },
      { kind: 'audit-pack', period: '2026-Q4', key: 'audit-pack/2026-Q4', measuredUntil: '2026-12-31T23:00:00Z' },
    ]);
  });
});

describe('What is overdue', () => {
  const at = '2026-11-20T09:00:00Z';
  const step = (key: string, dueAt: string) => ({
    ...{ key, dueAt, handoffId: key, step: 's', kind: 'step' as const, title: 'S', customer: 'C', owner: anna },
  });

  it('is nothing to send where there is nothing', () => {
    expect(overdueDigest([step('a', '2026-11-20T10:00:00Z')], { at })).toBeUndefined();
  });

  it('is told beside what was told before', () => {
    const open = [
      step('a', '2026-11-18T10:00:00Z'),
      step('b', '2026-11-19T10:00:00Z'),
      step('c', '2026-11-21T10:00:00Z'),
    ];
    expect(overdueDigest(open, { at })).toEqual({ steps: open.slice(0, 2), fresh: 2 });
    const last = { at: '2026-11-19T09:00:00Z', lists: ['a', 'gone'] };
    expect(overdueDigest(open, { at, last })).toEqual({
      ...{ steps: open.slice(0, 2), fresh: 1, since: last.at, cleared: 1 },
    });
  });
});

describe('A remediation note', () => {
  const note = {
    quarter: '2026-Q3',
    id: 'n',
    handoffId: 'h',
    what: 'w',
    owner: anna,
    writtenBy: ruth,
    at: '2026-10-02T08:00:00Z',
  };

  it('is past its date the day after, in the zone asked for, unless it is done', () => {
    const notes = [{ ...note, by: '2026-11-20' }];
    expect(pastDate(notes, '2026-11-20T22:59:59Z', 'Europe/Berlin')).toEqual([]);
    expect(pastDate(notes, '2026-11-20T23:00:00Z', 'Europe/Berlin')).toEqual(notes);
    const done = [{ ...note, by: '2026-11-20', done: { at: '2026-11-19T08:00:00Z', by: ruth } }];
    expect(pastDate(done, '2026-12-20T23:00:00Z', 'Europe/Berlin')).toEqual([]);
  });
});
