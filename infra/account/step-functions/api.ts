import { type Parameters, readParameters } from './api-checks.ts';
import { executionActions } from './api-executions.ts';
import { machineActions } from './api-machines.ts';
import { actionParameters } from './api-parameters.ts';
import { versionActions } from './api-versions.ts';
import { createEngine, type Engine, type EngineOptions } from './engine.ts';
import { NotEmulated } from './errors.ts';
import type { ExecutionView } from './execution.ts';
import { internalServices } from './nested.ts';
import { testState } from './test-state.ts';

/** A task that waits for an answer, for display. */
interface WaitingTask {
  readonly executionArn: string;
  readonly state: string;
  readonly taskToken: string;
  /** Virtual milliseconds since the epoch. */
  readonly since: number;
  readonly deadline: number | undefined;
}

export interface StepFunctions {
  /**
   * Answers an action of the wire API (`AWSStepFunctions.<action>`, JSON 1.0); dates are numbers of
   * epoch seconds. Throws ApiError with AWS's code; NotEmulated (an ApiError, too) for what is not done here.
   */
  call(action: string, params: unknown): Promise<unknown>;
  /** An execution with its counters; undefined when it does not exist or was forgotten. */
  execution(arn: string): ExecutionView | undefined;
  /** All executions that are kept, oldest first. */
  executions(): ExecutionView[];
  /** The ARN of the state machine that waits on a token; undefined when none does. */
  machineOf(taskToken: string): string | undefined;
  /** Tasks that wait for a callback. */
  waitingTasks(): WaitingTask[];
  /** Resolves with the execution once it is closed; let the clock run until then. */
  closed(executionArn: string): Promise<ExecutionView>;
}

function read(action: string, params: unknown): Parameters {
  return readParameters(params, actionParameters[action] ?? {}, action);
}

/** Creates a local Step Functions service whose waits and timeouts follow the given clock. */
export function createStepFunctions(options: EngineOptions): StepFunctions {
  const engine: Engine = createEngine(options, (created) =>
    internalServices(created, (action, params) => answer(action, params)),
  );
  const actions = {
    ...machineActions(engine),
    ...versionActions(engine),
    ...executionActions(engine),
  };

  function answer(action: string, params: unknown): unknown {
    const perform = Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (perform === undefined) throw new NotEmulated(`the Step Functions action '${action}'`);
    return perform(read(action, params));
  }

  return {
    call: async (action, params) =>
      action === 'TestState' ? testState(engine, read(action, params)) : answer(action, params),
    execution: (arn) => engine.executions.get(arn),
    executions: () => [...engine.executions.values()],
    machineOf: (taskToken) => engine.runtime.tasks.tokens.waiting(taskToken)?.execution.machine.arn,
    waitingTasks: () =>
      [...engine.runtime.tasks.tokens.all()].map(({ execution, state, token, since, deadline }) => ({
        executionArn: execution.arn,
        state,
        taskToken: token,
        since,
        deadline,
      })),
    closed: (arn) => {
      const execution = engine.executions.get(arn);
      if (execution === undefined) return Promise.reject(new RangeError(`there is no execution '${arn}'`));
      if (execution.status !== 'RUNNING') return Promise.resolve(execution);
      return new Promise((resolve) => execution.onClose.add(() => resolve(execution)));
    },
  };
}
