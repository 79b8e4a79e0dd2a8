import { de } from './de/de.ts';
import { en, type Texts } from './en/en.ts';
import { usualLocale } from './locale.ts';

/** What emails say, by language: the one list of them. */
const languages = { en, de } as const satisfies Readonly<Record<string, Texts>>;

export type Language = keyof typeof languages;

/** Every language that emails are written in. */
export const knownLanguages = Object.keys(languages) as readonly Language[];

/** The language of a locale's emails; English where there are no texts in its own. */
export function languageOf(locale: string = usualLocale): Language {
  const known = languageOfLocale.get(locale);
  if (known !== undefined) return known;
  const { language } = new Intl.Locale(locale);
  const found = knownLanguages.find((each) => each === language) ?? 'en';
  if (languageOfLocale.size < mostLocales) languageOfLocale.set(locale, found);
  return found;
}

/** Every sentence asks for its language, of the few locales there are; taking one apart is slow. */
const languageOfLocale = new Map<string, Language>();
const mostLocales = 100;

/** What emails say in a locale. */
export const textsOf = (locale?: string): Texts => languages[languageOf(locale)];
