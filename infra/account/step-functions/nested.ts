import { readParameters } from './api-checks.ts';
import { startExecution } from './api-executions.ts';
import { actionParameters } from './api-parameters.ts';
import type { Engine } from './engine.ts';
import { ApiError, NotEmulated, TaskError } from './errors.ts';
import type { Execution } from './execution.ts';
import type { IntegrationCall, InternalCall, Outcome } from './integrations.ts';
import { dataOf, isObject, type JsonObject } from './json.ts';
import { responseMetadata } from './lambda-task.ts';
import { Failure } from './retry.ts';

type Call = (action: string, params: unknown) => unknown;

/**
 * The services that the engine performs itself: `states:startExecution` (also `.sync`, `.sync:2`)
 * and every action of its API as `aws-sdk:sfn:*`. Answers undefined for a call that is not its own.
 */
export function internalServices(
  engine: Engine,
  call: Call,
): (integration: IntegrationCall, pattern: string) => InternalCall | undefined {
  return (integration, pattern) => {
    if (integration.kind === 'sdk' && integration.service === 'sfn')
      return { answer: callSdk(engine, call, integration) };
    if (integration.kind !== 'optimized' || integration.service !== 'states') return undefined;
    if (integration.action !== 'startExecution') throw new NotEmulated(`the integration '${integration.resource}'`);
    const child = startChild(engine, integration);
    const answer = { ExecutionArn: child.arn, ...responseMetadata(engine.newId()), StartDate: child.startedAt };
    if (pattern !== 'sync' && pattern !== 'sync:2') return { answer };
    return {
      answer,
      outcome: (settle) => follow(child, pattern, settle),
      stop: () => engine.close(child, 'ABORTED'),
    };
  };
}

function startChild(engine: Engine, { parameters }: IntegrationCall): Execution {
  const given = wireParameters(parameters);
  const { input } = given;
  const text = typeof input === 'string' ? input : JSON.stringify(input ?? {});
  const types = actionParameters['StartExecution'] ?? {};
  try {
    return startExecution(engine, readParameters({ ...given, input: text }, types, 'StartExecution'));
  } catch (error) {
    if (!(error instanceof ApiError) || error instanceof NotEmulated) throw error;
    const detail = `(Service: AWSStepFunctions; Status Code: ${error.httpStatus}; Error Code: ${error.name}; Request ID: ${engine.newId()}; Proxy: null)`;
    throw new TaskError(`StepFunctions.${exceptionName(error)}`, `${error.message} ${detail}`);
  }
}

/** The API's own spelling of a task's parameters, which are in PascalCase. */
function wireParameters(parameters: unknown): JsonObject {
  const given = Object.entries(isObject(parameters) ? parameters : {});
  const wrong = given.find(([name]) => !/^[A-Z]/.test(name));
  if (wrong !== undefined) throw new Error(`The field "${wrong[0]}" is not supported by Step Functions`);
  return Object.fromEntries(given.map(([name, value]) => [lowerFirst(name), value]));
}

/** Tells the parent when its child closes; the answer stops listening. */
function follow(child: Execution, pattern: string, settle: (outcome: Outcome) => void): () => void {
  const tell = (): void => {
    const described = describeChild(child, pattern === 'sync:2');
    settle(
      child.status === 'SUCCEEDED'
        ? { kind: 'success', output: dataOf(described) }
        : { kind: 'failure', failure: new Failure('States.TaskFailed', JSON.stringify(described)) },
    );
  };
  if (child.status !== 'RUNNING') {
    tell();
    return () => undefined;
  }
  child.onClose.add(tell);
  return () => child.onClose.delete(tell);
}

/** `.sync:2` passes the child's input and output as JSON, `.sync` as text. */
function describeChild(child: Execution, parsed: boolean): JsonObject {
  const asJson = parsed && child.status === 'SUCCEEDED';
  return {
    ...(child.cause === undefined ? {} : { Cause: child.cause }),
    ...(child.error === undefined ? {} : { Error: child.error }),
    ExecutionArn: child.arn,
    Input: asJson ? child.input.value : child.input.text,
    InputDetails: { Included: true },
    Name: child.name,
    ...(child.output === undefined
      ? {}
      : { Output: asJson ? JSON.parse(child.output) : child.output, OutputDetails: { Included: true } }),
    StartDate: child.startedAt,
    StateMachineArn: child.stateMachineArn,
    Status: child.status,
    ...(child.stoppedAt === undefined ? {} : { StopDate: child.stoppedAt }),
  };
}

function callSdk(engine: Engine, call: Call, { action, parameters }: IntegrationCall): unknown {
  const params = wireParameters(parameters);
  try {
    return withUpperKeys(call(upperFirst(action), params));
  } catch (error) {
    if (!(error instanceof ApiError) || error instanceof NotEmulated) throw error;
    const detail = `(Service: Sfn, Status Code: ${error.httpStatus}, Request ID: ${engine.newId()}) (SDK Attempt Count: 1)`;
    throw new TaskError(`Sfn.${exceptionName(error)}`, `${error.message} ${detail}`);
  }
}

function exceptionName(error: ApiError): string {
  return error.name.endsWith('Exception') ? error.name : `${error.name}Exception`;
}

/** SDK integrations answer with members in PascalCase. */
function withUpperKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUpperKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [upperFirst(key), withUpperKeys(item)]));
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
