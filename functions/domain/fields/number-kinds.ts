import * as z from 'zod/mini';
import { inThousands, numberText } from '../texts/number-text.ts';
import { currencyCode, isCurrency } from '../time/formats.ts';
import { cleanLine } from './clean-text.ts';
import type { FieldRule } from './field-rule.ts';
import { lazily, once } from './lazily.ts';
import { subjectOf, thingOf } from './naming.ts';
import { shown } from './reading.ts';
import { isRecord } from './record.ts';
import { singleKind } from './single-kind.ts';
import type { Money } from './values.ts';

interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** The bounds of the kinds that have some, where a field's rule says no others. */
const usualBounds = {
  number: { min: 1, max: 1200 },
  score: { min: 1, max: 10 },
  minutes: { min: 5, max: 480 },
} as const satisfies Readonly<Record<string, Bounds>>;
type BoundKind = keyof typeof usualBounds;

const isBound = (kind: string): kind is BoundKind => Object.hasOwn(usualBounds, kind);

/** From where to where a number, a score or minutes may lie. */
export function boundsOf({ kind, min, max }: Pick<FieldRule, 'kind' | 'min' | 'max'>): Bounds {
  const usual = isBound(kind) ? usualBounds[kind] : { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };
  return { min: min ?? usual.min, max: max ?? usual.max };
}

/** 'Term length must be a number, like 12', 'Minutes must be between 15 and 30'. */
function numberProblem(rule: FieldRule, answer: unknown): string {
  const { min, max } = boundsOf(rule);
  const isNumber =
    typeof answer === 'number' || (typeof answer === 'string' && /^-?\d+([.,]\d+)?$/.test(answer.trim()));
  if (!isNumber) return `${subjectOf(rule)} must be a number, like ${Math.min(Math.max(12, min), max)}`;
  return `${subjectOf(rule)} must be a whole number between ${inThousands(min)} and ${inThousands(max)}`;
}

const selectScore = (rule: FieldRule): string => {
  const { min, max } = boundsOf(rule);
  return `Select ${min} to ${max}`;
};

function boundFlaws(rule: FieldRule): string[] {
  const { min, max } = boundsOf(rule);
  return min > max ? [`lies between ${min} and ${max}`] : [];
}

const tidyNumber = (received: unknown): unknown => {
  const typed = typeof received === 'string' ? cleanLine(received) : received;
  return typeof typed === 'string' && /^\d{1,9}$/.test(typed) ? Number(typed) : received;
};

const numberWithin = lazily((bounds: string) => {
  const [min = 1, max = 1] = bounds.split(' ').map(Number);
  return z
    .int({ error: 'a whole number' })
    .check(
      z.minimum(min, { error: `a whole number of ${inThousands(min)} or more` }),
      z.maximum(max, { error: `a whole number of ${inThousands(max)} or less` }),
    );
});
const schemaWithin = (rule: FieldRule) => {
  const { min, max } = boundsOf(rule);
  return numberWithin(`${min} ${max}`);
};

/** The same without the schema. */
function fitsWithin(answer: unknown, rule: FieldRule): answer is number {
  const { min, max } = boundsOf(rule);
  return Number.isSafeInteger(answer) && Number(answer) >= min && Number(answer) <= max;
}

const oneUnit = (unit: string): string => unit.replace(/s$/, '');

export const number = singleKind<number>({
  missing: (rule) => `Enter ${thingOf(rule)}${rule.unit === undefined ? '' : ` in ${rule.unit}`}`,
  schema: schemaWithin,
  fits: fitsWithin,
  tidy: (received, { unit = '' }) => {
    if (typeof received !== 'string') return received;
    const typed = cleanLine(received).toLowerCase();
    const named = [unit, oneUnit(unit)].find((name) => name !== '' && typed.endsWith(` ${name.toLowerCase()}`));
    const read = tidyNumber(named === undefined ? typed : typed.slice(0, -named.length));
    return typeof read === 'number' ? read : received;
  },
  remedy: numberProblem,
  show: (value, { unit }) => ({
    text: [value, value === 1 && unit !== undefined ? oneUnit(unit) : unit].join(' ').trim(),
  }),
  flaws: boundFlaws,
});

export const score = singleKind<number>({
  missing: selectScore,
  schema: schemaWithin,
  fits: fitsWithin,
  tidy: tidyNumber,
  remedy: selectScore,
  flaws: boundFlaws,
});

