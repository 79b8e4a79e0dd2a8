import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { functionCalls } from '../../../functions/aws/function-calls.ts';
import { inProcessSettings } from '../../../infra/account/clients.ts';
import { AwsError } from '../../../infra/account/wire/errors.ts';
import { drainQueues } from '../../../infra/draining/drain-queues.ts';
import { queueCalls } from '../../../infra/draining/queue-calls.ts';
import { functionArn, queueArn, queueName } from '../../../infra/local/local-names.ts';
import { deadLetterQueues, undelivered, undeliveredReminders } from '../../../infra/wiring/queues.ts';
import { takerOf } from '../../../infra/wiring/takers.ts';
import { begun, handoffId, type Stricken, start } from '../../support/outage.ts';

const hour = 3_600_000;

async function drain(system: Stricken) {
  const lambda = new LambdaClient(inProcessSettings(system.account, 'lambda'));
  const said: string[] = [];
  const drained = await drainQueues({
    queues: deadLetterQueues.map(queueName),
    call: queueCalls(lambda),
    functions: functionCalls(lambda),
    takerOf: (queue) => takerOf(queue, (name) => name),
    say: (line) => said.push(line),
  });
  return { ...drained, said };
}

const executionsOf = ({ account }: Stricken) =>
  account.stepFunctions.executions().map(({ name, status }) => ({ name, status }));

/** A deal that no handoff can be started for: a permission is missing, for longer than anything is tried. */
const stricken = () =>
  begun({
    hits: ({ action }) => action === 'StartExecution',
    lasts: 60 * hour,
    error: new AwsError('AccessDeniedException', 'User: x is not authorized to perform: states:StartExecution'),
    manner: 'silent',
  });

describe('who takes from a queue', () => {
  const named = (name: string, prefix: string) => prefix + name;
  const arn = (queue: string) => `arn:aws:sqs:eu-central-1:222222222222:${queue}`;

  it('is told by its name, in whatever stage and region', () => {
    const taker = 'arn:aws:lambda:eu-central-1:222222222222:function:handoff-production-';
    expect(takerOf(arn('handoff-production-deals-heard'), named)).toBe(`${taker}read-deal`);
    expect(takerOf(arn('handoff-production-write-backs'), named)).toBe(`${taker}write-back`);
    expect(takerOf(arn('handoff-production-tried-again'), named)).toBeUndefined();
    expect(takerOf('arn:aws:lambda:eu-central-1:222222222222:function:notify', named)).toBeUndefined();
  });
});

describe('draining the dead letters', () => {
  it('says so when there are none', async () => {
    expect(await drain(await begun({ hits: () => false, lasts: 0, error: new AwsError('X', '') }))).toEqual({
      done: 0,
      left: 0,
      said: [],
    });
  });

  it('does what each was for once the cause is mended, and says what it was, why it died and what became of it', async () => {
    const system = await stricken();
    await system.clock.advanceTo(start + 59 * hour);
    expect(system.account.deadLetters).toMatchObject([{ functionName: 'start-handoff', attempts: 303 }]);
    const early = await drain(system);
    expect(early).toMatchObject({ done: 0, left: 1 });
    expect(early.said.at(-1)).toBe(
      '  left     start-handoff fails again: AccessDeniedException: User: x is not authorized to perform: states:StartExecution',
    );
    // It is still there, and in sight.
    expect(system.account.queues.depth(queueName(undelivered))).toEqual({ visible: 1, hidden: 0 });
    await system.clock.advanceTo(start + 60 * hour);
    expect(executionsOf(system)).toEqual([]);

    const { said, ...drained } = await drain(system);
    expect(drained).toEqual({ done: 1, left: 0 });
    expect(said).toEqual([
      '"Deal Closed Won" of deal D-2026-1041',
      '  died of  AccessDeniedException: User: x is not authorized to perform: states:StartExecution',
      expect.stringMatching(/^ {2}became {3}.*handoff D-2026-1041-1 \(start-handoff\)$/),
    ]);
    await system.clock.settled();
    expect(executionsOf(system)).toEqual([{ name: handoffId, status: 'RUNNING' }]);
    expect(system.account.deadLetters).toEqual([]);
    expect((await drain(system)).done).toBe(0);
  });

  it('takes what EventBridge and its Scheduler could not deliver', async () => {
    const system = await begun({ hits: () => false, lasts: 0, error: new AwsError('X', ''), manner: 'silent' });
    await system.clock.settled();
    const { queues } = system.account;
    const lost = {
      source: 'handoff.crm',
      'detail-type': 'Deal Lost',
      time: new Date(start + 1000).toISOString(),
      detail: { dealId: 'D-2026-1041', reason: 'Anna says no.' },
    };
    const because = { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'It may not.' };
    queues.send(queueName(undelivered), JSON.stringify(lost), { ...because, TARGET_ARN: functionArn('stop-deal') });
    const reminder = { handoffId, step: 'renewal', say: 'renewal-ahead', at: '2027-01-01T00:00:00Z' };
    queues.send(queueName(undeliveredReminders), JSON.stringify(reminder), {
      ...because,
      TARGET_ARN: functionArn('notify'),
    });
    queues.send(queueName(undeliveredReminders), 'no event at all');
    const { done, left, said } = await drain(system);
    expect({ done, left, first: said[0], why: said[1] }).toEqual({
      // A reminder for a handoff that has just ended is nobody's trouble.
      done: 2,
      left: 1,
      first: '"Deal Lost" of deal D-2026-1041',
      why: '  died of  NO_PERMISSIONS: It may not.',
    });
    expect(said).toContain(`renewal-ahead of handoff ${handoffId}`);
    expect(said.slice(-3)).toEqual([
      'something that is no event',
      '  died of  nothing says why',
      '  left     nothing says which function was to have it',
    ]);
    expect(said.join()).not.toContain('Anna');
    expect(executionsOf(system)).toEqual([{ name: handoffId, status: 'ABORTED' }]);
  });

  it('names a queue that is not there as SQS does', async () => {
    const system = await begun({ hits: () => false, lasts: 0, error: new AwsError('X', '') });
    const lambda = new LambdaClient(inProcessSettings(system.account, 'lambda'));
    const call = queueCalls(lambda);
    await expect(call('GetQueueUrl', { QueueName: 'handoff-nowhere' })).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      $metadata: { httpStatusCode: 400 },
    });
    expect(queueArn(undelivered)).toBe(system.account.queues.arnOf(queueName(undelivered)));
  });
});
