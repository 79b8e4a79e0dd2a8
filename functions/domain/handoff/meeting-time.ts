import { listed } from '../fields/words.ts';
import { type CalendarOf, nameOf, type People, personOf } from '../people/people.ts';
import { anchorNames } from '../playbook/playbook.ts';
import { type BusinessCalendar, type Instant, workingTimeBetween } from '../time/calendar.ts';
import { localDay } from '../time/calendar-days.ts';
import { epochOf, wallAt } from '../time/calendar-instant.ts';
import { localTimeValue } from '../time/local-time.ts';
import { formatTime } from '../time/wall-format.ts';
import { dateIn, momentIn } from '../time/wording.ts';
import { anchorsOf } from './anchors.ts';
import type { HandoffRecord } from './handoff.ts';
import { checkedPackage } from './handoff-package.ts';
import type { MeetingRecord } from './meeting-record.ts';
import { endOf, type KnownMeeting } from './meetings.ts';
import { holderOf } from './roles-held.ts';
import { promiseOf } from './waiting.ts';

/** A time that somebody chooses for a meeting. */
export interface ChosenTime {
  readonly record: HandoffRecord;
  readonly known: KnownMeeting;
  readonly time: Pick<MeetingRecord, 'at' | 'minutes'>;
  /** When it is chosen, UTC. */
  readonly now: Instant;
  readonly people: People;
  readonly calendarOf: CalendarOf;
  /** IANA zone of whoever chooses. */
  readonly zone: string;
}

/** What a time needs a word about before it is taken. */
export interface TimeDoubts {
  /** It is later than promised: the promise, in the zone of whoever chooses. */
  readonly late?: string;
  /** Why nobody would expect it, a clause each: 'Sat, Nov 28 is a weekend for Lena Vogt'. */
  readonly unlikely: readonly string[];
}

/** S0–S4: meetings have their promise, too. A time beyond it needs a reason; an unlikely one, a second look. */
export function timeDoubts(chosen: ChosenTime): TimeDoubts {
  const { time, zone, now } = chosen;
  const promised = promisedFor(chosen);
  const isLate = promised !== undefined && Date.parse(endOf(time)) > Date.parse(promised);
  return {
    ...(isLate && { late: momentIn(zone, promised, now) }),
    unlikely: [...offDays(chosen), ...nights(chosen), ...farAway(chosen)],
  };
}

/** Colleagues in it who do not work all of that time, by name. */
export function outsideHours(chosen: ChosenTime): readonly string[] {
  const { time } = chosen;
  const length = time.minutes * 60_000;
  return participants(chosen).flatMap(({ name, calendar }) =>
    workingTimeBetween(time.at, endOf(time), calendar) < length ? [name] : [],
  );
}

/** By when a meeting was promised to be held, by the rule of the step that reports on it, UTC. */
export function promisedFor(chosen: Omit<ChosenTime, 'time' | 'zone'>): Instant | undefined {
  const { record, known, now, people, calendarOf } = chosen;
  const { due } = known.holding?.rule ?? {};
  const holder = known.holding && people.get(holderOf(record, known.holding.rule.owner) ?? '');
  const anchor = due && anchorsOf(record)[due.after];
  if (!due || !holder || !anchor) return undefined;
  const calendar = calendarOf(holder);
  const anchorName = anchorNames[due.after];
  return promiseOf(record, { within: due.within, anchor, anchorName, calendar, askedAt: now }).at;
}

interface Participant {
  readonly name: string;
  readonly calendar: BusinessCalendar;
}

const participants = ({ record, known, people, calendarOf }: ChosenTime): readonly Participant[] =>
  known.rule.who.flatMap((role) => {
    const person = people.get(holderOf(record, role) ?? '');
    return person ? [{ name: nameOf(people, person.email), calendar: calendarOf(personOf(people, person.email)) }] : [];
  });

/** Who does not work on that day, and why; people with the same reason together. */
function offDays(chosen: ChosenTime): readonly string[] {
  const { at } = chosen.time;
  const reasons = new Map<string, string[]>();
  for (const { name, calendar } of participants(chosen)) {
    const day = calendar.day(localDay(epochOf(at), calendar));
    if (!('off' in day)) continue;
    const date = dateIn(calendar.zone, at, chosen.now);
    const why = {
      weekend: () => `${date} is a weekend for`,
      holiday: () => `${date} is a public holiday (${'name' in day ? day.name : ''}) for`,
      weekday: () => `${date} is a day off for`,
      away: () => `${date} is in an absence of`,
      'clock change': () => `${date} is no working day for`,
    }[day.off]();
    reasons.set(why, [...(reasons.get(why) ?? []), name]);
  }
  return [...reasons].map(([why, names]) => `${why} ${listed(names)}`);
}

const [morning, evening] = ['07:00', '20:00'];

/** For whom it is early in the morning or late in the evening, the customer among them. */
function nights(chosen: ChosenTime): readonly string[] {
  const { record, known, time } = chosen;
  const customer = known.rule.withCustomer ? checkedPackage(record).package.communication?.timeZone : undefined;
  const clocks = [
    ...participants(chosen).map(({ name, calendar }) => ({ name, zone: calendar.zone })),
    ...(customer === undefined ? [] : [{ name: 'the customer', zone: customer }]),
  ];
  const end = endOf(time);
  return clocks.flatMap(({ name, zone }) => {
    const [from, until] = [localTimeValue(time.at, zone), localTimeValue(end, zone)];
    const isDay = from.slice(0, 10) === until.slice(0, 10) && from.slice(11) >= morning && until.slice(11) <= evening;
    const clock = (at: Instant) => formatTime(wallAt(epochOf(at), zone));
    return isDay ? [] : [`it is ${clock(time.at)} to ${clock(end)} for ${name}`];
  });
}

const halfAYear = 183 * 86_400_000;

/** Further away than this, it may be the year that was mistyped. */
const farAway = ({ time, now, zone }: ChosenTime): readonly string[] =>
  Date.parse(time.at) - Date.parse(now) > halfAYear
    ? [`${dateIn(zone, time.at, now)} is more than half a year away`]
    : [];
