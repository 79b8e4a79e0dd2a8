import type { Gap } from '../deal/completeness.ts';
import type { FieldPath, PackageField } from '../deal/package.ts';
import { isNone, readAnswer, shownLines } from '../fields/answer.ts';
import { cleanLine } from '../fields/clean-text.ts';
import type { ShownLine } from '../fields/kind.ts';
import { isRecord, recordOf } from '../fields/record.ts';
import type { Texts } from '../texts/en/en.ts';
import { numberText } from '../texts/number-text.ts';
import type { Instant } from '../time/calendar.ts';
import { formatDate } from '../time/wall-format.ts';
import type { FieldHistory } from './package-history.ts';

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
  /** What the CRM changed of it since the deal was won. */
  readonly history?: FieldHistory | undefined;
  readonly texts: Texts;
  readonly locale: string | undefined;
}

/** The lines of one field: what was answered, then what is still lacking. */
export function answerLines(field: PackageField, answer: unknown, { gaps, history, ...told }: Telling): BriefLine[] {
  const words = told.texts.brief;
  const given = answer === undefined ? [] : linesOf(field, answer, told);
  const lacking = gaps.map(({ kind, expected, found }): BriefLine => {
    const text = kind === 'missing' ? words.notGiven(given.length > 0 ? expected : '') : words.notYet(found ?? '');
    return { path: field.path, label: field.label, text: shortened(text, words), missing: true };
  });
  return [...given, ...lacking, ...crmLines(field, history, told)];
}

/** What an answer was before the CRM changed it, and what the CRM says where somebody wrote something else later. */
function crmLines(
  field: PackageField,
  { changed, rivals = [] }: Partial<FieldHistory> = {},
  told: Omit<Telling, 'gaps'>,
): BriefLine[] {
  const { until, inCrm } = told.texts.brief;
  const day = (at: Instant) => formatDate(Date.parse(at.slice(0, 10)), undefined, told.locale);
  const line = (label: string, text: string): BriefLine => ({
    path: field.path,
    label,
    text: typedText(field, text, told),
  });
  return [
    ...(changed === undefined || changed.was === '' ? [] : [line(until(field.label, day(changed.at)), changed.was)]),
    ...rivals.filter(({ by }) => by === 'crm').map(({ at, text }) => line(inCrm(field.label, day(at)), text)),
  ];
}

/** An answer as forms write it, in a line for people. */
export function typedText(field: PackageField, text: string, told: Pick<Telling, 'texts' | 'locale'>): string {
  const { value = text } = readAnswer(field, text);
  const lines = shownIn(field, value, told);
  const isOfPeople = field.kind === 'stakeholders';
  return shortened(
    lines.map((line) => (isOfPeople ? (line.label ?? line.text) : line.text)).join('; '),
    told.texts.brief,
  );
}

function linesOf(
  field: PackageField,
  answer: unknown,
  { texts, locale }: Pick<Telling, 'texts' | 'locale'>,
): BriefLine[] {
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
function shownIn(
  field: PackageField,
  answer: unknown,
  { texts, locale }: Pick<Telling, 'texts' | 'locale'>,
): readonly ShownLine[] {
  if (locale === undefined) return shownLines(field, answer);
  const { brief, count } = texts;
  if (isNone(field, answer)) return [{ text: brief.none(answer) }];
  if (field.kind === 'number' && field.unit === 'months' && typeof answer === 'number')
    return [{ text: count.months(answer) }];
  if (field.kind === 'money' && isRecord(answer))
    return [{ text: `${numberText(Number(answer['amount']), { locale })} ${answer['currency']}` }];
  if (field.kind === 'date' && typeof answer === 'string')
    return [{ text: formatDate(Date.parse(answer), undefined, locale) }];
  const named = (text: string): string => brief.choices[text] ?? text;
  if (field.kind === 'metrics' && Array.isArray(answer)) {
    const figures = answer
      .map(textsOfRow)
      .map(({ name, target = '', unit = '' }) => `${name}: ${texts.inUnit(target, unit)}`);
    return [{ text: figures.join('; ') }];
  }
  if (field.kind === 'promises' && Array.isArray(answer))
    return answer.map((row) => {
      const { toWhom = '', what = '', byWhen = '', where = '', certainty = '' } = textsOfRow(row);
      return {
        label: brief.promisedTo(toWhom),
        text: brief.promise({ what, byWhen, where, certainty: named(certainty) }),
      };
    });
  const lines = shownLines(field, answer);
  // What people wrote stands as they wrote it; the roles that a person's row offers to choose from have names in each language.
  if (field.kind !== 'stakeholders') return lines;
  return lines.map((line) => ({
    ...line,
    text: line.text
      .split('; ')
      .map((part) => part.split(', ').map(named).join(', '))
      .join('; '),
  }));
}

const textsOfRow = (row: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(recordOf(row)).map(([name, cell]) => [name, String(cell)]));
