import type { Gap } from '../deal/completeness.ts';
import type { FieldPath } from '../deal/package.ts';
import type { EvidenceProblem } from '../fields/evidence.ts';
import type { EvidenceField } from '../fields/field-rule.ts';
import { isTexts } from '../fields/reading.ts';
import type { Evidence } from '../fields/values.ts';
import type { FieldAnswer } from '../handoff/exception-request.ts';
import { gapPaths } from '../handoff/handoff-package.ts';
import type { ChoiceRule } from '../playbook/playbook.ts';

/** A field of the review form that is about one answer of the package. */
export interface ReviewField extends EvidenceField {
  /** What it is about: 'Contract: Term length'. */
  readonly group: string;
  /** What is said where nobody says something else. */
  readonly preset?: string;
  /** Chosen by a click, all options in sight. */
  readonly asBoxes?: true;
}

const granted = 'Grant';
const declined = 'Decline';

/** Beyond this, an owed answer is forgotten. */
const longestDebt = 90;
/** Of one answer, in characters: all of them stand in one item. */
const longestReason = 1000;

/** The fields of the choice that grants an exception; what is owed is owed by a day to come, within 90 days. */
export const grantFields = ({ evidence }: ChoiceRule): readonly EvidenceField[] =>
  evidence.map((field) => (field.kind === 'date' ? { min: 0, max: longestDebt, ...field } : field));

/** For each missing answer: grant or decline, and its own owner, date and reason where they differ from those of all. */
export const reviewFields = (gaps: readonly Gap[]): readonly ReviewField[] =>
  gapPaths(gaps).flatMap((path) => {
    const own = gaps.filter((gap) => gap.path === path);
    const [first] = own;
    const about = { group: first ? `${first.section}: ${first.label}` : path, required: false } as const;
    return [
      {
        ...about,
        name: nameOf('decision', path),
        label: 'Grant or decline',
        kind: 'choice',
        options: [granted, declined],
        preset: granted,
        asBoxes: true,
        // What the asker was to answer, or what is wrong with what they said.
        hint: own
          .map(({ kind, expected, remedy }) => (kind === 'missing' ? `Missing: ${expected}` : remedy))
          .join('. '),
      },
      {
        ...about,
        name: nameOf('owner', path),
        label: 'Another owner',
        hint: 'Empty where it’s who brings the others.',
        kind: 'emails',
        max: 1,
      },
      {
        ...about,
        name: nameOf('dueDate', path),
        label: 'Another date',
        hint: 'Empty where it’s the same day.',
        thing: 'the other date',
        kind: 'date',
        min: 0,
        max: longestDebt,
      },
      { ...about, name: nameOf('reason', path), label: 'Another reason', kind: 'longText', max: longestReason },
    ];
  });

const nameOf = (what: 'decision' | 'owner' | 'dueDate' | 'reason', path: FieldPath): string => `${what}:${path}`;

/**
 * Owners whom nobody knows: they would be sent what sales wrote down, and a link. Each problem is at the field that names them.
 */
export const strangersIn = (
  evidence: Evidence,
  { answers, isKnown }: { readonly answers: readonly FieldAnswer[]; readonly isKnown: (email: string) => boolean },
): readonly EvidenceProblem[] => {
  const named = answers.flatMap(({ path, owner }) => {
    if (owner === undefined || owner === '' || isKnown(owner)) return [];
    const own = nameOf('owner', path);
    return [[isTexts(evidence[own]) && evidence[own].length > 0 ? own : 'owner', owner] as const];
  });
  return [...new Map(named)].map(([field, owner]) => ({
    field,
    problem: `${owner} isn't on the roster: name a colleague`,
  }));
};

/** What the reviewer said of each missing answer: what is not said of it, is said of all; granted, unless declined. */
export function reviewAnswers(evidence: Evidence, paths: readonly FieldPath[]): readonly FieldAnswer[] {
  const said = (name: string): string => {
    const value = evidence[name];
    return isTexts(value) ? (value[0] ?? '') : String(value ?? '');
  };
  return paths.map((path): FieldAnswer => {
    const own = (what: 'owner' | 'dueDate') => said(nameOf(what, path)) || said(what);
    const reason = said(nameOf('reason', path));
    const because = { ...(reason !== '' && { reason }) };
    if (said(nameOf('decision', path)) === declined) return { path, granted: false, ...because };
    return { path, granted: true, owner: own('owner'), due: own('dueDate'), ...because };
  });
}
