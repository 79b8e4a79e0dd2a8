import { expect, it } from 'vitest';
import { playStory } from '../../infra/local/simulate/play-story.ts';
import { storyOf } from '../../infra/local/simulate/story.ts';
import { storyTimeline } from '../../infra/local/simulate/story-timeline.ts';
import { course } from '../support/course.ts';
import { tiny } from '../support/playbooks/tiny.ts';

it('a story plays the same every time, whatever goes wrong in it', course, async () => {
  for (const seed of [3, 6, 8]) {
    const story = storyOf(seed, [tiny], 'heavy');
    const [first, again] = [await playStory(story), await playStory(story)];
    expect(first.faults.length).toBeGreaterThan(0);
    expect(storyTimeline(again)).toBe(storyTimeline(first));
  }
});

it('a story with fewer faults has the first of them', course, async () => {
  const story = storyOf(2, [tiny], 'heavy');
  const [all, some] = [await playStory(story), await playStory({ ...story, mostFaults: 1 })];
  expect(all.faults.length).toBeGreaterThan(1);
  expect(some.faults).toEqual(all.faults.slice(0, 1));
});
