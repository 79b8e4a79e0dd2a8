import { packageFields } from '../deal/package.ts';
import type { FrozenPlaybook } from '../playbook/playbook.ts';
import { playbookIn, speaks } from '../playbook/wording-by-language.ts';
import { usualLocale } from '../texts/locale.ts';
import { languageNamed } from '../texts/named-language.ts';
import { languageOf, textsOf } from '../texts/texts.ts';
import type { HandoffRecord } from './handoff.ts';
import { checkedPackage } from './handoff-package.ts';
import { inWordsOfRules } from './items-to-open.ts';
import type { SiteFacts } from './site.ts';

interface Said {
  readonly record: HandoffRecord;
  readonly site: SiteFacts;
}

/**
 * What an email is written from, in the words of a locale: the stage's unless given. An email is in one language: where there
 * are no texts in that of the locale, or the handoff's playbook has no words in it, all of it is in English, its dates in the
 * order and on the clock of the locale's country.
 */
export function spoken<T extends Said>(input: T, locale = input.site.locale ?? usualLocale): T {
  const { record, site } = input;
  const language = languageOf(locale);
  const isSaid = language === new Intl.Locale(locale).language && speaks(record.playbook, language);
  const told = isSaid ? locale : englishIn(locale);
  if (!isSaid || language === 'en') return site.locale === told ? input : { ...input, site: { ...site, locale: told } };
  if (record.playbook.language === language) return { ...input, site: { ...site, locale: told } };
  const playbook = rulesIn(record.playbook, language);
  return { ...input, record: inWordsOfRules({ ...record, playbook }), site: { ...site, locale: told } };
}

/** The same for the customer: in their language where the package names one that the email can be written in, else the stage's. */
export function spokenToCustomer<T extends Said>(input: T): T {
  const { record, site } = input;
  const named = languageNamed(checkedPackage(record).package.communication?.language ?? '');
  const isStages = named?.language === new Intl.Locale(site.locale ?? usualLocale).language;
  const isSaid = named !== undefined && !isStages && speaks(record.playbook, named.language);
  return spoken(input, isSaid ? named.locale : site.locale);
}

/** English with the dates and clocks of a locale's country: 'en-FR'. */
function englishIn(locale: string): string {
  const { language, region } = new Intl.Locale(locale).maximize();
  return language === 'en' ? locale : `en-${region ?? 'US'}`;
}

const ruled = new WeakMap<FrozenPlaybook, FrozenPlaybook>();

/** The rules with their words, those of the package's fields among them. */
function rulesIn(playbook: FrozenPlaybook, language: string): FrozenPlaybook {
  const known = ruled.get(playbook);
  if (known?.language === language) return known;
  const { fields } = textsOf(language);
  const rules: FrozenPlaybook = {
    ...playbookIn(playbook, language),
    language,
    fields: Object.fromEntries(packageFields.map(({ path }) => [path, { ...playbook.fields[path], ...fields[path] }])),
  };
  ruled.set(playbook, rules);
  return rules;
}
