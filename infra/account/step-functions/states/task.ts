import type { TaskState } from '../definition.ts';
import { failureDetails, inputDetails, outputDetails, record } from '../execution.ts';
import type { Outcome } from '../integrations.ts';
import { type Data, dataOf, exceedsLimit } from '../json.ts';
import { Failure } from '../retry.ts';
import type { TaskResource } from '../task-resource.ts';
import { type Frame, tooLarge } from './frame.ts';
import { perform } from './perform.ts';
import { evaluateArguments, evaluateSeconds } from './simple.ts';

/** One attempt of a Task: schedules it, waits for its outcome, writes its events, and answers its result. */
export async function attemptTask(frame: Frame<TaskState>): Promise<Data> {
  const { runtime, state, scope } = frame;
  const waits = state.resource.kind === 'service' && state.resource.pattern !== 'request';
  frame.token = waits ? runtime.tasks.tokens.create() : undefined;
  const given = evaluateArguments(frame, state.arguments);
  const value = given instanceof Promise ? await given : given;
  const parameters = value === frame.input.value ? frame.input : dataOf(value);
  const timeoutSeconds = state.timeoutSeconds && (await evaluateSeconds(frame, state.timeoutSeconds));
  const heartbeatSeconds = state.heartbeatSeconds && (await evaluateSeconds(frame, state.heartbeatSeconds));
  if (exceedsLimit(parameters.text)) throw tooLarge(state.name);
  const names = eventNames(state.resource);
  record(runtime, scope, names.scheduled, {
    ...names.details,
    ...(state.resource.kind === 'lambda'
      ? { resource: state.resource.arn, ...inputDetails(parameters) }
      : { region: runtime.tasks.region, parameters: parameters.text, ...inSeconds('heartbeat', heartbeatSeconds) }),
    ...inSeconds('timeout', timeoutSeconds),
  });
  record(runtime, scope, names.started, names.details);
  const outcome = await perform({ frame, parameters, timeoutSeconds, heartbeatSeconds, token: frame.token });
  return conclude(frame, outcome, names);
}

function inSeconds(what: 'timeout' | 'heartbeat', value: number | undefined): Record<string, number> {
  return value === undefined ? {} : { [`${what}InSeconds`]: value };
}

function eventNames(resource: TaskResource) {
  if (resource.kind === 'lambda') {
    return {
      scheduled: 'LambdaFunctionScheduled',
      started: 'LambdaFunctionStarted',
      succeeded: 'LambdaFunctionSucceeded',
      failed: 'LambdaFunctionFailed',
      unsubmitted: 'LambdaFunctionFailed',
      timedOut: 'LambdaFunctionTimedOut',
      details: undefined,
      who: resource.arn,
    };
  }
  return {
    scheduled: 'TaskScheduled',
    started: 'TaskStarted',
    succeeded: 'TaskSucceeded',
    failed: 'TaskFailed',
    unsubmitted: resource.pattern === 'request' ? 'TaskFailed' : 'TaskSubmitFailed',
    timedOut: 'TaskTimedOut',
    details: { resourceType: resource.resourceType, resource: resource.resource },
    who: resource.resourceType,
  };
}

function conclude(frame: Frame<TaskState>, outcome: Outcome, names: ReturnType<typeof eventNames>): Data {
  const { runtime, scope } = frame;
  const fail = (type: string, failure: Failure): never => {
    record(runtime, scope, type, { ...names.details, ...failureDetails(failure) });
    throw failure;
  };
  switch (outcome.kind) {
    case 'success':
      if (exceedsLimit(outcome.output.text)) return fail(names.failed, tooLarge(names.who));
      record(runtime, scope, names.succeeded, { ...names.details, ...outputDetails(outcome.output) });
      return outcome.output;
    case 'failure':
      return fail(outcome.unsubmitted ? names.unsubmitted : names.failed, outcome.failure);
    case 'timeout':
      return fail(names.timedOut, new Failure('States.Timeout', undefined, { heartbeat: outcome.heartbeat }));
  }
}
