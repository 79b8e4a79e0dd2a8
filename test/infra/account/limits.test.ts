import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import { CreateStateMachineCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { inProcessClients } from '../../../infra/account/clients.ts';
import { createClock } from '../../../infra/account/clock.ts';
import type { Limits } from '../../../infra/account/limits.ts';
import { retriesInVirtualTime } from '../../../infra/account/sdk-retries.ts';
import { AwsError } from '../../../infra/account/wire/errors.ts';
import { failure, friday, openAccount } from './open-account.ts';

const none: Limits = {
  admit: () => undefined,
  occupy: () => ({ milliseconds: 0, free: () => undefined }),
  pace: () => 0,
};

const mail = new SendRawEmailCommand({
  RawMessage: { Data: Buffer.from('From: a@example.com\r\nTo: b@example.com\r\nSubject: s\r\n\r\nt') },
});

/** Limits under which only so many functions run at a time, each for so long. */
function places(most: number, milliseconds: number): Limits {
  let running = 0;
  return {
    ...none,
    occupy: () => {
      if (running >= most) return undefined;
      running += 1;
      return {
        milliseconds,
        free: () => {
          running -= 1;
        },
      };
    },
  };
}

describe('An account with limits', () => {
  it('answers a call over the limit with the error that AWS gives it', async () => {
    let left = 1;
    const admit: Limits['admit'] = ({ service, action }) => {
      if (service === 'ses' && action === 'SendRawEmail' && left-- <= 0)
        throw new AwsError('Throttling', 'Maximum sending rate exceeded.');
    };
    const { clients, account } = await openAccount({ limits: { ...none, admit } });
    await clients.ses.send(mail);
    expect(await failure(clients.ses.send(mail))).toMatchObject({ name: 'Throttling' });
    expect(account.inbox.mails).toHaveLength(1);
    expect(
      (await clients.events.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'd', Detail: '{}' }] })))
        .FailedEntryCount,
    ).toBe(0);
  });

  it('lets an invocation take its time, and refuses one too many', async () => {
    const at: number[] = [];
    const { clients, clock } = await openAccount({
      limits: places(1, 150),
      functions: { note: () => at.push(clock.now() - friday) },
    });
    const note = () => clients.lambda.send(new InvokeCommand({ FunctionName: 'note' }));
    const [first, second] = [note(), failure(note())];
    expect(await second).toMatchObject({ name: 'TooManyRequestsException' });
    await clock.runToEnd();
    await first;
    expect(at).toEqual([150]);
  });

  it('has events wait for a place, without counting that as a failure of the function', async () => {
    const at: number[] = [];
    const { clients, clock, account } = await openAccount({
      limits: places(1, 1500),
      functions: { note: () => at.push(clock.now() - friday) },
      rules: [{ name: 'all', pattern: { source: ['s'] }, target: 'note' }],
    });
    const entry = { Source: 's', DetailType: 'd', Detail: '{}' };
    await clients.events.send(new PutEventsCommand({ Entries: [entry, entry, entry] }));
    await clock.runToEnd();
    // Pauses of about one, two, four seconds between the attempts to get a place.
    expect(at).toEqual([1500, 4562, 7305]);
    expect(account.deadLetters).toEqual([]);
  });

  it('lets events that found no place at one moment come back at different ones, so that places are used', async () => {
    const at: number[] = [];
    const { clients, clock } = await openAccount({
      limits: places(10, 100),
      functions: { note: () => at.push(clock.now() - friday) },
      rules: [{ name: 'all', pattern: { source: ['s'] }, target: 'note' }],
    });
    const Entries = Array.from({ length: 10 }, () => ({ Source: 's', DetailType: 'd', Detail: '{}' }));
    for (let batch = 0; batch < 10; batch += 1) await clients.events.send(new PutEventsCommand({ Entries }));
    await clock.runToEnd();
    expect(at).toHaveLength(100);
    // In waves of ten, the last would come after eight minutes and a half.
    expect(Math.max(...at)).toBeLessThan(20_000);
  });

  it('gives an event up that found no place in six hours', async () => {
    const { clients, clock, account } = await openAccount({
      limits: places(0, 0),
      functions: { note: () => undefined },
      rules: [{ name: 'all', pattern: { source: ['s'] }, target: 'note' }],
    });
    await clients.events.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'd', Detail: '{}' }] }));
    await clock.runToEnd();
    expect(account.deadLetters).toMatchObject([{ functionName: 'note', errorType: 'TooManyRequestsException' }]);
    expect((account.deadLetters[0]?.at ?? 0) - friday).toBeGreaterThan(5.9 * 3_600_000);
  });

  it('makes executions late, and fails none, when there are too many transitions', async () => {
    let transitions = 0;
    const pace = () => (++transitions > 2 ? 1000 : 0);
    const { clients, clock, account } = await openAccount({ limits: { ...none, pace } });
    const { stateMachineArn } = await clients.sfn.send(
      new CreateStateMachineCommand({
        name: 'm',
        roleArn: 'arn:aws:iam::111111111111:role/r',
        definition: JSON.stringify({
          QueryLanguage: 'JSONata',
          StartAt: 'A',
          States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'C' }, C: { Type: 'Succeed' } },
        }),
      }),
    );
    await clients.sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'one' }));
    await clock.runToEnd();
    expect(account.stepFunctions.executions()).toMatchObject([
      { status: 'SUCCEEDED', stoppedAt: friday + 1000, transitions: 3 },
    ]);
  });
});

describe('A client that tries again in virtual time', () => {
  it('waits longer each time, and gives up after its attempts', async () => {
    const calls: number[] = [];
    const clock = createClock({ start: friday });
    const admit: Limits['admit'] = ({ service }) => {
      if (service !== 'ses') return;
      calls.push(clock.now() - friday);
      throw new AwsError('Throttling', 'Maximum sending rate exceeded.');
    };
    const { account } = await openAccount({ clock, limits: { ...none, admit } });
    const { ses } = inProcessClients(account, {
      retryStrategy: retriesInVirtualTime({ clock, attempts: 3, random: () => 0.5 }),
    });
    const sent = failure(clock.busy(() => ses.send(mail)));
    await clock.runToEnd();
    expect(await sent).toMatchObject({ name: 'Throttling' });
    expect(calls).toEqual([0, 500, 1500]);
  });

  it('does not try again what would fail again', async () => {
    let calls = 0;
    const clock = createClock({ start: friday });
    const admit: Limits['admit'] = ({ service }) => {
      if (service !== 'ses') return;
      calls += 1;
      throw new AwsError('MessageRejected', 'Email address is not verified.');
    };
    const { account } = await openAccount({ clock, limits: { ...none, admit } });
    const { ses } = inProcessClients(account, {
      retryStrategy: retriesInVirtualTime({ clock, attempts: 3, random: () => 0.5 }),
    });
    expect(await failure(clock.busy(() => ses.send(mail)))).toMatchObject({ name: 'MessageRejected' });
    expect(calls).toBe(1);
  });
});
