import { describe, expect, it } from 'vitest';
import { drawsOf } from '../../infra/local/simulate/draws.ts';
import { storyOf } from '../../infra/local/simulate/story.ts';
import { shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';

const many = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe('The draws of a seed', () => {
  it('are the same every time, and others for another seed', () => {
    const drawn = (seed: number) => {
      const draws = drawsOf(seed);
      return many(20).map(() => draws.int(0, 1_000_000));
    };
    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(7)).not.toEqual(drawn(8));
  });

  it('stay within their ends, reach both, and keep to how often', () => {
    const draws = drawsOf(1);
    const dice = many(1_000).map(() => draws.int(1, 6));
    expect([Math.min(...dice), Math.max(...dice)]).toEqual([1, 6]);
    const heads = many(1_000).filter(() => draws.chance(0.3)).length;
    expect(heads).toBeGreaterThan(200);
    expect(heads).toBeLessThan(400);
    expect(draws.chance(0)).toBe(false);
    expect(draws.chance(1)).toBe(true);
    expect(() => draws.oneOf([])).toThrow('Nothing to draw from');
  });

  it('leave each other alone where they are drawn apart', () => {
    const [one, two] = [drawsOf(3), drawsOf(3)];
    const apart = one.apart();
    two.apart();
    for (const most of many(5)) apart.int(0, most);
    expect(one.int(0, 1_000_000)).toBe(two.int(0, 1_000_000));
  });
});

describe('The story of a seed', () => {
  const stories = many(100).map((seed) => storyOf(seed, Object.values(shippedPlaybooks)));

  it('is the same every time', () => {
    for (const seed of [1, 2, 3]) expect(storyOf(seed, Object.values(shippedPlaybooks))).toEqual(stories[seed - 1]);
  });

  it('leaves out now and then whatever need not be there', () => {
    const details = stories.map(({ events: [event] }) => event?.detail ?? {});
    for (const member of ['segment', 'industry', 'wonEpisode', 'territory', 'crmRecord', 'customerSuccessManager']) {
      const said = details.filter((detail) => member in detail).length;
      expect(said, member).toBeGreaterThan(0);
      expect(said, member).toBeLessThan(details.length);
    }
  });

  it('has stages of several languages and zones, and some that are set to neither', () => {
    for (const setting of ['locale', 'defaultZone'] as const) {
      const drawn = new Set(stories.map(({ site }) => site[setting]));
      expect(drawn.size, setting).toBeGreaterThan(3);
      expect(drawn).toContain(undefined);
    }
  });

  it('has people who are away, leave, and have nobody to stand in', () => {
    const everybody = stories.flatMap(({ roster }) => roster);
    expect(everybody.some(({ availability }) => availability.away?.length)).toBe(true);
    expect(everybody.some(({ deputy }) => deputy === undefined)).toBe(true);
    // Functions read a company of up to sixty people whole, and people of others by name.
    expect(new Set(stories.map(({ roster }) => roster.length > 60)).size).toBe(2);
    expect(
      stories.flatMap(({ imports }) => imports.flatMap(({ roster }) => roster)).some(({ active }) => !active),
    ).toBe(true);
  });
});
