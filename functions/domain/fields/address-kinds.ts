import * as z from 'zod/mini';
import { isMailAddress, isWebAddress, mailAddress, webAddress } from '../time/formats.ts';
import { cellsFor, cellText, tableRow } from './cells.ts';
import { cleanText } from './clean-text.ts';
import type { FieldRule } from './field-rule.ts';
import { fitsText } from './fits.ts';
import type { Filling, Kind, ShownLine } from './kind.ts';
import { lazily, once } from './lazily.ts';
import { subjectOf } from './naming.ts';
import {
  type FieldProblem,
  isEmpty,
  isTexts,
  longestLine,
  nothing,
  problem,
  type Reading,
  shorten,
  shown,
} from './reading.ts';
import { isRecord, recordOf } from './record.ts';
import { rowKind } from './row-kind.ts';
import { singleKind } from './single-kind.ts';
import { lineOf } from './text-kinds.ts';
import type { Link } from './values.ts';

/** Whoever opens a link must not log in with it, and a blank is the end of it wherever it is copied to. */
const plainAddress = /^(?!https?:\/\/[^/?#]*@)\S*$/i;

const linkSchema = once(() =>
  z.object(
    {
      url: webAddress().check(z.regex(plainAddress, { error: 'a web address without blanks, user, or password' })),
      title: z.exactOptional(lineOf('a title')),
    },
    { error: 'a link: https://… or title | https://…' },
  ),
);

/** The same without the schema. */
function isLink(answer: unknown): answer is Link {
  if (!isRecord(answer)) return false;
  const { url, title, ...others } = answer;
  const isNamed = !Object.hasOwn(answer, 'title') || fitsText(title, longestLine);
  return isNamed && isWebAddress(url) && plainAddress.test(url) && Object.keys(others).length === 0;
}

const namedLink = tableRow(['title', 'url']);

function tidyLink(received: unknown): unknown {
  if (typeof received !== 'string') return isRecord(received) ? namedLink.tidy(received) : received;
  // An address as it is copied may have bars in it.
  const alone = received.trim();
  if (/^https?:\/\/[^\s\\]+$/i.test(alone)) return { url: alone };
  const [first = '', second] = cellsFor(['title', 'url'], received);
  return second === undefined ? { url: first } : { url: second, ...(first ? { title: first } : {}) };
}

/** What to do about a link that is refused: `answer` is the link, or the part of it that is wrong. */
function linkProblem(subject: string, answer: unknown): string {
  const { title, url } = isRecord(answer) ? recordOf(answer) : { title: undefined, url: answer };
  const typed = shown(url);
  if (!/^https?:\/\//i.test(typed)) return `${subject} must start with https://`;
  if (/\s/.test(typed)) return `${subject} has a space in it. Copy it again from the address bar`;
  if (!plainAddress.test(typed))
    return `${subject} must not hold a user name or password. Take out what stands before the @`;
  if (typed.length > longestAddress) return shorten(subject, typed.length, longestAddress);
  if (typeof title === 'string' && title.length > longestLine)
    return shorten(`The title of ${subject.toLowerCase()}`, title.length, longestLine);
  return `${subject} must be a whole web address, like https://company.com/page`;
}

/** In characters, as `webAddress` takes it. */
const longestAddress = 2000;

function writeLink(answer: unknown): string {
  if (!isRecord(answer)) return shown(answer);
  const { title, url } = recordOf(answer);
  return title === undefined ? cellText(url) : `${cellText(title)} | ${cellText(url)}`;
}

const showLink = ({ title, url }: Link): ShownLine => ({ text: title ?? url, url });

const howLinksAreTyped = 'title | https://… (or the address alone)';

export const link = singleKind<Link>({
  typed: howLinksAreTyped,
  missing: () => 'Add a link',
  schema: linkSchema,
  fits: isLink,
  tidy: (received) => tidyLink(isTexts(received) ? received[0] : received),
  remedy: (rule, answer) => linkProblem(subjectOf(rule), answer),
  show: showLink,
  write: writeLink,
});

export const links = rowKind<Link>({
  typed: howLinksAreTyped,
  noun: 'Link',
  missing: () => 'Add a link',
  row: linkSchema,
  fits: isLink,
  remedy: (link, { found, path }) => linkProblem(link, path[0] === 'title' ? { title: found, url: 'https://' } : found),
  once: {
    key: writeLink,
    problem: (row, { again, first }) => problem('each link once', row.url, `${again} repeats ${first.toLowerCase()}`),
  },
  tidy: tidyLink,
  write: writeLink,
  show: (rows) => rows.map(showLink),
});

/** Most mail addresses, where the rule does not say. */
const mostAddresses = 50;

const addresses = lazily((most: number) =>
  z
    .array(mailAddress())
    .check(z.minLength(1, { error: 'at least one mail address' }), z.maxLength(most, { error: atMost(most) })),
);
const atMost = (most: number): string => (most === 1 ? 'one mail address' : `at most ${most} mail addresses`);
const missingAddress = 'Enter an email address';

/** Mail addresses, however they are pasted: between commas, semicolons, blanks or in lines, with names around them or not. */
export const emails: Kind<readonly string[]> = {
  isList: true,
  oneLine: false,
  missing: () => missingAddress,
  schema: ({ max = mostAddresses }) => addresses(max),
  read: readAddresses,
  show: (answer) => [{ text: isTexts(answer) ? answer.join(', ') : shown(answer) }],
  write: (answer) => (isTexts(answer) ? answer.join('\n') : shown(answer)),
};

function readAddresses(
  received: unknown,
  { max = mostAddresses }: FieldRule,
  filling?: Filling,
): Reading<readonly string[]> {
  if (isEmpty(received)) return nothing;
  const texts = typeof received === 'string' ? [received] : received;
  if (!isTexts(texts)) return { problems: [problem('mail addresses', received, missingAddress)] };
  const typed = texts
    .flatMap((text) => cleanText(text).split(/[,;\n]/))
    .map((part) => /<([^<>]*)>\s*$/.exec(part)?.[1] ?? part)
    .flatMap((part) => part.trim().split(/\s+/))
    .filter((each) => each !== '');
  const bad = typed.filter((each): boolean => !isMailAddress(each)).map((each) => each.slice(0, 80));
  if (bad.length > 0) {
    const found = bad.slice(0, 5);
    const quoted = found.map((each) => `"${each}"`).join(', ');
    const remedy = `${quoted} ${found.length === 1 ? 'needs' : 'need'} the form name@company.com`;
    return { problems: [problem('mail addresses such as name@company.example', found.join(', '), remedy)] };
  }
  // Each once, however it is spelled, and in the spelling that came first.
  const named = new Set<string>();
  const value = typed.filter((each) => named.size < named.add(each.toLowerCase()).size);
  if (value.length === 0) return { problems: [problem('mail addresses', received, missingAddress)] };
  if (value.length <= max) return { value, problems: filling ? repeatedIn(typed) : [] };
  const remedy = max === 1 ? 'Enter only 1 email address' : `Enter at most ${max} email addresses, now ${value.length}`;
  return { problems: [problem(atMost(max), `${value.length} mail addresses`, remedy)] };
}

/** Whoever fills in a form may have meant somebody else; lists from elsewhere are merged without a word. */
function repeatedIn(typed: readonly string[]): readonly FieldProblem[] {
  const keys = typed.map((each) => each.toLowerCase());
  const again = typed.find((_, i) => keys.indexOf(keys[i] ?? '') < i);
  return again === undefined ? [] : [problem('each mail address once', again, `${again} is listed twice`)];
}
