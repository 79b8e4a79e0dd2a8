import { describe, expect, it } from 'vitest';
import { itemExecutionName } from '../../../../functions/aws/execution-names.ts';
import { openItem } from '../../../../functions/verbs/open-item.ts';
import { course } from '../../../support/course.ts';
import { dealEvent } from '../../../support/deals.ts';
import { anna, lena, ruth } from '../../../support/handoff-record.ts';
import { upTo } from '../../../support/progress.ts';
import { foundBy, remove, visit, withoutExecutions } from './patient.ts';

const step = 'settle-open-item-1';

/** A handoff that is complete, and an item that Anna still owes. */
async function complete(event = dealEvent()) {
  const { system, id } = await upTo('confirm-handoff', { event });
  const item = {
    key: 'review-brief/1',
    title: 'Name the technical contact',
    what: 'Find out who runs their systems.',
    from: 'review-brief',
    by: ruth,
    due: '2026-12-01',
    owner: anna,
  };
  await openItem(system.world, { record: await system.load(id), item, at: system.now() });
  await system.answer(lena, 'confirm-handoff', 'confirmed');
  await system.until('2027-02-12T17:00:00Z');
  expect((await system.load(id)).state.status).toBe('complete');
  return { system, id, name: itemExecutionName(id, step) };
}

describe('the doctor looks at open items', () => {
  it('outlive their handoff, under a name that is cut where the id is long', course, async () => {
    const { system, id, name } = await complete(dealEvent({ dealId: 'D-'.padEnd(78, '7') }));
    expect(name).not.toContain(id);
    expect((await system.status(name)).status).toBe('RUNNING');
    expect((await visit(system)).found).toEqual([]);
  });

  it('need an execution, which is started where there is none', course, async () => {
    const { system: before, id, name } = await complete();
    const system = await withoutExecutions(before);
    const found = await visit(system, { fix: true });
    expect(foundBy(found, 'executions')).toEqual([
      `${name}: "Name the technical contact" is still owed, and the execution that asks for it does not exist.`,
    ]);
    expect(foundBy(found, 'tokens')).toEqual([
      `${name}: 1 step waits with a token of an execution that does not exist: "Name the technical contact". An answer is kept, and wakes nobody.`,
    ]);
    expect(found.found[0]?.mend).toContain(`--name ${name} --input '{"handoffId":"${id}","step":"${step}"}'`);
    expect(found.found[0]?.fixed).toEqual({ done: true, said: `started the execution for ${step} of ${id}` });
    expect((await system.status(name)).status).toBe('RUNNING');
    expect((await visit(system)).found).toEqual([]);
  });

  it('are silent when somebody was not told', async () => {
    const { system, id } = await complete();
    const nags = Object.keys((await system.load(id)).mails).filter((key) => /^settle-open-item-1\/.*\/nag\//.test(key));
    expect(nags.length).toBeGreaterThan(2);
    for (const key of nags) await remove(system, id, `MAIL#${key}`);
    expect(foundBy(await visit(system), 'silence').join()).toContain(`${id} ${step}: `);
  });

  it('need nothing once they are settled', course, async () => {
    const { system, id, name } = await complete();
    await system.answer(anna, step, 'not-possible', { reason: 'Nobody runs it.' });
    expect((await system.load(id)).steps[step]?.decision).toBeDefined();
    expect((await system.status(name)).status).toBe('SUCCEEDED');
    expect((await visit(system)).found).toEqual([]);
    expect((await visit(await withoutExecutions(system))).found).toEqual([]);
  });
});
