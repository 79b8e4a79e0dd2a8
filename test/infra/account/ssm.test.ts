import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAccount } from '../../../infra/account/account.ts';
import { inProcessClients } from '../../../infra/account/clients.ts';
import { createClock } from '../../../infra/account/clock.ts';

const Name = '/shop/production/token';

async function open(parameters: Readonly<Record<string, string>> = {}) {
  const account = await createAccount({ clock: createClock({ start: 0 }), functions: {}, parameters });
  onTestFinished(() => account.close());
  return inProcessClients(account).ssm;
}

describe('Parameters of Systems Manager', () => {
  it('are read by who asks to have them decrypted', async () => {
    const ssm = await open({ [Name]: 'secret' });
    const read = async (WithDecryption: boolean) =>
      (await ssm.send(new GetParameterCommand({ Name, WithDecryption }))).Parameter;
    expect(await read(true)).toMatchObject({ Name, Type: 'SecureString', Value: 'secret', Version: 1 });
    expect((await read(false))?.Value).not.toContain('secret');
  });

  it('are told when they are not there', async () => {
    const ssm = await open();
    await expect(ssm.send(new GetParameterCommand({ Name }))).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });

  it('are written, and written over only by who says so', async () => {
    const ssm = await open();
    const put = (Value: string, more: object) => ssm.send(new PutParameterCommand({ Name, Value, ...more }));
    await expect(put('one', {})).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await put('one', { Type: 'SecureString' })).toMatchObject({ Version: 1 });
    await expect(put('two', { Type: 'SecureString' })).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
    expect(await put('two', { Overwrite: true })).toMatchObject({ Version: 2 });
    await expect(put('x'.repeat(4097), { Overwrite: true })).rejects.toMatchObject({ name: 'ValidationException' });
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
    expect(Parameter).toMatchObject({ Value: 'two', Version: 2 });
  });

  it('of another kind are refused by name', async () => {
    const ssm = await open();
    await expect(ssm.send(new PutParameterCommand({ Name, Value: 'a', Type: 'String' }))).rejects.toThrow();
    await expect(
      ssm.send(new PutParameterCommand({ Name, Value: 'a', Type: 'SecureString', Tier: 'Advanced' })),
    ).rejects.toThrow('Tier');
  });
});
