import * as z from 'zod/mini';
import { dateOf } from '../time/calendar-instant.ts';
import { calendarDate, dayIn, isCalendarDate, parseInstant } from '../time/formats.ts';
import { localTimeText, localTimeValue, notATime, readLocalTime } from '../time/local-time.ts';
import { nearestTo, readTypedDate } from '../time/typed-date.ts';
import { cleanLine } from './clean-text.ts';
import type { FieldRule } from './field-rule.ts';
import type { Filling, Kind } from './kind.ts';
import { once } from './lazily.ts';
import { subjectOf, thingOf } from './naming.ts';
import { isEmpty, nothing, problem, type Reading, shown, textProblem } from './reading.ts';
import { singleKind } from './single-kind.ts';

const minute = 60_000;
const day = 86_400_000;
/** Clocks differ a little, and a form takes a while to fill in. */
const tolerance = 5 * minute;
/** Further away than this, it is the year that was mistyped. */
const farAway = 2 * 366 * day;

const daySchema = once(calendarDate);

/** A day. Whoever fills in a form gives one from `min` days from today on (today, unless said), at most `max` days away. */
export const date = singleKind<string>({
  typed: 'YYYY-MM-DD',
  missing: (rule) => `Enter ${thingOf(rule)}`,
  schema: daySchema,
  fits: isCalendarDate,
  tidy: (received, _rule, filling) => {
    if (typeof received !== 'string') return received;
    const line = cleanLine(received).replace(/^(\d{4}-\d{2}-\d{2})T.*/, '$1');
    const typed = readTypedDate(line, filling && nearestTo(filling, 'ahead'));
    return typed && 'day' in typed && typed.rest === '' ? dateOf(typed.day) : line;
  },
  remedy: (rule, answer) => {
    const typed = typeof answer === 'string' ? readTypedDate(answer) : undefined;
    return typed && 'problem' in typed ? typed.problem : `${subjectOf(rule)} must be a real date, like Nov 24, 2026`;
  },
  check: (value, rule, filling) => {
    const { min = 0, max = farAway / day } = rule;
    if (filling === undefined) return { value, problems: [] };
    const daysAhead = (Date.parse(value) - Date.parse(dayIn(filling.at, filling.zone))) / day;
    if (daysAhead < min) {
      const [expected, remedy] =
        min > 0
          ? ['a day after today', `${subjectOf(rule)} must be after today`]
          : ['today or a later day', `${subjectOf(rule)} must be today or later`];
      return { problems: [problem(expected, value, remedy)] };
    }
    if (daysAhead <= max) return { value, problems: [] };
    const remedy = `${subjectOf(rule)} must be within ${max} days`;
    return { problems: [problem(`a day at most ${max} days away`, value, remedy)] };
  },
  flaws: ({ min = 0, max = farAway / day }) => (min > max ? [`lies between ${min} and ${max}`] : []),
});

const aMoment = 'a date and a time, such as 2026-11-24T10:00:00Z';
const momentSchema = once(() => z.iso.datetime({ offset: true, error: aMoment }));

const took = 'Enter when it took place';

export const pastDateTime = momentKind({
  missing: (rule) => (/^when /i.test(thingOf(rule)) ? `Enter ${thingOf(rule)}` : took),
  is: 'past',
  judge: past,
});
export const futureDateTime = momentKind({
  missing: (rule) => `Enter ${thingOf(rule)}`,
  is: 'ahead',
  judge: future,
});

/** A time as typed, on the wall clock of whoever types. `second`: the same reading once more, when the clocks go back. */
interface Typed {
  readonly at: string;
  readonly second?: string;
  readonly shown: string;
}
/** Which of the two times is meant, or what is wrong with both. */
type Judged = { readonly isSecond: boolean } | { readonly expected: string; readonly remedy: string };

function past({ at, shown }: Typed, { at: now, notBefore, zone }: Filling): Judged {
  const ahead = Date.parse(at) - Date.parse(now);
  if (ahead > tolerance)
    return { expected: 'a time that has passed', remedy: `${shown} is still to come; enter an earlier time` };
  if (-ahead > farAway) return tooFar(shown);
  if (notBefore === undefined || dayIn(at, zone) >= dayIn(notBefore, zone)) return { isSecond: false };
  const won = localTimeText(notBefore, zone);
  return {
    expected: 'a time since the deal was won',
    remedy: `${shown} is before the day the deal was won (${won}). ${took}`,
  };
}

function future({ at, second, shown }: Typed, { at: now }: Filling): Judged {
  // Of a time that the clocks show twice, the first, unless only the second can be meant.
  const isSecond = second !== undefined && Date.parse(at) <= Date.parse(now);
  const ahead = Date.parse(isSecond ? second : at) - Date.parse(now);
  if (ahead <= 0) return { expected: 'a time to come', remedy: `${shown} has passed; enter a later time` };
  return ahead > farAway ? tooFar(shown) : { isSecond };
}

const tooFar = (shown: string): Judged => ({
  expected: 'a time within two years',
  remedy: `${shown} is more than 2 years away; check the year`,
});

interface Moment {
  /** Which year is meant where none is typed: that of the next such day, or of the last. */
  readonly is: 'ahead' | 'past';
  readonly judge: (typed: Typed, filling: Filling) => Judged;
}

/** A moment, typed on a wall clock, kept as a UTC instant. */
function momentKind({ missing, ...how }: Moment & Pick<Kind, 'missing'>): Kind<string> {
  return {
    isList: false,
    oneLine: true,
    typed: 'YYYY-MM-DD HH:MM',
    missing,
    schema: momentSchema,
    read: (received, rule, filling) => readMoment(received, rule, { filling, ...how }),
    show: (answer, _rule, zone) => [{ text: momentText(answer, zone, localTimeText) }],
    write: (answer, zone) => momentText(answer, zone, localTimeValue),
  };
}

function readMoment(
  received: unknown,
  rule: FieldRule,
  { filling, is, judge }: Moment & { readonly filling: Filling | undefined },
): Reading<string> {
  if (isEmpty(received)) return nothing;
  if (typeof received !== 'string') return { problems: [problem(aMoment, received, notATime)] };
  const refused = textProblem(received, rule);
  if (refused !== undefined) return { problems: [refused] };
  const typed = readLocalTime(received, filling?.zone ?? 'UTC', filling && { at: filling.at, is });
  if ('problem' in typed) return { problems: [problem(aMoment, received, typed.problem)] };
  const judged = filling === undefined ? { isSecond: false } : judge(typed, filling);
  if ('expected' in judged) return { problems: [problem(judged.expected, received, judged.remedy)] };
  if (typed.second === undefined) return { value: typed.at, problems: [] };
  const { isSecond } = judged;
  const which = isSecond ? 'second' : 'first';
  return {
    value: isSecond ? typed.second : typed.at,
    problems: [],
    note: `the clocks show ${typed.shown} twice; it was taken as the ${which} time.`,
  };
}

/** A stored instant on a wall clock; anything else as it is. */
function momentText(answer: unknown, zone: string, textIn: (at: string, zone: string) => string): string {
  const isMoment = (text: string): boolean => parseInstant(text) === text || momentSchema().safeParse(text).success;
  return typeof answer === 'string' && isMoment(answer) ? textIn(answer, zone) : shown(answer);
}
