/** How two groups of values differ. */
export interface RankTest {
  /** How likely it is that they differ this much by chance alone, 0–1; 1 where a group is empty or all values are the same. */
  readonly chance: number;
  /** Above zero when values of the second group tend to be larger than those of the first. */
  readonly difference: number;
}

/**
 * The Mann-Whitney rank test, two-sided, in its normal approximation with correction for ties and for continuity. It asks nothing
 * of how the values are spread, and takes yes (1) and no (0) as well as days.
 */
export function rankTest(a: readonly number[], b: readonly number[]): RankTest {
  const [n, one, other] = [a.length + b.length, new Float64Array(a).sort(), new Float64Array(b).sort()];
  let [rankSum, ties] = [0, 0];
  for (let [i, j] = [0, 0]; i + j < n; ) {
    const [first, begins] = [Math.min(one[i] ?? most, other[j] ?? most), { i, j }];
    while (i < a.length && one[i] === first) i += 1;
    while (j < b.length && other[j] === first) j += 1;
    const count = i - begins.i + (j - begins.j);
    // Equal values share the middle of their ranks.
    const rank = begins.i + begins.j + (1 + count) / 2;
    rankSum += rank * (i - begins.i);
    ties += count ** 3 - count;
  }
  const expected = (a.length * (n + 1)) / 2;
  const difference = expected - rankSum;
  const variance = ((a.length * b.length) / 12) * (n + 1 - ties / (n * (n - 1)));
  if (!(variance > 0)) return { chance: 1, difference };
  const distance = Math.max(0, Math.abs(difference) - 0.5) / Math.sqrt(variance);
  return { chance: Math.min(1, 2 * upperTail(distance)), difference };
}

const most = Number.POSITIVE_INFINITY;

/** The share of a standard normal distribution above `z` ≥ 0, to seven decimals (Abramowitz and Stegun 26.2.17). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.231_641_9 * z);
  const sum = [0.319_381_53, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429].reduce(
    (total, factor, i) => total + factor * t ** (i + 1),
    0,
  );
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}
