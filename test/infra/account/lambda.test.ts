import { GetFunctionCommand, InvokeCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { failure, friday, openAccount } from './open-account.ts';

class Refused extends Error {
  override readonly name = 'Handoff.Refused';
}

const functions = {
  echo: (event: unknown) => event,
  about: async (_: unknown, context: Context) => ({
    arn: context.invokedFunctionArn,
    name: context.functionName,
    left: context.getRemainingTimeInMillis(),
    id: context.awsRequestId.length,
  }),
  refuse: async () => {
    throw new Refused('not today');
  },
  nothing: () => undefined,
};

const text = (payload: Uint8Array | undefined): unknown => JSON.parse(Buffer.from(payload ?? []).toString());

describe('the local Lambda', () => {
  it('passes payloads through JSON both ways', async () => {
    const { clients } = await openAccount({ functions });
    const { Payload, StatusCode, ExecutedVersion } = await clients.lambda.send(
      new InvokeCommand({ FunctionName: 'echo', Payload: JSON.stringify({ name: 'Zoë' }) }),
    );
    expect(text(Payload)).toEqual({ name: 'Zoë' });
    expect({ StatusCode, ExecutedVersion }).toEqual({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    const empty = await clients.lambda.send(new InvokeCommand({ FunctionName: 'nothing' }));
    expect(text(empty.Payload)).toBeNull();
  });

  it('finds a function by ARN and gives it a context', async () => {
    const { clients } = await openAccount({ functions });
    const FunctionName = 'arn:aws:lambda:us-east-1:111111111111:function:about:$LATEST';
    const { Payload } = await clients.lambda.send(new InvokeCommand({ FunctionName }));
    expect(text(Payload)).toEqual({
      arn: 'arn:aws:lambda:us-east-1:111111111111:function:about',
      name: 'about',
      left: 30000,
      id: 36,
    });
  });

  it('gives functions the time that the account allows, and says it of them', async () => {
    const { clients } = await openAccount({ functions, functionTimeLimit: 3_600_000 });
    const { Payload } = await clients.lambda.send(new InvokeCommand({ FunctionName: 'about' }));
    expect(text(Payload)).toMatchObject({ left: 3_600_000 });
    const { Configuration } = await clients.lambda.send(new GetFunctionCommand({ FunctionName: 'about' }));
    expect(Configuration?.Timeout).toBe(3600);
  });

  it('answers a thrown error as Lambda does, and keeps it for people', async () => {
    const { account, clients } = await openAccount({ functions });
    const { FunctionError, Payload, StatusCode } = await clients.lambda.send(
      new InvokeCommand({ FunctionName: 'refuse' }),
    );
    expect({ FunctionError, StatusCode }).toEqual({ FunctionError: 'Unhandled', StatusCode: 200 });
    expect(text(Payload)).toMatchObject({
      errorType: 'Handoff.Refused',
      errorMessage: 'not today',
      trace: expect.any(Array),
    });
    expect(account.lambda.failures).toMatchObject([
      { functionName: 'refuse', at: friday, errorType: 'Handoff.Refused' },
    ]);
  });

  it('knows no other functions', async () => {
    const { clients } = await openAccount({ functions });
    const unknown = await failure(clients.lambda.send(new InvokeCommand({ FunctionName: 'missing' })));
    expect(unknown).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:111111111111:function:missing',
    });
    const { Functions } = await clients.lambda.send(new ListFunctionsCommand({}));
    expect(Functions?.map((each) => each.FunctionName)).toEqual(Object.keys(functions));
    const { Configuration } = await clients.lambda.send(new GetFunctionCommand({ FunctionName: 'echo' }));
    expect(Configuration?.Runtime).toBe('nodejs24.x');
  });

  it('refuses a payload that is no JSON, and throttles when told to', async () => {
    const { account, clients } = await openAccount({ functions });
    const broken = await failure(clients.lambda.send(new InvokeCommand({ FunctionName: 'echo', Payload: '{' })));
    expect(broken.name).toBe('InvalidRequestContentException');
    account.lambda.throttleNext('echo', 1);
    const throttled = await failure(clients.lambda.send(new InvokeCommand({ FunctionName: 'echo' })));
    expect(throttled.name).toBe('TooManyRequestsException');
    await clients.lambda.send(new InvokeCommand({ FunctionName: 'echo' }));
    expect(account.usage().lambdaInvocations).toEqual({ echo: 1 });
  });

  it('tries a failing event three times over three minutes, then gives it up visibly', async () => {
    const times: number[] = [];
    const { account, clients, clock } = await openAccount({
      functions: {
        fail: () => {
          times.push((clock.now() - friday) / 1000);
          throw new Refused('never');
        },
      },
    });
    const { StatusCode } = await clients.lambda.send(
      new InvokeCommand({ FunctionName: 'fail', InvocationType: 'Event', Payload: '{"a":1}' }),
    );
    expect(StatusCode).toBe(202);
    await clock.runToEnd();
    expect(times).toEqual([0, 60, 180]);
    expect(account.deadLetters).toEqual([
      {
        at: friday + 180_000,
        origin: 'Invoke',
        functionName: 'fail',
        payload: '{"a":1}',
        errorType: 'Handoff.Refused',
        errorMessage: 'never',
        attempts: 3,
      },
    ]);
  });

  it('only checks a dry run', async () => {
    const { account, clients } = await openAccount({ functions });
    const { StatusCode } = await clients.lambda.send(
      new InvokeCommand({ FunctionName: 'echo', InvocationType: 'DryRun' }),
    );
    expect(StatusCode).toBe(204);
    expect(account.usage().lambdaInvocations).toEqual({});
  });
});
