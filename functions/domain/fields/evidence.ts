import { readAnswer } from './answer.ts';
import { cleanText } from './clean-text.ts';
import type { EvidenceField } from './field-rule.ts';
import type { Filling } from './kind.ts';
import { kinds } from './kinds.ts';
import type { FieldProblem, RowPlace } from './reading.ts';
import type { Evidence, EvidenceValue } from './values.ts';

/** A submitted form: one text per field, several where a name comes more than once. */
export type Form = Readonly<Record<string, string | readonly string[]>>;

export interface EvidenceInput extends Filling {
  readonly fields: readonly EvidenceField[];
  readonly form: Form;
}

export interface EvidenceProblem {
  readonly field: string;
  /** What to do about it, in a sentence that names the answer. */
  readonly problem: string;
  /** Where in an answer of rows. */
  readonly at?: RowPlace;
}

export type EvidenceParsed =
  /** `notes`: how a doubtful answer was understood. */
  | { readonly evidence: Evidence; readonly notes: readonly string[] }
  | { readonly problems: readonly EvidenceProblem[] };

/** The texts sent under a name, in order. */
export function textsOf(form: Form, name: string): readonly string[] {
  const sent = Object.hasOwn(form, name) ? form[name] : undefined;
  if (sent === undefined) return [];
  return typeof sent === 'string' ? [sent] : sent;
}

/**
 * Reads what somebody filled in. Dates and times are those of the person's wall clock and become UTC instants; every problem
 * is named, not only the first. Fields that were left empty are absent from the evidence; names that nobody asked for are
 * ignored. A field of kind `person` takes nobody but the `candidates`.
 */
export function parseEvidence({ fields, form, ...filling }: EvidenceInput): EvidenceParsed {
  const evidence: Record<string, EvidenceValue> = {};
  const notes: string[] = [];
  const problems: EvidenceProblem[] = [];
  for (const field of fields) {
    const { value, note, wrong = [] } = readField(field, form, { candidates: [], ...filling });
    problems.push(...wrong);
    if (wrong.length === 0 && value !== undefined) evidence[field.name] = value;
    if (note !== undefined) notes.push(`${field.label}: ${note}`);
  }
  return problems.length > 0 ? { problems } : { evidence, notes };
}

interface FieldRead {
  readonly value?: EvidenceValue | undefined;
  readonly note?: string | undefined;
  readonly wrong?: readonly EvidenceProblem[];
}

function readField(field: EvidenceField, form: Form, filling: Filling): FieldRead {
  const kind = kinds[field.kind];
  const texts = saidIn(form, field.name);
  const text = kind.isList ? texts.join('\n') : texts[0];
  const parts = partsOf(field, form);
  const received = parts.length === 0 ? text : [...parts, ...(text?.split('\n') ?? [])];
  const { value, note, problems } = readAnswer(field, received, filling);
  const wrong = ofEachCell(problems).map(({ remedy, at }) => ({
    field: field.name,
    problem: remedy,
    ...(at && { at }),
  }));
  if (wrong.length > 0) return { wrong };
  if (value === undefined && field.required) return { wrong: [{ field: field.name, problem: kind.missing(field) }] };
  return { value, note };
}

/** What is wrong with a field is said once; of rows, once for each cell. */
const ofEachCell = (problems: readonly FieldProblem[]): readonly FieldProblem[] =>
  problems.some(({ at }) => at) ? problems : problems.slice(0, 1);

/** The texts under a name that say something. */
const saidIn = (form: Form, name: string): readonly string[] =>
  textsOf(form, name)
    .map(cleanText)
    .filter((text) => text.trim() !== '');

/** What a form sends apart from the field itself, one part under each name. */
function partsOf({ name, kind }: EvidenceField, form: Form): readonly unknown[] {
  const { ofPart } = kinds[kind];
  if (!ofPart) return [];
  const start = `${name}.`;
  return Object.keys(form)
    .filter((key) => key.startsWith(start))
    .flatMap((key) => saidIn(form, key).map((text) => ofPart(key.slice(start.length), text)));
}
