import type { Evidence, EvidenceValue } from '../handoff/handoff.ts';
import type { Person } from '../people/person.ts';
import type { EvidenceField } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { cleanText } from './clean-text.ts';
import { readEvidence } from './evidence-kinds.ts';

/** A submitted form: one text per field, several where a name comes more than once. */
export type Form = Readonly<Record<string, string | readonly string[]>>;

export interface EvidenceInput {
  readonly fields: readonly EvidenceField[];
  readonly form: Form;
  /** IANA zone of the person who types. */
  readonly zone: string;
  readonly at: Instant;
  /** When the deal was won: what has taken place did so on that day, in the person's zone, or later. */
  readonly notBefore?: Instant;
  /** Whom a field of kind `customerSuccessManager` (and `reassign`'s `to`) may name. */
  readonly candidates?: readonly Person[];
}

export interface EvidenceProblem {
  readonly field: string;
  /** What to do about it, in a sentence. */
  readonly problem: string;
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
 * ignored.
 */
export function parseEvidence(input: EvidenceInput): EvidenceParsed {
  const evidence: Record<string, EvidenceValue> = {};
  const notes: string[] = [];
  const problems: EvidenceProblem[] = [];
  for (const field of input.fields) {
    const texts = textsOf(input.form, field.name).filter((text) => cleanText(text).trim() !== '');
    const answer = readEvidence(field, texts, input);
    if ('problem' in answer) problems.push({ field: field.name, problem: answer.problem });
    else if (answer.value !== undefined) evidence[field.name] = answer.value;
    if ('note' in answer && answer.note !== undefined) notes.push(`${field.label}: ${answer.note}`);
  }
  return problems.length > 0 ? { problems } : { evidence, notes };
}
