import { describe, expect, it } from 'vitest';
import { packageFields, sectionIds } from '../../../../functions/domain/deal/package.ts';
import { packageSections } from '../../../../functions/domain/deal/package-fields.ts';
import { either, listed } from '../../../../functions/domain/fields/words.ts';
import { announcements } from '../../../../functions/domain/playbook/announcements.ts';
import { floorTitles } from '../../../../functions/domain/playbook/floor.ts';
import { languageNamed } from '../../../../functions/domain/texts/named-language.ts';
import { knownLanguages, languageOf, textsOf } from '../../../../functions/domain/texts/texts.ts';

describe('the texts of a language', () => {
  const leaves = (texts: unknown, path = ''): readonly (readonly [path: string, text: unknown])[] =>
    typeof texts === 'object' && texts !== null
      ? Object.entries(texts).flatMap(([name, text]) => leaves(text, `${path}.${name}`))
      : [[path, texts]];

  it.each(knownLanguages)('leave nothing out: %s', (language) => {
    const texts = textsOf(language);
    expect(texts.language).toBe(language);
    expect(leaves(texts).flatMap(([path, text]) => (text === '' ? [path] : []))).toEqual([]);
    const known = leaves(textsOf('en')).map(([path]) => path);
    expect(known.filter((path) => !leaves(texts).some(([own]) => own === path))).toEqual([]);
  });

  it.each(knownLanguages.filter((language) => language !== 'en'))(
    'call every section and field of the package, and every fact before the first contact: %s',
    (language) => {
      const { sections, fields, floor, called } = textsOf(language);
      expect(Object.keys(sections).toSorted()).toEqual([...sectionIds].toSorted());
      expect(Object.keys(fields).toSorted()).toEqual(packageFields.map(({ path }) => path).toSorted());
      expect(Object.keys(floor)).toEqual(expect.arrayContaining(Object.keys(floorTitles)));
      expect(Object.keys(called).toSorted()).toEqual(Object.keys(announcements).toSorted());
    },
  );

  it.each(knownLanguages.filter((language) => language !== 'en'))('are none of them English: %s', (language) => {
    const english = new Map(leaves(textsOf('en')));
    const same = leaves(textsOf(language)).filter(
      ([path, text]) => typeof text === 'string' && english.get(path) === text,
    );
    // Words that both languages have.
    expect(same.map(([, text]) => text)).toEqual(['Deal', 'Website', 'Agenda']);
  });

  it.each(knownLanguages)('call nobody what only the default playbook calls them, nor do forms: %s', (language) => {
    const said = [...leaves(textsOf(language)), ...leaves(packageSections), ...leaves(packageFields)];
    const roles = /account executive|customer success manager|\bCSM\b/i;
    expect(said.filter(([, text]) => roles.test(String(text)))).toEqual([]);
  });

  it('count by the rules of the language', () => {
    expect([0, 1, 2].map(textsOf('de').count.answers)).toEqual(['0 Antworten', '1 Antwort', '2 Antworten']);
    expect([0, 1, 2].map(textsOf('en').count.answers)).toEqual(['0 answers', '1 answer', '2 answers']);
    expect(textsOf('de').in('3 Tage')).toBe('in 3 Tagen');
    expect(textsOf('de').in('1 Monat')).toBe('in 1 Monat');
  });

  it('tell in German until when to pause, and not for how long', () => {
    const said = leaves(textsOf('de').weekly).filter(
      ([, text]) => typeof text === 'string' && text.includes('pausieren'),
    );
    expect(said.length).toBeGreaterThan(1);
    for (const [, text] of said) expect(text).toMatch(/bis zu einem Datum pausieren/);
  });

  it.each([
    ['en', /^The only handoff that .*, with its timeline/, /^A random 1 of 2 handoffs that /],
    ['de', /^Die einzige Übergabe, die im Quartal geendet hat /, /: 1 von 2 Übergaben, die im Quartal geendet haben /],
  ])('say of one handoff in an audit what is so of one: %s', (locale, one, several) => {
    const { what } = textsOf(locale).reports.audit;
    expect(what(1, 1)).toMatch(one);
    expect(what(1, 2)).toMatch(several);
  });

  it('list with a comma before the last of three only where the language has one', () => {
    const lists = [[], ['A'], ['A', 'B'], ['A', 'B', 'C'], ['A', 'B', 'C', 'D']];
    expect(lists.map(textsOf('en').listed)).toEqual(['', 'A', 'A and B', 'A, B, and C', 'A, B, C, and D']);
    expect(lists.map(textsOf('de').listed)).toEqual(['', 'A', 'A und B', 'A, B und C', 'A, B, C und D']);
    // What has no language of its own, such as the refusals of a form, is written in American English.
    expect(lists.map(listed)).toEqual(lists.map(textsOf('en').listed));
    expect(lists.map(either)).toEqual(['', 'A', 'A or B', 'A, B, or C', 'A, B, C, or D']);
  });

  it('are those of the language of a locale, else English', () => {
    expect(['de-DE', 'de-AT', 'de', 'en-GB', 'fr-FR', 'ja', undefined].map((tag) => languageOf(tag))).toEqual([
      'de',
      'de',
      'de',
      'en',
      'en',
      'en',
      'en',
    ]);
  });
});

describe('the language that a customer is said to speak', () => {
  it.each([
    ['German', 'de', 'de'],
    ['german', 'de', 'de'],
    ['de', 'de', 'de'],
    ['DE', 'de', 'de'],
    ['Deutsch', 'de', 'de'],
    ['de-DE', 'de', 'de-DE'],
    ['de_AT', 'de', 'de-AT'],
    ['Swiss German', 'de', 'de'],
    ['German (formal)', 'de', 'de'],
    ['Deutsch, notfalls Englisch', 'de', 'de'],
    ['English', 'en', 'en'],
    ['Englisch', 'en', 'en'],
    ['English and German', 'en', 'en'],
    ['en-GB', 'en', 'en-GB'],
  ])('is known by name and by tag: %s', (text, language, locale) => {
    expect(languageNamed(text)).toEqual({ language, locale });
  });

  it.each(['French', 'fr', 'Français', 'langue de travail', '', '?', 'xx', '日本語', 'Plattdütsch'])(
    'is none that emails are written in: %s',
    (text) => {
      expect(languageNamed(text)).toBeUndefined();
    },
  );
});
