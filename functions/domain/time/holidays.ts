import { CalendarError, type HolidayLookup, type HolidayPlace } from './calendar-availability.ts';
import table from './holiday-table.json' with { type: 'json' };

/**
 * The public holidays of all places over some years, as `npm run holidays` writes them: functions read dates, and work none out.
 * A holiday's days are `MM-DD` for every year, or followed by the last two digits of its years: `04-03 26 37`.
 */
export interface HolidayTable {
  /** The first and the last year it knows. */
  readonly from: number;
  readonly to: number;
  /** English name, then its days. */
  readonly holidays: readonly (readonly string[])[];
  /** `DE`, `DE/BY` → indexes of `holidays`. A country's regions stand after it, each with all of its holidays. */
  readonly places: Readonly<Record<string, readonly number[]>>;
}

/** No member of it is read while a function starts: a bundle unpacks it at the first one. */
const packed: HolidayTable = table;
const known = new Map<string, ReadonlyMap<string, string>>();

/**
 * Public holidays, substitute days among them, with English names where there are any. Only whole days count: an afternoon or
 * evening off (Christmas Eve from 19:00 in Darwin) leaves the day a business day; say it as an absence where it matters.
 * Before and after the years of the table, only those holidays that fall on the same date every year.
 * Throws a CalendarError naming a country or region of which no holidays are known.
 */
export const publicHolidays: HolidayLookup = (place, year) => {
  const key = placeKey(place);
  const ofYear = `${key} ${year}`;
  const found = known.get(ofYear) ?? holidaysOf(key, year);
  known.set(ofYear, found);
  return found;
};

/** Throws a CalendarError naming a country or region of which no holidays are known. */
export function checkHolidayPlace(place: HolidayPlace): void {
  placeKey(place);
}

function holidaysOf(key: string, year: number): ReadonlyMap<string, string> {
  const dates = new Map<string, string>();
  const { holidays, places } = packed;
  for (const index of places[key] ?? []) {
    const [name = '', ...days] = holidays[index] ?? [];
    for (const day of days) {
      const [date, ...years] = day.split(' ');
      if (years.length === 0 || years.some((digits) => 2000 + Number(digits) === year))
        dates.set(`${year}-${date}`, name);
    }
  }
  return new Map([...dates].sort());
}

function placeKey({ country, region }: HolidayPlace): string {
  const { places } = packed;
  const code = country.toUpperCase();
  if (!/^[A-Z]+$/.test(code) || !Object.hasOwn(places, code)) {
    throw new CalendarError(
      `No public holidays known for country "${country}": expected an ISO 3166-1 code such as DE`,
    );
  }
  if (region === undefined) return code;
  const key = `${code}/${region.toUpperCase()}`;
  if (Object.hasOwn(places, key)) return key;
  const regions = Object.keys(places).filter((place) => place.startsWith(`${code}/`));
  const expected = regions.map((place) => place.slice(code.length + 1)).join(', ') || 'no region';
  throw new CalendarError(`No public holidays known for region "${region}" of ${code}: expected ${expected}`);
}
