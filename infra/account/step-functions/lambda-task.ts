import { NotEmulated, TaskError } from './errors.ts';
import type { IntegrationCall } from './integrations.ts';
import { isObject, type JsonObject } from './json.ts';

/** What a function did with an event: its result, or (`failed`) the error object Lambda answers. */
export interface FunctionAnswer {
  readonly payload: unknown;
  readonly failed?: boolean;
}

/** Invokes a function by name; answers undefined when there is no such function. */
export type InvokeFunction = (name: string, event: unknown) => Promise<FunctionAnswer | undefined>;

interface Account {
  readonly account: string;
  readonly region: string;
  readonly newId: () => string;
}

/**
 * Performs `arn:aws:states:::lambda:invoke` and tasks whose resource is a function's ARN, with
 * Lambda's treatment of payloads: none or null arrives as `{}`, a string is the JSON text of the event.
 * Throws TaskError with the function's error type, or Lambda's own error name.
 */
export async function invokeLambdaTask(
  call: IntegrationCall,
  invoke: InvokeFunction,
  account: Account,
): Promise<unknown> {
  if (call.kind === 'function') {
    const name = functionName(call.resource);
    return resultOf(await invoke(name, call.parameters), name, account).payload;
  }
  const parameters = isObject(call.parameters) ? call.parameters : {};
  const { FunctionName: given, InvocationType: type, Payload: payload } = parameters;
  if (type !== undefined && type !== 'RequestResponse')
    throw new NotEmulated(`lambda:invoke with InvocationType '${String(type)}'`);
  if (typeof given !== 'string') {
    throw new TaskError(
      'States.Runtime',
      "The Parameters '...' could not be used to start the Task: [The field 'FunctionName' is required but was missing]",
    );
  }
  const name = functionName(given);
  const answer = resultOf(await invoke(name, eventFrom(payload, account)), name, account);
  const metadata = responseMetadata(account.newId());
  return { ExecutedVersion: '$LATEST', Payload: answer.payload, ...metadata, StatusCode: 200 };
}

/** What AWS adds to the answer of a service integration. */
export function responseMetadata(requestId: string): JsonObject {
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: { 'x-amzn-RequestId': [requestId] },
      HttpHeaders: { 'x-amzn-RequestId': requestId },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}

/** The name in a function's ARN, or the name itself; a qualifier is dropped, because there is one version of everything. */
function functionName(nameOrArn: string): string {
  const [, fromArn] = /^(?:arn:aws[\w-]*:lambda:[\w-]+:)?\d{12}:function:([^:]+)/.exec(nameOrArn) ?? [];
  return fromArn ?? nameOrArn.split(':')[0] ?? nameOrArn;
}

function eventFrom(payload: unknown, account: Account): unknown {
  if (payload === undefined || payload === null) return {};
  if (typeof payload !== 'string') return payload;
  try {
    return JSON.parse(payload);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const what = `Could not parse request body into json: Could not parse payload into json: ${reason}`;
    throw new TaskError(
      'Lambda.InvalidRequestContentException',
      sdkMessage(what, { status: 400, code: 'InvalidRequestContentException', requestId: account.newId() }),
    );
  }
}

function resultOf(answer: FunctionAnswer | undefined, name: string, account: Account): { readonly payload: unknown } {
  if (answer === undefined) {
    const what = `Function not found: arn:aws:lambda:${account.region}:${account.account}:function:${name}:$LATEST`;
    throw new TaskError(
      'Lambda.ResourceNotFoundException',
      sdkMessage(what, { status: 404, code: 'ResourceNotFoundException', requestId: account.newId() }),
    );
  }
  const { payload, failed } = answer;
  if (failed !== true) return { payload: payload ?? null };
  const errorType =
    isObject(payload) && typeof payload['errorType'] === 'string' ? payload['errorType'] : 'Lambda.Unknown';
  throw new TaskError(errorType, JSON.stringify(payload));
}

function sdkMessage(
  what: string,
  more: { readonly status: number; readonly code: string; readonly requestId: string },
): string {
  return `${what} (Service: AWSLambda; Status Code: ${more.status}; Error Code: ${more.code}; Request ID: ${more.requestId}; Proxy: null)`;
}
