import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../functions/domain/fields/values.ts';
import { itemsToOpen } from '../../../functions/domain/handoff/items-to-open.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import { notify } from '../../../functions/verbs/notify.ts';
import { openItem } from '../../../functions/verbs/open-item.ts';
import { playbook } from '../../../statemachines/playbooks/default.ts';
import { breaking, callsIn } from '../../support/breaking.ts';
import { course } from '../../support/course.ts';
import { anna, daniel, klaus, lena } from '../../support/handoff-record.ts';
import { upTo } from '../../support/progress.ts';
import type { OpenSystem } from '../../support/world.ts';

const step = 'settle-open-item-1';

/** A handoff whose last "not yet" to first value has left an open item, which its owner has decided; nobody was told yet. */
async function decided(choice: string, evidence: Evidence) {
  const { system, id } = await upTo('schedule-internal-meeting', { playbook });
  const at = system.now();
  const asked = { step: 'record-first-value', round: 3, owner: lena, askedAt: at, dueAt: at, because: 'due now' };
  await system.world.steps.open(id, { ...asked, pauses: [], earlier: [] });
  const by = { by: lena, as: 'owner', at } as const;
  const no = { choice: 'not-yet', ...by, evidence: {} };
  await system.world.steps.decide({ id, step: asked.step, round: 3, decision: no });
  const record = await system.load(id);
  const [item] = itemsToOpen(record);
  if (!item) throw new Error('Nothing is to be opened.');
  const world = {
    ...system.world,
    executions: { ...system.world.executions, startItem: async () => 'started' as const },
  };
  await openItem(world, { record, item, at });
  await system.world.steps.decide({ id, step, round: 1, decision: { choice, ...by, evidence } });
  return { system, tell: (of = system.world) => notify(of)({ handoffId: id, step, round: 1, at }) };
}

const told = (system: OpenSystem, kind: string) =>
  system
    .mails()
    .filter(({ tags }) => tags['kind'] === kind)
    .map(({ to }) => to.map(({ address }) => address));

const heldAt: Instant = '2026-11-18T09:00:00Z';
const ends = [
  ['settled', { heldAt, onboardingComplete: true }, { 'first-value': [[anna, klaus]], 'item-settled': [] }],
  ['not-possible', { reason: 'They left.' }, { 'first-value': [], 'item-settled': [[daniel]] }],
] as const;

const toldIn = (system: OpenSystem) => ({
  'first-value': told(system, 'first-value'),
  'item-settled': told(system, 'item-settled'),
});

describe('an open item of a no', () => {
  it.each(ends)('that is %s is told to whom it concerns, once, also when it is looked at again', async (...end) => {
    const [choice, evidence, expected] = end;
    const { system, tell } = await decided(choice, evidence);
    await tell();
    await tell();
    expect(toldIn(system)).toEqual(expected);
  });

  it.each(ends)('that is %s is told once though whoever tells is interrupted at any call', course, async (...end) => {
    const [choice, evidence, expected] = end;
    const dry = await decided(choice, evidence);
    const calls = await callsIn(dry.system.world, (world) => dry.tell(world));
    expect(calls.length).toBeGreaterThan(3);
    for (const call of calls)
      for (const when of ['before', 'after'] as const) {
        // While a mail goes out nobody knows whether it has: one to colleagues goes out once more.
        if (['mail', 'mails', 'desks'].includes(call.port)) continue;
        const { system, tell } = await decided(choice, evidence);
        await tell(breaking(system.world, { ...call, when })).catch(() => undefined);
        await tell();
        expect(toldIn(system), `${call.port}.${call.method} ${call.call} ${when}`).toEqual(expected);
      }
  });
});
