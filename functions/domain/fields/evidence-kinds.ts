import { packageSections } from '../deal/package-fields.ts';
import type { EvidenceValue } from '../handoff/handoff.ts';
import type { EvidenceField, EvidenceKind } from '../playbook/playbook.ts';
import { dayIn, mailAddress, parseInstant, webAddress } from '../time/formats.ts';
import { localTimeText, readLocalTime } from '../time/local-time.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import type { EvidenceInput } from './evidence.ts';
import { answerText, readAnswer } from './package-answer.ts';

/** What was understood, or what is wrong. Neither value nor problem: an optional field was left empty. */
export type EvidenceAnswer = { readonly value?: EvidenceValue; readonly note?: string } | { readonly problem: string };

interface Typed {
  readonly field: EvidenceField;
  /** Not empty. */
  readonly text: string;
  readonly texts: readonly string[];
  readonly input: EvidenceInput;
}

const longestLine = 500;
const longestText = 20_000;
const mostAddresses = 50;
const minute = 60_000;
const day = 86_400_000;
/** Clocks differ a little, and a form takes a while to fill in. */
const tolerance = 5 * minute;
/** Further away than this, it is the year that was mistyped. */
const farAway = 2 * 366 * day;

const whatIsMissing: Readonly<Record<EvidenceKind, string>> = {
  pastDateTime: 'Enter when it took place.',
  futureDateTime: 'Enter a date and a time.',
  date: 'Enter a date.',
  text: 'Fill this in.',
  longText: 'Fill this in.',
  link: 'Enter a link.',
  yesNo: 'Choose yes or no.',
  score: 'Choose a score from 1 to 10.',
  minutes: 'Enter a number of minutes.',
  checklist: 'Tick every box.',
  emails: 'Enter at least one mail address.',
  stakeholders: 'Enter at least one person.',
  customerSuccessManager: 'Choose a person.',
};

/** Reads the answer to one field. `texts` holds no empty ones. */
export function readEvidence(field: EvidenceField, texts: readonly string[], input: EvidenceInput): EvidenceAnswer {
  const text = texts[0];
  if (text !== undefined) return readers[field.kind]({ field, text, texts, input });
  return field.required ? { problem: whatIsMissing[field.kind] } : {};
}

const readers: Readonly<Record<EvidenceKind, (typed: Typed) => EvidenceAnswer>> = {
  pastDateTime: (typed) => moment(typed, 'past'),
  futureDateTime: (typed) => moment(typed, 'future'),
  date: ({ field, text, input }) => {
    const date = text.trim();
    if (parseInstant(`${date}T00:00:00Z`) === undefined || !/^\d{4}-\d\d-\d\d$/.test(date)) {
      return { problem: 'Enter a date that exists, such as 2026-11-24.' };
    }
    const daysAhead = (Date.parse(date) - Date.parse(dayIn(input.at, input.zone))) / day;
    const { min = 0, max = farAway / day } = field;
    if (daysAhead < min) return { problem: min > 0 ? 'Choose a day after today.' : 'Choose today or a later day.' };
    if (daysAhead > max) return { problem: `That is more than ${max} days away. Choose an earlier day.` };
    return { value: date };
  },
  text: ({ text }) => ofLength(cleanLine(text), longestLine),
  longText: ({ text }) => ofLength(cleanText(text).trim(), longestText),
  link: ({ text }) => {
    const address = webAddress().safeParse(text.trim());
    return address.success
      ? { value: address.data }
      : { problem: 'Enter a web address that starts with https:// or http://.' };
  },
  yesNo: ({ text }) => {
    const answer = text.trim().toLowerCase();
    if (answer === 'yes' || answer === 'true') return { value: true };
    if (answer === 'no' || answer === 'false') return { value: false };
    return { problem: whatIsMissing.yesNo };
  },
  score: ({ text }) => {
    const score = wholeNumber(text);
    return score !== undefined && score >= 1 && score <= 10 ? { value: score } : { problem: whatIsMissing.score };
  },
  minutes: ({ field, text }) => {
    const { min = 5, max = 480 } = field;
    const minutes = wholeNumber(text);
    if (minutes !== undefined && minutes >= min && minutes <= max) return { value: minutes };
    return { problem: `Enter a whole number of minutes from ${min} to ${max}.` };
  },
  checklist: ({ field, texts }) => {
    const items = field.items ?? [];
    const ticked = (item: string, index: number) => texts.includes(String(index)) || texts.includes(item);
    const open = items.filter((item, index) => !ticked(item, index));
    return open.length === 0 ? { value: items } : { problem: `Tick every box. Still open: ${open.join('; ')}.` };
  },
  emails: ({ field, texts }) => addresses(texts, field.max ?? mostAddresses),
  stakeholders: ({ text }) => {
    const { value, problems } = readAnswer(packageSections.stakeholders.field, cleanText(text));
    const [first] = problems;
    if (first !== undefined) return { problem: `Expected ${first.expected}; found ${first.found}.` };
    return value === undefined ? { problem: whatIsMissing.stakeholders } : { value: answerText('stakeholders', value) };
  },
  customerSuccessManager: ({ text, input }) => {
    const email = text.trim().toLowerCase();
    const found = input.candidates?.find((person) => person.active && person.email === email);
    return found ? { value: found.email } : { problem: 'Choose a person from the list.' };
  },
};

