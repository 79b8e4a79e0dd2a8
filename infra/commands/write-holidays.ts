import { writeFile } from 'node:fs/promises';
import type { HolidayTable } from '../../functions/domain/time/holidays.ts';
import { holidayTable, libraryPlaces } from './holidays/library-holidays.ts';

/** From before the oldest deal anybody scores to after the renewals of those won now. */
const years = { from: 2020, to: 2040 };

const rows = (values: readonly unknown[]): string => values.map((value) => `    ${JSON.stringify(value)}`).join(',\n');

/** One line for a holiday or place: what a new version of the library changes is read in the diff. */
const text = ({ from, to, holidays, places }: HolidayTable): string => `{
  "from": ${from},
  "to": ${to},
  "holidays": [
${rows(holidays)}
  ],
  "places": {
${Object.entries(places)
  .map(([place, indexes]) => `    ${JSON.stringify(place)}: ${JSON.stringify(indexes)}`)
  .join(',\n')}
  }
}
`;

/** Writes the table; says what is wrong with a call that asks for more. */
async function main(given: readonly string[]): Promise<number> {
  if (given.length > 0) {
    process.stderr.write(`Unknown: ${given.join(' ')}\n\nusage: npm run holidays\n`);
    return 2;
  }
  const file = new URL('../../functions/domain/time/holiday-table.json', import.meta.url);
  const table = holidayTable(libraryPlaces(), years);
  await writeFile(file, text(table));
  process.stdout.write(
    `Wrote ${table.holidays.length} holidays of ${Object.keys(table.places).length} places, ${years.from} to ${years.to}, to functions/domain/time/holiday-table.json.\n`,
  );
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
