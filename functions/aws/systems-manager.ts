import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { orUnavailable } from './passing-errors.ts';

export const ssmOfEnvironment = (): SSMClient => new SSMClient({});

/**
 * The text of a SecureString, decrypted; undefined where there is no such parameter. Throws `ServiceUnavailable` for what may
 * pass.
 */
export async function parameterText(client: SSMClient, name: string): Promise<string | undefined> {
  const call = () => client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
  try {
    const { Parameter } = await orUnavailable('Systems Manager', call);
    return Parameter?.Value ?? '';
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}
