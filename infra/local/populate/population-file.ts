import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Population } from './population.ts';

/** Where `npm run populate` leaves a population, and `npm start -- --populated` finds it; git ignores the folder. */
export const populationFile = '.local/population.gz';

/** Grows when an older file could not be read any more. */
const format = 'handoff-population-1';

export async function writePopulation(population: Population, path = populationFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, gzipSync(serialize({ format, population }), { level: 6 }));
}

/** Reads what `npm run populate` wrote; undefined where it wrote nothing. Throws an Error with advice for anything else. */
export async function readPopulation(path = populationFile): Promise<Population | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const read = Object(deserialize(gunzipSync(bytes))) as {
      readonly format?: unknown;
      readonly population: Population;
    };
    if (read.format === format) return read.population;
  } catch {
    // Said below.
  }
  throw new Error(`${path} is no population that this version can open. Make a new one: npm run populate.`);
}