export const minutes = singleKind<number>({
  missing: () => 'Enter how many minutes',
  schema: schemaWithin,
  fits: fitsWithin,
  tidy: tidyNumber,
  remedy: numberProblem,
  suggest: ({ minutes }, rule) => {
    const { min, max } = boundsOf(rule);
    return minutes === undefined ? undefined : Math.min(Math.max(minutes, min), max);
  },
  flaws: boundFlaws,
});

const amountAndCurrency = /^([a-z]{3}|[€$£])? ?(\d[\d.,'’ ]*?) ?([a-z]{3}|[€$£])?$/i;

// Thousands may be grouped by comma, apostrophe, blank or dot, decimals stand behind a dot or a comma. "24.000 EUR" is not
// read: it is 24 in one country and 24,000 in another.
const decimalPoint = /^(\d{1,3}(?:[,'’ ]\d{3})+|\d+)(?:\.(\d{1,2}))?$/;
const decimalComma = /^(\d{1,3}(?:[.'’ ]\d{3})+|\d+),(\d{1,2})$/;
const dottedMillions = /^(\d{1,3}(?:\.\d{3}){2,})$/;
const pointOrThousands = /^([1-9]\d{0,2})\.(\d{3})$/;

const currencySigns: Readonly<Record<string, string>> = { '€': 'EUR', $: 'USD', '£': 'GBP' };

/** '24.000' and 'EUR' of '24.000 €'; undefined where there is no amount, or not one currency. */
function amountTyped(received: unknown): { readonly typed: string; readonly currency: string } | undefined {
  const [, before, typed, after] = (typeof received === 'string' && amountAndCurrency.exec(cleanLine(received))) || [];
  if (typed === undefined || (before === undefined) === (after === undefined)) return undefined;
  const said = before ?? after ?? '';
  return { typed, currency: currencySigns[said] ?? said.toUpperCase() };
}

/** What to do about an amount that was not read. */
function moneyProblem(answer: unknown): string {
  const found = amountTyped(answer);
  const [, whole, decimals] = (found && pointOrThousands.exec(found.typed)) ?? [];
  if (!found || whole === undefined) return 'Use a number and currency, like 24,000 EUR';
  const { typed, currency } = found;
  return `${typed} ${currency} can be ${whole},${decimals} ${currency} or ${whole} ${currency}. Write it without the point`;
}

const mostMoney = 1e12;

const moneySchema = once(() =>
  z.object(
    {
      amount: z
        .number({ error: 'an amount such as 24000' })
        .check(
          z.minimum(0, { error: 'an amount of 0 or more' }),
          z.maximum(mostMoney, { error: 'an amount below a trillion' }),
          z.describe('In units of the currency, e.g. 24000 or 24000.50'),
        ),
      currency: currencyCode().check(z.describe('ISO 4217 code')),
    },
    { error: 'an amount and its currency, such as 24000 EUR or 24000.50 EUR' },
  ),
);

/** The same without the schema. */
function isMoney(answer: unknown): answer is Money {
  if (!isRecord(answer) || Object.keys(answer).length !== 2) return false;
  const { amount, currency } = answer;
  const isAmount = typeof amount === 'number' && amount >= 0 && amount <= mostMoney;
  return isAmount && typeof currency === 'string' && isCurrency(currency);
}

export const money = singleKind<Money>({
  typed: 'a number and currency, like 24,000 EUR',
  missing: (rule) => `Enter ${thingOf(rule)}`,
  schema: moneySchema,
  fits: isMoney,
  tidy: (received) => {
    if (isRecord(received)) {
      const { amount, currency } = received;
      const given = typeof amount === 'string' && /^\d+(\.\d{1,2})?$/.test(amount.trim()) ? Number(amount) : amount;
      return { amount: given, currency: typeof currency === 'string' ? currency.trim().toUpperCase() : currency };
    }
    const found = amountTyped(received);
    const [, whole, decimals = '0'] =
      (found && [decimalPoint, decimalComma, dottedMillions].map((form) => form.exec(found.typed)).find(Boolean)) ?? [];
    if (!found || whole === undefined) return received;
    return { amount: Number(`${whole.replace(/\D/g, '')}.${decimals}`), currency: found.currency };
  },
  remedy: (_, answer) => moneyProblem(answer),
  show: ({ amount, currency }) => ({ text: `${numberText(amount, { digits: 2 })} ${currency}` }),
  write: (answer) =>
    isRecord(answer) ? `${shown(answer['amount'])} ${shown(answer['currency'])}`.trim() : shown(answer),
});
