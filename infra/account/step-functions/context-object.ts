import type { State } from './definition.ts';
import type { Execution, Scope } from './execution.ts';
import type { JsonObject } from './json.ts';

/** A visit to a state, as far as the context object tells of it. */
interface Visit {
  readonly scope: Scope;
  readonly state: State;
  /** Virtual milliseconds since the epoch. */
  readonly enteredAt: number;
  readonly retryCount: number;
  readonly token: string | undefined;
}

const WITH_RETRY: ReadonlySet<State['type']> = new Set(['Task', 'Parallel', 'Map']);

/** The context object as `$states.context` shows it: what AWS recorded, member by member. */
export function contextObject({ scope, state, enteredAt, retryCount, token }: Visit): JsonObject {
  const { execution, item } = scope;
  if (execution.test?.context !== undefined) return execution.test.context;
  return {
    Execution: executionMembers(execution),
    StateMachine: { Id: execution.machine.arn, Name: execution.machine.name },
    State: {
      Name: state.name,
      EnteredTime: new Date(enteredAt).toISOString(),
      ...(WITH_RETRY.has(state.type) ? { RetryCount: retryCount } : {}),
    },
    ...(token === undefined ? {} : { Task: { Token: token } }),
    ...(item === undefined ? {} : { Map: { Item: item } }),
  };
}

/** A state under test belongs to no execution that could be redriven. */
function executionMembers(execution: Execution): JsonObject {
  const { arn, input, name, machine, startedAt, redriveCount, redrivenAt, test } = execution;
  return {
    Id: arn,
    Input: input.value,
    StartTime: new Date(startedAt).toISOString(),
    Name: name,
    RoleArn: test === undefined ? machine.roleArn : test.roleArn,
    ...(test === undefined ? { RedriveCount: redriveCount } : {}),
    ...(redrivenAt === undefined ? {} : { RedriveTime: new Date(redrivenAt).toISOString() }),
  };
}
