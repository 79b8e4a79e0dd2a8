import { Temporal } from 'temporal-polyfill';
import { packageFields } from '../../../functions/domain/deal/package.ts';
import { kinds } from '../../../functions/domain/fields/kinds.ts';
import type { FieldKind } from '../../../functions/domain/fields/values.ts';
import type { AskStep, StepField } from '../../../functions/domain/playbook/playbook.ts';
import { actionFields, isReservedAction } from '../../../functions/domain/step/step-actions.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import type { KnownCustomer } from './known-customer.ts';
import type { PageField, PageForm } from './page-form.ts';
import { isAnsweredAnyway, typedAnswer } from './typed-answers.ts';

/** Words that suit fields of the shipped playbooks better than the usual ones, by field name. */
const samples: Readonly<Record<string, string>> = {
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
  gaps: 'Technical requirements: Data migration: who owns it at the customer?',
  place: 'https://meet.example.com/handoff',
  personalLine: 'It was a pleasure to work with you. You are in good hands now.',
  questions: 'Who approves the data migration?\nWhen is their busiest week?',
};

/** What somebody writes about a gap with which the package came back. */
const gapAnswer = 'I asked the customer by phone; the notes of the call say it all.';

/** What somebody writes beside a no that has to be explained. */
const noExplained = 'The head of IT is still missing; the champion introduces us next week.';

/** All that people write in plays unless a script says otherwise, line by line. */
export const saidInPlays: readonly string[] = [...Object.values(samples), gapAnswer, noExplained].flatMap((text) =>
  text.split('\n'),
);

const isNo = (said: unknown): boolean => said === false || said === 'no';

/** Whether a field says more about a question that is answered with no. */
const explainsNo = (name: string, { form, rule, evidence }: Filling): boolean =>
  rule?.choices
    .find(({ id }) => id === form.choice)
    ?.evidence.some((asked) => asked.negative?.asks === name && isNo(evidence[asked.name])) ?? false;

const isGapAnswer = (name: string): boolean => /^answers\.\d+$/.test(name);

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
}

/** What tells what a field of the form asks for. */
type Asked = Pick<Filling, 'form' | 'rule'>;

/** Whether filling in the form takes any knowledge of the handoff: of the customer, or of rules that are only its own. */
export const asksAboutHandoff = (form: PageForm, rule: Filling['rule']): boolean =>
  form.fields.some(
    ({ name, shown }) =>
      shown &&
      (ruleOf(name, { form, rule }) === undefined || lacksPeople(name, form.values.get(name) ?? [], { form, rule })),
  );

/** Fills in a form: what is suggested stays, what is missing gets a plausible answer. */
export function fillIn(filling: Filling): URLSearchParams {
  const { form, evidence } = filling;
  const filled = new URLSearchParams({ choice: form.choice });
  for (const [name, values] of form.values) {
    if (!(name in evidence)) for (const value of values) filled.append(name, value);
  }
  for (const [name, value] of Object.entries(evidence))
    for (const text of Array.isArray(value) ? value : [value]) filled.append(name, sentAs(text));
  const isMovedUnsaid = form.choice === 'move-meeting' && Object.keys(evidence).length === 0;
  for (const field of form.fields) {
    if (field.name in evidence || !field.shown || isLeftEmpty(form.choice, field.name)) continue;
    // Whoever asks to do without an answer has none to give.
    const isAsked = isPackageField(field.name, filling) || isGapAnswer(field.name);
    if (form.choice === 'request-exception' && isAsked) continue;
    const given = filled.getAll(field.name);
    const asksForPeople = lacksPeople(field.name, given, filling);
    const present = given.some((value) => value.trim() !== '');
    if (present && isMovedUnsaid && field.name === 'meetingAt') {
      filled.set(field.name, halfAnHourLater(given[0] ?? ''));
      continue;
    }
    if (present && !isPackageField(field.name, filling) && !asksForPeople) continue;
    const answers = answerTo(field, filling);
    if (answers.length === 0) continue;
    filled.delete(field.name);
    for (const answer of answers) filled.append(field.name, answer);
  }
  return filled;
}

/** Whoever moves a meeting finds the time at which it is, and gives another. */
const halfAnHourLater = (time: string): string =>
  Temporal.PlainDateTime.from(time).add({ minutes: 30 }).toString({ smallestUnit: 'minute' });

const sentAs = (value: unknown): string => (value === true ? 'yes' : value === false ? 'no' : String(value));

/**
 * What may stay empty in an action beside the choices (who takes over how much, and why) is not for us to invent, nor what a
 * reviewer says of one answer other than of all.
 */
const isLeftEmpty = (choice: string, name: string): boolean =>
  /^(owner|dueDate|reason):/.test(name) ||
  (isReservedAction(choice) && actionFields[choice].some((field) => field.name === name && !field.required));

/** Fields of the package go by their path, which a field of a step may have for its name. */
const isPackageField = (name: string, asked: Asked): boolean =>
  ruleOf(name, asked) === undefined && packageFields.some(({ path }) => path === name);

/** The rule of a field that belongs to the step itself; where several choices ask under one name, that of the choice made. */
function ruleOf(name: string, { form: { choice }, rule }: Asked): StepField | undefined {
  if (isReservedAction(choice)) {
    const asked = actionFields[choice].find((field) => field.name === name);
    if (asked !== undefined) return asked;
  }
  const choices = rule?.choices ?? [];
  return [...choices.filter(({ id }) => id === choice), ...choices]
    .flatMap(({ evidence }) => evidence)
    .find((field) => field.name === name);
}

/** Whether a required field of the step asks for people at the customer, and what stands in it will not do. */
function lacksPeople(name: string, given: readonly string[], known: Asked): boolean {
  const asked = ruleOf(name, known);
  if (!asked?.required || (asked.kind !== 'stakeholders' && asked.kind !== 'emails')) return false;
  const { value, problems } = kinds[asked.kind].read(given.join('\n'), asked);
  return value === undefined || problems.length > 0;
}

function answerTo(field: PageField, known: Filling): readonly string[] {
  const { customer } = known;
  const rule = ruleOf(field.name, known);
  if (isPackageField(field.name, known) || rule?.kind === 'stakeholders') {
    // In plain sight stands what is missing or wrong: it is answered again.
    const answer = customer?.packageAnswer(rule?.kind === 'stakeholders' ? 'stakeholders' : field.name) ?? '';
    if (answer !== '') return [answer];
  }
  const asked = rule ?? { label: field.name, kind: kindLike(field), required: field.required };
  const usual = isGapAnswer(field.name) ? gapAnswer : samples[field.name];
  const sample = usual ?? (explainsNo(field.name, known) ? noExplained : undefined);
  if (!asked.required && sample === undefined && !isAnsweredAnyway(asked.kind)) return [];
  return typedAnswer(asked, {
    options: field.options,
    local: Temporal.Instant.from(known.at).toZonedDateTimeISO(known.zone),
    contacts: customer?.contacts ?? [],
    words: sample,
  });
}

/** What a field of which only its control is known asks for. */
function kindLike({ type, options }: PageField): FieldKind {
  switch (type) {
    case 'checkbox':
      return 'checklist';
    case 'radio':
      return options.includes('yes') ? 'yesNo' : 'score';
    case 'select':
      return 'choice';
    case 'datetime-local':
      return 'pastDateTime';
    case 'date':
      return 'date';
    case 'number':
      return 'number';
    case 'url':
      return 'link';
    default:
      return 'longText';
  }
}
