/**
 * How likely it is that two groups differ this much by chance alone, 0–1: the Mann-Whitney rank test, two-sided, in its normal
 * approximation with correction for ties and for continuity. It asks nothing of how the values are spread, and takes yes (1) and
 * no (0) as well as days. 1 where a group is empty or all values are the same.
 */
export function rankTest(a: readonly number[], b: readonly number[]): number {
  const n = a.length + b.length;
  const sorted = [...a.map((value) => ({ value, isA: true })), ...b.map((value) => ({ value, isA: false }))].toSorted(
    (x, y) => (x.value === y.value ? 0 : x.value - y.value),
  );
  let [rankSum, ties] = [0, 0];
  for (let first = 0; first < n; ) {
    let next = first;
    while (next < n && sorted[next]?.value === sorted[first]?.value) next++;
    const count = next - first;
    // Equal values share the middle of their ranks.
    const rank = (first + 1 + next) / 2;
    rankSum += rank * sorted.slice(first, next).filter(({ isA }) => isA).length;
    ties += count ** 3 - count;
    first = next;
  }
  const expected = (a.length * (n + 1)) / 2;
  const variance = ((a.length * b.length) / 12) * (n + 1 - ties / (n * (n - 1)));
  if (!(variance > 0)) return 1;
  const distance = Math.max(0, Math.abs(rankSum - expected) - 0.5) / Math.sqrt(variance);
  return Math.min(1, 2 * upperTail(distance));
}

/** The share of a standard normal distribution above `z` ≥ 0, to seven decimals (Abramowitz and Stegun 26.2.17). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.231_641_9 * z);
  const sum = [0.319_381_53, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429].reduce(
    (total, factor, i) => total + factor * t ** (i + 1),
    0,
  );
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}
