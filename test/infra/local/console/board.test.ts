import { describe, expect, it } from 'vitest';
import { openTestConsole } from './open-test-console.ts';

describe('the board', () => {
  it('shows what was just written, by whomever', async () => {
    const { get, submit, system } = await openTestConsole();
    await submit('/deals', { sample: 'complete-standard' });
    expect((await get('/')).text).not.toContain('Waiting on the customer');
    const id = 'D-2026-1041-1';
    const [step] = Object.values((await system.world.handoffs.load(id))?.steps ?? {});
    if (!step) throw new Error('No step is open.');
    const pauses = [
      { from: '2026-11-17T08:30:00Z', until: '2026-11-24T08:00:00Z', reason: 'vacation', by: step.owner },
    ];
    await system.world.steps.change({ id, step: step.step, round: step.round, change: { pauses } });
    expect((await get('/')).text).toContain('Waiting on the customer until');
    await system.world.roster.markUnreachable(step.owner, { since: '2026-11-17T08:30:00Z', why: 'bounced' });
    expect((await get('/roster')).text).toContain('>emails bounce<');
  });

  it('shows the handoffs a filter leaves, and a way back to all of them', async () => {
    const { get, submit } = await openTestConsole();
    await submit('/deals', { sample: 'complete-standard' });
    await submit('/deals', { sample: 'complete-standard', identity: 'another' });
    await submit('/deals', { sample: 'self-serve' });
    const all = (await get('/')).text;
    expect(all).toContain('3 handoffs');
    for (const id of ['D-2026-1041-1', 'D-2026-1041-copy-2-1']) expect(all).toContain(`<span class="id">${id}<`);
    const some = (await get('/?segment=self-serve')).text;
    expect(some).toContain('1 of 3 handoffs');
    expect(some).toContain('<a href="/">Show all</a>');
    expect(some).not.toContain('href="/handoffs/D-2026-1041-1" dir="auto">Nordwind Logistik GmbH</a></div>');
    expect((await get('/?find=nobody')).text).toContain('No handoff fits.');
  });

  it('lists with somebody what is due first, and leads to the rest', async () => {
    const { get, submit } = await openTestConsole();
    for (let deals = 0; deals < 7; deals++)
      await submit('/deals', { sample: 'complete-standard', identity: 'another' });
    const { text } = await get('/roster');
    const [, more] = /<a href="(\/\?person=[^"]+)">And 2 more<\/a>/.exec(text) ?? [];
    expect((await get(more ?? '')).text).toContain('7 handoffs');
  });
});
