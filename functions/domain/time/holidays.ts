import Holidays, { type HolidaysTypes } from 'date-holidays';
import { CalendarError, type HolidayLookup, type HolidayPlace } from './calendar-availability.ts';
import { dayLength } from './calendar-instant.ts';

const known = new Map<string, ReadonlyMap<string, string>>();

/**
 * Public holidays, substitute days among them, with English names where the library has them. Only whole days count: an afternoon or
 * evening off (Christmas Eve from 19:00 in Darwin) leaves the day a business day; say it as an absence where it matters.
 * Throws a CalendarError naming a country or region that the library does not know.
 */
export const publicHolidays: HolidayLookup = (place, year) => {
  const key = `${place.country.toUpperCase()}/${place.region?.toUpperCase() ?? ''}/${year}`;
  const found = known.get(key) ?? holidaysOf(place, year);
  known.set(key, found);
  return found;
};

/** Throws a CalendarError naming a country or region of which no holidays are known. */
export function checkHolidayPlace(place: HolidayPlace): void {
  libraryFor(place);
}

function holidaysOf(place: HolidayPlace, year: number): ReadonlyMap<string, string> {
  const library = libraryFor(place);
  const dates = new Map<string, string>();
  // A festival of several days may begin in the old year.
  for (const holiday of [...library.getHolidays(year - 1), ...library.getHolidays(year)]) {
    for (const date of datesOf(holiday)) {
      if (date.startsWith(`${year}-`) && !dates.has(date)) dates.set(date, holiday.name);
    }
  }
  return dates;
}

/** `date` is the local date; `start` and `end` may be those of another zone, or run from sunset to sunset. */
function datesOf({ date, start, end }: HolidaysTypes.Holiday): readonly string[] {
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  const length = date.slice(11, 19) === '00:00:00' ? Math.round((end.getTime() - start.getTime()) / dayLength) : 0;
  return Array.from({ length }, (_, n) => new Date(first + n * dayLength).toISOString().slice(0, 10));
}

function libraryFor({ country, region }: HolidayPlace): Holidays {
  const all = new Holidays();
  const code = codeIn(all.getCountries('en'), country);
  if (code === undefined) {
    throw new CalendarError(
      `No public holidays known for country "${country}": expected an ISO 3166-1 code such as DE`,
    );
  }
  const options: HolidaysTypes.Options = { types: ['public'], languages: ['en'] };
  if (region === undefined) return new Holidays(code, options);
  const regions: Readonly<Record<string, string>> = all.getStates(code, 'en') ?? {};
  const state = codeIn(regions, region);
  if (state === undefined) {
    const expected = Object.keys(regions).join(', ') || 'no region';
    throw new CalendarError(`No public holidays known for region "${region}" of ${code}: expected ${expected}`);
  }
  return new Holidays(code, state, options);
}

function codeIn(names: Readonly<Record<string, string>>, code: string): string | undefined {
  return Object.keys(names).find((candidate) => candidate.toUpperCase() === code.toUpperCase());
}
