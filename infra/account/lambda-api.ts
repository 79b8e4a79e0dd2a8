import { arn, type Identity } from './identity.ts';
import type { Lambda } from './lambda.ts';
import { latest } from './lambda-reference.ts';
import { AwsError, notEmulated } from './wire/errors.ts';
import type { Service } from './wire/message.ts';
import { pageOf } from './wire/pages.ts';
import { checkParameters, jsonComplaints, type Members, type Shape } from './wire/parameters.ts';

type Parameters = Readonly<Record<string, unknown>>;

const qualified: Members = {
  FunctionName: { type: 'string', least: 1, most: 170, required: true },
  Qualifier: { type: 'string', least: 1, most: 128, pattern: '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+' },
};
const logType: Shape = { type: 'string', values: ['None', 'Tail'] };

/** What each action takes here. */
const shapes: Readonly<Record<string, Members>> = {
  Invoke: {
    ...qualified,
    Payload: { type: 'string' },
    InvocationType: { type: 'string', values: ['Event', 'RequestResponse', 'DryRun'] },
    LogType: logType,
  },
  GetFunction: qualified,
  GetFunctionConfiguration: qualified,
  ListFunctions: {
    FunctionVersion: { type: 'string', values: ['ALL'] },
    Marker: { type: 'string' },
    MaxItems: { type: 'integer', least: 1, most: 10_000 },
  },
};

/** How many functions a page has at most. */
const mostListed = 50;

/** Numbers come in query strings, and a member of REST is a text anyway. */
const complaints = { ...jsonComplaints, asText: true };

/** Lambda's API: Invoke, ListFunctions, GetFunction, GetFunctionConfiguration. `Payload` is JSON text, both ways. */
export function createLambdaApi(identity: Identity, lambda: Lambda): Service {
  const named = (action: string, { FunctionName, Qualifier }: Parameters): string =>
    lambda.functionNameOf(String(FunctionName), { action: `lambda:${action}`, qualifier: Qualifier });

  async function invoke(parameters: Parameters): Promise<unknown> {
    if (parameters['LogType'] === 'Tail') throw notEmulated('Lambda.Invoke LogType Tail');
    const name = named('InvokeFunction', parameters);
    const payload = typeof parameters['Payload'] === 'string' ? parameters['Payload'] : '';
    const type = parameters['InvocationType'] ?? 'RequestResponse';
    if (type === 'DryRun') return { StatusCode: 204 };
    if (payload !== '') checkJson(payload);
    if (type === 'Event') {
      lambda.invokeAsync(name, payload, 'Invoke');
      return { StatusCode: 202 };
    }
    const { payload: Payload, functionError } = await lambda.invoke(name, payload);
    const failed = functionError === undefined ? {} : { FunctionError: functionError };
    return { StatusCode: 200, ExecutedVersion: latest, Payload, ...failed };
  }

  function describe(name: string, qualifier?: unknown): Parameters {
    return {
      FunctionName: name,
      FunctionArn: arn(identity, 'lambda', `function:${name}${qualifier === undefined ? '' : `:${String(qualifier)}`}`),
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      MemorySize: 256,
      Timeout: lambda.timeLimit / 1000,
      Version: latest,
      State: 'Active',
      PackageType: 'Zip',
      Architectures: ['arm64'],
    };
  }

  function list({ MaxItems: limit = mostListed, Marker: token, FunctionVersion: version }: Parameters): Parameters {
    const { page, next } = pageOf(lambda.names(), {
      limit: Math.min(Number(limit), mostListed),
      token,
      usual: mostListed,
      wrongToken: () =>
        new AwsError('InvalidParameterValueException', 'The pagination token in Marker is not valid.', {
          fields: { Type: 'User' },
        }),
    });
    const asked = version === 'ALL' ? latest : undefined;
    return {
      Functions: page.map((name) => describe(name, asked)),
      ...(next === undefined ? {} : { NextMarker: next }),
    };
  }

  return {
    call: async (action, parameters) => {
      const members = Object.hasOwn(shapes, action) ? shapes[action] : undefined;
      if (members === undefined) throw notEmulated(`Lambda.${action}`);
      checkParameters(`Lambda.${action}`, { members, complaints }, parameters);
      const { Qualifier } = parameters;
      switch (action) {
        case 'Invoke':
          return invoke(parameters);
        case 'ListFunctions':
          return list(parameters);
        case 'GetFunction':
          return { Configuration: describe(named(action, parameters), Qualifier) };
        default:
          return describe(named(action, parameters), Qualifier);
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
