import { describe, expect, it } from 'vitest';
import { worldPart } from '../../../functions/aws/world-part.ts';
import { openSystem } from '../../support/world.ts';

describe('the part of the world that a function is given', () => {
  it('has what the function names, and nothing else', async () => {
    const { world } = await openSystem({ roster: [] });
    const part = worldPart(world, ['steps.decide', 'steps.change', 'roster.people', 'site', 'steps.decide']);
    expect(Object.keys(part).sort()).toEqual(['roster', 'site', 'steps']);
    expect(Object.keys(part.steps).sort()).toEqual(['change', 'decide']);
    expect(Object.keys(part.roster)).toEqual(['people']);
    expect(part.steps.decide).toBe(world.steps.decide);
    expect(part.site).toBe(world.site);
  });
});
