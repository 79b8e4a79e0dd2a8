import { isLocale } from './locale.ts';
import { knownLanguages, type Language, languageOf } from './texts.ts';

/** A language that somebody named, with a country where they named one. */
export interface NamedLanguage {
  readonly language: Language;
  /** BCP 47. */
  readonly locale: string;
}

/**
 * The language that a text names, of those that emails are written in: by its tag ('de', 'de-AT', 'de_DE') or by its name in
 * any of them ('German', 'Deutsch', 'Swiss German', 'German (formal)'). Where it names several, the first; undefined for none.
 */
export function languageNamed(text: string): NamedLanguage | undefined {
  const tag = text.trim().replaceAll('_', '-');
  if (/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) && isLocale(tag)) {
    const [locale = tag] = Intl.getCanonicalLocales(tag);
    const language = knownLanguages.find((known) => known === new Intl.Locale(locale).language);
    return language && { language: languageOf(locale), locale };
  }
  const words = text.toLowerCase().split(/[^\p{L}]+/u);
  for (const word of words) {
    const language = named(word);
    if (language) return { language, locale: language };
  }
  return undefined;
}

// Asked of Intl once, when first needed: that takes longer than all else about a page's languages.
let languages: ReadonlyMap<string, Language> | undefined;

/** 'german', 'deutsch'. */
function named(word: string): Language | undefined {
  languages ??= new Map(
    knownLanguages.flatMap((reader) => {
      const names = new Intl.DisplayNames(reader, { type: 'language' });
      return knownLanguages.map((language) => [names.of(language)?.toLowerCase() ?? '', language] as const);
    }),
  );
  return languages.get(word);
}
