import { arn, type Identity } from './identity.ts';
import { type Lambda, timeLimit } from './lambda.ts';
import { AwsError, notEmulated } from './wire/errors.ts';
import type { Service } from './wire/message.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** Lambda's API: Invoke, ListFunctions, GetFunction, GetFunctionConfiguration. `Payload` is JSON text, both ways. */
export function createLambdaApi(identity: Identity, lambda: Lambda): Service {
  async function invoke(parameters: Parameters): Promise<unknown> {
    const reference = String(parameters['FunctionName']);
    const payload = typeof parameters['Payload'] === 'string' ? parameters['Payload'] : '';
    const type = parameters['InvocationType'] ?? 'RequestResponse';
    if (type === 'DryRun') {
      lambda.functionNameOf(reference);
      return { StatusCode: 204 };
    }
    if (payload !== '') checkJson(payload);
    if (type === 'Event') {
      lambda.invokeAsync(reference, payload, 'Invoke');
      return { StatusCode: 202 };
    }
    if (type !== 'RequestResponse') throw notEmulated(`Lambda.Invoke InvocationType ${String(type)}`);
    const { payload: Payload, functionError } = await lambda.invoke(reference, payload);
    const failed = functionError === undefined ? {} : { FunctionError: functionError };
    return { StatusCode: 200, ExecutedVersion: '$LATEST', Payload, ...failed };
  }

  function describe(name: string): Parameters {
    return {
      FunctionName: name,
      FunctionArn: arn(identity, 'lambda', `function:${name}`),
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      MemorySize: 256,
      Timeout: timeLimit / 1000,
      Version: '$LATEST',
      State: 'Active',
      PackageType: 'Zip',
      Architectures: ['arm64'],
    };
  }

  return {
    call: async (action, parameters) => {
      switch (action) {
        case 'Invoke':
          return invoke(parameters);
        case 'ListFunctions':
          return { Functions: lambda.names().map(describe) };
        case 'GetFunction':
          return { Configuration: describe(lambda.functionNameOf(String(parameters['FunctionName']))) };
        case 'GetFunctionConfiguration':
          return describe(lambda.functionNameOf(String(parameters['FunctionName'])));
        default:
          throw notEmulated(`Lambda.${action}`);
      }
    },
  };
}

function checkJson(payload: string): void {
  try {
    JSON.parse(payload);
  } catch (error) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${String(error)}`);
  }
}
