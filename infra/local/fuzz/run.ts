import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type FuzzTarget, problemOf } from './target.ts';

/** An input that a target takes badly, as small as it could be made. */
export interface Find {
  readonly target: string;
  /** Draws it again. */
  readonly seed: number;
  readonly problem: string;
  readonly input: unknown;
}

/** How a target is tried: `runs` inputs drawn from the seed, at most for so many milliseconds. */
interface Trial {
  readonly name: string;
  readonly seed: number;
  readonly runs: number;
  readonly milliseconds?: number;
}

/** Gives a target inputs that are drawn from a seed; the first that it takes badly, made small. The same seed finds the same. */
export async function fuzz(
  target: FuzzTarget,
  { name, seed, runs, milliseconds }: Trial,
): Promise<{ readonly find?: Find; readonly runs: number }> {
  const property = fc.asyncProperty(target.inputs, async (input) => (await problemOf(target, input)) === undefined);
  const details = await fc.check(property, {
    ...{ seed, numRuns: runs },
    ...(milliseconds !== undefined && { interruptAfterTimeLimit: milliseconds }),
  });
  if (details.counterexample === null) return { runs: details.numRuns };
  const [input] = details.counterexample;
  const problem = (await problemOf(target, input)) ?? 'It is taken badly only now and then.';
  return { runs: details.numRuns, find: { target: name, seed, problem, input } };
}

/** Inputs drawn from one seed. */
const runsOfSeed = 500;

/** Tries a target for so long, one seed after the other, until something is found. `now`: milliseconds. */
export async function fuzzFor(
  target: FuzzTarget,
  { name, seed, milliseconds, now }: { name: string; seed: number; milliseconds: number; now: () => number },
): Promise<{ readonly find?: Find; readonly runs: number }> {
  const until = now() + milliseconds;
  let all = 0;
  for (let next = seed; ; next += 1) {
    const { find, runs } = await fuzz(target, {
      ...{ name, seed: next, runs: runsOfSeed },
      milliseconds: Math.max(1, until - now()),
    });
    all += runs;
    if (find !== undefined) return { find, runs: all };
    if (now() >= until) return { runs: all };
  }
}

/** The name of the file that a find is kept in: the same for the same input. */
export function findFile({ target, input }: Find): string {
  const digest = createHash('sha256').update(JSON.stringify(input)).digest('hex');
  return `${target}-${digest.slice(0, 10)}.json`;
}
