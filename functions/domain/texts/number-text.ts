import { usualLocale } from './locale.ts';

/** What stands between thousands, of the locales in which most stages write. */
const betweenThousands: Readonly<Record<string, string>> = { 'en-US': ',', 'de-DE': '.' };

// Making one takes longer than using it a hundred times.
const made = new Map<string, Intl.NumberFormat>();

/** '24,000', '24,000.5': in a locale (BCP 47), to `digits` decimals at most, which are three when left out. */
export function numberText(
  value: number,
  { locale = usualLocale, digits = 3 }: { readonly locale?: string; readonly digits?: number } = {},
): string {
  const between = betweenThousands[locale];
  // Most numbers are whole. Not by Intl, whose first number takes three milliseconds, and ten where nothing else has woken it.
  if (between !== undefined && Number.isSafeInteger(value)) return inThousands(value, between);
  const key = `${locale} ${digits}`;
  const format = made.get(key) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: digits });
  made.set(key, format);
  return format.format(value);
}

/** '24,000' */
export const inThousands = (count: number, between = ','): string => String(count).replace(/\B(?=(\d{3})+$)/g, between);
