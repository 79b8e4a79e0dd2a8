import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Find, findFile, fuzz, fuzzFor } from '../../../infra/local/fuzz/run.ts';
import { problemOf, targetOf } from '../../../infra/local/fuzz/target.ts';
import { fuzzTargets } from '../../../infra/local/fuzz/targets.ts';

const targets = await fuzzTargets();
const folder = new URL('../../support/fuzz-finds/', import.meta.url);
const finds = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file): [string, Find] => [file, JSON.parse(readFileSync(new URL(file, folder), 'utf8'))]);

describe('what comes from outside', () => {
  it.each(Object.entries(targets))('is taken whatever it is: %s', async (name, target) => {
    const { find, runs } = await fuzz(target, { name, seed: 20_261_122, runs: 200 });
    expect(find).toBeUndefined();
    expect(runs).toBe(200);
  });

  it.each(finds)('is taken as it was once taken badly: %s', async (_, { target, input }) => {
    const found = targets[target];
    expect(found && (await problemOf(found, input))).toBeUndefined();
    expect(found).toBeDefined();
  });
});

describe('fuzzing', () => {
  const target = targetOf(fc.array(fc.nat(100)), (numbers) => {
    if (numbers.length > 2) throw new RangeError('Too many.');
    return numbers.includes(7) ? 'There is a 7.' : undefined;
  });

  it('finds what is taken badly, makes it small, and finds the same by the same seed', async () => {
    const { find } = await fuzz(target, { name: 'numbers', seed: 1, runs: 500 });
    expect(find).toMatchObject({ target: 'numbers', seed: 1, problem: 'It throws RangeError: Too many.' });
    expect(find?.input).toEqual([0, 0, 0]);
    expect((await fuzz(target, { name: 'numbers', seed: 1, runs: 500 })).find).toEqual(find);
    expect(find && findFile(find)).toMatch(/^numbers-[0-9a-f]{10}\.json$/);
  });

  it('goes from seed to seed until its time is over', async () => {
    const ticks = [0, 1, 2, 3, 100, 101];
    const fine = targetOf(fc.nat(), () => undefined);
    const { runs, find } = await fuzzFor(fine, {
      ...{ name: 'fine', seed: 1, milliseconds: 50 },
      now: () => ticks.shift() ?? 1000,
    });
    expect(find).toBeUndefined();
    expect(runs).toBeGreaterThan(0);
  });
});
