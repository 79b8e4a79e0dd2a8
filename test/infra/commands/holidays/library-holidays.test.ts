import { describe, expect, it } from 'vitest';
import table from '../../../../functions/domain/time/holiday-table.json' with { type: 'json' };
import { publicHolidays } from '../../../../functions/domain/time/holidays.ts';
import { holidayTable, libraryHolidays, libraryPlaces } from '../../../../infra/commands/holidays/library-holidays.ts';
import { course } from '../../../support/course.ts';

const sorted = (dates: ReadonlyMap<string, string>) => [...dates].sort();

function fromTable(place: string, year: number) {
  const [country = '', region] = place.split('/');
  return [...publicHolidays({ country, region }, year)];
}

describe('the table of holidays (mended by `npm run holidays`)', () => {
  it('has every place of the library', () => {
    const places = libraryPlaces();
    expect(places.length).toBeGreaterThan(500);
    expect(Object.keys(table.places)).toEqual(places.map((place) => place.toUpperCase()));
  });

  it('says of every place and a year what the library says', course, () => {
    for (const place of libraryPlaces())
      expect([place, fromTable(place, 2027)]).toEqual([place, sorted(libraryHolidays(place, 2027))]);
  });

  // Equinoxes, months of other calendars, substitute days, a region, an election.
  it.each(['JP', 'IL', 'TR', 'ID', 'AE', 'GB/ENG', 'DE/BY', 'US/CA', 'MX'])(
    'says the same of %s in all its years',
    (place) => {
      for (let year = table.from; year <= table.to; year++)
        expect([year, fromTable(place, year)]).toEqual([year, sorted(libraryHolidays(place, year))]);
    },
  );

  it('writes a holiday once, whoever has it, and the years of those that move', () => {
    const made = holidayTable(['AT', 'DE', 'DE/BY'], { from: 2026, to: 2027 });
    expect(made.holidays).toContainEqual(['Christmas Day', '12-25']);
    expect(made.holidays).toContainEqual(['Good Friday', '03-26 27', '04-03 26']);
    const names = (place: string) => made.places[place]?.map((index) => made.holidays[index]?.[0]);
    expect(names('DE/BY')).toContain('Epiphany');
    expect(names('DE')).not.toContain('Epiphany');
    expect(new Set(made.holidays.map((each) => JSON.stringify(each))).size).toBe(made.holidays.length);
  });
});
