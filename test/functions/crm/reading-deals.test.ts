import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CrmContact, typedContacts, usualRoleNames } from '../../../functions/crm/contacts.ts';
import { mapProperties, type PropertyRule } from '../../../functions/crm/mapping.ts';
import { type CrmColleague, colleaguesNamed } from '../../../functions/crm/named-colleague.ts';
import { proposalPlace } from '../../../functions/crm/proposed.ts';
import { purchaseText } from '../../../functions/crm/purchase.ts';
import { refusalText } from '../../../functions/crm/refusal.ts';
import { parseDealEvent } from '../../../functions/domain/deal/deal.ts';
import { recordOf } from '../../../functions/domain/fields/record.ts';
import { stakeholders } from '../../../functions/domain/fields/row-kinds.ts';

const contact = (name: string, email: string, role: string): CrmContact => ({
  ...{ name, email, roles: [role], hasOwnRoles: false, influence: '', stays: '', notes: '' },
});

describe('contacts of a deal', () => {
  it('are typed as the package takes them, one person once, roles in our words', () => {
    const { text, notes } = typedContacts(
      [
        contact('Mehmet Aydın', 'm@nordwind.example', 'Business User'),
        { ...contact('Henrike | Lührs', 'h@nordwind.example', 'economic decision-maker; Influencer'), stays: 'stays' },
        contact('Mehmet Aydın', 'M@nordwind.example', 'champion, DAY TO DAY'),
        contact('', '', 'Champion'),
      ],
      usualRoleNames,
    );
    expect(notes).toEqual([]);
    expect(stakeholders.tidied(text)).toEqual([
      { name: 'Mehmet Aydın', email: 'm@nordwind.example', roles: ['end user', 'champion', 'day-to-day'] },
      { name: 'Henrike | Lührs', email: 'h@nordwind.example', roles: ['decision-maker'], stays: true },
    ]);
  });

  const many = (count: number, role = '', email = (i: number) => `p${i}@nordwind.example`) =>
    Array.from({ length: count }, (_, i) => contact(`Person ${i}`, email(i), role));
  const right = [
    contact('Henrike Lührs', 'h@nordwind.example', 'Economic Buyer'),
    contact('Mehmet Aydın', 'm@nordwind.example', 'Champion; Day-to-day contact'),
    contact('Jana Petrov', 'j@nordwind.example', 'Technical Buyer'),
  ];
  const mapOf = (contacts: readonly CrmContact[]) => {
    const { text, notes } = typedContacts(contacts, usualRoleNames);
    return { names: stakeholders.tidied(text).map((each) => recordOf(each)['name']), notes };
  };
  const rightNames = right.map(({ name }) => name);

  it.each(['', 'Influencer', 'Evaluator', 'Other', 'LEGAL_AND_COMPLIANCE', 'Hot lead'])(
    'stay in the CRM with the role "%s" where others fill the map',
    (role) => {
      const { names, notes } = mapOf([...many(1, role), ...right, contact('Nobody', '', 'Decision Maker')]);
      expect(names).toEqual(rightNames);
      expect(notes).toEqual([expect.stringContaining("2 of the deal's 5 contacts were left in the CRM")]);
    },
  );

  it('come into the map when they alone hold a role that it needs, even without an address', () => {
    const [buyer, champion] = right as [CrmContact, CrmContact];
    const { names } = mapOf([buyer, champion, contact('Ada', '', 'Technical contact'), ...many(3)]);
    expect(names).toEqual(['Henrike Lührs', 'Mehmet Aydın', 'Ada']);
    expect(mapOf([buyer, champion, ...many(3)]).names).toHaveLength(5);
  });

  it('are a dozen where a deal has hundreds, those first who say more', () => {
    expect(mapOf(many(296))).toEqual({
      names: many(12).map(({ name }) => name),
      notes: [expect.stringContaining("284 of the deal's 296 contacts")],
    });
    const { names } = mapOf([
      ...many(200, '', () => ''),
      ...many(20, 'End user').map((each) => ({ ...each, name: `End ${each.name}` })),
      ...right.slice(1),
    ]);
    expect(names).toHaveLength(12);
    expect(names).toEqual(expect.arrayContaining(rightNames.slice(1)));
    expect(names.filter((name) => String(name).startsWith('Person'))).toEqual([]);
  });

  it.each([{ hasOwnRoles: true }, { influence: 'low' }, { stays: 'leaves' }, { notes: 'Wants no calls.' }])(
    'are never left out where somebody wrote of them for us: %j',
    (own) => {
      const named = many(30, '', () => '').map((each) => ({ ...each, ...own }));
      expect(mapOf([...many(300, 'End user'), ...right, ...named].toReversed()).names).toHaveLength(30 + 4);
      expect(mapOf([...right, ...named])).toEqual({
        names: [...rightNames, ...named.map(({ name }) => name)],
        notes: [],
      });
    },
  );

  it('keep what either of two entries of one person says', () => {
    const again = {
      ...contact('', 'H@nordwind.example', 'Executive Sponsor'),
      influence: 'high',
      notes: 'Decides late.',
    };
    expect(stakeholders.tidied(typedContacts([right[0] as CrmContact, again], usualRoleNames).text)).toEqual([
      {
        ...{ name: 'Henrike Lührs', email: 'h@nordwind.example', roles: ['decision-maker', 'executive sponsor'] },
        ...{ influence: 'high', notes: 'Decides late.' },
      },
    ]);
  });

  it('make a line each, whatever their names are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.uuid(), fc.string())), (people) => {
        const { text } = typedContacts(
          people.map(([name, id, role]) => ({ ...contact(name, `${id}@nordwind.example`, role), notes: 'Named.' })),
          usualRoleNames,
        );
        expect(text === '' ? 0 : text.split('\n').length).toBe(new Set(people.map(([, id]) => id)).size);
      }),
    );
  });
});

