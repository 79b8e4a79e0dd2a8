import { Temporal } from 'temporal-polyfill';
import { packageFields } from '../../../functions/domain/deal/package.ts';
import { kinds } from '../../../functions/domain/fields/kinds.ts';
import type { AskStep, StepField } from '../../../functions/domain/playbook/playbook.ts';
import { actionFields, isReservedAction } from '../../../functions/domain/step/step-actions.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import type { KnownCustomer } from './known-customer.ts';
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
  /** The rule of the step, which tells what the form's own fields ask for. */
  readonly rule?: Pick<AskStep, 'choices'> | undefined;
  /** What can be said of the customer when the form asks for it. */
  readonly customer?: KnownCustomer | undefined;
  readonly at: Instant;
  /** IANA zone of the person. */
  readonly zone: string;
  readonly colleagues: readonly string[];
}

/** Whether filling in the form takes any knowledge of the customer. */
export const asksAboutCustomer = (form: PageForm, rule: Filling['rule']): boolean =>
  form.fields.some(
    ({ name, shown }) => shown && (isPackageField(name, rule) || lacksPeople(name, form.values.get(name) ?? [], rule)),
  );

/** Fills in a form: what is suggested stays, what is missing gets a plausible answer. */
export function fillIn(filling: Filling): URLSearchParams {
  const { form, evidence, rule } = filling;
  const filled = new URLSearchParams({ choice: form.choice });
  for (const [name, values] of form.values) {
    if (!(name in evidence)) for (const value of values) filled.append(name, value);
  }
  for (const [name, value] of Object.entries(evidence))
    for (const text of Array.isArray(value) ? value : [value]) filled.append(name, typedAnswer(text));
  for (const field of form.fields) {
    if (field.name in evidence || !field.shown || isLeftEmpty(form.choice, field.name)) continue;
    // Whoever asks to do without an answer has none to give.
    if (form.choice === 'request-exception' && isPackageField(field.name, rule)) continue;
    const given = filled.getAll(field.name);
    const asksForPeople = lacksPeople(field.name, given, rule);
    const present = given.some((value) => value.trim() !== '');
    if (present && !isPackageField(field.name, rule) && !asksForPeople) continue;
    const answers = answerTo(field, filling);
    if (answers.length === 0) continue;
    filled.delete(field.name);
    for (const answer of answers) filled.append(field.name, answer);
  }
  return filled;
}

const typedAnswer = (value: unknown): string => (value === true ? 'yes' : value === false ? 'no' : String(value));

/** What may stay empty in an action beside the choices (who takes over how much, and why) is not for us to invent. */
const isLeftEmpty = (choice: string, name: string): boolean =>
  isReservedAction(choice) && actionFields[choice].some((field) => field.name === name && !field.required);

/** Fields of the package go by their path, which a field of a step may have for its name. */
const isPackageField = (name: string, rule: Filling['rule']): boolean =>
  ruleOf(name, rule) === undefined && packageFields.some(({ path }) => path === name);

/** The rule of a field that belongs to the step itself. */
const ruleOf = (name: string, rule: Filling['rule']): StepField | undefined =>
  rule?.choices.flatMap(({ evidence }) => evidence).find((field) => field.name === name);

/** Whether a required field of the step asks for people at the customer, and what stands in it will not do. */
function lacksPeople(name: string, given: readonly string[], rule: Filling['rule']): boolean {
  const asked = ruleOf(name, rule);
  if (!asked?.required || (asked.kind !== 'stakeholders' && asked.kind !== 'emails')) return false;
  const { value, problems } = kinds[asked.kind].read(given.join('\n'), asked);
  return value === undefined || problems.length > 0;
}

function answerTo(field: PageField, known: Filling): readonly string[] {
  const { rule } = known;
  const kind = ruleOf(field.name, rule)?.kind;
  if (isPackageField(field.name, rule) || kind === 'stakeholders') {
    // In plain sight stands what is missing or wrong: it is answered again.
    const answer = known.customer?.packageAnswer(kind === 'stakeholders' ? 'stakeholders' : field.name) ?? '';
    if (answer !== '') return [answer];
  }
  if (kind === 'emails' && field.required) return [(known.customer?.contacts ?? []).join('\n')];
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
