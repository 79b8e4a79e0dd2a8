import { dayLength, dayOf, type Wall, yearOf } from './calendar-instant.ts';

// How dates and times are written for people: by Intl, in a locale (BCP 47).

const defaultLocale = 'en-US';

const shapes = {
  date: { weekday: 'short', month: 'short', day: 'numeric' },
  day: { month: 'short', day: 'numeric' },
  dateTime: { weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric' },
  weekday: { weekday: 'short' },
  weekdayTime: { weekday: 'short', hour: 'numeric' },
  time: { hour: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

type Shape = keyof typeof shapes;

// Making one takes longer than using it a hundred times.
const made = new Map<string, Intl.DateTimeFormat>();

interface Written {
  readonly shape: Shape;
  readonly year: boolean;
  readonly minute: boolean;
}

function formatter(locale: string, { shape, year, minute }: Written): Intl.DateTimeFormat {
  const key = `${locale} ${shape} ${year} ${minute}`;
  const known = made.get(key);
  if (known) return known;
  const options: Intl.DateTimeFormatOptions = {
    ...shapes[shape],
    ...(year && { year: 'numeric' }),
    ...(minute && { minute: '2-digit' }),
    // A reading of a wall clock is shown as it stands.
    timeZone: 'UTC',
  };
  const format = new Intl.DateTimeFormat(locale, options);
  made.set(key, format);
  return format;
}

/** Intl's narrow and thin blanks break searches and mail headers. */
const plainBlanks = (text: string): string => text.replace(/[\u2009\u202f\u00a0]/g, ' ');

/** On a clock of twelve hours, a full hour needs no minutes: '4 PM', but '16:00'. */
function needsMinutes(locale: string, wall: Wall): boolean {
  if (new Date(wall).getUTCMinutes() !== 0) return true;
  const { hourCycle } = formatter(locale, { shape: 'time', year: false, minute: false }).resolvedOptions();
  return hourCycle !== 'h12' && hourCycle !== 'h11';
}

function written(wall: Wall, shape: Shape, { locale = defaultLocale, year = false } = {}): string {
  const minute = 'hour' in shapes[shape] && needsMinutes(locale, wall);
  return plainBlanks(formatter(locale, { shape, year, minute }).format(wall));
}

/** 'Mon, Nov 23', with the year unless it is `year`. */
export function formatDate(wall: Wall, year?: number): string {
  return written(wall, 'date', { year: yearOf(wall) !== year });
}

/** 'Nov 23', with the year unless it is `year`. */
export function formatDayAndMonth(wall: Wall, year?: number): string {
  return written(wall, 'day', { year: yearOf(wall) !== year });
}

/** 'Mon, Nov 23, 4 PM', with the year unless it is `year`. */
export function formatWall(wall: Wall, year: number): string {
  return written(wall, 'dateTime', { year: yearOf(wall) !== year });
}

/** '4 PM'. */
export function formatTime(wall: Wall): string {
  return written(wall, 'time');
}

/** 'Wed 9 AM' in the six days after `asOf`, else 'Dec 4', with the year unless it is that of `asOf`. */
export const formatSoon = (wall: Wall, asOf: Wall): string => soon(wall, asOf, 'weekdayTime');

/** 'Wed' in the six days after `asOf`, else 'Dec 4'. */
export const formatDaySoon = (wall: Wall, asOf: Wall): string => soon(wall, asOf, 'weekday');

function soon(wall: Wall, asOf: Wall, shape: Shape): string {
  const days = dayOf(wall) - dayOf(asOf);
  return days >= 0 && days <= 6 ? written(wall, shape) : formatDayAndMonth(wall, yearOf(asOf));
}

/** 'Dec 23–27', 'Dec 28, 2026 – Jan 3, 2027', 'Dec 23'. The year only where one is not `year`. */
export function formatDays(from: Wall, to: Wall, year: number): string {
  if (Math.abs(to - from) < dayLength) return formatDayAndMonth(from, year);
  const told = yearOf(from) !== year || yearOf(to) !== year;
  const format = formatter(defaultLocale, { shape: 'day', year: told, minute: false });
  return plainBlanks(format.formatRange(from, to)).replace(/ – /g, told ? ' – ' : '–');
}

/** 'Berlin time', 'New York time', 'UTC': a zone as people call it. */
export function zoneName(zone: string): string {
  if (!zone.includes('/')) return zone;
  const place = zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  return zone.startsWith('Etc/') ? place : `${place} time`;
}
