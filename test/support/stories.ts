import { expect, it } from 'vitest';
import { invariants } from '../../infra/local/simulate/invariants/all.ts';
import { playStory } from '../../infra/local/simulate/play-story.ts';
import { storyOf } from '../../infra/local/simulate/story.ts';
import { shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';
import { tiny } from './playbooks/tiny.ts';

/** Most stories follow a short process, which has the same calendars, ladders and absences. */
const playbooks = [shippedPlaybooks.agency, shippedPlaybooks.default, tiny, tiny, tiny, tiny];

const atOnce = 25;
/** Long enough on a machine that does much else. */
const patience = 600_000;

/** Plays the stories of these seeds, both ends included, and looks at everything that must be so. */
export function holdsForStories(from: number, to: number): void {
  const starts = Array.from({ length: Math.ceil((to - from + 1) / atOnce) }, (_, i) => from + i * atOnce);
  it.each(starts.map((start) => [start, Math.min(to, start + atOnce - 1)] as const))(
    'holds for the stories %i to %i',
    async (first, last) => {
      const broken: string[] = [];
      for (let seed = first; seed <= last; seed++) {
        const outcome = await playStory(storyOf(seed, playbooks));
        for (const { name, broken: found } of invariants)
          broken.push(...found(outcome).map((what) => `story ${seed}: ${name}: ${what}`));
      }
      expect(broken).toEqual([]);
    },
    patience,
  );
}
