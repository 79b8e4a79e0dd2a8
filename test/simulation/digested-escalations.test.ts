import { expect, it } from 'vitest';
import { invariants } from '../../infra/local/simulate/invariants/all.ts';
import { playStory } from '../../infra/local/simulate/play-story.ts';
import { storyOf } from '../../infra/local/simulate/story.ts';
import { tiny } from '../support/playbooks/tiny.ts';

/** No report goes out in a story: every escalation that is left to a digest has to come by email. */
it.each([1, 2, 3, 4, 5, 6, 7, 8])('nothing falls silent where no digest comes: story %i', async (seed) => {
  const story = storyOf(seed, [tiny]);
  const outcome = await playStory({ ...story, playbook: { ...story.playbook, escalations: 'digest' } });
  const broken = invariants.flatMap(({ name, broken: found }) => found(outcome).map((what) => `${name}: ${what}`));
  expect(broken).toEqual([]);
});
