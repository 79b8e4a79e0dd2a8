import * as z from 'zod/mini';
import { inThousands } from '../texts/number-text.ts';
import { cleanLine } from './clean-text.ts';
import { fitsText } from './fits.ts';
import type { GapField, Kind } from './kind.ts';
import { once } from './lazily.ts';
import { type FieldProblem, longestText, problem, type Reading, shorten, shown } from './reading.ts';
import { isRecord } from './record.ts';
import { rowKind } from './row-kind.ts';
import { textOf } from './text-kinds.ts';
import type { NamedGap } from './values.ts';
import { nameIn } from './words.ts';

/** Longest question, in characters, and most of them: what somebody can be asked to answer at a time. */
const longestQuestion = 1000;
const mostGaps = 50;

const rows = rowKind<NamedGap>({
  noun: 'Question',
  columns: [{ name: 'question', label: 'Question', needs: 'words', control: 'lines', max: longestQuestion }],
  missing: () => 'Add at least 1 gap: a question about an answer, or one of your own',
  remedy: (row) => `${row} needs words`,
  row: once(() =>
    z.object(
      { path: z.exactOptional(z.string()), question: textOf('a question', longestQuestion) },
      { error: 'a question' },
    ),
  ),
  fits: isGap,
  tidy: tidyGap,
  write: (gap) => {
    const { path, question } = isRecord(gap) ? gap : {};
    return path === undefined ? shown(question) : `${shown(path)}: ${shown(question)}`;
  },
  show: (gaps) => [{ text: gaps.map(({ path, question }) => (path ? `${path}: ${question}` : question)).join('; ') }],
});

/**
 * What is missing or unclear in the package (S2, P: a package is returned with named gaps): a question each, about one of its
 * fields or about none. A form sends the question to a field under `<name>.<path>`, and the others as lines of text. A line
 * that begins with a field, as `path:` or `Section: Label:`, is about that field.
 */
export const gaps: Kind<readonly NamedGap[]> = {
  ...rows,
  ofPart: (path, question) => ({ path, question }),
  read(received, rule, filling) {
    const { gapFields = [] } = filling ?? {};
    const named = rows.tidied(received);
    if (named.length > mostGaps) return { problems: [tooMany(named.length)] };
    const gaps = named.map((gap) => aboutField(gap, gapFields));
    const tooMuch = excess(gaps, gapFields);
    if (tooMuch !== undefined) return { problems: [tooMuch] };
    const reading: Reading<readonly NamedGap[]> = rows.read(gaps, rule, filling);
    return reading.value === undefined ? reading : { ...reading, value: distinct(reading.value) };
  },
};

function isGap(row: unknown): row is NamedGap {
  if (!isRecord(row)) return false;
  const { path, question, ...others } = row;
  const isPath = !Object.hasOwn(row, 'path') || typeof path === 'string';
  return isPath && fitsText(question, longestQuestion) && Object.keys(others).length === 0;
}

function tidyGap(received: unknown): unknown {
  if (typeof received === 'string') {
    const question = cleanLine(received);
    return question === '' ? undefined : { question };
  }
  if (!isRecord(received)) return received;
  const { path, question } = received;
  const asked = typeof question === 'string' ? cleanLine(question) : question;
  return asked === '' ? undefined : { ...(path === undefined ? {} : { path }), question: asked };
}

/** The gap with the field that its text names. A field that the package does not have is none; the question stays. */
function aboutField(gap: unknown, fields: readonly GapField[]): unknown {
  if (!isRecord(gap)) return gap;
  const { path, question } = gap;
  if (path !== undefined) return fields.some((field) => field.path === path) ? { path, question } : { question };
  return typeof question === 'string' ? gapOfLine(question, fields) : gap;
}

/** A line as a gap: `Contract: Term length: which months?`, `contract.termMonths: which months?`, or any other question. */
export function gapOfLine(line: string, fields: readonly GapField[]): NamedGap {
  const names = fields.flatMap(({ path, section, label }) => [
    { path, name: path },
    { path, name: `${section}: ${label}` },
  ]);
  const meanings = names.map(({ name }) => name);
  for (const colon of firstColons(line)) {
    const question = line.slice(colon + 1).trim();
    const meant = nameIn(meanings, line.slice(0, colon));
    const path = names.find(({ name }) => name === meant)?.path;
    if (path !== undefined && question !== '') return { path, question };
  }
  return { question: line };
}

/** Where a name may end: names are short, and few have a colon of their own. */
const firstColons = (line: string): readonly number[] =>
  [...line.slice(0, 200).matchAll(/:/g)].slice(0, 4).map(({ index }) => index);

const tooMany = (count: number): FieldProblem =>
  problem(
    `at most ${mostGaps} gaps`,
    `${count} gaps`,
    `Name ${mostGaps} gaps or fewer, now ${count}; talk about the rest`,
  );

function excess(gaps: readonly unknown[], fields: readonly GapField[]): FieldProblem | undefined {
  const texts = gaps.flatMap((gap) => (isRecord(gap) && typeof gap['question'] === 'string' ? [gap] : []));
  const long = texts.find(({ question }) => String(question).length > longestQuestion);
  if (long) {
    const { label } = fields.find(({ path }) => path === long['path']) ?? {};
    const { length } = String(long['question']);
    return problem(
      `a question of at most ${inThousands(longestQuestion)} characters`,
      long['question'],
      shorten(label === undefined ? 'A question' : `Your question about ${label}`, length, longestQuestion),
    );
  }
  const length = texts.reduce((sum, { question }) => sum + String(question).length, 0);
  if (length <= longestText) return undefined;
  return problem(
    `at most ${inThousands(longestText)} characters`,
    `${length}`,
    shorten('All questions together', length, longestText),
  );
}

/** Each question once for a field. */
function distinct(gaps: readonly NamedGap[]): readonly NamedGap[] {
  const isSame = (one: NamedGap, other: NamedGap) => one.path === other.path && one.question === other.question;
  return gaps.filter((gap, i) => gaps.findIndex((other) => isSame(gap, other)) === i);
}
