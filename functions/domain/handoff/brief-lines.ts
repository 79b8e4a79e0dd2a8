import type { Gap } from '../deal/completeness.ts';
import type { FieldPath, PackageField } from '../deal/package.ts';
import { shownLines } from '../fields/answer.ts';
import { cleanLine } from '../fields/clean-text.ts';
import type { ShownLine } from '../fields/kind.ts';
import { isRecord } from '../fields/record.ts';
import type { Texts } from '../texts/en/en.ts';
import { formatDate } from '../time/wall-format.ts';

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

interface Telling {
  readonly gaps: readonly Gap[];
  readonly texts: Texts;
  readonly locale: string | undefined;
}

/** The lines of one field: what was answered, then what is still lacking. */
export function answerLines(field: PackageField, answer: unknown, { gaps, ...told }: Telling): BriefLine[] {
  const words = told.texts.brief;
  const given = answer === undefined ? [] : linesOf(field, answer, told);
  const lacking = gaps.map(({ kind, expected, found }): BriefLine => {
    const text = kind === 'missing' ? words.notGiven(given.length > 0 ? expected : '') : words.notYet(found ?? '');
    return { path: field.path, label: field.label, text: shortened(text, words), missing: true };
  });
  return [...given, ...lacking];
}

function linesOf(field: PackageField, answer: unknown, { texts, locale }: Omit<Telling, 'gaps'>): BriefLine[] {
  const { path, label } = field;
  return shownIn(field, answer, { texts, locale }).map((line) => ({
    path,
    label,
    ...line,
    text: shortened(line.text, texts.brief),
  }));
}

function shortened(text: string, words: Texts['brief']): string {
  const line = cleanLine(text);
  if (line.length <= longest) return line;
  const start = line.slice(0, longest);
  const whole = start.slice(0, Math.max(start.lastIndexOf(' '), longest / 2));
  return `${whole.isWellFormed() ? whole : whole.slice(0, -1)}… ${words.full}`;
}

/** Amounts and days in the formats of a locale, where one is said; all else as everywhere. */
function shownIn(field: PackageField, answer: unknown, { texts, locale }: Omit<Telling, 'gaps'>): readonly ShownLine[] {
  if (locale === undefined) return shownLines(field, answer);
  const { brief, count } = texts;
  if (field.kind === 'number' && field.unit === 'months' && typeof answer === 'number')
    return [{ text: count.months(answer) }];
  if (field.kind === 'money' && isRecord(answer))
    return [{ text: `${Number(answer['amount']).toLocaleString(locale)} ${answer['currency']}` }];
  if (field.kind === 'date' && typeof answer === 'string')
    return [{ text: formatDate(Date.parse(answer), undefined, locale) }];
  // What people wrote stands as they wrote it; what the fields offer to choose from has names in each language.
  const named = (text: string): string => brief.choices[text] ?? text;
  return shownLines(field, answer).map((line) => ({
    ...line,
    text: line.text
      .split('; ')
      .map((part) => part.split(', ').map(named).join(', '))
      .join('; '),
  }));
}
