import type { Figure } from '../../local/bench/figures.ts';

interface Compared<T> {
  readonly all: readonly T[];
  readonly of: (one: T) => number;
  readonly most: number;
  readonly text: (value: number) => string;
}

/** The one with the largest figure, and how many of all meet the goal; it is met where all do. */
export function worstOf<T extends { readonly name: string }>(what: string, compared: Compared<T>): Figure {
  const { all, of, most, text } = compared;
  const [worst] = all.toSorted((a, b) => of(b) - of(a));
  const met = all.filter((one) => of(one) <= most).length;
  return {
    what,
    measured: worst ? `${worst.name} ${text(of(worst))}; ${met} of ${all.length} meet the goal` : 'none',
    goal: { text: `≤ ${text(most)}`, met: met === all.length },
  };
}
