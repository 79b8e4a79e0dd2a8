import { usualLocale } from './locale.ts';

/** What stands between thousands and before decimals, of the locales in which most stages write. */
const signs: Readonly<Record<string, { readonly between: string; readonly point: string }>> = {
  'en-US': { between: ',', point: '.' },
  'de-DE': { between: '.', point: ',' },
};

/** Between these, no digit of a number is lost, and none is written in powers of ten. */
const [leastPlain, mostPlain] = [1e-6, 1e12];

/** '24,000', '24,000.5': in a locale (BCP 47), to `digits` decimals at most, which are three when left out. */
export function numberText(
  value: number,
  { locale = usualLocale, digits = 3 }: { readonly locale?: string; readonly digits?: number } = {},
): string {
  const own = signs[locale];
  // Not by Intl, whose first number takes three milliseconds, and ten where nothing else has woken it.
  if (own && Number.isSafeInteger(value)) return inThousands(value, own.between);
  if (own && isPlain(value)) {
    const [whole = '', decimals] = String(shifted(Math.round(shifted(value, digits)), -digits)).split('.');
    return [inThousands(Number(whole), own.between), ...(decimals ? [decimals] : [])].join(own.point);
  }
  return formatter(locale, { maximumFractionDigits: digits }).format(value);
}

/** '82%': a share of 1, in a locale (BCP 47). */
export function percentText(share: number, locale = usualLocale): string {
  if (locale === 'en-US' && (share === 0 || isPlain(share))) return `${inThousands(Math.round(shifted(share, 2)))}%`;
  return formatter(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

const isPlain = (value: number): boolean => value >= leastPlain && value < mostPlain;

/** A number with its point moved, to the right where `by` is above 0, as it is written: 0.285 is 28.5 hundredths. */
const shifted = (value: number, by: number): number => Number(`${value}e${by}`);

// Making one takes longer than using it a hundred times.
const made = new Map<string, Intl.NumberFormat>();

function formatter(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${options.style} ${options.maximumFractionDigits}`;
  const format = made.get(key) ?? new Intl.NumberFormat(locale, options);
  made.set(key, format);
  return format;
}

/** '98%', '45 minutes': a figure that people wrote, in its unit, in American English. */
export const inUnit = (figure: string, unit: string): string => `${figure}${unit.startsWith('%') ? '' : ' '}${unit}`;

/** '24,000' */
export const inThousands = (count: number, between = ','): string => String(count).replace(/\B(?=(\d{3})+$)/g, between);