function moment({ text, input }: Typed, side: 'past' | 'future'): EvidenceAnswer {
  const read = readLocalTime(text, input.zone);
  if ('problem' in read) return read;
  const now = Date.parse(input.at);
  // Of a time that the clocks show twice, the first, unless only the second can be meant.
  const isSecond = side === 'future' && read.second !== undefined && Date.parse(read.at) <= now;
  const at = isSecond && read.second !== undefined ? read.second : read.at;
  const ahead = Date.parse(at) - now;
  if (side === 'past' && ahead > tolerance)
    return { problem: `${read.shown} is yet to come. Enter when it took place.` };
  if (side === 'future' && ahead <= 0) return { problem: `${read.shown} has passed. Choose a later time.` };
  if (Math.abs(ahead) > farAway) return { problem: `${read.shown} is more than two years away. Check the year.` };
  if (side === 'past' && input.notBefore !== undefined && dayIn(at, input.zone) < dayIn(input.notBefore, input.zone)) {
    const won = localTimeText(input.notBefore, input.zone);
    return { problem: `${read.shown} is before the day the deal was won (${won}). Enter when it took place.` };
  }
  if (read.second === undefined) return { value: at };
  const which = isSecond ? 'second' : 'first';
  return { value: at, note: `the clocks show ${read.shown} twice; it was taken as the ${which} time.` };
}

function addresses(texts: readonly string[], most: number): EvidenceAnswer {
  const typed = texts
    .flatMap((text) => cleanText(text).split(/[,;\n]/))
    .map((part) => /<([^<>]*)>\s*$/.exec(part)?.[1] ?? part)
    .flatMap((part) => part.trim().split(/\s+/))
    .filter((address) => address !== '')
    .map((address) => address.toLowerCase());
  const schema = mailAddress();
  const bad = typed.filter((address) => !schema.safeParse(address).success);
  const value = [...new Set(typed)];
  if (bad.length > 0) {
    return {
      problem: `Not a mail address: ${bad
        .slice(0, 5)
        .map((address) => address.slice(0, 80))
        .join(', ')}.`,
    };
  }
  if (value.length === 0) return { problem: whatIsMissing.emails };
  if (value.length > most) return { problem: most === 1 ? 'Enter one mail address only.' : `Enter at most ${most}.` };
  return { value };
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,4}$/.test(text.trim()) ? Number(text) : undefined;
}

function ofLength(value: string, most: number): EvidenceAnswer {
  if (value === '') return { problem: whatIsMissing.text };
  if (value.length <= most) return { value };
  const [have, can] = [value.length, most].map((length) => length.toLocaleString('en'));
  return { problem: `Shorten it: ${have} characters, at most ${can} fit.` };
}
