import type { Gap } from '../deal/completeness.ts';
import type { FieldPath, PackageField } from '../deal/package.ts';
import { shownLines } from '../fields/answer.ts';
import { cleanLine } from '../fields/clean-text.ts';

export interface BriefLine {
  /** The field that the line is about. */
  readonly path: FieldPath;
  readonly label: string;
  readonly text: string;
  /** Something required that is not there: `text` says so. */
  readonly missing?: true;
  /** http or https. */
  readonly url?: string;
}

const longest = 240;

/** The lines of one field: what was answered, then what is still lacking. */
export function answerLines(field: PackageField, answer: unknown, gaps: readonly Gap[]): BriefLine[] {
  const given = answer === undefined ? [] : linesOf(field, answer);
  const lacking = gaps.map(({ kind, expected, found }): BriefLine => {
    const what = given.length > 0 ? `: ${expected}` : '';
    const text = kind === 'missing' ? `not given${what}` : `not given yet ("${found}")`;
    return { path: field.path, label: field.label, text: shortened(text), missing: true };
  });
  return [...given, ...lacking];
}

function linesOf(field: PackageField, answer: unknown): BriefLine[] {
  const { path, label } = field;
  return shownLines(field, answer).map((line) => ({ path, label, ...line, text: shortened(line.text) }));
}

function shortened(text: string): string {
  const line = cleanLine(text);
  if (line.length <= longest) return line;
  const start = line.slice(0, longest);
  const whole = start.slice(0, Math.max(start.lastIndexOf(' '), longest / 2));
  return `${whole.isWellFormed() ? whole : whole.slice(0, -1)}… (full text in the package)`;
}
