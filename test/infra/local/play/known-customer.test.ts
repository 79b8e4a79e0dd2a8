import { describe, expect, it } from 'vitest';
import { applyEdits, checkPackage } from '../../../../functions/domain/deal/completeness.ts';
import type { Deal } from '../../../../functions/domain/deal/deal.ts';
import { packageFields } from '../../../../functions/domain/deal/package.ts';
import { knownCustomer } from '../../../../infra/local/play/known-customer.ts';
import { sampleDeal, sampleNames } from '../../../support/deals.ts';
import { packageRules } from '../../../support/package-rules.ts';

const known = (deal: Deal) => knownCustomer({ deal, package: deal.package, playbook: packageRules() });
const withPackage = (deal: Deal, pkg: object): Deal => ({ ...deal, package: pkg });

describe('what people in a play know of a customer', () => {
  it.each(sampleNames)('completes the package of %s', (name) => {
    const deal = sampleDeal(name);
    const { gaps } = checkPackage({ rules: packageRules(), deal, package: deal.package });
    const edits = Object.fromEntries(gaps.map(({ path }) => [path, known(deal).packageAnswer(path)]));
    expect(checkPackage({ rules: packageRules(), deal, package: applyEdits(deal.package, edits) }).gaps).toEqual([]);
  });

  it('completes a package that says nothing at all, in any script', () => {
    for (const name of ['Nordwind GmbH', '株式会社ことば', '<b>"Ünïcode" & Söhne</b>', '—']) {
      const deal = withPackage({ ...sampleDeal('complete-standard'), customer: { name } }, {});
      const answers = Object.fromEntries(packageFields.map(({ path }) => [path, known(deal).packageAnswer(path)]));
      expect(checkPackage({ rules: packageRules(), deal, package: applyEdits({}, answers) }).gaps).toEqual([]);
    }
  });

  it('takes nothing from another customer', () => {
    const sample = sampleDeal('complete-standard');
    const deal = withPackage({ ...sample, customer: { name: 'Øresund Værft A/S' } }, { stakeholders: 'see the CRM' });
    expect(known(deal).contacts).toEqual([
      'dana.morgan@resund-v-rft-a-s.example.com',
      'chris.palmer@resund-v-rft-a-s.example.com',
      'robin.hayes@resund-v-rft-a-s.example.com',
      'taylor.brooks@resund-v-rft-a-s.example.com',
    ]);
    const theirs = known(sample).contacts;
    expect(theirs.length).toBeGreaterThan(1);
    expect(known(deal).contacts.filter((email) => theirs.includes(email))).toEqual([]);
  });

  it('keeps the people of the event, and corrects no more of them than is wrong', () => {
    const right = { influence: 'high', stays: true };
    const deal = withPackage(sampleDeal('incomplete'), {
      stakeholders: [
        { name: 'Beate Weber', email: 'b.weber@weberhaus.example', roles: ['decision-maker'], ...right },
        { name: 'Ole Thoms', email: 'o.thoms(at)weberhaus.example', roles: ['champion'], ...right },
        { name: 'Ida Lund', email: 'i.lund@weberhaus.example', roles: ['boss'], ...right },
        { email: 'nobody@weberhaus.example', roles: ['technical'], ...right },
      ],
    });
    expect(known(deal).contacts).toEqual([
      'b.weber@weberhaus.example',
      'ole.thoms@weberhaus-mobel-kg.example.com',
      'i.lund@weberhaus.example',
      'robin.hayes@weberhaus-mobel-kg.example.com',
      'taylor.brooks@weberhaus-mobel-kg.example.com',
    ]);
  });

  it('makes one of whoever is there twice, with the roles of both, and leaves the others as they were', () => {
    const deal = sampleDeal('complete-standard');
    const people = checkPackage({ rules: packageRules(), deal, package: deal.package }).package.stakeholders ?? [];
    const [first, second, ...rest] = people;
    if (!first || !second) throw new Error('The sample names fewer than two people.');
    const twice = [
      first,
      second,
      { ...second, name: `${second.name} (again)`, email: second.email.toUpperCase(), roles: ['end user'] },
      { ...first, email: 'elsewhere(at)example.com', roles: ['blocker'] },
      { ...first, email: 'namesake@nordwind.example', roles: ['end user'] },
      ...rest,
    ];
    const typed = known(withPackage(deal, { stakeholders: twice })).packageAnswer('stakeholders');
    const edited = checkPackage({
      rules: packageRules(),
      deal,
      package: applyEdits(deal.package, { stakeholders: typed }),
    });
    expect(edited.gaps).toEqual([]);
    expect(edited.package.stakeholders).toEqual([
      { ...first, roles: [...first.roles, 'blocker'] },
      { ...second, roles: [...second.roles, 'end user'] },
      { ...first, email: 'namesake@nordwind.example', roles: ['end user'] },
      ...rest,
    ]);
  });

  it('leaves people alone with whom nothing is wrong', () => {
    const deal = sampleDeal('complete-standard');
    const people = checkPackage({ rules: packageRules(), deal, package: deal.package }).package.stakeholders ?? [];
    expect(known(deal).contacts).toEqual(people.map(({ email }) => email));
  });
});
