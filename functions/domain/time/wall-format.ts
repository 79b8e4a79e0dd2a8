import { usualLocale } from '../texts/locale.ts';
import { dayLength, dayOf, type Wall, yearOf } from './calendar-instant.ts';

// How dates and times are written for people: by Intl, in a locale (BCP 47).

const shapes = {
  date: { weekday: 'short', month: 'short', day: 'numeric' },
  datedYear: { weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' },
  day: { month: 'short', day: 'numeric' },
  dayYear: { month: 'short', day: 'numeric', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  monthAlone: { month: 'short' },
  hour: { hour: 'numeric' },
  minute: { hour: 'numeric', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

type Shape = keyof typeof shapes;

// Making one takes longer than using it a hundred times.
const made = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, shape: Shape): Intl.DateTimeFormat {
  const key = `${locale} ${shape}`;
  // A reading of a wall clock is shown as it stands.
  const format = made.get(key) ?? new Intl.DateTimeFormat(locale, { ...shapes[shape], timeZone: 'UTC' });
  made.set(key, format);
  return format;
}

/** Intl's narrow and thin blanks break searches and mail headers. */
const plainBlanks = (text: string): string => text.replace(/[\u2009\u202f\u00a0]/g, ' ');

// A page writes the same few moments again and again; an evening's digests, those of every open handoff.
const mostWritten = 2000;
const known = new Map<string, string>();

function written(wall: Wall, shape: Shape, locale: string): string {
  const key = `${wall} ${shape} ${locale}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const text = plainBlanks(formatter(locale, shape).format(wall));
  if (known.size >= mostWritten) known.clear();
  known.set(key, text);
  return text;
}

/** 'Mon, Nov 23', with the year unless it is `year`. */
export const formatDate = (wall: Wall, year?: number, locale = usualLocale): string =>
  written(wall, yearOf(wall) === year ? 'date' : 'datedYear', locale);

/** 'Nov 23', with the year unless it is `year`. */
export const formatDayAndMonth = (wall: Wall, year?: number, locale = usualLocale): string =>
  written(wall, yearOf(wall) === year ? 'day' : 'dayYear', locale);

/** 'November 2026' */
export const formatMonth = (wall: Wall, locale = usualLocale): string => written(wall, 'month', locale);

/** 'Nov', where little room is and no doubt about the year. */
export const formatMonthAlone = (wall: Wall, locale = usualLocale): string => written(wall, 'monthAlone', locale);

/** 'Mon, Nov 23, 4 PM', with the year unless it is `year`. */
export const formatWall = (wall: Wall, year: number, locale = usualLocale): string =>
  `${formatDate(wall, year, locale)}, ${formatTime(wall, locale)}`;

/** What people say behind hours and minutes, where Intl says it behind hours only: '16 Uhr', '16:30 Uhr'. */
const saidAfterMinutes: Readonly<Record<string, string>> = { de: ' Uhr' };

/** '4 PM', '4:30 PM'; '16 Uhr', '16:30 Uhr'; '16:00' where an hour alone is no time. */
export function formatTime(wall: Wall, locale = usualLocale): string {
  const hour = written(wall, 'hour', locale);
  const needsMinutes = new Date(wall).getUTCMinutes() !== 0 || !/\p{L}/u.test(hour);
  if (!needsMinutes) return hour.replace(/^0(?=\d)/, '');
  const time = written(wall, 'minute', locale);
  if (/\p{L}/u.test(time)) return time;
  return `${time.padStart(5, '0')}${saidAfterMinutes[new Intl.Locale(locale).language] ?? ''}`;
}

/** 'Wed 9 AM' in the six days after `asOf`, else 'Dec 4', with the year unless it is that of `asOf`. */
export const formatSoon = (wall: Wall, asOf: Wall, locale = usualLocale): string =>
  isSoon(wall, asOf) ? `${weekday(wall, locale)} ${formatTime(wall, locale)}` : formatDaySoon(wall, asOf, locale);

/** 'Wed' in the six days after `asOf`, else 'Dec 4'. */
export const formatDaySoon = (wall: Wall, asOf: Wall, locale = usualLocale): string =>
  isSoon(wall, asOf) ? weekday(wall, locale) : formatDayAndMonth(wall, yearOf(asOf), locale);

function isSoon(wall: Wall, asOf: Wall): boolean {
  const days = dayOf(wall) - dayOf(asOf);
  return days >= 0 && days <= 6;
}

/** As it stands in a date: 'Wed', 'Mi.' */
const weekday = (wall: Wall, locale: string): string =>
  formatter(locale, 'date')
    .formatToParts(wall)
    .find(({ type }) => type === 'weekday')?.value ?? '';

/** 'Dec 23–27', 'Dec 28, 2026 – Jan 3, 2027', 'Dec 23'. The year only where one is not `year`. */
export function formatDays(
  from: Wall,
  to: Wall,
  { year, locale = usualLocale }: { year: number; locale?: string },
): string {
  if (Math.abs(to - from) < dayLength) return formatDayAndMonth(from, year, locale);
  const told = yearOf(from) !== year || yearOf(to) !== year;
  const range = formatter(locale, told ? 'dayYear' : 'day').formatRange(from, to);
  return plainBlanks(range).replace(/ – /g, told ? ' – ' : '–');
}

/** 'Berlin', 'New York', 'UTC': the place that a zone is called after. */
export const placeOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/** 'Berlin time', 'New York time', 'UTC': a zone as people call it. */
export const zoneName = (zone: string): string => (isPlace(zone) ? `${placeOf(zone)} time` : placeOf(zone));

/** Whether a zone is called after a place: not 'UTC', not 'Etc/GMT+3'. */
export const isPlace = (zone: string): boolean => zone.includes('/') && !zone.startsWith('Etc/');
