import { readdirSync, readFileSync } from 'node:fs';
import type { Person } from '../../functions/domain/people/person.ts';
import { parseRosterText } from './roster-text.ts';

/** A deal to try things out with. */
export interface Sample {
  /** The file's name without its ending. */
  readonly name: string;
  readonly title: string;
  /** What is special about it, in one line. */
  readonly special: string;
  /** The event as a CRM sends it, as JSON text. */
  readonly text: string;
}

/** What is worth knowing about each file, in the order in which a newcomer should meet them. */
const known: Readonly<Record<string, { readonly title: string; readonly special: string }>> = {
  'complete-standard': {
    title: 'A complete standard deal',
    special: 'Every field of the package is filled: the handoff starts with the internal meeting. Begin here.',
  },
  incomplete: {
    title: 'A deal with gaps',
    special: 'Fields are missing: sales is asked for each of them by name before anything else goes on.',
  },
  'enterprise-across-zones': {
    title: 'An enterprise deal across time zones',
    special: 'Seller in New York, customer in Tokyo: each deadline counts in its owner’s own calendar.',
  },
  'self-serve': {
    title: 'A self-serve deal',
    special: 'No kickoff: the customer gets a series of onboarding emails instead.',
  },
  'holiday-week': {
    title: 'A deal over a holiday week',
    special: 'Signed two days before Christmas (choose “as in the file”): deadlines pass over the holidays.',
  },
  'awkward-text': {
    title: 'A deal with awkward text',
    special: 'Unicode, right-to-left script, HTML in fields and very long notes: everything must stay readable.',
  },
};

const brokenTitle = (name: string): string => name.replaceAll('-', ' ');

/** The sample deals of a folder, the known ones first. */
export function readSamples(folder: URL): Sample[] {
  const order = Object.keys(known);
  const rank = (name: string): number => (known[name] === undefined ? order.length : order.indexOf(name));
  return textsIn(folder)
    .map(({ name, text }) => ({ name, text, ...(known[name] ?? { title: brokenTitle(name), special: '' }) }))
    .sort((a, b) => rank(a.name) - rank(b.name));
}

/** Events that must be refused or accepted with a note, from a folder. */
export function readBrokenSamples(folder: URL): Sample[] {
  return textsIn(folder).map(({ name, text }) => ({ name, text, title: brokenTitle(name), special: '' }));
}

/** The people of a roster file. Throws with every problem listed when the file cannot be used. */
export function readRoster(file: URL): readonly Person[] {
  const parsed = parseRosterText(readFileSync(file, 'utf8'));
  if ('people' in parsed) return parsed.people;
  throw new Error(['The roster cannot be used:', ...parsed.problems].join('\n'));
}

function textsIn(folder: URL): { readonly name: string; readonly text: string }[] {
  return readdirSync(folder)
    .filter((file) => /\.(json|txt)$/.test(file))
    .sort()
    .map((file) => ({ name: file.replace(/\.\w+$/, ''), text: readFileSync(new URL(file, folder), 'utf8') }));
}
