import { type Clock, createClock } from '../../infra/account/clock.ts';
import { createStepFunctions, type StepFunctions } from '../../infra/account/step-functions/api.ts';
import { ApiError, NotEmulated } from '../../infra/account/step-functions/errors.ts';
import type { HistoryEvent } from '../../infra/account/step-functions/history.ts';
import type { IntegrationCall } from '../../infra/account/step-functions/integrations.ts';
import { isObject, type JsonObject, objectsIn } from '../../infra/account/step-functions/json.ts';
import { type FunctionAnswer, invokeLambdaTask } from '../../infra/account/step-functions/lambda-task.ts';
import type { FlatEvent } from './conformance-match.ts';

const ACCOUNT = '111111111111';
const REGION = 'us-east-1';
const START = Date.UTC(2026, 0, 5, 9);

/** An engine of its own under a clock of its own, with the functions, services and callbacks of one case. */
export interface World {
  readonly clock: Clock;
  readonly stepFunctions: StepFunctions;
  /** Tokens that have got their callbacks. */
  readonly answered: Set<string>;
}

/** Makes the world of a case. */
export function createWorld(test: JsonObject): World {
  const clock = createClock({ start: START });
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
  };
  const pendingCallbacks = objectsIn(test['callbacks']).map((callback) => ({ ...callback }));
  const invoke = functionsOf(test, clock);
  const answered = new Set<string>();
  const stepFunctions: StepFunctions = createStepFunctions({
    clock,
    account: ACCOUNT,
    region: REGION,
    newId,
    integrations: (call) => perform(test, call, (name, event) => invoke(name, event)),
    onEvent: (execution, event) => {
      if (event.type !== 'TaskSubmitted') return;
      clock.at(clock.now(), () =>
        scheduleCallbacks({ clock, stepFunctions, answered }, pendingCallbacks, execution.arn),
      );
    },
  });
  return { clock, stepFunctions, answered };
}

async function perform(
  test: JsonObject,
  call: IntegrationCall,
  invoke: (name: string, event: unknown) => Promise<FunctionAnswer | undefined>,
): Promise<unknown> {
  if (call.service === 'lambda' && call.action === 'invoke')
    return invokeLambdaTask(call, invoke, { account: ACCOUNT, region: REGION, newId: () => 'request' });
  const services = test['services'];
  const name = `${call.service}:${call.action}`;
  const stub = isObject(services) ? (services[name] ?? services[`aws-sdk:${name}`]) : undefined;
  if (isObject(stub)) return stub['returns'];
  throw new NotEmulated(`the integration '${call.resource}'`);
}

/** The case's functions, which behave as data says; a function sleeps in virtual time. */
function functionsOf(
  test: JsonObject,
  clock: Clock,
): (name: string, event: unknown) => Promise<FunctionAnswer | undefined> {
  const functions = isObject(test['functions']) ? test['functions'] : {};
  const invocations = new Map<string, number>();

  async function behave(behaviour: unknown, event: unknown, invocation: number): Promise<FunctionAnswer> {
    if (behaviour === 'echo') return { payload: event };
    if (!isObject(behaviour)) throw new TypeError(`unknown behaviour ${JSON.stringify(behaviour)}`);
    if ('returns' in behaviour) return { payload: behaviour['returns'] };
    if (isObject(behaviour['throws']))
      return { payload: { ...behaviour['throws'], requestId: 'request', stackTrace: [] }, failed: true };
    if (typeof behaviour['sleepSeconds'] === 'number') {
      await clock.sleep(clock.now() + behaviour['sleepSeconds'] * 1000, 'a function sleeps');
      return behave(behaviour['then'], event, invocation);
    }
    const sequence = behaviour['sequence'];
    if (Array.isArray(sequence)) return behave(sequence[Math.min(invocation, sequence.length - 1)], event, invocation);
    throw new TypeError(`unknown behaviour ${JSON.stringify(behaviour)}`);
  }

  return async (name, event) => {
    const declared = functions[name];
    if (!isObject(declared)) return undefined;
    const invocation = invocations.get(name) ?? 0;
    invocations.set(name, invocation + 1);
    return behave(declared['behaviour'], event, invocation);
  };
}

/**
 * Answers the tasks that have just handed out a token. A state's callbacks are for one token up to
 * its first success or failure; the last ones serve all further tokens of that state.
 */