describe('a colleague whom a property names by id', () => {
  const rules: readonly PropertyRule[] = [
    { to: 'customerSuccessManager', property: 'own' },
    { to: 'customerSuccessManager', property: 'usual' },
    { to: 'territory', property: 'elsewhere' },
  ];
  const people: Readonly<Record<string, CrmColleague>> = {
    1: { email: 'lena.vogt@example.com', isActive: true },
    2: { email: 'ruth.adler@example.com', isActive: false },
    3: { email: '', isActive: true },
  };
  const named = (properties: Readonly<Record<string, unknown>>) =>
    colleaguesNamed(properties, {
      ...{ crm: 'HubSpot', rules, isId: (value) => /^\d+$/.test(String(value)) },
      find: async (id) => people[id],
    });

  it.each([
    [{ own: '1' }, { own: 'lena.vogt@example.com' }, []],
    [{ own: 2 }, { own: 'ruth.adler@example.com' }, ['names somebody who is deactivated']],
    [{ own: '9' }, {}, ["somebody HubSpot doesn't know"]],
    [{ own: '3' }, {}, ["somebody HubSpot doesn't know"]],
    [{ own: '9', usual: 'lena.vogt@example.com' }, { own: '' }, ["somebody HubSpot doesn't know"]],
    [{ own: '9', usual: '1' }, { own: '', usual: 'lena.vogt@example.com' }, ["somebody HubSpot doesn't know"]],
    [{ own: '9', usual: ' ' }, {}, ["somebody HubSpot doesn't know"]],
    [{ own: 'lena.vogt@example.com', elsewhere: '1' }, {}, []],
  ])('%j says %j', async (given, properties, notes) => {
    expect(await named(given)).toEqual({ properties, notes: notes.map((note) => expect.stringContaining(note)) });
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

describe('a name that is too long for an event', () => {
  const rules: readonly PropertyRule[] = [
    { to: 'name', property: 'Name' },
    { to: 'customer.name', property: 'Account' },
  ];
  const started = (properties: Readonly<Record<string, unknown>>) => {
    const { facts, notes } = mapProperties(properties, rules);
    const detail = { dealId: '1', accountExecutive: 'a@example.com', closedWonAt: '2026-11-20T15:00:00Z', ...facts };
    const parsed = parseDealEvent({ source: 'handoff.crm', 'detail-type': 'Deal Closed Won', detail });
    return { parsed, notes };
  };

  it.each([200, 201, 255, 10_000])('is cut at %i characters, and the deal is taken', (length) => {
    const { parsed, notes } = started({ Name: 'n'.repeat(length + 100), Account: 'x'.repeat(length) });
    if ('refused' in parsed) throw new Error(JSON.stringify(parsed.refused));
    const { name, customer } = parsed.deal;
    expect([name.length, customer.name.length]).toEqual([300, 200]);
    expect([name, customer.name].map((text) => text.endsWith('…'))).toEqual([length > 200, length > 200]);
    expect(notes).toEqual(
      length > 200
        ? [
            `The property Name has ${length + 100} characters; cut to 300.`,
            `The property Account has ${length} characters; cut to 200.`,
          ]
        : [],
    );
  });

  it('is measured without blanks that go anyway, and refused with its limit where it comes by itself', () => {
    expect(started({ Account: ` ${'x '.repeat(100)}${' '.repeat(100)}` }).notes).toEqual([]);
    const event = { customer: { name: 'x'.repeat(201) }, dealId: '1', accountExecutive: 'a@example.com' };
    const detail = { ...event, closedWonAt: '2026-11-20T15:00:00Z' };
    expect(parseDealEvent({ source: 'handoff.crm', 'detail-type': 'Deal Closed Won', detail })).toEqual({
      refused: [
        {
          field: 'detail.customer.name',
          problem: 'is too long (201 characters)',
          remedy: 'Send the name of the customer company, of at most 200 characters.',
        },
      ],
    });
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
