import { type Faults, withFaults } from '../faults.ts';
import type { Access } from '../iam/access.ts';
import { functionCall } from '../iam/calls.ts';
import { arn, type Identity } from '../identity.ts';
import type { Lambda } from '../lambda.ts';
import { functionNotFound, functionReference, latest } from '../lambda-reference.ts';
import { TaskError } from '../step-functions/errors.ts';
import type { IntegrationCall, Integrations } from '../step-functions/integrations.ts';
import { type FunctionAnswer, invokeLambdaTask, responseMetadata } from '../step-functions/lambda-task.ts';
import type { TaskResource } from '../step-functions/task-resource.ts';
import { AwsError, notEmulated } from '../wire/errors.ts';
import { isObject, type Service } from '../wire/message.ts';
import { fromWire, toWire } from './attribute-values.ts';
import { isRefusal, optimizedTaskError, sdkErrorNames, sdkTaskError } from './sdk-errors.ts';

type Parameters = Readonly<Record<string, unknown>>;

export interface IntegrationsWorld {
  readonly identity: Identity;
  readonly lambda: Lambda;
  readonly lambdaApi: Service;
  readonly dynamodb: Service;
  readonly ses: Service;
  readonly events: Service;
  readonly scheduler: Service;
  readonly newId: () => string;
  /** Keeps each state machine to its role. */
  readonly access: Access;
  /** What goes wrong; undefined for nothing. */
  readonly faults: Faults | undefined;
}

/**
 * What the account's state machines can call: functions by ARN, `lambda:invoke`, the `dynamodb:` item actions,
 * `events:putEvents`, and `aws-sdk:` with dynamodb, ses, eventbridge, scheduler and lambda. Errors carry the names
 * that AWS gives them there. All else, and every parameter AWS would not take, fails the execution uncatchably.
 */
export function createIntegrations(world: IntegrationsWorld): Integrations {
  const byRole = new Map<string | undefined, Integrations>();
  return (call) => {
    const role = world.access.roleOf(call.roleArn);
    const known = byRole.get(role) ?? integrationsAs(world, role);
    byRole.set(role, known);
    return known(call);
  };
}

