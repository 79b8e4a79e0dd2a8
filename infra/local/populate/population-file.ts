import { access, constants, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Population } from './population.ts';

/** Where `npm run populate` leaves a population, and `npm start -- --populated` finds it; git ignores the folder. */
export const populationFile = '.local/population.gz';

/** Grows when an older file could not be read any more. */
const format = 'handoff-population-1';

/** Why a population cannot be written there, in a sentence; undefined where it can. Makes the folder. */
export async function problemOfWriting(path: string): Promise<string | undefined> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await access(dirname(path), constants.W_OK);
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) return `${path} is a folder; name a file.`;
    if (found !== undefined) await access(path, constants.W_OK);
    return undefined;
  } catch (error) {
    return `Nothing can be written to ${path} (${error instanceof Error ? error.message : error}).`;
  }
}

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
    throw new Error(`${path} cannot be read (${error instanceof Error ? error.message : error}).`);
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
