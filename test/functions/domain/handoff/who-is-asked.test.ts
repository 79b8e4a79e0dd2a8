import { describe, expect, it } from 'vitest';
import { managerOf, whoIsAsked } from '../../../../functions/domain/handoff/who-is-asked.ts';
import type { Person } from '../../../../functions/domain/people/person.ts';
import {
  anna,
  calendarOf,
  daniel,
  handoffRecord,
  klaus,
  lena,
  people,
  personAt,
  ruth,
} from '../../../support/handoff-record.ts';

const record = handoffRecord();
const at = '2026-11-23T10:00:00Z';

/** The sample company with some of its people changed. */
function company(changes: Readonly<Record<string, Partial<Person>>>) {
  const changed = Object.entries(changes).map(([email, change]) => [email, { ...personAt(email), ...change }] as const);
  return new Map([...people, ...changed]);
}

const gone = { active: false } as const;
const away = (email: string): Partial<Person> => ({
  availability: { ...personAt(email).availability, away: [{ from: '2026-11-20', to: '2026-11-30' }] },
});

describe('who is asked', () => {
  const asked = (changes: Readonly<Record<string, Partial<Person>>>) => {
    const known = company(changes);
    return whoIsAsked(known.get(lena) ?? personAt(lena), { record, people: known, at, calendarOf }).email;
  };

  it.each([
    ['whoever holds the role', {}, lena],
    ['their deputy while they are away', { [lena]: { ...away(lena), deputy: anna } }, anna],
    ['their manager when there is no deputy', { [lena]: { ...away(lena), deputy: 'nobody@example.com' } }, daniel],
    ['revenue operations when the manager has left, too', { [lena]: gone, [daniel]: gone }, ruth],
    ['they themselves when nobody else is there', { [lena]: gone, [daniel]: gone, [ruth]: gone }, lena],
  ])('is %s', (_, changes, expected) => {
    expect(asked(changes)).toBe(expected);
  });
});

describe('who is above somebody', () => {
  const above = (email: string, changes: Readonly<Record<string, Partial<Person>>> = {}) => {
    const known = company(changes);
    return managerOf(record, known, known.get(email) ?? personAt(email))?.email;
  };
  const unreachable = { unreachable: { since: at, why: 'Mail bounced (NoEmail)' } };

  it.each([
    ['their manager', anna, {}, klaus],
    [
      'the manager of their side when they name none who is known',
      anna,
      { [anna]: { manager: 'old@example.com' } },
      klaus,
    ],
    ['revenue operations when mail does not reach the manager', anna, { [klaus]: unreachable }, ruth],
    ['the manager all the same when mail reaches nobody', anna, { [klaus]: unreachable, [ruth]: unreachable }, klaus],
    [
      'nobody, above revenue operations without a manager who is there',
      ruth,
      { [daniel]: gone, [klaus]: gone },
      undefined,
    ],
  ])('is %s', (_, email, changes, expected) => {
    expect(above(email, changes)).toBe(expected);
  });
});
