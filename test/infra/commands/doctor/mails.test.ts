import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inProcessClients } from '../../../../infra/account/clients.ts';
import { course } from '../../../support/course.ts';
import { dealEvent } from '../../../support/deals.ts';
import { anna } from '../../../support/handoff-record.ts';
import { upTo, won } from '../../../support/progress.ts';
import { type OpenSystem, openSystem } from '../../../support/world.ts';
import { applied, checksOf, foundBy, leaveClaim, putAll, remove, spoil, visit } from './patient.ts';

describe('the doctor looks at what was said', () => {
  it('finds that somebody who was asked was not told, and has them told', async () => {
    const { system, id } = await upTo('schedule-internal-meeting');
    const asked = Object.keys((await system.load(id)).mails).filter((key) => key.includes('/0/ask/'));
    expect((await visit(system)).found).toEqual([]);
    for (const key of asked) await remove(system, id, `MAIL#${key}`);
    // Whoever sends it may be at it.
    expect((await visit(system)).found).toEqual([]);
    await system.until('2026-11-17T09:45:00Z');
    const found = await visit(system, { fix: true });
    expect(checksOf(found)).toEqual(['silence']);
    expect(foundBy(found, 'silence')[0]).toMatch(
      new RegExp(
        `^${id} schedule-internal-meeting: ".*", due .*, was not asked of ${anna} \\(since 2026-11-17 08:30 UTC\\)\\.$`,
      ),
    );
    expect(found.exitCode).toBe(0);
    expect(Object.keys((await system.load(id)).mails)).toEqual(expect.arrayContaining(asked));
    expect((await visit(system)).found).toEqual([]);
  });

  it('finds a rung of the ladder that was not climbed', async () => {
    const { system, id } = await upTo('schedule-internal-meeting');
    await system.until('2026-11-20T15:00:00Z');
    expect((await visit(system)).found).toEqual([]);
    const { mails } = await system.load(id);
    const last = Object.keys(mails)
      .filter((key) => /^schedule-internal-meeting\/.*\/escalate\//.test(key))
      .toSorted();
    expect(last.length).toBeGreaterThan(1);
    for (const key of last) await remove(system, id, `MAIL#${key}`);
    const [found] = foundBy(await visit(system), 'silence');
    expect(found).toMatch(/was due 2026-11-18 .* and nobody has told .* \("escalate"\)\.$/);
  });

  it('says nothing of people who sleep, or of a clock that stands still', async () => {
    const system = await openSystem({ at: '2026-11-20T17:30:00Z' });
    await system.win(dealEvent({ closedWonAt: '2026-11-20T17:30:00Z' }));
    for (const at of ['2026-11-20T23:00:00Z', '2026-11-21T12:00:00Z', '2026-11-22T20:00:00Z']) {
      await system.until(at);
      expect((await visit(system)).found, at).toEqual([]);
    }
  });

  it('finds nothing on any day of a handoff on which nobody acts', course, async () => {
    const system = await openSystem({ at: won });
    const id = await system.win(dealEvent());
    for (let day = 1; day <= 40; day++) {
      await system.until(new Date(Date.parse(won) + day * 86_400_000 + (day % 24) * 3_600_000).toISOString());
      expect((await visit(system)).found, `${day} days on`).toEqual([]);
    }
    expect((await system.load(id)).state.status).toBe('stalled');
  });

  it(
    'finds claims without a result: those to customers are held, others are left to the execution',
    course,
    async () => {
      const { system, id } = await upTo('schedule-internal-meeting');
      const at = '2026-11-17T08:30:00Z';
      await leaveClaim(system, id, { key: 'customer-introduction', at });
      await leaveClaim(system, id, { key: `handoff-begins/${anna}`, at });
      expect(foundBy(await visit(system), 'claims')).toEqual([]);
      await system.until('2026-11-17T10:00:00Z');
      const found = await visit(system, { fix: true });
      expect(foundBy(found, 'claims')).toEqual([
        `${id} customer-introduction: The mail to the customer was begun 2026-11-17 08:30 UTC, and nobody knows whether it went out.`,
        `${id} handoff-begins/${anna}: The mail was begun 2026-11-17 08:30 UTC, and nobody knows whether it went out.`,
      ]);
      expect(found.found.map(({ fixed }) => fixed?.said)).toEqual([
        'held it: it is not sent again. Whether it came, a person has to ask',
        undefined,
      ]);
      expect(found.exitCode).toBe(1);
      expect((await system.load(id)).mails['customer-introduction']?.status).toBe('held');
      // Of a handoff that has ended, nobody sends it again.
      await system.put({
        source: 'handoff.crm',
        'detail-type': 'Deal Lost',
        detail: { dealId: 'D-2026-1041', reason: 'Lost.' },
      });
      const after = await visit(system, { fix: true });
      expect(after.found.map(({ check, fixed }) => [check, fixed?.done])).toEqual([['claims', true]]);
      expect((await visit(system)).found).toEqual([]);
    },
  );

  it('holds no mail of which the result is known by now, or that somebody is sending', course, async () => {
    const { system, id } = await upTo('schedule-internal-meeting');
    const key = 'customer-introduction';
    const fix = { do: 'hold-mail', handoff: id, key } as const;
    const known = expect.objectContaining({ done: true, said: expect.stringContaining('nothing to do any more') });
    expect(await applied(system, fix)).toEqual(known);
    expect((await system.load(id)).mails[key]).toBeUndefined();
    await leaveClaim(system, id, { key, at: system.now() });
    expect(await applied(system, fix)).toMatchObject({ done: false });
    expect((await system.load(id)).mails[key]?.status).toBe('claimed');
    await system.world.mails.markSent({ id, key, messageId: 'm', at: system.now() });
    expect(await applied(system, fix)).toEqual(known);
    expect((await system.load(id)).mails[key]?.status).toBe('sent');
  });

  it('names a record that cannot be read, and reads the others', async () => {
    const system = await openSystem({ at: won });
    const ids: string[] = [];
    for (const dealId of ['D-1', 'D-2', 'D-3']) ids.push(await system.win(dealEvent({ dealId })));
    await spoil(system, { pk: 'HANDOFF#D-2-1', sk: 'DEAL' }, ['deal', '{"broken']);
    for (const { key } of Object.values((await system.load('D-3-1')).mails))
      if (key.includes('/0/ask/')) await remove(system, 'D-3-1', `MAIL#${key}`);
    await system.until('2026-11-17T09:45:00Z');
    const found = await visit(system);
    expect(foundBy(found, 'records')).toEqual([expect.stringMatching(/^D-2-1: Its record cannot be read: .*JSON/)]);
    expect(foundBy(found, 'silence')[0]).toContain('D-3-1');
    expect(found.unseen).toEqual([]);
  });

  it('names a record that cannot be judged, and judges the others', async () => {
    const system = await openSystem({ at: won });
    for (const dealId of ['D-1', 'D-2']) await system.win(dealEvent({ dealId }));
    await spoil(system, { pk: 'HANDOFF#D-1-1', sk: 'STEP#schedule-internal-meeting' }, ['dueAt', 'soon']);
    const { found } = await visit(system);
    expect(found.map(({ about, wrong }) => `${about}: ${wrong}`)[0]).toMatch(/^D-1-1: Its record cannot be judged: /);
    expect(found.every(({ about }) => about === 'D-1-1')).toBe(true);
  });

  it('names somebody on the roster who cannot be read, and reads the others', async () => {
    const system = await openSystem({ at: won });
    await spoil(system, { pk: 'ROSTER', sk: `PERSON#${anna}` }, ['person', '{']);
    const found = await visit(system);
    expect(foundBy(found, 'records')).toEqual([expect.stringMatching(/^anna\.keller@example\.com: Its record/)]);
    expect(found.skipped).toEqual([]);
  });
});

describe('the doctor looks though not everything can be seen', () => {
  it('waits where it is throttled, and goes on', course, async () => {
    const system = await openSystem({ at: won });
    for (const dealId of ['D-1', 'D-2', 'D-3']) await system.win(dealEvent({ dealId }));
    const throttled = refusing(system, named('ThrottlingException', 'Rate exceeded'), (_, call) => call % 3 === 2);
    const { waits, ...seen } = await visit(system, { pageSize: 5, clients: throttled });
    expect(seen).toMatchObject({ found: [], unseen: [], exitCode: 0 });
    expect(waits).toBeGreaterThan(5);
  });

  it('gives up on what is throttled for good, and judges the rest', course, async () => {
    const system = await openSystem({ at: won });
    const throttled = refusing(system, named('ThrottlingException', 'Rate exceeded'), (command) =>
      command.startsWith('ListExecutions'),
    );
    const { waits, ...seen } = await visit(system, { clients: throttled });
    expect(seen).toMatchObject({
      unseen: [{ part: 'executions', why: 'ThrottlingException: Rate exceeded' }],
      exitCode: 2,
    });
    expect(seen.skipped.map(({ name }) => name)).toEqual([
      'executions',
      'strays',
      'tokens',
      'silence',
      'open executions',
    ]);
    expect(waits).toBe(7);
  });

  it.each([
    ['GetSendQuota', ['mailService'], ['mail']],
    ['Scan', ['handoffs'], ['records', 'executions', 'strays', 'tokens', 'silence', 'claims', 'people', 'roster']],
    ['ListExecutions', ['executions'], ['executions', 'strays', 'tokens', 'silence', 'open executions']],
  ])('says what it may not see without %s, and judges the rest', course, async (forbidden, parts, skipped) => {
    const system = await openSystem({ at: won });
    const error = named('AccessDeniedException', 'User: x is not authorized to perform it');
    const clients = refusing(system, error, (command) => command.startsWith(forbidden));
    const found = await visit(system, { clients });
    expect(found).toMatchObject({ found: [], exitCode: 2, waits: 0 });
    expect(found.unseen).toEqual(
      parts.map((part) => ({ part, why: 'AccessDeniedException: User: x is not authorized to perform it' })),
    );
    expect(found.skipped.map(({ name }) => name)).toEqual(skipped);
  });

  it('gives up where nothing can be reached', async () => {
    const system = await openSystem({ at: won });
    const error = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:4566'), { code: 'ECONNREFUSED' });
    await expect(visit(system, { clients: refusing(system, error, () => true) })).rejects.toThrow('ECONNREFUSED');
  });
});

const named = (name: string, message: string): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });

