import { lister } from '../list.ts';
import { counter } from '../plural.ts';

export const count = counter('de');

export const list = lister({ two: ' und ', last: ' und ' });

export const sentences = (...texts: readonly string[]): string => texts.filter((text) => text !== '').join(' ');

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

export const does = (names: readonly string[], one: string, several: string): string =>
  `${list.format(names)} ${names.length > 1 ? several : one}`;

export const answers = { one: 'Antwort', other: 'Antworten' };

export const workingDays = { one: 'Arbeitstag', other: 'Arbeitstage' };

export const days = { one: 'Tag', other: 'Tage' };

export const months = { one: 'Monat', other: 'Monate' };

/** „3 Tage“ wird „3 Tagen“. */
export function dative(span: string): string {
  return span.replace(/(Tage|Arbeitstage|Monate)\b/g, '$1n');
}

/** Ends a sentence, which an abbreviation or what people wrote may have done already: „bis 30. Nov.“ */
export const ended = (text: string): string => (/[.?!…]$/.test(text) ? text : `${text}.`);
