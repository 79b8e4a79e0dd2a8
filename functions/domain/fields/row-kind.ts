import * as z from 'zod/mini';
import { inThousands } from '../texts/number-text.ts';
import { wasCut } from './clean-text.ts';
import type { Column } from './columns.ts';
import type { FieldRule } from './field-rule.ts';
import type { Kind, ShownLine } from './kind.ts';
import { once } from './lazily.ts';
import { subjectOf } from './naming.ts';
import {
  type FieldProblem,
  type Issue,
  isEmpty,
  nothing,
  problem,
  type Reading,
  type RowPlace,
  readBySchema,
  shown,
  textProblem,
  tooLong,
} from './reading.ts';

/** Most rows of a list. */
const mostRows = 200;

/** A kind whose answer is a list of rows; a form writes a line for each. */
export interface RowKind<Row> extends Kind<readonly Row[]> {
  /** The rows as received, each in its schema's shape as far as its meaning is plain; empty ones left out. */
  readonly tidied: (received: unknown) => readonly unknown[];
}

interface RowRules<Row> {
  readonly typed?: string;
  /** What a row is called in errors and forms: 'Person'. */
  readonly noun: string;
  /** Its cells, where a form can ask for them one by one. */
  readonly columns?: readonly Column[];
  readonly missing: (rule: FieldRule) => string;
  /** What one row is. */
  readonly row: () => z.ZodMiniType<Row>;
  /** Whether that takes a row as it stands, where it is told without it. */
  readonly fits: (row: unknown) => row is Row;
  readonly tidy: (row: unknown) => unknown;
  /** What to do about a row ('Person 2') that the schema refuses. */
  readonly remedy: (row: string, issue: Issue) => string;
  /** What tells a row from the others, where each may be there once, and what to do about one that comes again. */
  readonly once?: {
    readonly key: (row: Row) => string;
    readonly problem: (row: Row, place: { readonly again: string; readonly first: string }) => FieldProblem;
  };
  /** One row as a line; `tidy` reads it back. */
  readonly write: (row: unknown) => string;
  readonly show: (rows: readonly Row[]) => readonly ShownLine[];
}

/** A row that was read, with its place among those received. */
interface ReadRow<Row> {
  readonly place: number;
  readonly value: Row;
}

/** The kind that these rules make. */
export function rowKind<Row>(rules: RowRules<Row>): RowKind<Row> {
  const { typed, noun, columns, missing, row, fits, tidy, remedy, write, show } = rules;
  const schema = once(() => z.array(row()).check(z.minLength(1), z.maxLength(mostRows)));
  const placed = (received: unknown): { readonly place: number; readonly tidied: unknown }[] =>
    isEmpty(received)
      ? []
      : linesOf(received)
          .map((each, place) => ({ place, tidied: tidy(each) }))
          .filter((each) => !isEmpty(each.tidied));
  const tidied = (received: unknown): unknown[] => placed(received).map((each) => each.tidied);
  const named = (place: number): string => `${noun} ${place + 1}`;

  const refusedAt = (place: number, issues: readonly Issue[]): FieldProblem[] =>
    issues.map((issue) => {
      const { expected, found } = problem(`line ${place + 1}: ${issue.expected}`, issue.found, '');
      const [column] = issue.path;
      const at: RowPlace = { row: place, ...(typeof column === 'string' && { column }) };
      return { expected, found, remedy: remedy(named(place), issue), at };
    });

  const onceEach = (rows: readonly ReadRow<Row>[]): { readonly values: Row[]; readonly problems: FieldProblem[] } => {
    if (!rules.once) return { values: rows.map(({ value }) => value), problems: [] };
    const { key, problem: again } = rules.once;
    const first = new Map<string, ReadRow<Row>>();
    const problems: FieldProblem[] = [];
    for (const each of rows) {
      const before = first.get(key(each.value));
      if (!before) first.set(key(each.value), each);
      else {
        const place = { again: named(each.place), first: named(before.place) };
        problems.push({ ...again(each.value, place), at: { row: each.place } });
      }
    }
    return { values: [...first.values()].map(({ value }) => value), problems };
  };

  return {
    isList: true,
    oneLine: false,
    ...(columns && { rows: { noun, columns } }),
    ...(typed === undefined ? {} : { typed }),
    missing,
    schema,
    tidied,
    read(received, rule): Reading<readonly Row[]> {
      if (isEmpty(received)) return nothing;
      if (typeof received === 'string' && wasCut(received)) return { problems: [tooLong(received, rule)] };
      const rows = placed(received);
      const good: ReadRow<Row>[] = [];
      const problems: FieldProblem[] = [];
      for (const each of rows.slice(0, mostRows)) {
        const read = fits(each.tidied) ? { value: each.tidied } : readBySchema(row(), each.tidied);
        if ('value' in read) good.push({ place: each.place, value: read.value });
        else problems.push(...refusedAt(each.place, read.issues));
      }
      if (rows.length > mostRows) problems.push(tooMany(rule, rows.length));
      const only = typeof received === 'string' ? received : isOneText(received) ? received[0] : undefined;
      const filler = rows.length === 1 && only !== undefined ? textProblem(only, rule) : undefined;
      if (filler !== undefined) return { problems: [filler] };
      const { values, problems: repeated } = onceEach(good);
      const all = distinct([...problems, ...repeated]);
      return values.length > 0 ? { value: values, problems: all } : { problems: all };
    },
    show(answer) {
      const rows = tidied(answer).flatMap((each) => (fits(each) ? [each] : (row().safeParse(each).data ?? [])));
      // A text that no row was read from is shown as it stands: "none", or what is still to be corrected.
      return rows.length > 0 ? show(rows) : isEmpty(answer) ? [] : [{ text: shown(answer) }];
    },
    write(answer) {
      if (isEmpty(answer)) return '';
      return typeof answer === 'string' ? answer : tidied(answer).map(write).join('\n');
    },
  };
}

function tooMany(rule: FieldRule, count: number): FieldProblem {
  const remedy = `${subjectOf(rule)} must be ${mostRows} lines or fewer, now ${inThousands(count)}`;
  return problem(`at most ${mostRows} lines`, `${count} lines`, remedy);
}

/** Nobody needs the same sentence twice, as of two roles that are none. */
const distinct = (problems: readonly FieldProblem[]): readonly FieldProblem[] =>
  problems.filter(({ remedy }, i) => problems.findIndex((each) => each.remedy === remedy) === i);

const isOneText = (received: unknown): received is readonly [string] =>
  Array.isArray(received) && received.length === 1 && typeof received[0] === 'string';

function linesOf(received: unknown): unknown[] {
  if (typeof received === 'string') return received.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  return Array.isArray(received) ? received : [received];
}
