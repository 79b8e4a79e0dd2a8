import { describe, expect, it } from 'vitest';
import { playedNames } from '../../infra/local/crm/played-names.ts';
import { course } from '../support/course.ts';
import { playCourse } from '../support/crm-course.ts';

describe.each(playedNames)('deals that move about in %s while everything goes wrong', (name) => {
  it('end with one handoff for each that is won, and none for others', course, async () => {
    let all = 0;
    for (const seed of [1, 2, 3]) {
      const { broken, told, begun } = await playCourse(name, seed, 'light');
      expect(broken, [`Seed ${seed}:`, ...told].join('\n')).toEqual([]);
      all += begun;
    }
    expect(all).toBeGreaterThan(1);
  });
});
