import { describe, expect, it } from 'vitest';
import { managerOf, type StandingInput, standingOf } from '../../../../functions/domain/handoff/who-is-asked.ts';
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
/** Monday 23 November is the 1st of their days away. */
const away = (email: string, from = '2026-11-23', to = '2026-11-30'): Partial<Person> => ({
  availability: { ...personAt(email).availability, away: [{ from, to }] },
});
const marcus = 'marcus.reed@example.com';

describe('who is asked', () => {
  const standing = (changes: Readonly<Record<string, Partial<Person>>>, input: Partial<StandingInput> = {}) => {
    const known = company(changes);
    const holder = known.get(lena) ?? personAt(lena);
    return standingOf(holder, { record, people: known, at, calendarOf, ...input });
  };

  it.each<[string, Record<string, Partial<Person>>, string]>([
    ['whoever holds the role', {}, lena],
    ['their deputy while they are away', { [lena]: { ...away(lena), deputy: marcus } }, marcus],
    [
      'whom they named for this absence, before their deputy',
      {
        [lena]: { ...away(lena), deputy: marcus, awayNotes: [{ from: '2026-11-23', to: '2026-11-30', deputy: anna }] },
      },
      anna,
    ],
    [
      'their deputy, when they named somebody for another absence',
      {
        [lena]: { ...away(lena), deputy: marcus, awayNotes: [{ from: '2026-12-23', to: '2026-12-30', deputy: anna }] },
      },
      marcus,
    ],
    ['their manager when there is no deputy', { [lena]: { ...away(lena), deputy: 'nobody@example.com' } }, daniel],
    [
      'their manager when the deputy is away too, and they are deputies of each other',
      { [lena]: { ...away(lena), deputy: marcus }, [marcus]: { ...away(marcus), deputy: lena } },
      daniel,
    ],
    ['revenue operations when the manager has left, too', { [lena]: gone, [daniel]: gone }, ruth],
    ['the holder, though away, when nobody is there', { [lena]: away(lena), [daniel]: gone, [ruth]: away(ruth) }, lena],
    ['the last one there is, when the holder has left', { [lena]: gone, [daniel]: gone, [ruth]: away(ruth) }, ruth],
    ['the holder, even gone, when there is no other', { [lena]: gone, [daniel]: gone, [ruth]: gone }, lena],
    ['the holder, when they are away on a weekend only', { [lena]: away(lena, '2026-11-21', '2026-11-22') }, lena],
  ])('is %s', (_, changes, expected) => {
    expect(standing(changes).asked.email).toBe(expected);
  });

  it('says that nobody is there, and when the first comes back', () => {
    expect(
      standing({ [lena]: away(lena), [daniel]: away(daniel, '2026-11-20', '2026-11-25'), [ruth]: gone }),
    ).toMatchObject({ nobodyThere: true, changesAt: '2026-11-26T08:00:00Z' });
    expect(standing({ [lena]: away(lena) })).not.toHaveProperty('nobodyThere');
  });

  it('changes on the first day away, and back when they return', () => {
    expect(standing({ [lena]: away(lena, '2026-11-25', '2026-11-30') })).toEqual({
      asked: expect.objectContaining({ email: lena }),
      changesAt: '2026-11-25T08:00:00Z',
    });
    expect(standing({ [lena]: away(lena) })).toMatchObject({
      why: 'away',
      absence: { from: '2026-11-23T08:00:00Z', until: '2026-12-01T08:00:00Z' },
      changesAt: '2026-12-01T08:00:00Z',
    });
    expect(standing({})).not.toHaveProperty('changesAt');
    expect(standing({ [lena]: gone })).not.toHaveProperty('changesAt');
  });

  it('changes on the first morning, not the evening or the weekend before, unless nobody was asked yet', () => {
    const leaving = { [lena]: away(lena, '2026-11-30', '2026-12-04') };
    const asked = { owner: lena, dueAt: '2026-12-01T16:00:00Z' };
    for (const early of ['2026-11-27T17:00:00Z', '2026-11-28T10:00:00Z', '2026-11-30T07:59:00Z']) {
      expect(standing(leaving, { asked, at: early })).toMatchObject({
        asked: { email: lena },
        changesAt: '2026-11-30T08:00:00Z',
      });
      expect(standing(leaving, { at: early }).asked.email).toBe(daniel);
    }
    expect(standing(leaving, { asked, at: '2026-11-30T08:00:00Z' }).asked.email).toBe(daniel);
  });

  it('changes as soon as the one who stands in goes away, and stays with them until then', () => {
    const changes = { [lena]: { ...away(lena), deputy: marcus }, [marcus]: away(marcus, '2026-11-25', '2026-11-27') };
    expect(standing(changes).changesAt).toBe('2026-11-25T14:00:00Z');
    const asked = { owner: daniel, dueAt: '2026-11-27T16:00:00Z' };
    expect(standing(changes, { asked, at: '2026-11-26T10:00:00Z' }).asked.email).toBe(daniel);
    expect(standing(changes, { asked, at: '2026-11-30T10:00:00Z' }).asked.email).toBe(daniel);
  });

  it('is still the owner, when they went away after the step was due', () => {
    const due = (dueAt: string) => ({ asked: { owner: lena, dueAt } });
    const changes = { [lena]: away(lena) };
    expect(standing(changes, due('2026-11-20T16:00:00Z')).asked.email).toBe(lena);
    expect(standing(changes, due('2026-11-23T08:00:00Z')).asked.email).toBe(daniel);
    const later = { [lena]: away(lena, '2026-11-30', '2026-12-04') };
    expect(standing(later, due('2026-11-27T16:00:00Z'))).not.toHaveProperty('changesAt');
    expect(standing(later, due('2026-11-30T16:00:00Z'))).toHaveProperty('changesAt');
    expect(standing({ [lena]: gone }, due('2026-11-20T16:00:00Z')).asked.email).toBe(daniel);
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
