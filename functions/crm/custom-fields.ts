import { packageFields } from '../domain/deal/package.ts';
import { longestLine, longestText } from '../domain/fields/reading.ts';
import { type FieldKind, stakeholderRoles } from '../domain/fields/values.ts';
import { type WriteBackField, writeBackFields } from '../ports/crm.ts';
import { type DealFact, type PropertyRule, type Reading, snakeCase } from './mapping.ts';

/** A field that a company adds to its CRM for Handoff. Each CRM spells its name in its own way. */
interface AddedField {
  /** `why_they_bought`; each name is there once among all fields that are added. */
  readonly name: string;
  /** As people see it, at most 40 characters: Salesforce takes no more. */
  readonly label: string;
}

/** One that sellers fill in. */
export interface CustomField extends AddedField {
  readonly to: PropertyRule['to'];
  /** What it asks for. */
  readonly hint: string;
  /** A `line`, or a `text` of many. */
  readonly is: 'line' | 'text' | 'day' | 'number';
}

/** Most characters of what is typed. */
export const longestTyped = { line: longestLine, text: longestText } as const;

/** One that Handoff writes. */
export interface WrittenField extends AddedField {
  readonly field: WriteBackField;
  readonly is: (typeof writeBackFields)[WriteBackField]['is'];
  /** Most characters of a text. */
  readonly most?: number;
}

/** Facts that CRMs have no field for, or one whose values are not those of roster and playbook. */
const facts = {
  segment: { label: 'Segment', hint: 'Which variant of the process does this customer get?' },
  territory: { label: 'Territory', hint: 'Which sales territory, as the roster names it?' },
  industry: { label: 'Industry', hint: 'Which industry, as the roster names it?' },
  'customer.timeZone': { label: 'Time zone', hint: 'Where do the contacts work, such as Europe/Berlin?' },
  'customer.language': { label: 'Language', hint: 'Which language do they write in, such as German?' },
  customerSuccessManager: { label: 'Customer success manager', hint: 'Whose customer is it? Their email address.' },
} as const satisfies Partial<Record<DealFact, { label: string; hint: string }>>;

/** Every CRM has an amount with a currency and lists people beside a deal, and each deal has an address there. */
const told: ReadonlySet<string> = new Set(['contract.value', 'stakeholders', 'attachments.crmRecord']);

const shapes: Readonly<Partial<Record<FieldKind, CustomField['is']>>> = {
  text: 'line',
  choice: 'line',
  timeZone: 'line',
  date: 'day',
  number: 'number',
};

/** `why_they_bought` of `dealContext.whyTheyBought`. */
const lastName = (to: string): string => snakeCase(to.slice(to.lastIndexOf('.') + 1));

/**
 * One for every fact and package field that no CRM tells by itself, by convention: its name is that of the package field. What
 * stands in them goes to the package as people typed it.
 */
export const customFields: readonly CustomField[] = [
  ...Object.entries(facts).map(
    ([to, { label, hint }]): CustomField => ({
      ...{ to: to as keyof typeof facts, name: lastName(to), label, hint, is: 'line' },
    }),
  ),
  ...packageFields
    // What the deal's own facts say is asked for once.
    .filter(({ path, fromDeal }) => !told.has(path) && (fromDeal === undefined || fromDeal === 'closedWonAt'))
    .map(
      ({ path, kind, label, hint }): CustomField => ({
        ...{ to: path, name: lastName(path), label, hint, is: shapes[kind] ?? 'text' },
      }),
    ),
];

/** What the package asks about each of the people, and no CRM does. `most`: characters. */
export const contactFields = {
  roles: { name: 'roles', label: 'Roles', hint: `${stakeholderRoles.join(', ')}; parted by commas`, most: longestLine },
  influence: { name: 'influence', label: 'Influence', hint: 'high, medium, or low', most: longestLine },
  stays: { name: 'stays', label: 'After the signature', hint: 'stays or leaves', most: longestLine },
  notes: { name: 'notes', label: 'What they are like', hint: 'What helps whoever meets them next?', most: 2000 },
} as const;

/** One for each field that is written back. */
export const writtenFields: readonly WrittenField[] = Object.entries(writeBackFields).map(
  ([field, { label, ...shape }]): WrittenField => ({
    ...{ field: field as WriteBackField, name: snakeCase(field), label, ...shape },
  }),
);

const readings: Readonly<Record<CustomField['is'], Reading>> = {
  line: 'text',
  text: 'text',
  day: 'day',
  number: 'number',
};

/** The rules by which the custom fields are read; `spell` makes a CRM's name of theirs. */
export const customRules = (spell: (name: string) => string): readonly PropertyRule[] =>
  customFields.map(({ to, name, is }) => ({ to, property: spell(name), as: readings[is] }));
