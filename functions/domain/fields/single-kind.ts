import type * as z from 'zod/mini';
import type { FieldRule } from './field-rule.ts';
import type { Filling, Kind, ShownLine } from './kind.ts';
import {
  type FieldProblem,
  isEmpty,
  nothing,
  problem,
  type Reading,
  readBySchema,
  shown,
  textProblem,
} from './reading.ts';

/** A kind whose answer is one value, read by a schema once its loose spellings are tidied. */
interface SingleKind<Value> {
  /** A form writes it in several lines. */
  readonly manyLines?: true;
  readonly typed?: string;
  readonly missing: (rule: FieldRule) => string;
  readonly schema: (rule: FieldRule) => z.ZodMiniType<Value>;
  /** Whether the schema takes an answer as it stands, where that is told without it. */
  readonly fits: (answer: unknown, rule: FieldRule) => answer is Value;
  /** Brings what was received into the schema's shape as far as its meaning is plain; otherwise leaves it as it is. */
  readonly tidy: (received: unknown, rule: FieldRule, filling?: Filling) => unknown;
  /** What is wrong with a text before the schema sees it. */
  readonly problem?: (text: string, rule: FieldRule) => FieldProblem | undefined;
  /** What to do about an answer that the schema refuses. */
  readonly remedy: (rule: FieldRule, answer: unknown) => string;
  /** What else must hold, for whoever fills the form in. */
  readonly check?: (value: Value, rule: FieldRule, filling: Filling | undefined) => Reading<Value>;
  readonly show?: (value: Value, rule: FieldRule) => ShownLine;
  readonly write?: (answer: unknown) => string;
  readonly suggest?: Kind<Value>['suggest'];
  readonly flaws?: Kind<Value>['flaws'];
}

/** The kind that these rules make. */
export function singleKind<Value>(kind: SingleKind<Value>): Kind<Value> {
  const { missing, schema, fits, tidy, write = shown, show, typed, suggest, flaws } = kind;
  return {
    isList: false,
    oneLine: !kind.manyLines,
    ...(typed === undefined ? {} : { typed }),
    missing,
    schema,
    read(received, rule, filling) {
      const answer = tidy(received, rule, filling);
      if (isEmpty(answer)) return nothing;
      const refused =
        typeof answer === 'string' ? (kind.problem?.(answer, rule) ?? textProblem(answer, rule)) : undefined;
      if (refused) return { problems: [refused] };
      const read = fits(answer, rule) ? { value: answer } : readBySchema(schema(rule), answer);
      if ('value' in read) return kind.check?.(read.value, rule, filling) ?? { value: read.value, problems: [] };
      const remedy = kind.remedy(rule, answer);
      return { problems: read.issues.map(({ expected, found }) => problem(expected, found, remedy)) };
    },
    show(answer, rule) {
      const tidied = tidy(answer, rule);
      const data = fits(tidied, rule) ? tidied : schema(rule).safeParse(tidied).data;
      return [show === undefined || data === undefined ? { text: write(answer) } : show(data, rule)];
    },
    write: (answer) => (isEmpty(answer) ? '' : write(answer)),
    ...(suggest && { suggest }),
    ...(flaws && { flaws }),
  };
}
