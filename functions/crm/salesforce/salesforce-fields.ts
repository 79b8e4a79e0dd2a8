import { packageFields } from '../../domain/deal/package.ts';
import type { SetupProperty } from '../crm-setup.ts';
import { contactFields, customFields, writtenFields } from '../custom-fields.ts';
import { fieldName } from './salesforce-mapping.ts';

/** A field of our own, as Salesforce's metadata defines it. */
export interface SalesforceField extends SetupProperty {
  readonly object: 'Opportunity' | 'Contact';
  readonly type: 'LongTextArea' | 'Text' | 'Url' | 'Date' | 'Number';
  /** What helps whoever fills it in. */
  readonly hint: string;
}

// A line of a package has up to 300 characters, and a text field of Salesforce 255. Facts are short, and worth filtering by.
const isInPackage = (to: string): boolean => packageFields.some(({ path }) => path === to);
const typed = { line: 'LongTextArea', text: 'LongTextArea', day: 'Date', number: 'Number' } as const;
const written = { text: 'Text', link: 'Url', day: 'Date', number: 'Number' } as const;

/** Every field that Salesforce has to have for us. */
export const salesforceFields: readonly SalesforceField[] = [
  ...customFields.map(
    ({ to, name, label, hint, is }): SalesforceField => ({
      ...{ object: 'Opportunity', name: fieldName(name), label, filledBy: 'sales', hint },
      type: isInPackage(to) ? typed[is] : 'Text',
    }),
  ),
  ...writtenFields.map(
    ({ field, name, label, is }): SalesforceField => ({
      ...{ object: 'Opportunity', name: fieldName(name), label, filledBy: 'handoff', hint: 'Written by Handoff.' },
      type: field === 'meetingNotes' ? 'LongTextArea' : written[is],
    }),
  ),
  ...Object.values(contactFields).map(
    ({ name, label, hint }): SalesforceField => ({
      ...{ object: 'Contact', name: fieldName(name), label, type: 'LongTextArea', filledBy: 'sales', hint },
    }),
  ),
];
