import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../functions/aws/world.ts';
import { type AskStep, askStep, type Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { runningDefinition } from '../../../infra/commands/playbook/upgrade.ts';
import { upgradeHandoff } from '../../../infra/commands/playbook/upgrade-handoff.ts';
import { course } from '../../support/course.ts';
import { dealEvent } from '../../support/deals.ts';
import { anna } from '../../support/handoff-record.ts';
import { full } from '../../support/playbooks/full.ts';
import { openSystem } from '../../support/world.ts';

const step = 'schedule-internal-meeting';

/** The fixture playbook with one step changed. */
const withStep = (id: string, over: Partial<AskStep>): Playbook => ({
  ...full,
  steps: { ...full.steps, [id]: { ...askStep(full, id), ...over } },
});

/** With a later promise, and a ladder that tells the manager when a step is overdue. */
const today: Playbook = {
  ...withStep(step, { due: { after: 'closedWon', within: '4 business days' } }),
  ladders: {
    ...full.ladders,
    standard: {
      ...full.ladders.standard,
      rungs: full.ladders.standard.rungs.map((rung) =>
        rung.kind === 'breach' ? { ...rung, tell: ['owner', 'manager'] } : rung,
      ),
    },
  },
};

async function open() {
  const system = await openSystem({ at: '2026-11-17T08:30:00Z' });
  const id = await system.win(dealEvent());
  const said: string[] = [];
  const upgrade = (playbook: Playbook | undefined, dryRun = false) =>
    upgradeHandoff({
      world: system.world,
      handoffId: id,
      playbookNamed: (name) => (name === playbook?.name ? playbook : undefined),
      definitionOf: runningDefinition(system.clients.sfn, system.stateMachineArn),
      hashOf: sha256,
      at: system.now(),
      dryRun,
      say: (line) => said.push(line),
    });
  return { system, id, said, upgrade };
}

describe('upgrading a running handoff', () => {
  it('moves it to the rules of today, leaves open steps as they were asked, and says so in the audit trail', async () => {
    const { system, id, said, upgrade } = await open();
    const before = await system.load(id);
    expect(await upgrade(today)).toBe(true);
    expect(said[0]).toBe(`The handoff ${id} is moved to today's rules:`);
    expect(said.join('\n')).toContain('due 4 business days after closed won, was 24 hours after closed won.');
    const after = await system.load(id);
    expect(after.playbook.steps[step]).toMatchObject({ due: { within: '4 business days' } });
    expect(after.steps).toEqual(before.steps);
    expect(after.state).toEqual({ ...before.state, playbookHash: after.state.playbookHash });
    const entry = (await system.world.audit.trail(id)).find(({ what }) => what === 'rules-changed');
    expect(entry).toMatchObject({ who: 'system', from: 'command' });
    expect(entry?.detail).toContain('also tells');
  });

  it('lets the execution go on by them', course, async () => {
    const { system, id, upgrade } = await open();
    await upgrade(today);
    const { dueAt, owner } = (await system.load(id)).steps[step] ?? { dueAt: '', owner: '' };
    expect(owner).toBe(anna);
    await system.until(new Date(Date.parse(dueAt) + 60_000).toISOString());
    const overdue = system.mails().filter(({ at }) => at >= Date.parse(dueAt));
    expect(overdue.flatMap(({ to }) => to.map(({ address }) => address)).sort()).toEqual([
      anna,
      'klaus.brandt@example.com',
    ]);
    expect(await system.status(id)).toMatchObject({ status: 'RUNNING' });
  });

  it('changes nothing when it is only to be tried, or nothing has changed', async () => {
    const { system, id, said, upgrade } = await open();
    const before = await system.dump();
    expect(await upgrade(today, true)).toBe(true);
    expect(said[0]).toBe(`The handoff ${id} could be moved to today's rules:`);
    expect(await upgrade(full)).toBe(true);
    expect(said.at(-1)).toBe(`The handoff ${id} follows today's rules already.`);
    expect(await system.dump()).toEqual(before);
  });

  it.each<[string, Playbook | undefined, string]>([
    ['its playbook is gone', undefined, 'No playbook is called "full" any more.'],
    [
      'its segment is gone',
      { ...full, segments: { large: {} }, fallbackSegment: 'large' },
      'The playbook has no segment "standard" today.',
    ],
    ['an open step has another owner', withStep(step, { owner: 'salesManager' }), 'another role does it today.'],
    [
      'its execution runs on another state machine',
      withStep('hold-kickoff', { ask: 'meet the customer' }),
      'Its execution runs on another state machine: ',
    ],
  ])('is refused when %s, and changes nothing', async (_, playbook, reason) => {
    const { system, said, upgrade } = await open();
    const before = await system.dump();
    expect(await upgrade(playbook)).toBe(false);
    expect(said.join('\n')).toContain(reason);
    expect(await system.dump()).toEqual(before);
  });

  it('is refused when nothing runs any more, or the handoff is unknown', async () => {
    const { system, id, said, upgrade } = await open();
    await system.world.executions.stop(id, 'Tried out.');
    expect(await upgrade(today)).toBe(false);
    expect(said.at(-1)).toBe('- It has no execution that runs.');
    const other = { ...today, name: 'full' };
    const unknown = await upgradeHandoff({
      world: system.world,
      handoffId: 'nobody-1',
      playbookNamed: () => other,
      definitionOf: async () => undefined,
      hashOf: sha256,
      at: system.now(),
      dryRun: false,
      say: (line) => said.push(line),
    });
    expect([unknown, said.at(-1)]).toEqual([false, '- No such handoff has begun.']);
  });

  it('is refused when the handoff ends or is moved in the same moment', course, async () => {
    const { system, id } = await open();
    const { state, playbook } = await system.load(id);
    const adopt = (from: string, to: string) => system.world.handoffs.adopt({ id, from, to, playbook });
    expect(await adopt('another', 'next')).toBe(false);
    expect(await adopt(state.playbookHash, 'next')).toBe(true);
    expect(await adopt(state.playbookHash, 'late')).toBe(false);
    expect((await system.load(id)).state.playbookHash).toBe('next');
  });
});