/** What state machines of one role can call. */
function integrationsAs(world: IntegrationsWorld, role: string | undefined): Integrations {
  const { access } = world;
  const as = (name: string, service: Service): Service =>
    access.as(role, name, withFaults(name, service, world.faults, true));
  const dynamodb = as('dynamodb', world.dynamodb);
  const events = as('events', world.events);
  const sdkServices: Readonly<Record<string, Service>> = {
    dynamodb: spelledForJava(dynamodb),
    ses: withoutBlobs(as('ses', world.ses)),
    eventbridge: events,
    scheduler: as('scheduler', world.scheduler),
    lambda: acceptingJsonPayload(as('lambda', world.lambdaApi)),
  };

  async function callSdk(call: IntegrationCall): Promise<unknown> {
    const service = sdkServices[call.service];
    const names = sdkErrorNames[call.service];
    if (service === undefined || names === undefined) throw notEmulated(`the integration ${call.resource}`);
    const parameters = checkedParameters(call.parameters);
    try {
      return withIsoDates(await service.call(pascal(call.action), parameters));
    } catch (error) {
      if (!(error instanceof AwsError) || isRefusal(error)) throw error;
      throw sdkTaskError(names, error, world.newId());
    }
  }

  async function callOptimized(call: IntegrationCall): Promise<unknown> {
    try {
      if (call.service === 'lambda' && call.action === 'invoke') {
        checkFunction(call);
        return await invokeLambdaTask(call, invokeFunction, {
          ...world.identity,
          account: world.identity.accountId,
          newId: world.newId,
        });
      }
      const parameters = checkedParameters(call.parameters);
      if (call.service === 'dynamodb' && itemActions.has(call.action)) {
        return withMetadata(await dynamodb.call(pascal(call.action), parameters));
      }
      if (call.service === 'events' && call.action === 'putEvents')
        return withMetadata(await putEventsTask(call, parameters));
    } catch (error) {
      if (!(error instanceof AwsError) || isRefusal(error)) throw error;
      throw optimizedTaskError(call.service, error, world.newId());
    }
    throw notEmulated(`the integration ${call.resource}`);
  }

  /** Refuses a function of another account or region, and a version that there is none of: the engine knows functions by name. */
  function checkFunction(call: IntegrationCall): void {
    const { identity } = world;
    const named = call.kind === 'function' ? call.resource : Object(call.parameters)['FunctionName'];
    if (typeof named !== 'string') return;
    const meant = functionReference(identity, named);
    if (meant.qualifier !== undefined && meant.qualifier !== latest) throw functionNotFound(identity, meant);
  }

  /** A function by name for the engine's own Lambda tasks; undefined where there is none. */
  async function invokeFunction(name: string, event: unknown): Promise<FunctionAnswer | undefined> {
    try {
      access.check(role, functionCall(arn(world.identity, 'lambda', `function:${name}`)));
      const invoked = await world.lambda.invoke(name, JSON.stringify(event));
      return { payload: JSON.parse(invoked.payload), failed: invoked.functionError !== undefined };
    } catch (error) {
      if (error instanceof AwsError && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  }

  /** Details may be objects here; an entry that is not taken fails the task. */
  async function putEventsTask(call: IntegrationCall, parameters: Parameters): Promise<Parameters> {
    const entries = Array.isArray(parameters['Entries']) ? parameters['Entries'].filter(isObject) : [];
    const answer = (await events.call('PutEvents', {
      Entries: entries.map((entry) => ({
        ...entry,
        Detail: typeof entry['Detail'] === 'string' ? entry['Detail'] : JSON.stringify(entry['Detail']),
        Resources: [...(Array.isArray(entry['Resources']) ? entry['Resources'] : []), call.executionArn],
      })),
    })) as Parameters;
    if (answer['FailedEntryCount'] !== 0) throw new TaskError('EventBridge.FailedEntry', JSON.stringify(answer));
    return answer;
  }

  function withMetadata(answer: unknown): unknown {
    return { ...(isObject(answer) ? answer : {}), ...responseMetadata(world.newId()) };
  }

  return async (call) => (call.kind === 'sdk' ? callSdk(call) : callOptimized(call));
}

const optimized: Readonly<Record<string, readonly string[]>> = {
  'lambda:invoke': ['request', 'waitForTaskToken'],
  'events:putEvents': ['request', 'waitForTaskToken'],
  'states:startExecution': ['request', 'waitForTaskToken', 'sync', 'sync:2'],
};
const sdkNames: ReadonlySet<string> = new Set([...Object.keys(sdkErrorNames), 'sfn']);

/** Whether a task of this resource can be performed here. */
export function integrates(resource: TaskResource): boolean {
  if (resource.kind === 'lambda') return true;
  const { sdk, service, action, pattern } = resource;
  if (sdk) return sdkNames.has(service) && /^[a-z]/.test(action) && !pattern.startsWith('sync');
  if (service === 'dynamodb') return itemActions.has(action) && pattern === 'request';
  return optimized[`${service}:${action}`]?.includes(pattern) === true;
}

const itemActions = new Set(['getItem', 'putItem', 'updateItem', 'deleteItem']);

function pascal(action: string): string {
  return action.charAt(0).toUpperCase() + action.slice(1);
}

/** Parameters are spelled in PascalCase, whatever the service's own API does. */
function checkedParameters(parameters: unknown): Parameters {
  const given = parameters ?? {};
  if (!isObject(given)) throw new Error('The Arguments of a Task must be an object');
  const wrong = Object.keys(given).find((name) => !/^[A-Z]/.test(name));
  if (wrong !== undefined)
    throw new Error(`The field "${wrong}" is not supported by Step Functions: parameters are spelled in PascalCase`);
  return given;
}

function spelledForJava(dynamodb: Service): Service {
  return {
    call: async (action, parameters) => {
      const answer = await dynamodb.call(action, toWire(parameters));
      return isObject(answer) ? fromWire(answer) : answer;
    },
  };
}

/** A raw message is binary, which a state machine has no sure spelling for. */
function withoutBlobs(ses: Service): Service {
  return {
    call: async (action, parameters) => {
      if (action === 'SendRawEmail') throw notEmulated('the integration aws-sdk:ses:sendRawEmail');
      return ses.call(action, parameters);
    },
  };
}

function acceptingJsonPayload(lambda: Service): Service {
  return {
    call: async (action, parameters) => {
      const { Payload, ...rest } = parameters;
      if (Payload === undefined) return lambda.call(action, parameters);
      return lambda.call(action, { ...rest, Payload: typeof Payload === 'string' ? Payload : JSON.stringify(Payload) });
    },
  };
}

/** The Java SDK's dates are texts in a state machine, where the wire has epoch seconds. */
function withIsoDates(answer: unknown): unknown {
  if (!isObject(answer)) return answer ?? {};
  const dates = Object.entries(answer).map(([name, value]): [string, unknown] => {
    const isDate = name.endsWith('Date') && typeof value === 'number';
    return [name, isDate ? new Date(value * 1000).toISOString() : value];
  });
  return Object.fromEntries(dates);
}
