import type { FieldKind } from '../../domain/fields/values.ts';
import { type WriteBackField, writeBackFields } from '../../ports/crm.ts';
import type { SetupProperty } from '../crm-setup.ts';
import type { DealFact } from '../mapping.ts';
import { objectTypes } from './hubspot-api.ts';
import {
  contactProperties,
  customFacts,
  customFields,
  customProperty,
  writeBackProperties,
} from './hubspot-mapping.ts';

/** A property of our own, as HubSpot's API of properties defines it. */
export interface HubspotProperty extends SetupProperty {
  readonly objectType: string;
  readonly type: 'string' | 'number' | 'date';
  readonly fieldType: 'text' | 'textarea' | 'number' | 'date';
  readonly description: string;
}

/** The group that our properties stand in, on deals and on contacts. */
export const propertyGroup = { name: 'handoff', label: 'Handoff' } as const;

type Form = Pick<HubspotProperty, 'type' | 'fieldType'>;
const line: Form = { type: 'string', fieldType: 'text' };
const lines: Form = { type: 'string', fieldType: 'textarea' };
const number: Form = { type: 'number', fieldType: 'number' };
const day: Form = { type: 'date', fieldType: 'date' };

/** Kinds of field that are not typed in several lines. */
const forms: Partial<Readonly<Record<FieldKind, Form>>> = { text: line, timeZone: line, number, date: day };

const ofDeal = { object: 'Deal', objectType: objectTypes.deal } as const;
const ofContact = { object: 'Contact', objectType: objectTypes.contact } as const;

const facts = Object.entries(customFacts).map(
  ([fact, label]): HubspotProperty => ({
    ...{ ...ofDeal, ...line, name: customProperty(fact as DealFact), label: `Handoff: ${label}`, filledBy: 'sales' },
    description: fact === 'customerSuccessManager' ? 'A mail address, or the id of a HubSpot user' : '',
  }),
);

const fields = customFields.map(
  ({ path, kind, label, hint }): HubspotProperty => ({
    ...{ ...ofDeal, ...(forms[kind] ?? lines), name: customProperty(path), label: `Handoff: ${label}` },
    ...{ filledBy: 'sales', description: hint },
  }),
);

const people = Object.values(contactProperties).map(
  ({ name, label, hint }): HubspotProperty => ({
    ...{ ...ofContact, ...(name === contactProperties.notes.name ? lines : line) },
    ...{ name, label: `Handoff: ${label}`, filledBy: 'sales', description: hint },
  }),
);

const writeBackForms = { text: line, number, link: line, day } as const;
const writeBack = (Object.keys(writeBackFields) as WriteBackField[]).map((field): HubspotProperty => {
  const { label, is } = writeBackFields[field];
  const form = field === 'meetingNotes' ? lines : writeBackForms[is];
  const name = writeBackProperties[field];
  return { ...ofDeal, ...form, name, label, filledBy: 'handoff', description: 'Written by Handoff' };
});

/** Every property that HubSpot has to have for us. */
export const hubspotProperties: readonly HubspotProperty[] = [...facts, ...fields, ...writeBack, ...people];
