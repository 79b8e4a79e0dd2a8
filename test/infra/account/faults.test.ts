import { CreateTableCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
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
