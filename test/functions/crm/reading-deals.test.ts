import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CrmContact, typedContacts, usualRoleNames } from '../../../functions/crm/contacts.ts';
import { mapProperties } from '../../../functions/crm/mapping.ts';
import { proposalPlace } from '../../../functions/crm/proposed.ts';
import { purchaseText } from '../../../functions/crm/purchase.ts';
import { refusalText } from '../../../functions/crm/refusal.ts';
import { stakeholders } from '../../../functions/domain/fields/row-kinds.ts';

const contact = (name: string, email: string, role: string): CrmContact => ({
  ...{ name, email, roles: [role], influence: '', stays: '', notes: '' },
});

describe('contacts of a deal', () => {
  it('are typed as the package takes them, one person once, roles in our words', () => {
    const typed = typedContacts(
      [
        contact('Mehmet Aydın', 'm@nordwind.example', 'Business User'),
        { ...contact('Henrike | Lührs', 'h@nordwind.example', 'economic decision-maker; Influencer'), stays: 'stays' },
        contact('Mehmet Aydın', 'M@nordwind.example', 'champion, DAY TO DAY'),
        contact('', '', 'Champion'),
      ],
      usualRoleNames,
    );
    expect(stakeholders.tidied(typed)).toEqual([
      { name: 'Mehmet Aydın', email: 'm@nordwind.example', roles: ['end user', 'champion', 'day-to-day'] },
      { name: 'Henrike | Lührs', email: 'h@nordwind.example', roles: ['decision-maker'], stays: true },
    ]);
  });

  it('make a line each, whatever their names are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.uuid(), fc.string())), (people) => {
        const typed = typedContacts(
          people.map(([name, id, role]) => contact(name, `${id}@nordwind.example`, role)),
          usualRoleNames,
        );
        expect(typed === '' ? 0 : typed.split('\n').length).toBe(new Set(people.map(([, id]) => id)).size);
      }),
    );
  });
});

describe('the stage from which deals count as proposed', () => {
  const stages = [
    { names: ['p1', 'Qualified'], place: 1 },
    { names: ['p2', 'Proposal made'], place: 2 },
    { names: ['p3', 'Negotiation'], place: 3 },
  ];

  it('is the first that is named, whatever its case, and none where none is', () => {
    expect(proposalPlace(stages, ['PROPOSAL MADE', 'Negotiation'])).toBe(2);
    expect(proposalPlace(stages, ['Quote', 'p3'])).toBe(3);
    expect(proposalPlace(stages, [])).toBeUndefined();
  });
});

describe('what was bought', () => {
  it('is one line of at most 300 characters', () => {
    expect(purchaseText([])).toBe('');
    expect(
      purchaseText([
        { name: 'Dispatcher seat', quantity: 1200 },
        { name: 'Onboarding', quantity: undefined },
      ]),
    ).toBe('1,200 × Dispatcher seat, Onboarding');
    const many = purchaseText(Array.from({ length: 40 }, (_, i) => ({ name: `Add-on ${i}`, quantity: 1 })));
    expect(many.length).toBeLessThanOrEqual(300);
    expect(many).toMatch(/, and \d+ more$/);
    expect(purchaseText([{ name: 'x'.repeat(500), quantity: undefined }])).toHaveLength(300);
  });
});

describe('a refusal', () => {
  it('names neither what was written nor an address', () => {
    const said = 'Handoff Owner: data value too large: Lena Vogt (asked by lena.vogt@example.com)\n(max length=5)';
    expect(refusalText(said, ['Lena Vogt', 7, null])).toBe(
      'Handoff Owner: data value too large: … (asked by …) (max length=5)',
    );
    expect(refusalText('x'.repeat(500), [])).toHaveLength(300);
  });
});

describe('a web address', () => {
  it('gets its https:// where people left it out', () => {
    const website = (given: string) =>
      mapProperties({ Website: given }, [{ to: 'customer.website', property: 'Website', as: 'webAddress' }]).facts;
    expect(website('www.nordwind.example')).toEqual({ customer: { website: 'https://www.nordwind.example' } });
    expect(website('http://nordwind.example')).toEqual({ customer: { website: 'http://nordwind.example' } });
  });
});
