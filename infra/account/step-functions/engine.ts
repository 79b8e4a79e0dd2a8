import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Graph } from './definition.ts';
import { ApiError } from './errors.ts';
import {
  ABORTED,
  abort,
  append,
  createScope,
  type Execution,
  type ExecutionStatus,
  type ExecutionView,
  failureDetails,
  inputDetails,
  newExecution,
  outputDetails,
  type Resume,
  resumeOf,
} from './execution.ts';
import { createCompiler } from './expressions.ts';
import { EVENT_LIMIT, type HistoryEvent } from './history.ts';
import type { IntegrationCall, Integrations, InternalCall } from './integrations.ts';
import { runGraph } from './interpreter.ts';
import type { Data } from './json.ts';
import { createGraphs, type Machine, type Target } from './machines.ts';
import { Failure } from './retry.ts';
import type { StateRuntime } from './states/frame.ts';
import { refuseUnknownTasks, type TaskResource } from './task-resource.ts';
import { createTokens } from './tokens.ts';

/** AWS forgets an execution this long after its end. */
const RETENTION = 90 * 24 * 3600 * 1000;

/** AWS ends an execution that is open for longer. */
const LONGEST_EXECUTION = 365 * 24 * 3600 * 1000;

export interface EngineOptions {
  readonly clock: Clock;
  /** Twelve digits; default 000000000000. */
  readonly account?: string;
  /** Default us-east-1. */
  readonly region?: string;
  /** Performs the tasks that leave the engine. */
  readonly integrations: Integrations;
  /** Whether it can perform tasks of this resource; default: all. What it cannot is refused when a machine is created. */
  readonly integrates?: (resource: TaskResource) => boolean;
  /** Fresh ids for executions, tokens, revisions and requests; default random UUIDs. */
  readonly newId?: () => string;
  /** In [0, 1), for jitter and `$random`; default Math.random. */
  readonly random?: () => number;
  /** How many closed executions to keep, history and all; default all. */
  readonly keepClosed?: number;
  /** Virtual milliseconds that the next transition has to wait because there were too many; default none. */
  readonly pace?: (() => number) | undefined;
  /** Told every event as it is written, for timelines and counters. */
  readonly onEvent?: (execution: ExecutionView, event: HistoryEvent) => void;
}

interface Begin {
  readonly name: string;
  readonly input: Data;
  readonly traceHeader?: string | undefined;
}

export interface Engine {
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly newId: () => string;
  readonly machines: Map<string, Machine>;
  readonly executions: Map<string, Execution>;
  readonly runtime: StateRuntime;
  readonly graphOf: (definition: string) => Graph;
  start(target: Target, start: Begin): Execution;
  close(
    execution: Execution,
    status: ExecutionStatus,
    result?: { readonly output?: Data; readonly error?: string; readonly cause?: string },
  ): void;
  redrive(execution: Execution): void;
  /** Forgets what AWS would have forgotten by now; its name is free again. */
  forgetExpired(): void;
  /** Deletes a machine once its executions have ended, each at its next transition. */
  remove(machine: Machine): void;
  /** Throws NotEmulated for a definition whose tasks go where this account cannot. */
  refuseUnknown(definition: string): void;
}

