import { describe, expect, it } from 'vitest';
import { playedNames } from '../../infra/local/crm/played-names.ts';
import { course } from '../support/course.ts';
import { playCourse } from '../support/crm-course.ts';

/** In the last one a function is killed while it reads the CRM's secrets. */
const courses = [
  [1, 'light'],
  [2, 'light'],
  [3, 'light'],
  [12, 'heavy'],
] as const;

describe.each(playedNames)('deals that move about in %s while everything goes wrong', (name) => {
  it('end with one handoff for each that is won, and none for others', course, async () => {
    let all = 0;
    for (const [seed, weather] of courses) {
      const { broken, told, begun } = await playCourse(name, seed, weather);
      expect(broken, [`Seed ${seed}, ${weather}:`, ...told].join('\n')).toEqual([]);
      all += begun;
    }
    expect(all).toBeGreaterThan(1);
  });
});
