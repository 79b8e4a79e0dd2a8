import { checkName, checkPayload, oneOf, type Parameters, page } from './api-checks.ts';
import { type Action, findExecution } from './api-machines.ts';
import type { Engine } from './engine.ts';
import { ApiError, NotEmulated } from './errors.ts';
import type { Execution } from './execution.ts';
import { dataFrom, type JsonObject } from './json.ts';
import { findTarget } from './machines.ts';

const seconds = (milliseconds: number): number => milliseconds / 1000;

const STATUSES = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'] as const;
const REDRIVE_WINDOW = 14 * 24 * 3600 * 1000;
const REDRIVE_EVENTS = 24_999;

/** The API's actions on executions and task tokens. */
export function executionActions(engine: Engine): Record<string, Action> {
  const { tokens } = engine.runtime.tasks;

  const task = (parameters: Parameters) => tokens.find(parameters.required('taskToken'));

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
      const execution = findExecution(engine, parameters.required('executionArn'));
      const error = parameters.text('error');
      const cause = parameters.text('cause');
      engine.close(execution, 'ABORTED', {
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      });
      return { stopDate: seconds(execution.stoppedAt ?? engine.clock.now()) };
    },
    DescribeExecution: (parameters) =>
      describeExecution(engine, findExecution(engine, parameters.required('executionArn'))),
    ListExecutions: (parameters) => listExecutions(engine, parameters),
    GetExecutionHistory: (parameters) => {
      const { events } = findExecution(engine, parameters.required('executionArn'));
      const { items, nextToken } = page(parameters.flag('reverseOrder') ? events.toReversed() : events, parameters);
      return { events: items, ...(nextToken === undefined ? {} : { nextToken }) };
    },
    RedriveExecution: (parameters) => {
      const execution = findExecution(engine, parameters.required('executionArn'));
      const { status, reason } = redriveStatus(engine, execution);
      if (status !== 'REDRIVABLE')
        throw new ApiError('ExecutionNotRedrivable', reason ?? 'Execution cannot be redriven');
      engine.redrive(execution);
      return { redriveDate: seconds(engine.clock.now()) };
    },
    SendTaskSuccess: (parameters) => {
      const output = parameters.required('output');
      const open = task(parameters);
      checkPayload('output', output, { error: 'InvalidOutput', message: 'Invalid Output' });
      open.succeed(output);
      return {};
    },
    SendTaskFailure: (parameters) => {
      task(parameters).fail(parameters.text('error'), parameters.text('cause'));
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
  checkPayload('input', input, { error: 'InvalidExecutionInput', message: 'Invalid State Machine Execution Input' });
  const target = findTarget(engine.machines, given);
  if (target.machine.type === 'EXPRESS') throw new NotEmulated('express executions');
  const arn = `arn:aws:states:${engine.region}:${engine.account}:execution:${target.machine.name}:${name}`;
  const existing = engine.executions.get(arn);
  if (existing !== undefined) {
    if (existing.status === 'RUNNING' && existing.input.text === input) return existing;
    throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  }
  return engine.start(target, { name, input: dataFrom(input) });
}

function describeExecution(engine: Engine, execution: Execution): JsonObject {
  const redrive = redriveStatus(engine, execution);
  const finished =
    execution.output === undefined ? {} : { output: execution.output, outputDetails: { included: true } };
  return {
    ...summary(execution),
    ...finished,
    ...(execution.error === undefined ? {} : { error: execution.error }),
    ...(execution.cause === undefined ? {} : { cause: execution.cause }),
    input: execution.input.text,
    inputDetails: { included: true },
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
  if (parameters.has('mapRunArn')) throw new NotEmulated('map runs');
  const { machine, versionArn } = findTarget(engine.machines, parameters.required('stateMachineArn'));
  const all = [...machine.executions.values()]
    .toReversed()
    .filter(
      (execution) =>
        (statusFilter === undefined || execution.status === statusFilter) &&
        (versionArn === undefined || execution.versionArn === versionArn),
    );
  const { items, nextToken } = page(all, parameters, 3096);
  return { executions: items.map(summary), ...(nextToken === undefined ? {} : { nextToken }) };
}
