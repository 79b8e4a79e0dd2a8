import { describe, expect, it } from 'vitest';
import { customFields, customRules, writtenFields } from '../../../functions/crm/custom-fields.ts';
import { fieldName as pipedriveName } from '../../../functions/crm/pipedrive/pipedrive-mapping.ts';
import { fieldName } from '../../../functions/crm/salesforce/salesforce-mapping.ts';
import { packageFields } from '../../../functions/domain/deal/package.ts';

const names = [...customFields, ...writtenFields].map(({ name }) => name);

describe('custom fields', () => {
  it('have each a name of their own', () => {
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['why_they_bought', 'time_zone', 'signed_off_on']));
  });

  it('tell, with amount, contacts, address and the facts of the deal, every field of the package', () => {
    const told = new Set<string>([
      ...customFields.map(({ to }) => to),
      'contract.value',
      'stakeholders',
      'attachments.crmRecord',
    ]);
    const left = packageFields.filter(({ path, fromDeal }) => !told.has(path) && fromDeal === undefined);
    expect(left.map(({ path }) => path)).toEqual([]);
  });

  it('are read as days and numbers where they are', () => {
    expect(customRules((name) => `x_${name}`)).toEqual(
      expect.arrayContaining([
        { to: 'contract.renewalDate', property: 'x_renewal_date', as: 'day' },
        { to: 'contract.termMonths', property: 'x_term_months', as: 'number' },
        { to: 'promises', property: 'x_promises', as: 'text' },
        { to: 'customer.language', property: 'x_language', as: 'text' },
      ]),
    );
  });

  it('fit into Salesforce: names and labels of at most 40 characters', () => {
    expect(names.map(fieldName).filter((name) => !/^Handoff_[A-Za-z0-9_]{1,32}__c$/.test(name))).toEqual([]);
    expect([...customFields, ...writtenFields].filter(({ label }) => label.length > 40)).toEqual([]);
    expect(fieldName('outcomes_30days')).toBe('Handoff_Outcomes_30days__c');
    expect(pipedriveName('outcomes_30days')).toBe('Handoff: outcomes 30 days');
  });
});