/** The engine below the API: runs executions, closes them, and forgets the oldest closed ones. */
export function createEngine(
  options: EngineOptions,
  internalOf: (engine: Engine) => (call: IntegrationCall, pattern: string) => InternalCall | undefined,
): Engine {
  const { clock } = options;
  const newId = options.newId ?? randomUUID;
  const random = options.random ?? Math.random;
  const account = options.account ?? '000000000000';
  const region = options.region ?? 'us-east-1';
  const graphOf = createGraphs(createCompiler({ now: () => clock.now(), random, uuid: newId }));
  const executions = new Map<string, Execution>();
  const machines = new Map<string, Machine>();
  const closed: Execution[] = [];
  const tokens = createTokens(newId);

  const runtime: StateRuntime = {
    clock,
    random,
    pace: options.pace,
    onEvent: options.onEvent,
    overflow: (execution) =>
      close(execution, 'FAILED', {
        error: 'States.Runtime',
        cause: `The execution reached the maximum number of history events (${EVENT_LIMIT}).`,
      }),
    tasks: { tokens, integrations: options.integrations, internal: (call, pattern) => internal(call, pattern), region },
    terminate: (execution) => close(execution, 'ABORTED'),
    runGraph: (scope, graphRun) => runGraph(runtime, scope, graphRun),
  };

  function start(target: Target, begin: Begin): Execution {
    const { machine, revision, version } = target;
    const startedAt = clock.now();
    const execution = newExecution({
      arn: `arn:aws:states:${region}:${account}:execution:${machine.name}:${begin.name}`,
      name: begin.name,
      stateMachineArn: machine.arn,
      versionArn: version?.versionArn,
      traceHeader: begin.traceHeader,
      machine: revision,
      graph: graphOf(revision.definition),
      input: begin.input,
      startedAt,
    });
    execution.root = createScope(execution, { last: 0, variables: {} });
    executions.set(execution.arn, execution);
    machine.executions.set(execution.arn, execution);
    append(runtime, execution, {
      type: 'ExecutionStarted',
      previous: 0,
      details: { ...inputDetails(execution.input), roleArn: revision.roleArn },
    });
    run(execution, { input: execution.input });
    return execution;
  }

  function run(execution: Execution, begin: { readonly input: Data; readonly resume?: Resume }): void {
    const { graph, root } = execution;
    const limit = Math.min(
      graph.timeoutSeconds === undefined ? LONGEST_EXECUTION : graph.timeoutSeconds * 1000,
      LONGEST_EXECUTION,
    );
    const timer = clock.at(
      clock.now() + limit,
      () => close(execution, 'TIMED_OUT'),
      `${execution.name}: execution timeout`,
    );
    execution.onClose.add(() => timer.cancel());
    runGraph(runtime, root, { graph, ...begin }).then(
      (output) => close(execution, 'SUCCEEDED', { output }),
      (error: unknown) => {
        if (error === ABORTED || root.aborted) return;
        close(
          execution,
          'FAILED',
          error instanceof Failure
            ? failureDetails(error)
            : {
                error: 'States.Runtime',
                cause: error instanceof Error ? (error.stack ?? error.message) : String(error),
              },
        );
      },
    );
  }

  function close(
    execution: Execution,
    status: ExecutionStatus,
    result: { readonly output?: Data; readonly error?: string; readonly cause?: string } = {},
  ): void {
    if (execution.status !== 'RUNNING') return;
    const { root } = execution;
    const stopped = status === 'ABORTED' || status === 'TIMED_OUT';
    execution.status = status;
    execution.stoppedAt = clock.now();
    execution.output = result.output?.text;
    execution.error = result.error;
    execution.cause = result.cause;
    const failure = failureDetails({ error: result.error, cause: result.cause });
    const details = result.output === undefined ? failure : outputDetails(result.output);
    append(runtime, execution, {
      type: EVENT_OF[status],
      previous: stopped ? 0 : root.last,
      details,
    });
    if (status !== 'SUCCEEDED') execution.failedAt = resumeOf(root);
    abort(root);
    for (const tell of execution.onClose) tell();
    execution.onClose.clear();
    closed.push(execution);
    const machine = machines.get(execution.stateMachineArn);
    if (machine?.deleting === true) remove(machine);
    while (closed.length > (options.keepClosed ?? Number.POSITIVE_INFINITY)) forget(closed.shift());
  }

  function forget(execution: Execution | undefined): void {
    if (execution === undefined || execution.status === 'RUNNING') return;
    executions.delete(execution.arn);
    machines.get(execution.stateMachineArn)?.executions.delete(execution.arn);
  }

  function forgetExpired(): void {
    const before = clock.now() - RETENTION;
    while (closed[0]?.stoppedAt !== undefined && closed[0].stoppedAt <= before) forget(closed.shift());
  }

  function remove(machine: Machine): void {
    const running = [...machine.executions.values()].filter(({ status }) => status === 'RUNNING');
    machine.deleting = running.length > 0;
    for (const execution of running) execution.doomed = true;
    if (machine.deleting) return;
    machines.delete(machine.arn);
  }

  function redrive(execution: Execution): void {
    const { failedAt } = execution;
    if (failedAt === undefined)
      throw new ApiError('ExecutionNotRedrivable', `Execution '${execution.arn}' cannot be redriven`);
    execution.status = 'RUNNING';
    execution.stoppedAt = undefined;
    execution.error = undefined;
    execution.cause = undefined;
    execution.redriveCount += 1;
    execution.redrivenAt = clock.now();
    execution.failedAt = undefined;
    const index = closed.indexOf(execution);
    if (index >= 0) closed.splice(index, 1);
    const last = append(runtime, execution, {
      type: 'ExecutionRedriven',
      previous: execution.eventCount,
      details: { redriveCount: execution.redriveCount },
    });
    execution.root = createScope(execution, { last, variables: failedAt.variables });
    run(execution, { input: failedAt.input, resume: failedAt });
  }

  const engine: Engine = {
    clock,
    account,
    region,
    newId,
    machines,
    executions,
    runtime,
    graphOf,
    start,
    close,
    redrive,
    forgetExpired,
    remove,
    refuseUnknown: (definition) => refuseUnknownTasks(definition, options.integrates),
  };
  const internal = internalOf(engine);
  return engine;
}

const EVENT_OF: Readonly<Record<ExecutionStatus, string>> = {
  RUNNING: 'ExecutionStarted',
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
};
