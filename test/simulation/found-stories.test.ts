import { expect, it } from 'vitest';
import { invariants } from '../../infra/local/simulate/invariants/all.ts';
import { playStory } from '../../infra/local/simulate/play-story.ts';
import { storyOf } from '../../infra/local/simulate/story.ts';
import { shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';

/** Stories that broke something once, by their seed, and what it was. */
it.each([
  [14, 'nobody is there for a step at the moment in which trouble with another one is over: two emails at once'],
])('story %i holds: %s', async (seed) => {
  const outcome = await playStory(storyOf(seed, Object.values(shippedPlaybooks)));
  const broken = invariants.flatMap(({ name, broken: found }) => found(outcome).map((what) => `${name}: ${what}`));
  expect(broken).toEqual([]);
  // That it still is the story it was.
  expect(outcome.mails.map(({ tags }) => tags['kind'])).toContain('nobody-there');
});
