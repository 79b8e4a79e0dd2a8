import { DescribeExecutionCommand, RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClock } from '../../infra/account/clock.ts';
import type { LimitedCall, Limits } from '../../infra/account/limits.ts';
import { AwsError } from '../../infra/account/wire/errors.ts';
import { employPeople } from '../../infra/local/play/people.ts';
import { putOnBus } from '../../infra/local/put-event.ts';
import { createSystem, type System, silent } from '../../infra/local/system.ts';
import { roster, sampleEvent } from '../support/deals.ts';
import { full } from '../support/playbooks/full.ts';

const hour = 3_600_000;
const event = sampleEvent('complete-standard');
const start = Date.parse(String(event.detail['closedWonAt']));
const handoffId = 'D-2026-1041-1';

/** A time in which a service refuses the calls made of it. */
interface Outage {
  readonly hits: (call: LimitedCall) => boolean;
  /** How many calls it answers before. */
  readonly after: number;
  /** Milliseconds. */
  readonly lasts: number;
  readonly error: AwsError;
}

/**
 * The whole system with a deal on its bus, people who answer at once, and an outage. It spares the pages: whoever meets one
 * that fails tries again, which people here do not.
 */
async function begun({ hits, after, lasts, error }: Outage): Promise<System> {
  const clock = createClock({ start });
  let onPage = false;
  let [open, answered, until] = [false, 0, Number.POSITIVE_INFINITY];
  const limits: Limits = {
    admit: (call) => {
      if (!open || onPage || !hits(call) || clock.now() >= until || answered++ < after) return;
      until = Math.min(until, clock.now() + lasts);
      throw error;
    },
    occupy: () => ({ milliseconds: 0, free: () => undefined }),
    pace: () => 0,
  };
  const people = roster();
  const system = await createSystem({
    clock,
    roster: people,
    siteUrl: 'http://127.0.0.1:4566',
    playbook: full,
    account: { limits },
    observerOf: (name) => {
      const turn = (began: boolean) => () => {
        if (name === 'show-page' || name === 'decide-step') onPage = began;
      };
      return { ...silent, began: turn(true), ended: turn(false), failed: turn(false) };
    },
  });
  onTestFinished(() => system.close());
  employPeople({ system, playbook: full, roster: people, manner: 'prompt', script: {} });
  open = true;
  await putOnBus(system, event);
  return system;
}

const executionsOf = ({ account }: System) =>
  account.stepFunctions.executions().map(({ name, status }) => ({ name, status }));

async function onlyExecution({ account, clients }: System) {
  const [execution] = account.stepFunctions.executions();
  return clients.sfn.send(new DescribeExecutionCommand({ executionArn: execution?.arn }));
}

const failuresOf = ({ account }: System): Set<string> =>
  new Set(account.lambda.failures.map(({ errorType }) => errorType));

const toDynamoDb = ({ service }: LimitedCall): boolean => service === 'dynamodb';
const toSes = ({ service }: LimitedCall): boolean => service === 'ses';

describe('A handoff on its way', () => {
  it.each([40, 100, 150])('outlasts an hour without DynamoDB, from its call %i on', async (after) => {
    const error = new AwsError('InternalServerError', 'It is down.', { httpStatus: 500 });
    const system = await begun({ hits: toDynamoDb, after, lasts: hour, error });
    await system.clock.runToEnd();
    expect(executionsOf(system)).toEqual([{ name: handoffId, status: 'SUCCEEDED' }]);
    expect(failuresOf(system)).toEqual(new Set(['RecordsUnavailable']));
  });

  it('outlasts a day of DynamoDB that throttles', async () => {
    const error = new AwsError('ThrottlingException', 'Too many requests.');
    const system = await begun({ hits: toDynamoDb, after: 150, lasts: 24 * hour, error });
    await system.clock.runToEnd();
    expect(executionsOf(system)).toEqual([{ name: handoffId, status: 'SUCCEEDED' }]);
  });

  it.each([
    ['paused', new AwsError('MessageRejected', 'Sending paused for this account.'), 'MailBlocked'],
    ['down', new AwsError('ServiceUnavailable', 'Try later.', { httpStatus: 503 }), 'MailUnavailable'],
  ])('outlasts a day on which SES is %s', async (_, error, seen) => {
    const system = await begun({ hits: toSes, after: 3, lasts: 24 * hour, error });
    await system.clock.runToEnd();
    expect(executionsOf(system)).toEqual([{ name: handoffId, status: 'SUCCEEDED' }]);
    expect(failuresOf(system)).toContain(seen);
  });

  it('fails at once, with IAM’s message, when a permission is missing', async () => {
    const denied = 'User: notify is not authorized to perform: dynamodb:PutItem';
    const hits = (call: LimitedCall): boolean => toDynamoDb(call) && call.action === 'PutItem';
    const error = new AwsError('AccessDeniedException', denied);
    const system = await begun({ hits, after: 8, lasts: Number.POSITIVE_INFINITY, error });
    await system.clock.advanceTo(start + hour);
    const execution = await onlyExecution(system);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'AccessDeniedException' });
    expect(execution.cause).toContain(denied);
  });

  it('fails at once when the permission to send mail is missing, and goes on when it is there', async () => {
    const error = new AwsError('AccessDenied', "User `x' is not authorized to perform `ses:SendRawEmail'");
    const system = await begun({ hits: toSes, after: 0, lasts: hour, error });
    await system.clock.advanceTo(start + hour / 2);
    const execution = await onlyExecution(system);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'MailForbidden' });
    expect(execution.cause).toContain('not authorized to perform');
    await system.clock.advanceTo(start + 2 * hour);
    await system.clients.sfn.send(new RedriveExecutionCommand({ executionArn: execution.executionArn }));
    await system.clock.runToEnd();
    expect(executionsOf(system)).toEqual([{ name: handoffId, status: 'SUCCEEDED' }]);
  });
});
