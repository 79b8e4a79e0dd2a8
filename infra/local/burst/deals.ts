import { type SampleName, sampleEvent } from '../sample-company.ts';

/** What deals are like: of ten, six standard ones, two with gaps, one enterprise and one self-serve. */
const mix: readonly SampleName[] = [
  'complete-standard',
  'complete-standard',
  'incomplete',
  'complete-standard',
  'enterprise-across-zones',
  'complete-standard',
  'self-serve',
  'complete-standard',
  'incomplete',
  'complete-standard',
];

const events = new Map(mix.map((name) => [name, sampleEvent(name)]));

/** Somebody who is at work when the burst begins, so that a mail waits for quotas only. */
const seller = 'anna.keller@example.com';

/** The event of the `number`-th deal (from 0), won at `at`, virtual milliseconds. */
export function burstEvent(number: number, at: number): object {
  const event = events.get(mix[number % mix.length] ?? 'complete-standard');
  return {
    ...event,
    detail: {
      ...event?.detail,
      dealId: `burst-${number}`,
      wonEpisode: 1,
      accountExecutive: seller,
      closedWonAt: new Date(at).toISOString(),
    },
  };
}

export const burstHandoffId = (number: number): string => `burst-${number}-1`;

/** Numbers in [0, 1) that are the same each time (mulberry32). */
export function repeatable(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
