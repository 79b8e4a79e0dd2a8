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
  const { language } = new Intl.Locale(locale);
  return knownLanguages.find((known) => known === language) ?? 'en';
}

/** What emails say in a locale. */
export const textsOf = (locale?: string): Texts => languages[languageOf(locale)];
