import { describe, expect, it } from 'vitest';
import { climbingOf } from '../../../../functions/domain/handoff/climbing.ts';
import { rungAt } from '../../../../functions/domain/handoff/ladder.ts';
import type { Person } from '../../../../functions/domain/people/person.ts';
import { askStep } from '../../../../functions/domain/playbook/playbook.ts';
import { businessCalendar, isWorkingMoment } from '../../../../functions/domain/time/calendar.ts';
import {
  calendarOf,
  daniel,
  handoffRecord,
  lena,
  people,
  personAt,
  ruth,
  stepRecord,
} from '../../../support/handoff-record.ts';

const step = 'review-brief';

/** When the first weekly reminder of Lena's step comes, with these people where they are; due on a Monday at 16:00 in Berlin. */
function nagged(where: Readonly<Record<string, string>>): string | undefined {
  const asked = stepRecord(step);
  const record = handoffRecord({ steps: [asked] });
  const moved = Object.entries(where).map(([email, zone]): [string, Person] => {
    const person = personAt(email);
    return [email, { ...person, availability: { ...person.availability, zone } }];
  });
  const company = new Map([...people, ...moved]);
  const climbing = climbingOf({ record, people: company, calendarOf }, { rule: askStep(record.playbook, step), asked });
  return rungAt(climbing, '2026-11-26T15:00:00Z').nextAt;
}

describe('a weekly reminder', () => {
  it('comes at its own time where all who get it work then', () => {
    expect(nagged({})).toBe('2026-12-03T15:00:00Z');
    expect(nagged({ [daniel]: 'America/New_York' })).toBe('2026-12-03T15:00:00Z');
  });

  it('waits for the moment at which all of them work, where there is one within a day', () => {
    // When it is reached it is evening in Tokyo, and the end of the day in Kolkata.
    const [kolkata, tokyo] = ['Asia/Kolkata', 'Asia/Tokyo'];
    expect(nagged({ [lena]: kolkata, [daniel]: tokyo, [ruth]: tokyo })).toSatisfy((at: string) =>
      [kolkata, tokyo].every((zone) =>
        isWorkingMoment(
          at,
          businessCalendar({ ...personAt(lena).availability, zone }, () => new Map()),
        ),
      ),
    );
  });

  it('comes when most of them work, where all never do', () => {
    // In Sydney it is never day while it is in Berlin.
    expect(nagged({ [daniel]: 'Australia/Sydney' })).toBe('2026-12-03T15:00:00Z');
    expect(nagged({ [daniel]: 'Australia/Sydney', [ruth]: 'Australia/Sydney' })).toBe('2026-12-03T22:00:00Z');
  });
});
