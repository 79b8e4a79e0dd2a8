import Holidays, { type HolidaysTypes } from 'date-holidays';
import { dayLength } from '../../../functions/domain/time/calendar-instant.ts';
import type { HolidayTable } from '../../../functions/domain/time/holidays.ts';

const options: HolidaysTypes.Options = { types: ['public'], languages: ['en'] };

/** Every country of the library, each followed by its regions: `DE`, `DE/BW`, `DE/BY` … in capitals, as the table has them. */
export function libraryPlaces(): readonly string[] {
  const all = new Holidays();
  return Object.keys(all.getCountries('en')).flatMap((country) => [
    country,
    ...Object.keys(all.getStates(country, 'en') ?? {}).map((region) => `${country}/${region}`),
  ]);
}

/** What the library says of one place and year: 'YYYY-MM-DD' → English name, in the order of the dates. */
export function libraryHolidays(place: string, year: number): ReadonlyMap<string, string> {
  const [country = '', region] = place.split('/');
  const library = region === undefined ? new Holidays(country, options) : new Holidays(country, region, options);
  const dates = new Map<string, string>();
  // A festival of several days may begin in the old year.
  for (const holiday of [...library.getHolidays(year - 1), ...library.getHolidays(year)]) {
    for (const date of datesOf(holiday)) {
      if (date.startsWith(`${year}-`) && !dates.has(date)) dates.set(date, holiday.name);
    }
  }
  return dates;
}

/** Works out the table of these places, from the first to the last year, both between 2000 and 2099. */
export function holidayTable(places: readonly string[], { from, to }: Pick<HolidayTable, 'from' | 'to'>): HolidayTable {
  const years = Array.from({ length: to - from + 1 }, (_, n) => from + n);
  const indexes = new Map<string, number>();
  const indexOf = (holiday: readonly string[]): number => {
    const text = JSON.stringify(holiday);
    const index = indexes.get(text) ?? indexes.size;
    indexes.set(text, index);
    return index;
  };
  const ofPlaces = places.map((place) => [place.toUpperCase(), holidaysThrough(place, years).map(indexOf)] as const);
  return {
    from,
    to,
    holidays: [...indexes.keys()].map((text) => JSON.parse(text)),
    places: Object.fromEntries(ofPlaces),
  };
}

/** A place's holidays over these years: each its name, then its days as the table writes them. */
function holidaysThrough(place: string, years: readonly number[]): readonly (readonly string[])[] {
  const names = new Map<string, Map<string, string[]>>();
  for (const year of years) {
    for (const [date, name] of libraryHolidays(place, year)) {
      const days = names.get(name) ?? new Map<string, string[]>();
      names.set(name, days);
      const day = date.slice('YYYY-'.length);
      days.set(day, [...(days.get(day) ?? []), date.slice(2, 4)]);
    }
  }
  return [...names].map(([name, days]) => [
    name,
    ...[...days].sort().map(([day, found]) => (found.length === years.length ? day : [day, ...found].join(' '))),
  ]);
}

/** `date` is the local date; `start` and `end` may be those of another zone, or run from sunset to sunset. */
function datesOf({ date, start, end }: HolidaysTypes.Holiday): readonly string[] {
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  const length = date.slice(11, 19) === '00:00:00' ? Math.round((end.getTime() - start.getTime()) / dayLength) : 0;
  return Array.from({ length }, (_, n) => new Date(first + n * dayLength).toISOString().slice(0, 10));
}
