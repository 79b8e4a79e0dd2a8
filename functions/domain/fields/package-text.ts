import type { FieldKind } from '../deal/package-fields.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import { stakeholderRoles } from './package-kinds.ts';
import { isRecord, recordOf } from './record.ts';

/** How answers of one kind (rows, for the kinds that are lists) stand in a form, and in a CRM's loose spelling. */
interface Writing {
  /** What was received, brought into the schema's shape as far as its meaning is plain; otherwise left as it is. */
  readonly tidy: (received: unknown) => unknown;
  /** What a form shows, unfinished answers too, so that they can be corrected. `tidy` reads it back. */
  readonly toText: (answer: unknown) => string;
  /** How to type it; absent where it is plain text. */
  readonly typed?: string;
}

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);

/** Plain text: numbers become text, an array of texts becomes lines. */
function plain(clean: (text: string) => string): Writing {
  const tidy = (received: unknown): unknown => {
    if (typeof received === 'number') return String(received);
    if (Array.isArray(received) && received.every((item) => typeof item === 'string'))
      return clean(received.join('\n'));
    return typeof received === 'string' ? clean(received) : received;
  };
  return { tidy, toText: shown };
}
const oneLine = plain(cleanLine);
const manyLines = plain((text) => cleanText(text).trim());

type TidyCell = (cell: unknown) => unknown;

/** Named cells, typed in one line between bars, as `typed` tells people; a `|` inside a cell is typed `\|`, a `\` before it `\\`. */
function table(typed: string, columns: readonly string[], tidyCells: Readonly<Record<string, TidyCell>> = {}): Writing {
  const tidy = (received: unknown): unknown => {
    const row = typeof received === 'string' ? Object.fromEntries(zip(columns, cellsOf(received))) : received;
    if (!isRecord(row)) return row;
    const tidied = columns.map((column): [string, unknown] => {
      const cell = Array.isArray(row[column]) ? row[column] : oneLine.tidy(row[column]);
      return [column, tidyCells[column] ? tidyCells[column](cell) : cell];
    });
    return Object.fromEntries(tidied.filter(([, cell]) => cell !== undefined && cell !== null && cell !== ''));
  };
  const toText = (answer: unknown): string => {
    if (!isRecord(answer)) return shown(answer);
    const texts = columns.map((column) => cellText(answer[column]));
    return texts.slice(0, texts.findLastIndex((text) => text !== '') + 1).join(' | ');
  };
  return { tidy, toText, typed };
}

function zip<A, B>(left: readonly A[], right: readonly B[]): [A, B][] {
  return left.flatMap((item, i): [A, B][] => (right[i] === undefined ? [] : [[item, right[i]]]));
}

function cellText(cell: unknown): string {
  const text = Array.isArray(cell)
    ? cell.map(shown).join(', ')
    : typeof cell === 'boolean'
      ? cell
        ? 'stays'
        : 'leaves'
      : shown(cell);
  return text.replace(/[\\|]/g, '\\$&');
}

/** The cells of a typed row. Cleaned text holds no control characters, so two of them can stand in for the escaped ones. */
function cellsOf(row: string): string[] {
  return cleanLine(row)
    .replace(/\\([\\|])/g, (_, escaped) => (escaped === '|' ? '\u0001' : '\u0002'))
    .split('|')
    .map((cell) => cell.replaceAll('\u0001', '|').replaceAll('\u0002', '\\').trim());
}

const lowerCase: TidyCell = (cell) => (typeof cell === 'string' ? cell.toLowerCase() : cell);
const bare = (text: string) => text.toLowerCase().replace(/[^a-z]|contact$/g, '');

const roles: TidyCell = (cell) => {
  const named = typeof cell === 'string' ? cell.split(',') : Array.isArray(cell) ? cell : undefined;
  const tidied = named
    ?.map((name) => (typeof name === 'string' ? cleanLine(name) : name))
    .filter((name) => name !== '')
    .map((name) => stakeholderRoles.find((role) => typeof name === 'string' && bare(role) === bare(name)) ?? name);
  return tidied && [...new Set(tidied)];
};

const stays: TidyCell = (cell) => {
  if (typeof cell !== 'string') return cell;
  if (/^(y|yes|true|stays?|stays involved)$/i.test(cell)) return true;
  return /^(n|no|false|leaves?|does not stay)$/i.test(cell) ? false : cell;
};

const namedLink = table('title | address', ['title', 'url']);

const links: Writing = {
  tidy: (received) => {
    if (typeof received !== 'string') return namedLink.tidy(received);
    const [first = '', second] = cellsOf(received);
    return second === undefined ? { url: first } : { url: second, ...(first ? { title: first } : {}) };
  },
  toText: (answer) => {
    const { title, url } = recordOf(answer);
    if (!isRecord(answer)) return shown(answer);
    return title === undefined ? cellText(url) : `${cellText(title)} | ${cellText(url)}`;
  },
  typed: 'title | https://… (or the address alone)',
};

// Thousands may be grouped by comma, apostrophe or blank. "24.000 EUR" is not read: it is 24 in one country and 24,000 in another.
const amountAndCurrency = /^([a-z]{3} ?)?(\d{1,3}(?:[,'’ ]\d{3})+|\d+)(\.\d{1,2})?( ?[a-z]{3})?$/i;

const money: Writing = {
  tidy: (received) => {
    if (isRecord(received)) {
      const { amount, currency } = received;
      const number = typeof amount === 'string' && /^\d+(\.\d{1,2})?$/.test(amount.trim()) ? Number(amount) : amount;
      return { amount: number, currency: typeof currency === 'string' ? currency.trim().toUpperCase() : currency };
    }
    const [match, before, whole, decimals = '', after] =
      (typeof received === 'string' && amountAndCurrency.exec(cleanLine(received))) || [];
    if (!match || !whole || (before === undefined) === (after === undefined)) return received;
    return {
      amount: Number(whole.replace(/\D/g, '') + decimals),
      currency: (before ?? after ?? '').trim().toUpperCase(),
    };
  },
  toText: (answer) =>
    isRecord(answer) ? `${shown(answer['amount'])} ${shown(answer['currency'])}`.trim() : shown(answer),
  typed: 'amount and currency, such as 24000 EUR',
};

const wholeNumber: Writing = {
  tidy: (received) => {
    const [, digits] = (typeof received === 'string' && /^(\d{1,9})( months?)?$/i.exec(cleanLine(received))) || [];
    return digits === undefined ? received : Number(digits);
  },
  toText: shown,
};

const day: Writing = {
  tidy: (received) =>
    typeof received === 'string' ? cleanLine(received).replace(/^(\d{4}-\d{2}-\d{2})T.*/, '$1') : received,
  toText: shown,
  typed: 'YYYY-MM-DD',
};

/** The writing of every kind of answer. */
export const writings: Readonly<Record<FieldKind, Writing>> = {
  text: oneLine,
  longText: manyLines,
  list: oneLine,
  number: wholeNumber,
  date: day,
  money,
  timeZone: oneLine,
  choice: oneLine,
  link: links,
  links,
  metrics: table('name | target | unit', ['name', 'target', 'unit']),
  stakeholders: table(
    'name | mail address | role, role | high, medium or low | stays or leaves | notes',
    ['name', 'email', 'roles', 'influence', 'stays', 'notes'],
    {
      roles,
      stays,
      influence: lowerCase,
      email: lowerCase,
    },
  ),
  promises: table(
    'what | to whom | by when | where it was said | confirmed or assumed',
    ['what', 'toWhom', 'byWhen', 'where', 'certainty'],
    { certainty: lowerCase },
  ),
};
