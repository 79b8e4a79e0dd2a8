import type { FieldRule } from './field-rule.ts';
import type { Filling, ShownLine } from './kind.ts';
import { kinds } from './kinds.ts';
import { isEmpty, nothing, type Reading } from './reading.ts';
import type { EvidenceValue, FieldKind } from './values.ts';

/** An explicit "none", where the rule takes one. */
const none = 'none';
const saysNone = /^(none|none known|nothing known|no|n\/a|not applicable)[.!]?$/i;

/** Whose readers see "None known" as it was typed. */
const saidInWords: ReadonlySet<FieldKind> = new Set(['text', 'longText']);

/**
 * Reads the answer to one field as received: a text as typed into a form, or the structure of the JSON Schema. Takes anything,
 * never throws. `filling` tells who fills the form in, and when.
 */
export function readAnswer(rule: FieldRule, received: unknown, filling?: Filling): Reading<EvidenceValue> {
  if (isEmpty(received)) return nothing;
  const only = Array.isArray(received) && received.length === 1 ? received[0] : received;
  if (isNone(rule, only)) return { value: saidInWords.has(rule.kind) ? only.trim() : none, problems: [] };
  return kinds[rule.kind].read(received, rule, filling);
}

/** Whether an answer is an explicit "none", in one of the words for it, where the rule takes one. */
export const isNone = (rule: FieldRule, answer: unknown): answer is string =>
  rule.orNone === true && typeof answer === 'string' && saysNone.test(answer.trim());

/** What a form shows for an answer as received or as read, moments in `zone`; `readAnswer` reads it back. */
export function answerText(kind: FieldKind, answer: unknown, zone = 'UTC'): string {
  return isEmpty(answer) ? '' : kinds[kind].write(answer, zone);
}

/** An answer as brief, mails and other readers see it, moments in `zone`. */
export function shownLines(rule: FieldRule, answer: unknown, zone = 'UTC'): readonly ShownLine[] {
  return isEmpty(answer) ? [] : kinds[rule.kind].show(answer, rule, zone);
}
