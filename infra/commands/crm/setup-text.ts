import type {
  PropertyCreated,
  SetupCheck,
  SetupFile,
  SetupProperty,
  SetupStep,
  WebhookRegistered,
} from '../../../functions/crm/crm-setup.ts';
import { cleanLine } from '../../../functions/domain/fields/clean-text.ts';

/** What somebody does to connect the CRM, step by step; files in full, but for those that were written into a folder. */
export const stepsText = (steps: readonly SetupStep[], folder?: string): string =>
  steps
    .map(({ what, how, files = [] }, i) =>
      [
        `${i + 1}. ${what}`,
        ...how.map((line) => `   - ${line}`),
        ...(folder === undefined ? files.flatMap(fileText) : writtenText(files, folder)),
      ].join('\n'),
    )
    .join('\n\n');

/** Few files by name, many by their number. */
const writtenText = (files: readonly SetupFile[], folder: string): string[] =>
  files.length > 5
    ? [`   - Written: ${files.length} files, into ${folder}`]
    : files.map(({ path }) => `   - Written: ${folder}/${path}`);

const fileText = ({ path, text }: SetupFile): string[] => [
  ...['', `   ${path}:`, ''],
  ...text
    .trimEnd()
    .split('\n')
    .map((line) => `   ${line}`),
];

/** What the CRM has to have for us. */
export function propertiesText(properties: readonly SetupProperty[]): string {
  const widest = Math.max(...properties.map(({ name }) => name.length));
  return properties
    .map(({ object, name, label, type }) => `   ${name.padEnd(widest)}  ${object}, ${type}: ${label}`)
    .join('\n');
}

/** What became of the properties that were to be created. */
export function createdText(created: readonly PropertyCreated[]): string {
  const made = created.filter(({ outcome }) => outcome === 'created');
  const there = created.filter(({ outcome }) => outcome === 'there already');
  const refused = created.flatMap(({ property, outcome }) =>
    typeof outcome === 'object' ? [`   ${property.name}: ${outcome.refused}`] : [],
  );
  return [
    `Properties: ${made.length} created, ${there.length} there already, ${refused.length} refused.`,
    ...refused,
  ].join('\n');
}

/** What became of the webhook that was to be registered. */
export const registeredText = (registered: WebhookRegistered): string =>
  typeof registered === 'string' ? `Webhook: ${registered}.` : `Webhook refused: ${registered.refused}`;

/** What was checked, one line each, and what to do about what is wrong. */
export const checksText = (checks: readonly SetupCheck[]): string =>
  checks
    .map(({ what, ok, problem, remedy }) =>
      [
        `${ok ? 'ok   ' : 'FAIL '} ${cleanLine(what)}`,
        ...(problem ? [`      ${cleanLine(problem)}`] : []),
        ...(remedy ? [`      To fix it: ${cleanLine(remedy)}`] : []),
      ].join('\n'),
    )
    .join('\n');
