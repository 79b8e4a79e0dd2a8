import { Temporal } from 'temporal-polyfill';
import { formValue } from '../../../functions/domain/deal/completeness.ts';
import { packageFields } from '../../../functions/domain/deal/package.ts';
import { actionFields, isReservedAction } from '../../../functions/domain/step/step-actions.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import type { PageField, PageForm } from './page-form.ts';

/** What people type where nothing is suggested, by field name. */
const typed: Readonly<Record<string, string>> = {
  notes: 'Went through context, expectations and risks; both sides know what comes next.',
  plan: 'https://plans.example.com/success-plan',
  right: 'The brief was complete.',
  wrong: 'Nothing.',
  better: 'Introduce the technical contact earlier.',
  wentWell: 'The goals and the people were described very clearly.',
  missingContext: 'How invoices are approved at the customer.',
  earlySignals: 'The champion has invited two more teams.',
  why: 'The customer did not have to repeat anything.',
  retro: 'First report delivered a week early.',
  remark: 'The data migration takes longer than planned.',
  reason: 'The customer decides on this next month.',
  gaps: 'Who owns the data migration at the customer?',
  place: 'https://meet.example.com/handoff',
};

export interface Filling {
  readonly form: PageForm;
  /** What a script says, by field name; the rest is filled in as a person would. */
  readonly evidence: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** A package to copy answers from when the form asks for package fields. */
  readonly knownPackage: unknown;
  readonly at: Instant;
  /** IANA zone of the person. */
  readonly zone: string;
  readonly colleagues: readonly string[];
}

/** Fills in a form: what is suggested stays, what is missing gets a plausible answer. */
export function fillIn({ form, evidence, knownPackage, at, zone, colleagues }: Filling): URLSearchParams {
  const filled = new URLSearchParams({ choice: form.choice });
  for (const [name, values] of form.values) {
    if (!(name in evidence)) for (const value of values) filled.append(name, value);
  }
  for (const [name, value] of Object.entries(evidence))
    for (const text of Array.isArray(value) ? value : [value]) filled.append(name, textOf(text));
  for (const field of form.fields) {
    if (field.name in evidence || !field.shown || isLeftEmpty(form.choice, field.name)) continue;
    // Whoever asks to do without an answer has none to give.
    if (form.choice === 'request-exception' && isPackageField(field.name)) continue;
    const present = filled.getAll(field.name).some((value) => value.trim() !== '');
    if (present && !isPackageField(field.name)) continue;
    const answers = answerTo(field, { present, knownPackage, at, zone, colleagues });
    if (answers.length === 0) continue;
    filled.delete(field.name);
    for (const answer of answers) filled.append(field.name, answer);
  }
  return filled;
}

const textOf = (value: unknown): string => (value === true ? 'yes' : value === false ? 'no' : String(value));

/** What may stay empty in an action beside the choices (who takes over how much, and why) is not for us to invent. */
const isLeftEmpty = (choice: string, name: string): boolean =>
  isReservedAction(choice) && actionFields[choice].some((field) => field.name === name && !field.required);

const isPackageField = (name: string): boolean => packageFields.some(({ path }) => path === name);

function answerTo(
  field: PageField,
  known: { present: boolean; knownPackage: unknown; at: Instant; zone: string; colleagues: readonly string[] },
): readonly string[] {
  const packageField = packageFields.find(({ path }) => path === field.name);
  if (packageField) {
    // In plain sight stands what is missing or wrong: it is answered anew.
    const answer = formValue(known.knownPackage, packageField);
    if (answer !== '') return [answer];
  }
  if (field.name === 'score') return [field.options.at(-2) ?? '9'];
  const local = Temporal.Instant.from(known.at).toZonedDateTimeISO(known.zone);
  switch (field.type) {
    case 'checkbox':
      return field.options;
    case 'radio':
      return field.options.includes('yes') ? ['yes'] : field.options.slice(0, 1);
    case 'select':
      return field.options.filter((option) => option !== '').slice(0, 1);
    case 'datetime-local':
      return [local.toPlainDateTime().toString({ smallestUnit: 'minute' })];
    case 'date':
      return [local.add({ days: 7 }).toPlainDate().toString()];
    case 'number':
      return ['30'];
    case 'email':
      return known.colleagues.slice(0, 1);
    case 'url':
      return field.required ? ['https://files.example.com/recording'] : [];
    default:
      if (field.name === 'owner') return known.colleagues.slice(0, 1);
      return field.required || field.name in typed ? [typed[field.name] ?? 'Agreed.'] : [];
  }
}