function scheduleCallbacks(world: World, pending: JsonObject[], executionArn: string): void {
  for (const task of world.stepFunctions.waitingTasks()) {
    if (task.executionArn !== executionArn || world.answered.has(task.taskToken)) continue;
    world.answered.add(task.taskToken);
    const own = pending.filter((callback) => callback['state'] === task.state);
    const end = own.findIndex((callback) => 'success' in callback || 'failure' in callback);
    const now = end < 0 ? own : own.slice(0, end + 1);
    if (now.length < own.length) for (const callback of now) pending.splice(pending.indexOf(callback), 1);
    for (const callback of now) {
      world.clock.at(world.clock.now() + Number(callback['afterSeconds'] ?? 0) * 1000, () =>
        send(world, callback, task.taskToken),
      );
    }
  }
}

async function send(world: World, callback: JsonObject, taskToken: string): Promise<void> {
  const { stepFunctions } = world;
  try {
    if ('success' in callback)
      await stepFunctions.call('SendTaskSuccess', {
        taskToken,
        output: JSON.stringify(withToken(callback['success'], taskToken)),
      });
    else if (isObject(callback['failure']))
      await stepFunctions.call('SendTaskFailure', { taskToken, ...callback['failure'] });
    else await stepFunctions.call('SendTaskHeartbeat', { taskToken });
  } catch (error) {
    // A callback for a task that has ended meanwhile is refused, on AWS too.
    if (!(error instanceof ApiError)) throw error;
  }
}

function withToken(value: unknown, token: string): unknown {
  if (value === '<token>') return token;
  if (Array.isArray(value)) return value.map((item) => withToken(item, token));
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withToken(item, token)]))
    : value;
}

/** Lets the clock run until something is so, or nothing more can happen. */
export async function settleExecution({ clock }: World, reached: () => boolean): Promise<boolean> {
  await clock.settled();
  while (!reached()) {
    if (!(await clock.jumpToNext())) return false;
  }
  return true;
}

/** The whole history in the form of the recordings. */
export async function historyOf(stepFunctions: StepFunctions, executionArn: string): Promise<FlatEvent[]> {
  const answer = await stepFunctions.call('GetExecutionHistory', { executionArn, maxResults: 1000 });
  return isObject(answer) ? (answer['events'] as HistoryEvent[]).map((event) => flatten(event)) : [];
}

const JSON_DETAILS = new Set(['input', 'output', 'parameters']);
const VOLATILE = new Set(['inputDetails', 'outputDetails', 'assignedVariablesDetails', 'region', 'roleArn']);

/** The member that AWS keeps an event's details under. */
function detailsMember(type: string): string {
  const [whole, moved] = /State(Entered|Exited)$/.exec(type) ?? [type];
  const name = moved === undefined ? whole : `state${moved}`;
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}EventDetails`;
}

/** An event as the recordings have it: details parsed, volatile ones dropped. What stands where AWS has nothing shows as `misplaced`. */
export function flatten(event: HistoryEvent): FlatEvent {
  const { id, previousEventId, type, timestamp, ...more } = event;
  const member = detailsMember(type);
  const misplaced = Object.keys(more).filter((key) => key !== member);
  if (typeof timestamp !== 'number') misplaced.push('timestamp');
  const details: JsonObject = {};
  const named: JsonObject = {};
  const found: unknown = (more as JsonObject)[member];
  for (const [key, value] of Object.entries(isObject(found) ? found : {})) {
    if ((key === 'input' || key === 'output') && !isComplete(found, `${key}Details`)) misplaced.push(`${key}Details`);
    if (VOLATILE.has(key)) continue;
    if (key === 'name' || key === 'resource' || key === 'resourceType') named[key] = value;
    else if (JSON_DETAILS.has(key)) details[key] = JSON.parse(String(value));
    else if (key === 'assignedVariables' && isObject(value))
      details[key] = Object.fromEntries(Object.entries(value).map(([name, text]) => [name, JSON.parse(String(text))]));
    else details[key] = value;
  }
  return {
    id,
    type,
    previousEventId,
    ...named,
    ...(Object.keys(details).length === 0 ? {} : { details }),
    ...(misplaced.length === 0 ? {} : { misplaced }),
  };
}

function isComplete(details: unknown, member: string): boolean {
  const told = isObject(details) ? details[member] : undefined;
  return isObject(told) && told['truncated'] === false;
}
