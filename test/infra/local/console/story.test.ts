import { describe, expect, it } from 'vitest';
import { captionOf } from '../../../../infra/local/console/captions.ts';
import { openTestConsole } from './open-test-console.ts';

const id = 'D-2026-1041-1';
/** At one moment every two seconds, a minute. */
const mostMoments = 30;

describe('the story of a deal', () => {
  it('plays a sample deal from its signature to its end in under a minute, with a caption at each moment', async () => {
    const { get, submit, tick, system } = await openTestConsole();
    expect((await get('/')).text).toContain('Play the story of a deal');
    const { text } = await submit('/story', { do: 'begin' });
    expect(text).toContain('Nordwind Logistik GmbH has signed');
    const record = async () => {
      const found = await system.world.handoffs.load(id);
      if (found === undefined) throw new Error('The handoff has not begun.');
      return found;
    };
    const people = new Map((await system.world.roster.everybody()).map((person) => [person.email, person]));
    const captions: string[] = [];
    let moments = 0;
    while ((await record()).state.status === 'open' && moments < 2 * mostMoments) {
      await tick();
      moments += 1;
      const caption = captionOf(await record(), await system.world.audit.trail(id), people);
      captions.push(caption?.lines.join(' ') ?? '');
    }
    expect((await record()).state.status).toBe('complete');
    expect(moments).toBeLessThan(mostMoments);
    expect(captions.filter((lines) => lines === '').length).toBeLessThan(moments / 4);
    expect(captions.at(-1)).toMatch(/^The handoff is complete: \d+ days/);
    const end = (await get(`/handoffs/${id}`)).text;
    expect(end).toContain('Your turn:');
    expect(end).toContain('Virtual time: stands still');
  });

  it('can be paused and goes on; people act in no other handoff', async () => {
    const { get, submit, tick, system } = await openTestConsole();
    await submit('/deals', { sample: 'self-serve' });
    await submit('/story', { do: 'begin' });
    await tick();
    expect((await submit('/story', { do: 'pause' })).text).toContain('Go on');
    const stands = system.clock.now();
    await tick();
    expect(system.clock.now()).toBe(stands);
    expect((await submit('/story', { do: 'play' })).text).toContain('Pause the story');
    for (let i = 0; i < 5; i += 1) await tick();
    expect(system.clock.now()).toBeGreaterThan(stands);
    const other = (await system.world.audit.trail('7741902-1')).filter(({ what }) => what === 'decided');
    expect(other).toEqual([]);
    expect((await get('/handoffs/7741902-1')).text).not.toContain('The story');
  });

  it('says why there is none', async () => {
    const { submit } = await openTestConsole();
    expect((await submit('/story', { do: 'pause' })).text).toContain('No story has begun.');
  });
});
