import { describe, expect, it } from 'vitest';
import { stack } from '../../../functions/aws/lambda-stack.ts';
import type { Observer } from '../../../functions/aws/watch.ts';
import machine from '../../../statemachines/default.asl.json' with { type: 'json' };
import { openSystem } from '../../support/world.ts';

interface Rule {
  readonly ErrorEquals: readonly string[];
}

const silent: Observer = {
  count: () => undefined,
  late: () => undefined,
  began: () => undefined,
  about: () => undefined,
  ended: () => undefined,
  failed: () => undefined,
};

interface Event {
  readonly handoffId?: string;
  readonly step?: unknown;
}

/** What is seen of one invocation of a function that answers so, or throws that. */
async function seenOf(event: Event, answers: unknown, requestId?: string): Promise<unknown[]> {
  const seen: unknown[] = [];
  const observer: Observer = {
    ...silent,
    began: (id) => seen.push(['began', id]),
    about: (id) => seen.push(['about', id]),
    ended: (facts) => seen.push(['ended', facts]),
    failed: (error) => seen.push(['failed', error]),
  };
  const { world } = await openSystem({ at: '2026-11-17T08:30:00Z' });
  const handler = stack('notify', [], () => async (_: Event) => {
    if (answers instanceof Error) throw answers;
    return answers;
  })(world, observer);
  await handler(event, requestId === undefined ? undefined : { awsRequestId: requestId }).catch(() => undefined);
  return seen;
}

describe('the log of an invocation', () => {
  it('says for which request and handoff it was, which step, and what came of it', async () => {
    const event = { handoffId: 'D-1-1', step: 'hold-kickoff' };
    expect(await seenOf(event, { outcome: 'sent', to: 'anna@example.com' }, 'request-1')).toEqual([
      ['began', 'request-1'],
      ['about', 'D-1-1'],
      ['ended', { step: 'hold-kickoff', outcome: 'sent' }],
    ]);
  });

  it('says the status of a page', async () => {
    expect(await seenOf({}, { statusCode: 403, body: 'No' })).toEqual([
      ['began', undefined],
      ['ended', { outcome: '403' }],
    ]);
  });

  it('says nothing of a step or an outcome that is not a word', async () => {
    expect(await seenOf({ step: { owner: 'anna@example.com' } }, { outcome: { to: 'anna@example.com' } })).toEqual([
      ['began', undefined],
      ['ended', {}],
    ]);
  });

  it('says of a failure that it failed, never that it is done', async () => {
    const failure = new Error('No');
    expect(await seenOf({ handoffId: 'D-1-1' }, failure)).toEqual([
      ['began', undefined],
      ['about', 'D-1-1'],
      ['failed', failure],
    ]);
  });
});

describe('a function that outlasts its limit', () => {
  it('fails with a name that the state machine retries', async () => {
    const { world } = await openSystem({ at: '2026-11-17T08:30:00Z' });
    const handler = stack('notify', [], () => (_: Event) => new Promise<never>(() => undefined))(world, silent);
    const failed = await handler({}, { getRemainingTimeInMillis: () => 0 }).catch((error: Error) => error);
    const [task] = Object.values(machine.States).filter(({ Type }) => Type === 'Task') as { Retry?: Rule[] }[];
    const rule = task?.Retry?.find(({ ErrorEquals }) => ErrorEquals.includes('Sandbox.Timedout'));
    expect(rule?.ErrorEquals).toContain(failed.name);
  });
});
