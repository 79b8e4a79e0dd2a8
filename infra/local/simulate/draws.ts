import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random draws: the same seed draws the same, in every run and on every machine. */
export interface Draws {
  /** A whole number, both ends included. */
  int(min: number, max: number): number;
  /** True that often: 0 never, 1 always. */
  chance(probability: number): boolean;
  /** Throws for an empty list. */
  oneOf<T>(list: readonly T[]): T;
  /** Each element that often, in its order. */
  some<T>(list: readonly T[], probability: number): T[];
  /** Draws for something else: what is drawn there leaves these as they are. */
  apart(): Draws;
}

/** Draws of a seed: any whole number. */
export function drawsOf(seed: number): Draws {
  const generator = xoroshiro128plus(seed);
  const int = (min: number, max: number): number => uniformInt(generator, min, max);
  const draws: Draws = {
    int,
    chance: (probability) => int(0, 9_999) < probability * 10_000,
    oneOf: (list) => {
      const drawn = list[int(0, list.length - 1)];
      if (drawn === undefined) throw new Error('Nothing to draw from.');
      return drawn;
    },
    some: (list, probability) => list.filter(() => draws.chance(probability)),
    apart: () => drawsOf(int(-0x80000000, 0x7fffffff)),
  };
  return draws;
}
