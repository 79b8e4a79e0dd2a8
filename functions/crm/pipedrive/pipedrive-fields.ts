import { packageFields } from '../../domain/deal/package.ts';
import type { SetupProperty } from '../crm-setup.ts';
import { type CustomField, contactFields, customFields, writtenFields } from '../custom-fields.ts';
import { fieldName } from './pipedrive-mapping.ts';

/** A field of our own, as Pipedrive's API makes it. */
export interface PipedriveField extends SetupProperty {
  readonly object: 'Deal' | 'Person';
  readonly type: 'text' | 'date' | 'double';
  /** What helps whoever fills it in. */
  readonly hint: string;
}

// A line of ours has up to 300 characters, and a short text of Pipedrive 255.
const types = { line: 'text', text: 'text', link: 'text', day: 'date', number: 'double' } as const;

const named = (name: string) => ({ name, label: name });

const asked = ({ name, hint, is }: CustomField): PipedriveField => ({
  ...{ object: 'Deal', ...named(fieldName(name)), type: types[is], filledBy: 'sales', hint },
});

const inPackage = (to: string) => packageFields.find(({ path }) => path === to);
const [required, facts, optional] = [
  customFields.filter(({ to }) => inPackage(to)?.required),
  customFields.filter(({ to }) => !inPackage(to)),
  customFields.filter(({ to }) => inPackage(to)?.required === false),
];

/** Every field that Pipedrive has to have for us; first those that every package needs, as a plan may not take all. */
export const pipedriveFields: readonly PipedriveField[] = [
  ...Object.values(contactFields).map(
    ({ name, hint }): PipedriveField => ({
      ...{ object: 'Person', ...named(fieldName(name)), type: 'text', filledBy: 'sales', hint },
    }),
  ),
  ...[...required, ...facts].map(asked),
  ...writtenFields.map(
    ({ label, is }): PipedriveField => ({
      ...{ object: 'Deal', ...named(label), type: types[is], filledBy: 'handoff', hint: 'Written by Handoff.' },
    }),
  ),
  ...optional.map(asked),
];
