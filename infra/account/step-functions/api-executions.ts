import { atMost, checkName, checkPayload, notEmpty, oneOf, type Parameters, page } from './api-checks.ts';
import { type Action, findExecution } from './api-machines.ts';
import type { Engine } from './engine.ts';
import { ApiError, NotEmulated } from './errors.ts';
import type { Execution } from './execution.ts';
import type { HistoryEvent } from './history.ts';
import { dataFrom, isObject, type JsonObject } from './json.ts';
import { findTarget } from './machines.ts';

const seconds = (milliseconds: number): number => milliseconds / 1000;

const STATUSES = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'] as const;
const REDRIVE_WINDOW = 14 * 24 * 3600 * 1000;
const REDRIVE_EVENTS = 24_999;

/** The API's actions on executions and task tokens. */
export function executionActions(engine: Engine): Record<string, Action> {
  const { tokens } = engine.runtime.tasks;

  const task = (parameters: Parameters) => {
    const token = parameters.required('taskToken');
    notEmpty('taskToken', token);
    atMost('taskToken', token, 2048);
    return tokens.find(token);
  };

  return {
    StartExecution: (parameters) => {
      const execution = startExecution(engine, parameters);
      return { executionArn: execution.arn, startDate: seconds(execution.startedAt) };
    },
    StartSyncExecution: (parameters) => {
      const { machine } = findTarget(engine.machines, parameters.required('stateMachineArn'));
      if (machine.type === 'STANDARD')
        throw new ApiError(
          'StateMachineTypeNotSupported',
          'This operation is not supported by this type of state machine',
        );
      throw new NotEmulated('express executions');
    },
    StopExecution: (parameters) => {
      const failure = failureIn(parameters);
      const execution = findExecution(engine, parameters.required('executionArn'));
      engine.close(execution, 'ABORTED', failure);
      return { stopDate: seconds(execution.stoppedAt ?? engine.clock.now()) };
    },
    DescribeExecution: (parameters) => {
      const included = oneOf('includedData', parameters.text('includedData'), ['ALL_DATA', 'METADATA_ONLY']);
      const execution = findExecution(engine, parameters.required('executionArn'));
      return describeExecution(engine, execution, included !== 'METADATA_ONLY');
    },
    ListExecutions: (parameters) => listExecutions(engine, parameters),
    GetExecutionHistory: (parameters) => {
      const { arn, events } = findExecution(engine, parameters.required('executionArn'));
      const reverse = parameters.flag('reverseOrder');
      const of = `history of ${arn}${reverse ? ' backwards' : ''}`;
      const { items, nextToken } = page(reverse ? events.toReversed() : events, parameters, { of });
      const whole = !parameters.has('includeExecutionData') || parameters.flag('includeExecutionData');
      return { events: whole ? items : items.map(withoutData), ...(nextToken === undefined ? {} : { nextToken }) };
    },
    RedriveExecution: (parameters) => {
      const execution = findExecution(engine, parameters.required('executionArn'));
      const clientToken = parameters.text('clientToken');
      notEmpty('clientToken', clientToken);
      atMost('clientToken', clientToken, 64);
      const { redrivenAt, redriveToken } = execution;
      if (redrivenAt !== undefined && clientToken !== undefined && clientToken === redriveToken)
        return { redriveDate: seconds(redrivenAt) };
      const { status, reason } = redriveStatus(engine, execution);
      if (status !== 'REDRIVABLE')
        throw new ApiError('ExecutionNotRedrivable', reason ?? 'Execution cannot be redriven');
      engine.redrive(execution);
      execution.redriveToken = clientToken;
      return { redriveDate: seconds(engine.clock.now()) };
    },
    SendTaskSuccess: (parameters) => {
      const output = parameters.required('output');
      const open = task(parameters);
      checkPayload('output', output, {
        error: 'InvalidOutput',
        message: 'Invalid Output',
        empty: 'Invalid output.',
      });
      open.succeed(output);
      return {};
    },
    SendTaskFailure: (parameters) => {
      const { error, cause } = failureIn(parameters);
      task(parameters).fail(error, cause);
      return {};
    },
    SendTaskHeartbeat: (parameters) => {
      task(parameters).heartbeat();
      return {};
    },
  };
}