/** Clients of their own, some calls of which are refused: chosen by the command's name, and how many went before it. */
function refusing({ account }: OpenSystem, error: Error, refuses: (command: string, call: number) => boolean) {
  let call = 0;
  const middleware =
    (next: (args: never) => Promise<never>, { commandName = '' }: { commandName?: string }) =>
    async (args: never) => {
      call += 1;
      if (refuses(commandName, call)) throw error;
      return next(args);
    };
  const clients = inProcessClients(account);
  for (const { middlewareStack } of [clients.dynamodb, clients.sfn, clients.ses] as readonly Stacked[])
    middlewareStack.add(middleware, { step: 'initialize' });
  return clients;
}

interface Stacked {
  readonly middlewareStack: { add(middleware: unknown, options: { readonly step: 'initialize' }): void };
}

const support = new URL('../../../support/', import.meta.url);

describe('the doctor looks at records of earlier versions', () => {
  it.each(readdirSync(support).filter((file) => /^records-v\d+\.json$/.test(file)))('%s', async (file) => {
    const { at, handoffId, items } = JSON.parse(readFileSync(new URL(file, support), 'utf8'));
    const system = await openSystem({ at, roster: [] });
    await putAll(system, items);
    const found = await visit(system);
    expect(foundBy(found, 'records')).toEqual([]);
    expect(foundBy(found, 'executions').join()).toContain(
      `${handoffId}: The handoff is open, and its execution does not`,
    );
    await system.world.executions.start(handoffId);
    await system.clock.settled();
    const started = await visit(system);
    expect(checksOf(started).filter((check) => check !== 'people')).toEqual([]);
    expect(foundBy(started, 'people')).toHaveLength(1);
  });
});
