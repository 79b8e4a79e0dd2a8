import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { executionArnOf } from '../../../../functions/aws/execution-names.ts';
import { course } from '../../../support/course.ts';
import { dealEvent } from '../../../support/deals.ts';
import { anna } from '../../../support/handoff-record.ts';
import { upTo, won } from '../../../support/progress.ts';
import { type OpenSystem, openSystem } from '../../../support/world.ts';
import {
  applied,
  checksOf,
  foundBy,
  itemsOf,
  putAll,
  remove,
  removeAll,
  spoil,
  visit,
  withoutExecutions,
} from './patient.ts';

const stop = (system: OpenSystem, name: string) =>
  system.clients.sfn.send(
    new StopExecutionCommand({ executionArn: executionArnOf(system.stateMachineArn, name), error: 'By.Hand' }),
  );

const hoursOn = (system: OpenSystem, hours: number) => system.clock.advanceTo(system.clock.now() + hours * 3_600_000);

describe('the doctor looks at executions', () => {
  it('finds nothing where nothing is, and where all is well', async () => {
    const system = await openSystem({ at: won });
    expect(await visit(system)).toMatchObject({ found: [], unseen: [], skipped: [], exitCode: 0 });
    await system.win(dealEvent());
    expect(await visit(system)).toMatchObject({ found: [], exitCode: 0 });
  });

  it('finds the execution of an open handoff gone, and starts it again, once', async () => {
    const { system: before, id } = await upTo('review-brief');
    const system = await withoutExecutions(before);
    const found = await visit(system);
    expect(found.exitCode).toBe(1);
    expect(foundBy(found, 'executions')).toEqual([
      `${id}: The handoff is open, and its execution does not exist: nobody is asked for anything more.`,
    ]);
    expect(found.found[0]?.mend).toContain(`--name ${id} --input '{"handoffId":"${id}"}'`);
    expect(foundBy(found, 'tokens').join()).toContain('token of an execution that does not exist');
    // Of what no execution runs for, it is not said once more that nobody is told.
    expect(checksOf(found)).toEqual(['executions', 'tokens']);

    const fixed = await visit(system, { fix: true });
    expect(fixed.found.find(({ check }) => check === 'executions')?.fixed).toEqual({
      done: true,
      said: `started the execution ${id}`,
    });
    // What waited for it is mended with it.
    expect(fixed.found.map(({ check, fixed: done }) => [check, done?.done])).toEqual([
      ['executions', true],
      ['tokens', true],
    ]);
    expect(fixed.exitCode).toBe(0);
    expect((await system.status(id)).status).toBe('RUNNING');
    // Nobody is asked once more for what was asked.
    expect(system.mails()).toEqual([]);
    expect(foundBy(await visit(system), 'executions')).toEqual([]);
    expect((await visit(system, { fix: true })).exitCode).toBe(0);
  });

  it('starts the execution of a deal that was stored, and whose handoff never began', async () => {
    const stored = await openSystem({ at: won });
    const id = await stored.win(dealEvent());
    await remove(stored, id, 'HANDOFF');
    const system = await withoutExecutions(stored);
    // It may be about to start.
    expect(foundBy(await visit(system), 'executions')).toEqual([]);
    await hoursOn(system, 1);
    expect(foundBy(await visit(system), 'executions')).toEqual([
      `${id}: The deal was won, and its handoff has not begun: its execution does not exist.`,
    ]);
    expect((await visit(system, { fix: true })).exitCode).toBe(0);
    expect((await system.status(id)).status).toBe('RUNNING');
    expect((await system.load(id)).state.status).toBe('open');
  });

  it('leaves alone a deal that was stopped besides, or called off', async () => {
    const stored = await openSystem({ at: won });
    const id = await stored.win(dealEvent());
    for (const sk of ['HANDOFF', 'PACKAGE']) await remove(stored, id, sk);
    await stored.world.deals.noteStop('D-2026-1041', { kind: 'lost', at: '2026-11-17T09:00:00Z' });
    const system = await withoutExecutions(stored);
    await hoursOn(system, 1);
    const [said] = (await visit(system, { fix: true })).found.flatMap(({ fixed }) => fixed ?? []);
    expect(said).toMatchObject({ done: false, said: expect.stringContaining('stopped or won again') });
    await spoil(system, { pk: `HANDOFF#${id}`, sk: 'DEAL' }, ['calledOff', 'Deal lost']);
    expect((await visit(system)).found).toEqual([]);
  });

  it('leaves to people what they have stopped', async () => {
    const system = await openSystem({ at: won });
    const id = await system.win(dealEvent());
    await stop(system, id);
    const found = await visit(system);
    expect(foundBy(found, 'executions')[0]).toMatch(
      /its execution is ABORTED since 2026-11-17 08:30 UTC \(By\.Hand\): nobody is asked/,
    );
    expect(found.found[0]).toMatchObject({ mend: expect.stringContaining('Somebody stopped it by hand.') });
    expect(found.found[0]?.fix).toBeUndefined();
    expect((await visit(system, { fix: true })).exitCode).toBe(1);
    expect((await system.status(id)).status).toBe('ABORTED');
  });

  it('redrives what failed, once its cause is mended', async () => {
    const system = await openSystem({ at: won });
    const id = await system.win(dealEvent());
    const item = (await itemsOf(system)).filter(({ pk, sk }) => pk?.S === `HANDOFF#${id}` && sk?.S === 'HANDOFF');
    await remove(system, id, 'HANDOFF');
    await hoursOn(system, 72);
    expect((await system.status(id)).status).toBe('FAILED');
    const broken = await visit(system);
    expect(foundBy(broken, 'executions')[0]).toMatch(
      /its handoff has not begun: its execution is FAILED since .*\(Error\)/,
    );
    await putAll(system, item);
    const fixed = await visit(system, { fix: true });
    expect(foundBy(fixed, 'executions')[0]).toMatch(/The handoff is open, and its execution is FAILED since/);
    expect(fixed.found[0]?.fixed).toEqual({ done: true, said: 'redrove it: it goes on where it stopped' });
    expect((await system.status(id)).status).toBe('RUNNING');
    expect(foundBy(await visit(system), 'executions')).toEqual([]);
  });

  it('does not let a handoff go on by itself that would go on with mail to the customer', async () => {
    const { system: before, id } = await upTo('introduce-customer');
    const { account } = before;
    account.mailTrouble.throttleNext(1000);
    await before.answer('lena.vogt@example.com', 'introduce-customer', 'approved');
    const system = await withoutExecutions(before);
    const [found] = (await visit(system, { fix: true })).found.filter(({ check }) => check === 'executions');
    expect(found?.about).toBe(id);
    expect(found?.mend).toContain('--fix leaves it to you: it may send the customer mail, the introduction.');
    expect(found?.fixed).toBeUndefined();
    expect(system.account.stepFunctions.executions()).toEqual([]);
    expect(system.mails()).toEqual([]);
  });

  it('does not start a handoff by rules that today’s state machine has not', async () => {
    const { system: before, id } = await upTo('review-brief');
    const system = await withoutExecutions(before);
    const { playbook, state } = await system.load(id);
    const other = { ...playbook, steps: { ...playbook.steps, 'old-step': playbook.steps['review-brief'] } };
    await spoil(system, { pk: `PLAYBOOK#${state.playbookHash}`, sk: 'PLAYBOOK' }, ['playbook', JSON.stringify(other)]);
    const [found] = (await visit(await withoutExecutions(system))).found;
    expect(found?.mend).toContain('today\'s state machine has no step "old-step"');
    expect(found?.fix).toBeUndefined();
  });

  it('does nothing where somebody was faster', async () => {
    const { system, id } = await upTo('review-brief');
    const look = expect.objectContaining({ done: false });
    expect(await applied(system, { do: 'redrive', execution: id })).toEqual(look);
    await stop(system, id);
    expect(await applied(system, { do: 'start', handoff: id })).toEqual(look);
    expect(await applied(system, { do: 'ask-again', handoff: id, step: 'review-brief' })).toEqual(look);
    expect(await applied(system, { do: 'ask-again', handoff: id, step: 'schedule-internal-meeting' })).toMatchObject({
      done: true,
      said: expect.stringContaining('nothing to do any more'),
    });
    expect(await applied(system, { do: 'start', handoff: 'D-none-1' })).toEqual(look);
    expect(system.account.stepFunctions.executions()).toHaveLength(1);
  });

  it('finds an execution without a record', async () => {
    const system = await openSystem({ at: won });
    const id = await system.win(dealEvent());
    expect(checksOf(await visit(system))).toEqual([]);
    await removeAll(system, id);
    const found = await visit(system);
    expect(foundBy(found, 'strays')).toEqual([`${id}: An execution runs for a handoff of which nothing is recorded.`]);
    expect(found.found[0]?.mend).toContain(
      `stop-execution --execution-arn ${executionArnOf(system.stateMachineArn, id)}`,
    );
  });

  it('finds the execution of a handoff that was canceled, and lets it finish that', course, async () => {
    const system = await openSystem({ at: won });
    const id = await system.win(dealEvent());
    const reason = 'The customer went bankrupt.';
    // Whoever canceled it was interrupted right after the record said so.
    await system.world.handoffs.changeStatus({
      id,
      from: ['open'],
      to: 'cancelled',
      at: system.now(),
      reason,
      ended: { by: anna, from: 'page' },
    });
    expect(foundBy(await visit(system), 'strays')).toEqual([]);
    // The execution itself would see it when it next wakes.
    await spoil(system, { pk: `HANDOFF#${id}`, sk: 'HANDOFF' }, ['endedAt', '2026-11-17T06:30:00Z']);
    const found = await visit(system, { fix: true });
    expect(foundBy(found, 'strays')).toEqual([
      `${id}: The handoff is canceled since 2026-11-17 06:30 UTC, and its execution still runs.`,
    ]);
    expect(found.exitCode).toBe(0);
    expect(await system.status(id)).toMatchObject({ status: 'ABORTED', cause: reason });
    expect(system.mails().filter(({ tags }) => tags['kind'] === 'handoff-cancelled').length).toBeGreaterThan(0);
    expect(foundBy(await visit(system), 'strays')).toEqual([]);
  });

  it('looks at every page of a list, and of the table', course, async () => {
    const system = await openSystem({ at: won });
    for (const dealId of ['D-1', 'D-2', 'D-3', 'D-4', 'D-5']) await system.win(dealEvent({ dealId }));
    expect(await visit(system, { pageSize: 2 })).toMatchObject({ found: [], exitCode: 0 });
    await removeAll(system, 'D-1-1');
    await stop(system, 'D-5-1');
    const { found } = await visit(system, { pageSize: 2 });
    expect(found.filter(({ check }) => check !== 'tokens').map(({ check, about }) => [check, about])).toEqual([
      ['executions', 'D-5-1'],
      ['strays', 'D-1-1'],
    ]);
  });
});
