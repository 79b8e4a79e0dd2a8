import type { TaskState } from '../definition.ts';
import { NotEmulated, TaskError } from '../errors.ts';
import { ABORTED, record, type Scope } from '../execution.ts';
import { COMPLETE } from '../history.ts';
import type { IntegrationCall, Outcome } from '../integrations.ts';
import { type Data, dataFrom, dataOf } from '../json.ts';
import { Failure } from '../retry.ts';
import type { Frame } from './frame.ts';

/** A task whose parameters are known, ready to be called. */
export interface Attempt {
  readonly frame: Frame<TaskState>;
  readonly parameters: Data;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly token: string | undefined;
}

function callOf(attempt: Attempt): IntegrationCall {
  const { frame, parameters, token } = attempt;
  const { resource } = frame.state;
  const { execution } = frame.scope;
  return {
    resource: resource.arn,
    service: resource.kind === 'lambda' ? 'lambda' : resource.service,
    action: resource.kind === 'lambda' ? 'invoke' : resource.action,
    kind: resource.kind === 'lambda' ? 'function' : resource.sdk ? 'sdk' : 'optimized',
    parameters: parameters.value,
    taskToken: token,
    executionArn: execution.arn,
    roleArn: execution.machine.roleArn,
    executionName: execution.name,
    stateName: frame.state.name,
    retryCount: frame.retryCount,
    at: frame.runtime.clock.now(),
  };
}

/** Calls the service and waits for whatever comes first: the result, a callback, a timeout, the end of the scope. */
export function perform(attempt: Attempt): Promise<Outcome> {
  const { frame, token } = attempt;
  const { runtime, scope, state } = frame;
  const { clock, tasks } = runtime;
  const pattern = state.resource.kind === 'lambda' ? 'request' : state.resource.pattern;
  const label = `${scope.execution.name}: ${state.name}`;
  const startedAt = clock.now();
  const seconds = (value: number | undefined, heartbeat: boolean) =>
    value === undefined
      ? undefined
      : clock.at(
          clock.now() + value * 1000,
          () => settle({ kind: 'timeout', heartbeat }),
          `${label} (${heartbeat ? 'heartbeat' : 'timeout'})`,
        );

  let settle: (outcome: Outcome) => void = () => undefined;
  return new Promise<Outcome>((resolve, reject) => {
    let over = false;
    let submitted = pattern === 'request';
    let early: Outcome | undefined;
    let stopFollowing: (() => void) | undefined;
    let stopJob: (() => void) | undefined;
    const finish = (): boolean => {
      if (over) return false;
      over = true;
      timeout?.cancel();
      heartbeat?.cancel();
      stopFollowing?.();
      if (token !== undefined) tasks.tokens.close(token);
      scope.pending.delete(cancel);
      return true;
    };
    const cancel = (): void => {
      if (!finish()) return;
      reject(ABORTED);
      stopJob?.();
    };
    settle = (outcome) => {
      if (submitted || outcome.kind === 'timeout') {
        if (finish()) resolve(outcome);
      } else if (early === undefined) {
        early = outcome;
        if (token !== undefined) tasks.tokens.close(token);
      }
    };
    const fatal = (error: unknown): void => {
      if (finish()) reject(error);
    };
    const timeout = seconds(attempt.timeoutSeconds, false);
    let heartbeat = seconds(attempt.heartbeatSeconds, true);
    scope.pending.add(cancel);
    if (token !== undefined) {
      tasks.tokens.open({
        token,
        execution: scope.execution,
        state: state.name,
        since: startedAt,
        deadline: attempt.timeoutSeconds === undefined ? undefined : startedAt + attempt.timeoutSeconds * 1000,
        succeed: (output) => settle({ kind: 'success', output: dataFrom(output) }),
        fail: (error, cause) => settle({ kind: 'failure', failure: new Failure(error, cause) }),
        heartbeat: () => {
          heartbeat?.cancel();
          heartbeat = seconds(attempt.heartbeatSeconds, true);
        },
      });
    }

    const answered = (answer: unknown): void => {
      if (over) return;
      const output = dataOf(answer);
      if (pattern === 'request') {
        settle({ kind: 'success', output });
        return;
      }
      if (state.resource.kind === 'service') {
        const { resourceType, resource } = state.resource;
        record(runtime, scope, 'TaskSubmitted', {
          resourceType,
          resource,
          output: output.text,
          outputDetails: COMPLETE,
        });
      }
      submitted = true;
      if (early !== undefined) settle(early);
    };
    const failed = (error: unknown): void => {
      if (over) return;
      if (!(error instanceof TaskError)) {
        fatal(runtimeFailure(error));
        return;
      }
      submitted = true;
      settle({ kind: 'failure', failure: new Failure(error.error, error.cause), unsubmitted: true });
    };

    const call = callOf(attempt);
    try {
      const internal = tasks.internal(call, pattern);
      if (internal !== undefined) {
        stopJob = internal.stop;
        answered(internal.answer);
        if (!over) stopFollowing = internal.outcome?.(settle);
        return;
      }
    } catch (error) {
      failed(error);
      return;
    }
    if (pattern === 'sync' || pattern === 'sync:2') {
      fatal(runtimeFailure(new NotEmulated(`the integration '${call.resource}'`)));
      return;
    }
    void clock.busy(() => tasks.integrations(call)).then(guarded(scope, answered, fatal), failed);
  });
}

/** Recording an answer can itself end the execution (history full); that must not get lost in a promise. */
function guarded(
  scope: Scope,
  use: (value: unknown) => void,
  fatal: (error: unknown) => void,
): (value: unknown) => void {
  return (value) => {
    try {
      if (!scope.aborted) use(value);
    } catch (error) {
      fatal(error);
    }
  };
}

/** What is not a task's own failure is the machine's or the emulator's fault: loud, and not to be caught. */
function runtimeFailure(error: unknown): Failure {
  const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new Failure('States.Runtime', cause, { fatal: true });
}
