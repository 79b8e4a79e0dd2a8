import { CreateTableCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { CreateStateMachineCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Account, createAccount } from '../../../infra/account/account.ts';
import { inProcessClients } from '../../../infra/account/clients.ts';
import { createClock } from '../../../infra/account/clock.ts';
import type { Fault, FaultyCall } from '../../../infra/account/faults.ts';

/** An account whose function `write` puts an item on condition that it is new, and tells what came of it; one fault per call, in turn. */
async function open(faults: readonly (Fault | undefined)[]) {
  const calls: FaultyCall[] = [];
  const left = [...faults];
  const heard: string[] = [];
  const account = await createAccount({
    clock: createClock({ start: 0 }),
    faults: {
      next: (call) => {
        // The function itself can always be run here.
        if (call.service === 'lambda') return undefined;
        calls.push(call);
        return left.shift();
      },
    },
    functions: (made) => ({ write: () => write(made, heard) }),
  });
  onTestFinished(() => account.close());
  const owner = inProcessClients(account);
  await owner.dynamodb.send(
    new CreateTableCommand({
      TableName: 'notes',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  );
  const invoke = async () => {
    const { FunctionError, Payload } = await owner.lambda.send(new InvokeCommand({ FunctionName: 'write' }));
    const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString());
    return { failed: FunctionError !== undefined, answer };
  };
  const isWritten = async () => {
    const get = new GetItemCommand({ TableName: 'notes', Key: { id: { S: '1' } } });
    return (await owner.dynamodb.send(get)).Item !== undefined;
  };
  return { invoke, isWritten, calls, heard };
}

async function write(account: Account, heard: string[]): Promise<string> {
  const { dynamodb } = inProcessClients(account);
  const put = new PutItemCommand({
    TableName: 'notes',
    Item: { id: { S: '1' } },
    ConditionExpression: 'attribute_not_exists(id)',
  });
  const answer = await dynamodb.send(put).then(
    () => 'written',
    (error: Error) => error.name,
  );
  heard.push(answer);
  return answer;
}

describe('A call that goes wrong', () => {
  it.each([
    [undefined, 'written', true],
    ['throttled', 'ThrottlingException', false],
    ['failed', 'InternalServerError', false],
    ['answer lost', 'InternalServerError', true],
    // The first had effect, and the second finds it.
    ['sent twice', 'ConditionalCheckFailedException', true],
  ] as const)('%s: the function hears %s', async (fault, answer, written) => {
    const { invoke, isWritten } = await open([fault]);
    expect(await invoke()).toEqual({ failed: false, answer });
    expect(await isWritten()).toBe(written);
  });

  it.each([
    ['killed before', false],
    ['killed after', true],
  ] as const)('%s: the function ends without a word', async (fault, written) => {
    const { invoke, isWritten, heard } = await open([fault]);
    expect(await invoke()).toMatchObject({ failed: true, answer: { errorType: 'Runtime.ExitError' } });
    expect(await isWritten()).toBe(written);
    expect(heard).toEqual([]);
  });

  it('is one of a function or a state machine: whoever looks on hears the truth', async () => {
    const { invoke, isWritten, calls } = await open([undefined, 'failed', 'failed']);
    await invoke();
    expect(await isWritten()).toBe(true);
    expect(calls).toMatchObject([{ service: 'dynamodb', action: 'PutItem', functionName: 'write' }]);
  });

  it('is over with the next one', async () => {
    const { invoke, heard } = await open(['throttled']);
    await invoke();
    await invoke();
    expect(heard).toEqual(['ThrottlingException', 'written']);
  });
});

describe('A function that cannot be run for a moment, because as many run as may', () => {
  /** An account whose function `note` is throttled so many times. */
  async function busy(times: number) {
    const [asked, ran]: [FaultyCall[], string[]] = [[], []];
    const clock = createClock({ start: 0 });
    const account = await createAccount({
      clock,
      faults: {
        next: (call) => {
          if (call.action !== 'Invoke' || call.functionName !== undefined) return undefined;
          asked.push(call);
          return asked.length <= times ? 'throttled' : undefined;
        },
      },
      functions: { note: () => ran.push(new Date(clock.now()).toISOString()) },
      routes: [{ method: 'POST', path: '/note', target: 'note' }],
      queues: [{ name: 'notes', visibilitySeconds: 60 }],
      eventSources: [{ queue: 'notes', functionName: 'note' }],
    });
    onTestFinished(() => account.close());
    return { account, clock, asked, ran, clients: inProcessClients(account) };
  }

  it('is called once more as the definition of a state machine says', async () => {
    const { clock, clients, asked, ran } = await busy(1);
    const { stateMachineArn } = await clients.sfn.send(
      new CreateStateMachineCommand({
        name: 'noting',
        roleArn: 'arn:aws:iam::111111111111:role/noting',
        definition: JSON.stringify({
          QueryLanguage: 'JSONata',
          StartAt: 'Note',
          States: {
            Note: {
              Type: 'Task',
              Resource: 'arn:aws:states:::lambda:invoke',
              Arguments: { FunctionName: 'note', Payload: { step: 'one' } },
              Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'], IntervalSeconds: 7 }],
              End: true,
            },
          },
        }),
      }),
    );
    await clients.sfn.send(new StartExecutionCommand({ stateMachineArn }));
    await clock.runToEnd();
    expect(ran).toEqual(['1970-01-01T00:00:07.000Z']);
    expect(asked[0]?.parameters).toEqual({ FunctionName: 'note', Payload: '{"step":"one"}' });
  });

  it("gets an event from Lambda's own queue a little later, and the function has failed at nothing", async () => {
    const { account, clock, clients, ran } = await busy(2);
    await clients.lambda.send(new InvokeCommand({ FunctionName: 'note', InvocationType: 'Event' }));
    await clock.runToEnd();
    // After about one second, and about two more.
    expect(ran).toEqual(['1970-01-01T00:00:02.590Z']);
    expect([account.lambda.failures, account.deadLetters]).toEqual([[], []]);
  });

  it('gets a message of a queue when that is in sight again', async () => {
    const { account, clock, ran } = await busy(1);
    account.queues.send('notes', 'a note');
    await clock.runToEnd();
    expect(ran).toEqual(['1970-01-01T00:01:00.000Z']);
  });

  it("answers a page with the gateway's own error, and the next request as ever", async () => {
    const { account, ran } = await busy(1);
    const post = () => account.handle({ method: 'POST', path: '/note', headers: {}, body: Buffer.from('') });
    expect(await post()).toMatchObject({ status: 500, body: Buffer.from('{"message":"Internal Server Error"}') });
    expect((await post()).status).toBe(200);
    expect(ran).toHaveLength(1);
  });

  it('refuses whoever calls it directly', async () => {
    const { clients } = await busy(1);
    const invoke = () => clients.lambda.send(new InvokeCommand({ FunctionName: 'note' }));
    await expect(invoke()).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    expect((await invoke()).StatusCode).toBe(200);
  });
});
