import * as z from 'zod';
import { wasCut } from './clean-text.ts';
import type { Kind, ShownLine } from './kind.ts';
import { once } from './lazily.ts';
import { isEmpty, nothing, problem, type Reading, readBySchema, shown, textProblem, tooLong } from './reading.ts';

/** Most rows of a list. */
const mostRows = 200;

/** A kind whose answer is a list of rows; a form writes a line for each. */
export interface RowKind<Row> extends Kind<readonly Row[]> {
  /** The rows as received, each in its schema's shape as far as its meaning is plain; empty ones left out. */
  readonly tidied: (received: unknown) => readonly unknown[];
}

interface RowRules<Row> {
  readonly typed?: string;
  readonly missing: string;
  /** What one row is. */
  readonly row: () => z.ZodType<Row>;
  readonly tidy: (row: unknown) => unknown;
  /** One row as a line; `tidy` reads it back. */
  readonly write: (row: unknown) => string;
  readonly show: (rows: readonly Row[]) => readonly ShownLine[];
}

/** The kind that these rules make. */
export function rowKind<Row>({ typed, missing, row, tidy, write, show }: RowRules<Row>): RowKind<Row> {
  const schema = once(() => z.array(row()).min(1).max(mostRows));
  const tidied = (received: unknown): unknown[] =>
    isEmpty(received)
      ? []
      : linesOf(received)
          .map(tidy)
          .filter((each) => !isEmpty(each));
  return {
    isList: true,
    oneLine: false,
    ...(typed === undefined ? {} : { typed }),
    missing: () => missing,
    schema,
    tidied,
    read(received, rule): Reading<readonly Row[]> {
      if (isEmpty(received)) return nothing;
      if (typeof received === 'string' && wasCut(received)) return { problems: [tooLong(received)] };
      const rows = tidied(received);
      const read = rows.slice(0, mostRows).map((each, i) => readBySchema(row(), each, { where: `line ${i + 1}: ` }));
      const values = read.flatMap(({ value }) => (value === undefined ? [] : [value]));
      const problems = read.flatMap((each) => each.problems);
      if (rows.length > mostRows) problems.push(problem(`at most ${mostRows} lines`, `${rows.length} lines`));
      const [only] = values;
      const filler = values.length === 1 && typeof only === 'string' ? textProblem(only, rule) : undefined;
      if (filler !== undefined) return { problems: [filler] };
      return values.length > 0 ? { value: values, problems } : { problems };
    },
    show(answer) {
      const rows = tidied(answer).flatMap((each) => row().safeParse(each).data ?? []);
      // A text that no row was read from is shown as it stands: "none", or what is still to be corrected.
      return rows.length > 0 ? show(rows) : isEmpty(answer) ? [] : [{ text: shown(answer) }];
    },
    write(answer) {
      if (isEmpty(answer)) return '';
      return typeof answer === 'string' ? answer : tidied(answer).map(write).join('\n');
    },
  };
}

function linesOf(received: unknown): unknown[] {
  if (typeof received === 'string') return received.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  return Array.isArray(received) ? received : [received];
}
