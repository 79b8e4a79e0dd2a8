import type { z } from 'zod';
import type { Gap } from '../deal/completeness.ts';
import type { PackageField } from '../deal/package.ts';
import { cleanLine } from '../fields/clean-text.ts';
import { answerSchemas } from '../fields/package-kinds.ts';

export interface BriefLine {
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
    const text = kind === 'missing' ? `not given${what}` : `not given (${expected}; found: ${found})`;
    return { label: field.label, text: shortened(text), missing: true };
  });
  return [...given, ...lacking];
}

let amounts: Intl.NumberFormat | undefined;

function amountText(amount: number): string {
  amounts ??= new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
  return amounts.format(amount);
}

function linesOf(field: PackageField, answer: unknown): BriefLine[] {
  const { label, kind } = field;
  if (typeof answer === 'string') return [{ label, text: shortened(answer) }];
  if (typeof answer === 'number') {
    const unit = answer === 1 ? field.unit?.replace(/s$/, '') : field.unit;
    return [{ label, text: [answer, unit].join(' ').trim() }];
  }
  const rows = Array.isArray(answer) ? answer : [answer];
  switch (kind) {
    case 'money':
      return read(answerSchemas().money, rows).map(({ amount, currency }) => ({
        label,
        text: `${amountText(amount)} ${currency}`,
      }));
    case 'link':
    case 'links':
      return read(answerSchemas().link, rows).map(({ title, url }) => ({ label, text: shortened(title ?? url), url }));
    case 'metrics':
      return [
        {
          label,
          text: read(answerSchemas().metrics, rows)
            .map(({ name, target, unit }) => `${name}: ${target} ${unit}`)
            .join('; '),
        },
      ];
    case 'stakeholders':
      return read(answerSchemas().stakeholders, rows).map(({ name, email, roles, influence, stays, notes }) => ({
        label: name,
        text: shortened(
          [
            roles.join(', '),
            `influence ${influence}`,
            stays ? 'stays involved' : 'leaves after the signature',
            email,
            notes,
          ]
            .filter((part) => part !== undefined)
            .join('; '),
        ),
      }));
    case 'promises':
      return read(answerSchemas().promises, rows).map(({ what, toWhom, byWhen, where, certainty }) => ({
        label: `Promised to ${toWhom}`,
        text: shortened(`${what}; due: ${byWhen}; ${certainty}; said: ${where}`),
      }));
    default:
      return [{ label, text: shortened(rows.join(', ')) }];
  }
}

/** The rows once more through their schema, which gives them their type. */
function read<T>(schema: z.ZodType<T>, rows: readonly unknown[]): T[] {
  return rows.flatMap((row) => schema.safeParse(row).data ?? []);
}

function shortened(text: string): string {
  const line = cleanLine(text);
  if (line.length <= longest) return line;
  const start = line.slice(0, longest);
  const whole = start.slice(0, Math.max(start.lastIndexOf(' '), longest / 2));
  return `${whole.isWellFormed() ? whole : whole.slice(0, -1)}… (full text in the package)`;
}
