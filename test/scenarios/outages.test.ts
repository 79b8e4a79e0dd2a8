import { DescribeExecutionCommand, RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import type { LimitedCall } from '../../infra/account/limits.ts';
import { AwsError } from '../../infra/account/wire/errors.ts';
import { putOnBus } from '../../infra/local/put-event.ts';
import type { System } from '../../infra/local/system.ts';
import { course } from '../support/course.ts';
import { sampleEvent } from '../support/deals.ts';
import { begun, handoffId, type Stricken, start } from '../support/outage.ts';

const hour = 3_600_000;

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

const down = new AwsError('InternalServerError', 'It is down.', { httpStatus: 500 });

describe('A handoff on its way', () => {
  it.each([30, 45, 100, 140])('outlasts an hour without DynamoDB, from its call %i on', course, async (after) => {
    const system = await begun({ hits: toDynamoDb, after, lasts: hour, error: down });
    await system.clock.runToEnd();
    expect(executionsOf(system)).toEqual([{ name: handoffId, status: 'SUCCEEDED' }]);
    expect(failuresOf(system)).toEqual(new Set(['RecordsUnavailable']));
  });

  it('outlasts a day of DynamoDB that throttles', course, async () => {
    const error = new AwsError('ThrottlingException', 'Too many requests.');
    const system = await begun({ hits: toDynamoDb, after: 140, lasts: 24 * hour, error });
    await system.clock.runToEnd();
    expect(executionsOf(system)).toEqual([{ name: handoffId, status: 'SUCCEEDED' }]);
  });

  it.each([
    ['paused', new AwsError('MessageRejected', 'Sending paused for this account.'), 'MailBlocked'],
    ['down', new AwsError('ServiceUnavailable', 'Try later.', { httpStatus: 503 }), 'MailUnavailable'],
  ])('outlasts a day on which SES is %s', course, async (_, error, seen) => {
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

  it('fails at once when the permission to send mail is missing, and goes on when it is there', course, async () => {
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

describe('An event that nobody waits for', () => {
  const lost = { source: 'handoff.crm', 'detail-type': 'Deal Lost', detail: { dealId: 'D-2026-1041' } };
  const noLetters = ({ account, givenUp }: Stricken) => {
    expect([givenUp(), account.deadLetters]).toEqual([0, []]);
    expect(account.queues.depth('handoff-tried-again')).toEqual({ visible: 0, hidden: 0 });
  };

  it.each([
    ['DynamoDB', toDynamoDb, down, 'RecordsUnavailable'],
    ['Step Functions', ({ action }: LimitedCall) => action === 'StartExecution', down, 'ServiceUnavailable'],
  ])('starts its handoff after an hour without %s, once', course, async (_, hits, error, seen) => {
    const system = await begun({ hits, lasts: hour, error });
    await system.clock.advanceTo(start + hour - 1);
    expect(executionsOf(system)).toEqual([]);
    expect(failuresOf(system)).toEqual(new Set([seen]));
    await system.clock.advanceTo(start + hour + 10 * 60_000);
    expect(executionsOf(system)).toEqual([{ name: handoffId, status: 'RUNNING' }]);
    await system.clock.runToEnd();
    expect(executionsOf(system)).toEqual([{ name: handoffId, status: 'SUCCEEDED' }]);
    noLetters(system);
  });

  it('starts its handoff however often it is told of it during the outage', course, async () => {
    const system = await begun({ hits: toDynamoDb, lasts: hour, error: down });
    for (const minutes of [1, 20, 59])
      system.clock.at(start + minutes * 60_000, () => putOnBus(system, sampleEvent('complete-standard')));
    await system.clock.runToEnd();
    expect(executionsOf(system)).toEqual([{ name: handoffId, status: 'SUCCEEDED' }]);
    noLetters(system);
  });

  it.each([
    ['an hour without DynamoDB', toDynamoDb, hour, down],
    ['an hour without Step Functions', ({ action }: LimitedCall) => action === 'StopExecution', hour, down],
    [
      'a day on which SES is paused',
      toSes,
      24 * hour,
      new AwsError('MessageRejected', 'Sending paused for this account.'),
    ],
  ])('stops its handoff, and tells everybody once, after %s', course, async (_, hits, lasts, error) => {
    const told = async (during: boolean) => {
      const from = start + 2 * hour;
      const system = await begun({
        hits,
        from: during ? from : Number.POSITIVE_INFINITY,
        lasts,
        error,
        manner: 'silent',
      });
      system.clock.at(from, () => putOnBus(system, lost));
      await system.clock.advanceTo(from + lasts + hour);
      expect(executionsOf(system)).toEqual([{ name: handoffId, status: 'ABORTED' }]);
      noLetters(system);
      return system.account.inbox.mails
        .filter(({ tags }) => tags['kind'] === 'handoff-cancelled')
        .map(({ to }) => to[0]?.address)
        .sort();
    };
    const usual = await told(false);
    expect(usual.length).toBeGreaterThan(0);
    expect(await told(true)).toEqual(usual);
  });

  it('tells of a bounce after an hour without DynamoDB', course, async () => {
    const told = async (lasts: number) => {
      // SES tells of it two seconds after it took the mail.
      const system = await begun({ hits: toDynamoDb, from: start + 1000, lasts, error: down, manner: 'silent' });
      system.account.mailTrouble.bounce(String(sampleEvent('complete-standard').detail['accountExecutive']));
      await system.clock.advanceTo(start + 2 * hour);
      expect(failuresOf(system)).toEqual(new Set(lasts > 0 ? ['RecordsUnavailable'] : []));
      noLetters(system);
      return system.account.inbox.mails.map(({ tags, to }) => `${tags['kind']} ${to[0]?.address}`).sort();
    };
    const usual = await told(0);
    expect(usual.filter((mail) => mail.startsWith('ask')).length).toBeGreaterThan(1);
    expect(await told(hour)).toEqual(usual);
  });

  it('reminds of the renewal after a day on which SES is paused', course, async () => {
    const error = new AwsError('MessageRejected', 'Sending paused for this account.');
    const reminded = async (lasts: number) => {
      const system = await begun({ hits: toSes, from: start + 100 * 24 * hour, lasts, error });
      await system.clock.runToEnd();
      noLetters(system);
      return system.account.inbox.mails
        .filter(({ at }) => at > start + 100 * 24 * hour)
        .map(({ tags, to }) => `${tags['kind']} ${to[0]?.address}`)
        .sort();
    };
    const usual = await reminded(0);
    expect(usual.length).toBeGreaterThan(0);
    expect(await reminded(24 * hour)).toEqual(usual);
  });
});
