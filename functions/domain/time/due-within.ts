/** `'-90 days'` lies before its anchor; only calendar days and months may. */
export type Within =
  | `${number} hours`
  | `${number} hour`
  | `${number} elapsed hours`
  | `${number} elapsed hour`
  | `${number} business days`
  | `${number} business day`
  | `${number} days`
  | `${number} day`
  | `${number} months`
  | `${number} month`
  | 'same day';

/** A due rule taken apart. */
export type Amount =
  | { readonly unit: 'hours' | 'elapsed hours' | 'business days' | 'days' | 'months'; readonly amount: number }
  | { readonly unit: 'same day' };

type CountedUnit = Exclude<Amount['unit'], 'same day'>;

/** Ten years, in each unit; nothing in a handoff takes longer. */
const longest: Readonly<Record<CountedUnit, number>> = {
  hours: 87_600,
  'elapsed hours': 87_600,
  'business days': 2_600,
  days: 3_650,
  months: 120,
};

/** The amount, or an Error (returned, not thrown) that names the text and says what is expected instead. */
export function parseWithin(text: string): Amount | Error {
  if (text === 'same day') return { unit: 'same day' };
  const [, number, word] = /^(-?\d+(?:\.\d+)?) (hour|elapsed hour|business day|day|month)s?$/.exec(text) ?? [];
  const unit = word === undefined ? undefined : unitOf(`${word}s`);
  if (number === undefined || unit === undefined) {
    return refused(
      text,
      "'24 hours', '24 elapsed hours', '3 business days', '14 days', '-90 days', '3 months' or 'same day'",
    );
  }
  const amount = Number(number);
  const inHours = unit === 'hours' || unit === 'elapsed hours';
  if (!inHours && !Number.isInteger(amount)) return refused(text, `whole ${unit}`);
  if (amount < 0 && unit !== 'days' && unit !== 'months')
    return refused(text, `only days and months can lie before the anchor`);
  if (amount === 0 && unit === 'business days') return refused(text, `say 'same day'`);
  if (Math.abs(amount) > longest[unit]) return refused(text, `at most ${longest[unit]} ${unit} (ten years)`);
  return { unit, amount };
}

function unitOf(words: string): CountedUnit | undefined {
  return (Object.keys(longest) as CountedUnit[]).find((unit) => unit === words);
}

function refused(text: string, expected: string): Error {
  return new RangeError(`"${text}" is not a due rule: ${expected}`);
}

const hoursIn = { hours: 1, 'elapsed hours': 1, 'business days': 24, days: 24, months: 730 } as const;

/** About how long it is, in hours; good for comparing. NaN for what cannot be parsed. */
export function hoursOf(within: Within): number {
  const amount = parseWithin(within);
  if (amount instanceof Error) return Number.NaN;
  return amount.unit === 'same day' ? 8 : amount.amount * hoursIn[amount.unit];
}
