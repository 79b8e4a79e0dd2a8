import { cleanLine } from '../fields/clean-text.ts';

/** Titles, initials, addresses and names in register order say nothing of a given name. */
const unclear = /[.,@\d]|^.$|^(?:Dr|Prof|Mr|Ms|Mrs|Herr|Frau)$/u;

/** 'Anna' for 'Anna Keller'; the whole name where it is not clear which part is the given name. */
export function firstName(name: string): string {
  const line = cleanLine(name);
  const [first = ''] = line.split(' ');
  return unclear.test(first) || line.includes(',') ? line : first;
}
