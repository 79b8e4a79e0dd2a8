import { describe, expect, it } from 'vitest';
import type { SaidByCrm } from '../../../../functions/domain/handoff/deal-change.ts';
import { type DraftingInput, drafted } from '../../../../functions/domain/handoff/draft.ts';
import type { Person } from '../../../../functions/domain/people/person.ts';
import { roster, sampleDeal } from '../../../support/deals.ts';
import { calendarOf, lena } from '../../../support/handoff-record.ts';
import { full } from '../../../support/playbooks/full.ts';

const deal = sampleDeal('complete-standard');
const at = '2026-11-03T09:00:00Z';
const jonas = 'jonas.hartmann@example.com';

const said = (changed: Partial<SaidByCrm['facts']> = {}): SaidByCrm => ({ facts: { ...deal, ...changed }, at });

const draft = (changed: Partial<DraftingInput> = {}) =>
  drafted({
    ...{ playbook: full, said: said(), wonEpisode: 1, expectedCloseOn: undefined, before: undefined },
    ...{ roster: roster(), openHandoffs: new Map<string, number>(), at, calendarOf, hashOf: (text: string) => text },
    ...changed,
  })?.state;

const successManagerOf = (changed: Partial<DraftingInput>) => draft(changed)?.people.customerSuccessManager;

/** The company, where somebody is otherwise than usual. */
const withPerson = (email: string, changed: Partial<Person>): readonly Person[] =>
  roster().map((person) => (person.email === email ? { ...person, ...changed } : person));

describe('a draft', () => {
  it('is assigned as a handoff is, and named after the handoff that would begin', () => {
    expect(draft()).toMatchObject({ id: 'D-2026-1041-1', proposedAt: at, segment: 'standard' });
    expect(successManagerOf({})).toBe(lena);
  });

  it('keeps whoever was assigned, however busy they are by now', () => {
    const before = draft();
    const busy = withPerson(lena, { capacity: 1 });
    const openHandoffs = new Map([[lena, 9]]);
    expect(successManagerOf({ roster: busy, openHandoffs })).not.toBe(lena);
    expect(successManagerOf({ before, roster: busy, openHandoffs })).toBe(lena);
  });

  it('goes to somebody else when they are gone or away, or the deal names another one', () => {
    const before = draft();
    expect(successManagerOf({ before, roster: withPerson(lena, { active: false }) })).not.toBe(lena);
    const { availability } = roster().find(({ email }) => email === lena) as Person;
    const away = withPerson(lena, {
      availability: { ...availability, away: [{ from: '2026-11-01', to: '2026-11-30' }] },
    });
    expect(successManagerOf({ before, roster: away })).not.toBe(lena);
    expect(successManagerOf({ before, said: said({ customerSuccessManager: jonas }) })).toBe(jonas);
  });

  it('is none where the playbook has no drafts', () => {
    const { draftTarget: _none, ...without } = full;
    expect(draft({ playbook: without })).toBeUndefined();
  });
});
