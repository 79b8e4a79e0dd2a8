import { inUnit } from '../number-text.ts';
import { anchors } from './anchors.ts';
import { asks } from './asks.ts';
import { customer } from './customer.ts';
import { capital, count, list, sentences } from './grammar.ts';
import { meetings } from './meetings.ts';
import { news } from './news.ts';
import { reports } from './reports.ts';

// What emails say in English. Another language is a folder of the same shape beside this one: see README.md.

export const en = {
  language: 'en',

  /** The package's sections and fields, by id and path, where they are not called as in the table. */
  sections: {} as Readonly<Record<string, string>>,

  fields: {} as Readonly<Record<string, { readonly label: string; readonly hint: string }>>,
  sentences,
  capital,

  listed: (names: readonly string[]): string => list.format(names),

  quoted: (text: string): string => `"${text}"`,

  /** A percentage, 0–100. */
  percent: (of100: number): string => `${of100}%`,
  /** A figure that people wrote, in its unit. */
  inUnit,

  count: {
    answers: (n: number): string => count(n, { one: 'answer', other: 'answers' }),
    moreAnswers: (n: number): string => count(n, { one: 'more answer', other: 'more answers' }),
    gaps: (n: number): string => count(n, { one: 'gap', other: 'gaps' }),
    steps: (n: number): string => count(n, { one: 'step', other: 'steps' }),
    notes: (n: number): string => count(n, { one: 'note', other: 'notes' }),
    minutes: (n: number): string => count(n, { one: 'minute', other: 'minutes' }),
    hours: (n: number): string => count(n, { one: 'hour', other: 'hours' }),
    workingMinutes: (n: number): string => count(n, { one: 'working minute', other: 'working minutes' }),
    workingHours: (n: number): string => count(n, { one: 'working hour', other: 'working hours' }),
    days: (n: number): string => count(n, { one: 'day', other: 'days' }),
    businessDays: (n: number): string => count(n, { one: 'business day', other: 'business days' }),
    months: (n: number): string => count(n, { one: 'month', other: 'months' }),
    people: (n: number): string => count(n, { one: 'person', other: 'people' }),
  },

  /** How long something is apart: 'in 15 days', 'within 14 days of'. */
  in: (span: string): string => `in ${span}`,

  within: {
    sameDay: 'on the day of',
    of: (span: string): string => `within ${span} of`,
    for: (span: string): string => ` for ${span}`,
  },

  time: {
    /** A moment with the place whose clocks show it; `place` is a zone's own name where it has no place. */
    moment: (time: string, place: string, isPlace: boolean): string => `${time} ${place}${isPlace ? ' time' : ''}`,
    moments: (main: string, also: readonly string[]): string =>
      also.length === 0 ? main : `${main} (${also.join('; ')})`,
    places: {} as Readonly<Record<string, string>>,
    noTime: 'no time',
  },

  /** The sentence on why something is due when it is. */
  due: {
    anchors,
    asPromise: (because: string): string => because.replace(/^due /, 'promised '),
    dated: (time: string, how: string): string => `due ${time}: ${how}`,
    hours: (n: number): string => `${n} h after`,
    elapsedHours: (n: number): string => `${n} elapsed h after`,
    workingHours: (n: number): string => `${count(n, { one: 'working hour', other: 'working hours' })} after`,
    businessDays: (n: number): string =>
      `close of business, ${count(n, { one: 'business day', other: 'business days' })} after`,
    onTheDay: 'close of business on the day of',
    nextDay: 'close of business, next business day after',
    days: (n: number): string => `${count(Math.abs(n), { one: 'day', other: 'days' })} ${n < 0 ? 'before' : 'after'}`,
    months: (n: number): string =>
      `${count(Math.abs(n), { one: 'month', other: 'months' })} ${n < 0 ? 'before' : 'after'}`,
    from: (distance: string, time: string, anchor: string): string => `${distance} ${time} (${anchor})`,
    countedFrom: (time: string): string => `counted from ${time}, the next working moment`,
    endOfMonth: (date: string): string => `to ${date}, the end of that month`,
    skipped: (days: string): string => `${days} skipped`,
    moved: 'moved to the next working moment',
    waited: (span: string): string => `moved on by ${span} of waiting for the customer`,
    away: (days: string): string => `away ${days}`,
    weekends: (n: number): string => (n === 1 ? 'weekend' : `${n} weekends`),
    weekdays: (day: number, n: number): string => {
      const name = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'][day] ?? '';
      return n === 1 ? name : `${n} ${name}s`;
    },
    holidays: (name: string, n: number): string => (n === 1 ? name : `${n} ${name}s`),
    clockChange: 'a day without working hours (clock change)',
    because: (why: string): string => `Due then because: ${why}.`,
    promisedBecause: (why: string): string => `Promised because: ${why}.`,
  },

  /** What the foot of an email says of its reader's desk, and the email with a new link to it. */
  desk: {
    link: 'My desk',
    rest: ": all your open steps in one place. The link is yours for 7 days; don't forward it.",
    subject: 'Your new link to your desk',
    shows: 'Your desk shows what waits for you, what waits for others, and your customers.',
    days: "It works for 7 days. Didn't ask? Ignore this; nothing changed.",
    open: 'Open my desk',
  },

  /** Words that stand in many emails. */
  words: {
    hi: (name: string): string => `Hi ${name},`,
    hello: 'Hello,',
    you: 'You',
    why: 'Why',
    /** Why a deal is over, as it is kept: our words, then those of the CRM. Records of before spell them in another way. */
    dealOver: (reason: string): string => reason.replace(/^Deal cancelled/, 'Deal canceled'),
    where: 'Where',
    customer: 'Customer',
    deal: 'Deal',
    step: 'Step',
    owner: 'Owner',
    asked: 'Asked',
    due: 'Due',
    promised: 'Promised',
    openStep: 'Open the step',
    seeStep: 'See the step',
    the: (role: string): string => `the ${role}`,
    system: 'the system',
    crm: 'the CRM',
    exception: (title: string): string => `Exception: ${title}`,
  },

  brief: {
    title: (customer: string): string => `Brief: ${customer}`,
    won: (deal: string, date: string): string => `${deal}, won on ${date}`,
    unsigned: (deal: string): string => `${deal}, not signed yet`,
    website: 'Website',
    country: 'Country',
    notAssigned: 'not assigned yet',
    notGiven: (what: string): string => `not given${what === '' ? '' : `: ${what}`}`,
    notYet: (found: string): string => `not given yet ("${found}")`,
    full: '(full text in the package)',
    /** An answer that the CRM changed: what it was until that day; and one that waits beside what people wrote. */
    until: (label: string, date: string): string => `${label}, until ${date}`,
    inCrm: (label: string, date: string): string => `${label}, in the CRM since ${date}`,
    /** Something that sales promised. */
    promisedTo: (name: string): string => `Promised to ${name}`,
    promise: ({ what, byWhen, certainty, where }: Record<'what' | 'byWhen' | 'certainty' | 'where', string>): string =>
      `${what}; due: ${byWhen}; ${certainty}; said: ${where}`,
    /** An explicit "none", in whatever words it was typed. */
    none: (typed: string): string => typed,
    /** What fields offer to choose from, where it is not called as there. */
    choices: {} as Readonly<Record<string, string>>,
  },
  reports,
  ...asks,
  ...news,
  ...meetings,
  ...customer,
};

export type Texts = typeof en;
