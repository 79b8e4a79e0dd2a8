import { packageFields } from '../../domain/deal/package.ts';
import type { SetupProperty } from '../crm-setup.ts';
import {
  type CustomField,
  contactFields,
  customFields,
  longestTyped,
  type WrittenField,
  writtenFields,
} from '../custom-fields.ts';
import { fieldName } from './salesforce-mapping.ts';

/** A field of our own, as Salesforce's metadata defines it. */
export interface SalesforceField extends SetupProperty {
  readonly object: 'Opportunity' | 'Contact';
  readonly type: 'LongTextArea' | 'Text' | 'Url' | 'Date' | 'Number';
  /** Most characters of a text: Salesforce counts the lengths of long ones together, and an object has 1,638,400 in all. */
  readonly length?: number;
  /** What helps whoever fills it in. */
  readonly hint: string;
}

/** Most characters of a text that Salesforce filters by. */
const longestText = 255;

type Shape = Pick<SalesforceField, 'type' | 'length'>;

const textOf = (length: number): Shape =>
  length > longestText ? { type: 'LongTextArea', length } : { type: 'Text', length };

// Facts are short, and worth filtering by.
const isInPackage = (to: string): boolean => packageFields.some(({ path }) => path === to);
const typed: Readonly<Record<CustomField['is'], Shape>> = {
  line: textOf(longestTyped.line),
  text: textOf(longestTyped.text),
  day: { type: 'Date' },
  number: { type: 'Number' },
};
const written: Readonly<Record<Exclude<WrittenField['is'], 'text'>, Shape>> = {
  link: { type: 'Url' },
  day: { type: 'Date' },
  number: { type: 'Number' },
};

/** Every field that Salesforce has to have for us. */
export const salesforceFields: readonly SalesforceField[] = [
  ...customFields.map(
    ({ to, name, label, hint, is }): SalesforceField => ({
      ...{ object: 'Opportunity', name: fieldName(name), label, filledBy: 'sales', hint },
      ...(isInPackage(to) ? typed[is] : textOf(longestText)),
    }),
  ),
  ...writtenFields.map(
    ({ name, label, is, most = longestText }): SalesforceField => ({
      ...{ object: 'Opportunity', name: fieldName(name), label, filledBy: 'handoff', hint: 'Written by Handoff.' },
      ...(is === 'text' ? textOf(most) : written[is]),
    }),
  ),
  ...Object.values(contactFields).map(
    ({ name, label, hint, most }): SalesforceField => ({
      ...{ object: 'Contact', name: fieldName(name), label, filledBy: 'sales', hint, ...textOf(most) },
    }),
  ),
];
