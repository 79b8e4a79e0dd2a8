import type * as z from 'zod/mini';
import { inThousands } from '../texts/number-text.ts';
import { cleanLine, excerpt, receivedLength, wasCut } from './clean-text.ts';
import type { FieldRule } from './field-rule.ts';
import { subjectOf } from './naming.ts';

/** What is wrong with an answer, for the person who corrects it. */
export interface FieldProblem {
  /** What is expected: 'a date as YYYY-MM-DD …'. */
  readonly expected: string;
  /** What was found in its place. */
  readonly found: string;
  /** The same in a sentence that tells what to do; it names the answer, and stands alone. */
  readonly remedy: string;
  /** Where in an answer of rows. */
  readonly at?: RowPlace;
}

/** A row of an answer, counted from 0, and the cell of it that is meant, if one is. */
export interface RowPlace {
  readonly row: number;
  readonly column?: string;
}

/** The valid part of an answer (absent when there is none) and what is wrong with the rest. Neither: nothing was said. */
export interface Reading<Value = unknown> {
  readonly value?: Value;
  readonly problems: readonly FieldProblem[];
  /** How a doubtful answer was understood. */
  readonly note?: string;
}

/** Longest single line inside an answer, and longest text, in characters. */
export const longestLine = 300;
export const longestText = 20_000;

export const nothing = { problems: [] } as const;

/** Nothing was said: no value, blanks, an empty list or object. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** What people type to get past a required field: of these, some are an answer to questions that may be answered by "none". */
const saysNothingYet = /^([-–—.…?*_\s]+|tb[acd]|to ?do)[.!?]?$/i;
const fillsNothing = /^([-–—.?x*_\s]+|n\/?a|none|unknown|see (crm|notes|above))[.!?]?$/i;

/** A text that is no answer, whatever the kind: cut on its way, or a filler where an answer is required. */
export function textProblem(text: string, rule: FieldRule): FieldProblem | undefined {
  if (wasCut(text)) return tooLong(text, rule);
  const line = text.trim();
  const isFiller = (rule.required && saysNothingYet.test(line)) || (rule.noFillers && isFillerAnywhere(line));
  return isFiller ? problem(`an answer: ${rule.hint ?? rule.label}`, text, notYet(line, rule)) : undefined;
}

const isFillerAnywhere = (line: string): boolean => saysNothingYet.test(line) || fillsNothing.test(line);

const notYet = (line: string, { hint }: FieldRule): string =>
  `"${excerpt(line)}" isn't an answer yet${hint === undefined ? '' : `: ${hint}`}`;

export function tooLong(text: string, rule: FieldRule): FieldProblem {
  const [have, can] = [receivedLength(text), longestText].map((length) => inThousands(length));
  return {
    expected: `at most ${can} characters (and 200 KB in the whole package); attach the full text as a link`,
    found: `${have} characters`,
    remedy: shorten(subjectOf(rule), receivedLength(text), longestText),
  };
}

/** 'Scope must be 500 characters or fewer, now 501'. */
export const shorten = (subject: string, length: number, most: number): string =>
  `${subject} must be ${inThousands(most)} characters or fewer, now ${inThousands(length)}`;

/** A problem with what was found, which is shown in short. */
export const problem = (expected: string, received: unknown, remedy: string): FieldProblem => ({
  expected,
  found: foundText(received),
  remedy,
});

function foundText(value: unknown): string {
  if (isEmpty(value)) return 'nothing';
  if (typeof value === 'string' && value.length > longestLine) return `${inThousands(value.length)} characters`;
  return excerpt(typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value));
}

/** What a schema refuses in an answer: where, what it expects there, and what it found. */
export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly expected: string;
  readonly found: unknown;
}

/** The answer by its schema, whose error texts say what is expected; or what it refuses. */
export function readBySchema<Value>(
  schema: z.ZodMiniType<Value>,
  answer: unknown,
): { readonly value: Value } | { readonly issues: readonly Issue[] } {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return { value: parsed.data };
  const issues = parsed.error.issues.map(({ path, message }) => ({
    path,
    expected: message,
    found: path.reduce(memberOf, answer),
  }));
  return { issues };
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** What a value that is no text looks like in a form. */
export const shown = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : (JSON.stringify(value) ?? '');

/** One line of text: numbers become text, a list of texts becomes one; anything else is left as it is. */
export function tidyLine(received: unknown): unknown {
  if (typeof received === 'number') return String(received);
  if (isTexts(received)) return cleanLine(received.join('\n'));
  return typeof received === 'string' ? cleanLine(received) : received;
}

export const isTexts = (received: unknown): received is readonly string[] =>
  Array.isArray(received) && received.every((item) => typeof item === 'string');
