import { excerpt } from '../fields/clean-text.ts';
import { mailboxOf } from '../people/people.ts';
import type { Audience } from './message.ts';

/** One line, without control characters, as a mail header needs it. */
export function headerLine(text: string): string {
  return excerpt(text, 180);
}

export function greeting(to: Audience): string {
  return `Hello ${mailboxOf(new Map([[to.person.email, to.person]]), to.person.email).name},`;
}
