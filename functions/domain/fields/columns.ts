import { excerpt } from './clean-text.ts';
import { type Issue, shorten } from './reading.ts';
import { capitalized, listed } from './words.ts';

/** A cell of a row, as forms ask for it and errors name it. */
export interface Column {
  readonly name: string;
  readonly label: string;
  /** What a row without it needs: 'an email address'; of one to choose, what is selected: 'confirmed or assumed'. */
  readonly needs: string;
  /** A line or lines of text, one of the options, or any of them. */
  readonly control: 'line' | 'lines' | 'email' | 'choice' | 'boxes';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly isOptional?: true;
  /** Most characters. */
  readonly max: number;
}

/** What to do about a row ('Person 2') with these columns that its schema refuses. */
export function cellRemedy(columns: readonly Column[], row: string, { path, found }: Issue): string {
  const column = columns.find(({ name }) => name === path[0]);
  if (column === undefined) return `${row} needs ${needsOf(columns)}`;
  const { label, needs, control, max } = column;
  const isText = typeof found === 'string' && found !== '';
  if (control === 'choice') return `${row}: select ${needs}`;
  if (isText && found.length > max) return `${row}: ${shorten(capitalized(label), found.length, max)}`;
  if (isText && control === 'email') return `${row}: "${excerpt(found)}" needs the form name@company.com`;
  if (isText && control === 'boxes') return `${row}: select ${label.toLowerCase()} from the list`;
  return `${row} needs ${needs}`;
}

function needsOf(columns: readonly Column[]): string {
  return listed(columns.filter(({ isOptional }) => !isOptional).map(({ needs }) => needs));
}
