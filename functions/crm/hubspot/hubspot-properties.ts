import type { SetupProperty } from '../crm-setup.ts';
import { type CustomField, contactFields, customFields, type WrittenField, writtenFields } from '../custom-fields.ts';
import { objectTypes } from './hubspot-api.ts';
import { propertyName } from './hubspot-mapping.ts';

/** A property of our own, as HubSpot's API of properties defines it. */
export interface HubspotProperty extends SetupProperty {
  readonly objectType: string;
  readonly type: 'string' | 'number' | 'date';
  readonly fieldType: 'text' | 'textarea' | 'number' | 'date';
  readonly description: string;
}

/** The group that our properties stand in, on deals and on contacts. */
export const propertyGroup = { name: 'handoff', label: 'Handoff' } as const;

const line = { type: 'string', fieldType: 'text' } as const;
const lines = { type: 'string', fieldType: 'textarea' } as const;
const number = { type: 'number', fieldType: 'number' } as const;
const day = { type: 'date', fieldType: 'date' } as const;

const typed = { line, text: lines, number, day } as const satisfies Record<CustomField['is'], object>;
/** Statuses and notes of meetings are written as texts alike; the longest decide. */
const written = { text: lines, link: line, number, day } as const satisfies Record<WrittenField['is'], object>;

const ofDeal = { object: 'Deal', objectType: objectTypes.deal } as const;
const ofContact = { object: 'Contact', objectType: objectTypes.contact } as const;

/** Every property that HubSpot has to have for us. */
export const hubspotProperties: readonly HubspotProperty[] = [
  ...customFields.map(
    ({ name, label, hint, is }): HubspotProperty => ({
      ...{ ...ofDeal, ...typed[is], name: propertyName(name), label: `Handoff: ${label}` },
      ...{ filledBy: 'sales', description: hint },
    }),
  ),
  ...writtenFields.map(
    ({ name, label, is }): HubspotProperty => ({
      ...{ ...ofDeal, ...written[is], name: propertyName(name), label },
      ...{ filledBy: 'handoff', description: 'Written by Handoff' },
    }),
  ),
  ...Object.values(contactFields).map(
    ({ name, label, hint }): HubspotProperty => ({
      ...{ ...ofContact, ...(name === contactFields.notes.name ? lines : line) },
      ...{ name: propertyName(name), label: `Handoff: ${label}`, filledBy: 'sales', description: hint },
    }),
  ),
];
