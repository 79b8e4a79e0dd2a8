import { lister } from '../list.ts';
import { counter } from '../plural.ts';

export const count = counter('en');

export const list = lister({ two: ' and ', last: ', and ' });

/** Those that are not empty, one after the other. */
export const sentences = (...texts: readonly string[]): string => texts.filter((text) => text !== '').join(' ');

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** 'in', 'take part': for one who does something, or for several. */
export const does = (names: readonly string[], one: string, several: string): string =>
  `${list.format(names)} ${names.length > 1 ? several : one}`;

/** Ends a sentence, which what it quotes may have done already: 'Next: Why us: What decided it for us?' */
export const ended = (text: string): string => (/[.?!…]$/.test(text) ? text : `${text}.`);
