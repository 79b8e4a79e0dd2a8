import type { z } from 'zod';
import type { FieldRule } from '../deal/package-fields.ts';
import { excerpt, receivedLength, wasCut } from './clean-text.ts';
import { answerSchemas, longestLine, longestText, mostRows, rowKinds } from './package-kinds.ts';
import { writings } from './package-text.ts';

/** What is wrong with an answer, in words for the person who corrects it. */
export interface AnswerProblem {
  readonly expected: string;
  readonly found: string;
}
/** The valid part of an answer (undefined when there is none) and what is wrong with the rest. Neither: nothing was said. */
export interface Answer {
  readonly value?: unknown;
  readonly problems: readonly AnswerProblem[];
}

/** An explicit "none". */
const none = 'none';
const saysNone = /^(none|none known|nothing known|no|n\/a|not applicable)[.!]?$/i;
/** What people type to get past a required field (S2, S4: enforcement, not goodwill). */
const fillsNothing = /^([-–—.?x*_\s]+|tb[acd]|to ?do|n\/?a|none|unknown|see (crm|notes|above))[.!?]?$/i;

/** Reads one answer as received: a text as typed into a form, or the structure of the JSON Schema. */
export function readAnswer(rule: Pick<FieldRule, 'kind' | 'orNone' | 'hint'>, received: unknown): Answer {
  if (isEmpty(received)) return { problems: [] };
  const only = Array.isArray(received) && received.length === 1 ? received[0] : received;
  if (rule.orNone && typeof only === 'string' && saysNone.test(only.trim())) return { value: none, problems: [] };
  if (rowKinds.has(rule.kind)) return readRows(rule, received);
  const answer = writings[rule.kind].tidy(received);
  if (isEmpty(answer)) return { problems: [] };
  if (typeof answer === 'string') {
    if (wasCut(answer) || (rule.kind === 'longText' && answer.length > longestText))
      return { problems: [tooLong(answer)] };
    if (fillsNothing.test(answer)) return { problems: [{ expected: `an answer: ${rule.hint}`, found: answer }] };
  }
  return readOne(answerSchemas()[rule.kind], answer, '');
}

/** What a form shows for an answer as received or as parsed; `readAnswer` reads it back. */
export function answerText(kind: FieldRule['kind'], answer: unknown): string {
  if (isEmpty(answer)) return '';
  if (typeof answer === 'string') return answer;
  if (!rowKinds.has(kind)) return writings[kind].toText(answer);
  return tidyRows(kind, answer).map(writings[kind].toText).join('\n');
}

/** The rows of a list as received, each in its schema's shape as far as its meaning is plain; empty ones left out. */
export function tidyRows(kind: FieldRule['kind'], received: unknown): unknown[] {
  if (isEmpty(received)) return [];
  return rowsOf(received)
    .map(writings[kind].tidy)
    .filter((row) => !isEmpty(row));
}

function readRows(rule: Pick<FieldRule, 'kind' | 'hint'>, received: unknown): Answer {
  if (typeof received === 'string' && wasCut(received)) return { problems: [tooLong(received)] };
  const rows = tidyRows(rule.kind, received);
  const answers = rows.slice(0, mostRows).map((row, i) => readOne(answerSchemas()[rule.kind], row, `line ${i + 1}: `));
  const values = answers.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const problems = answers.flatMap((answer) => answer.problems);
  if (rows.length > mostRows) problems.push({ expected: `at most ${mostRows} lines`, found: `${rows.length} lines` });
  if (values.length === 1 && typeof values[0] === 'string' && fillsNothing.test(values[0])) {
    return { problems: [{ expected: `an answer: ${rule.hint}`, found: values[0] }] };
  }
  return values.length > 0 ? { value: values, problems } : { problems };
}

function rowsOf(received: unknown): unknown[] {
  if (typeof received === 'string') return received.split(/\r\n?|\n/).filter((row) => row.trim() !== '');
  return Array.isArray(received) ? received : [received];
}

function readOne(schema: z.ZodType, answer: unknown, where: string): Answer {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return { value: parsed.data, problems: [] };
  return {
    problems: parsed.error.issues.map(({ path, message }) => ({
      expected: where + message,
      found: foundText(path.reduce(memberOf, answer)),
    })),
  };
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function foundText(value: unknown): string {
  if (isEmpty(value)) return 'nothing';
  if (typeof value === 'string' && value.length > longestLine) return `${value.length.toLocaleString('en')} characters`;
  return excerpt(typeof value === 'string' ? value : JSON.stringify(value));
}

function tooLong(text: string): AnswerProblem {
  const most = longestText.toLocaleString('en');
  return {
    expected: `at most ${most} characters (and 200 KB in the whole package); attach the full text as a link`,
    found: `${receivedLength(text).toLocaleString('en')} characters`,
  };
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}