/** Starts an execution, or finds the running one of that name and input. Throws ExecutionAlreadyExists and the API's other errors. */
export function startExecution(engine: Engine, parameters: Parameters): Execution {
  const given = parameters.required('stateMachineArn');
  const name = checkName(parameters.text('name') ?? engine.newId());
  const input = parameters.text('input') ?? '{}';
  checkPayload('input', input, {
    error: 'InvalidExecutionInput',
    message: 'Invalid State Machine Execution Input',
    empty: 'Invalid execution input.',
  });
  const traceHeader = parameters.text('traceHeader');
  atMost('traceHeader', traceHeader, 256);
  const target = findTarget(engine.machines, given);
  if (target.machine.deleting) throw new ApiError('StateMachineDeleting', `State Machine Deleting: '${given}'`);
  if (target.machine.type === 'EXPRESS') throw new NotEmulated('express executions');
  engine.forgetExpired();
  const arn = `arn:aws:states:${engine.region}:${engine.account}:execution:${target.machine.name}:${name}`;
  const existing = engine.executions.get(arn);
  if (existing !== undefined) {
    if (existing.status === 'RUNNING' && existing.input.text === input) return existing;
    throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  }
  return engine.start(target, { name, input: dataFrom(input), traceHeader });
}

/** What a caller names as failed. Throws ValidationException for what is too long. */
function failureIn(parameters: Parameters): { readonly error?: string; readonly cause?: string } {
  const [error, cause] = [parameters.text('error'), parameters.text('cause')];
  atMost('error', error, 256);
  atMost('cause', cause, 32_768);
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}

const DATA = new Set(['input', 'output']);

/** An event without the data that states were given and answered. */
function withoutData(event: HistoryEvent): HistoryEvent {
  return Object.fromEntries(
    Object.entries(event).map(([key, value]) => [
      key,
      isObject(value) ? Object.fromEntries(Object.entries(value).filter(([member]) => !DATA.has(member))) : value,
    ]),
  ) as unknown as HistoryEvent;
}

function describeExecution(engine: Engine, execution: Execution, included: boolean): JsonObject {
  const redrive = redriveStatus(engine, execution);
  const { output, error, cause, input, traceHeader } = execution;
  return {
    ...summary(execution),
    ...(output === undefined ? {} : { ...(included ? { output } : {}), outputDetails: { included } }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    ...(included ? { input: input.text } : {}),
    inputDetails: { included },
    ...(traceHeader === undefined ? {} : { traceHeader }),
    redriveStatus: redrive.status,
    ...(redrive.reason === undefined ? {} : { redriveStatusReason: redrive.reason }),
  };
}

function summary(execution: Execution): JsonObject {
  const { arn, name, status, stateMachineArn, versionArn, startedAt, stoppedAt, redriveCount, redrivenAt } = execution;
  return {
    executionArn: arn,
    name,
    status,
    stateMachineArn,
    ...(versionArn === undefined ? {} : { stateMachineVersionArn: versionArn }),
    startDate: seconds(startedAt),
    ...(stoppedAt === undefined ? {} : { stopDate: seconds(stoppedAt) }),
    redriveCount,
    ...(redrivenAt === undefined ? {} : { redriveDate: seconds(redrivenAt) }),
  };
}

function redriveStatus(engine: Engine, execution: Execution): { readonly status: string; readonly reason?: string } {
  const { status, stoppedAt, eventCount } = execution;
  if (status === 'RUNNING' || status === 'SUCCEEDED')
    return { status: 'NOT_REDRIVABLE', reason: `Execution is ${status} and cannot be redriven` };
  if (eventCount >= REDRIVE_EVENTS)
    return { status: 'NOT_REDRIVABLE', reason: 'Execution event history has more than 24,999 events' };
  if (stoppedAt !== undefined && engine.clock.now() - stoppedAt > REDRIVE_WINDOW)
    return { status: 'NOT_REDRIVABLE', reason: 'Execution redrivable period exceeded' };
  return { status: 'REDRIVABLE' };
}

function listExecutions(engine: Engine, parameters: Parameters): JsonObject {
  const statusFilter = oneOf('statusFilter', parameters.text('statusFilter'), STATUSES);
  const redriveFilter = oneOf('redriveFilter', parameters.text('redriveFilter'), ['NOT_REDRIVEN', 'REDRIVEN']);
  if (parameters.has('mapRunArn')) throw new NotEmulated('map runs');
  const given = parameters.text('stateMachineArn');
  if (given === undefined)
    throw new ApiError('ValidationException', 'Must provide a StateMachine ARN or MapRun ARN', {
      reason: 'MISSING_REQUIRED_PARAMETER',
    });
  const { machine, version } = findTarget(engine.machines, given);
  engine.forgetExpired();
  const all = [...machine.executions.values()]
    .toReversed()
    .filter(
      ({ status, versionArn, redriveCount }) =>
        (statusFilter === undefined || status === statusFilter) &&
        (redriveFilter === undefined || redriveCount > 0 === (redriveFilter === 'REDRIVEN')) &&
        (version === undefined || versionArn === version.versionArn),
    );
  const of = `executions of ${given}, ${statusFilter ?? 'all'}, ${redriveFilter ?? 'all'}`;
  const { items, nextToken } = page(all, parameters, { of, longestToken: 3096 });
  return { executions: items.map(summary), ...(nextToken === undefined ? {} : { nextToken }) };
}
