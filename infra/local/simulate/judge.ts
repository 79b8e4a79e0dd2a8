import { invariants } from './invariants/all.ts';
import { type Outcome, playStory } from './play-story.ts';
import type { Story } from './story.ts';

/** Something that must be so, and was not. */
export interface Violation {
  readonly seed: number;
  /** Of the invariant. */
  readonly name: string;
  readonly what: string;
}

export interface Judged {
  readonly outcome: Outcome;
  readonly violations: readonly Violation[];
}

/**
 * Plays a story and looks at everything that must be so, of reports, too, where it is measured on the way. What throws is a violation.
 */
export async function judge(
  story: Story,
  isMeasured = false,
): Promise<Judged | { readonly violations: readonly Violation[] }> {
  const { seed } = story;
  try {
    const outcome = await playStory(story, { isMeasured });
    const violations = invariants.flatMap(({ name, broken }) => broken(outcome).map((what) => ({ seed, name, what })));
    return { outcome, violations };
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { violations: [{ seed, name: 'every story can be played', what }] };
  }
}

/**
 * The story with as few faults as break the same invariant: all faults after the first few are left out. The story itself where
 * it takes no fault at all, or nothing breaks.
 */
export async function shortest(story: Story, isMeasured = false): Promise<Story> {
  const { violations, ...rest } = await judge(story, isMeasured);
  const broken = new Set(violations.map(({ name }) => name));
  const faults = broken.size > 0 && 'outcome' in rest ? rest.outcome.faults.length : 0;
  for (let most = 0; most < faults; most++) {
    const shorter = { ...story, mostFaults: most };
    if ((await judge(shorter, isMeasured)).violations.some(({ name }) => broken.has(name))) return shorter;
  }
  return story;
}
