import { type Clock, createClock } from '../../../../infra/account/clock.ts';
import { createStepFunctions, type StepFunctions } from '../../../../infra/account/step-functions/api.ts';
import type { EngineOptions } from '../../../../infra/account/step-functions/engine.ts';
import type { HistoryEvent } from '../../../../infra/account/step-functions/history.ts';
import type { IntegrationCall } from '../../../../infra/account/step-functions/integrations.ts';
import { isObject, type JsonObject } from '../../../../infra/account/step-functions/json.ts';

export const START = Date.UTC(2026, 2, 2, 9);
export const ROLE = 'arn:aws:iam::111111111111:role/test';
export const FUNCTION = 'arn:aws:lambda:us-east-1:111111111111:function:work';

export interface World {
  readonly clock: Clock;
  readonly stepFunctions: StepFunctions;
  /** What the tasks asked for, in order. */
  readonly calls: IntegrationCall[];
  /** Creates a machine of these states and starts it; answers the execution's ARN. */
  start(
    states: JsonObject,
    more?: { readonly input?: unknown; readonly machine?: JsonObject; readonly name?: string },
  ): Promise<string>;
  describe(executionArn: string): Promise<JsonObject>;
  history(executionArn: string): Promise<HistoryEvent[]>;
  /** The parsed output of a finished execution. */
  output(executionArn: string): Promise<unknown>;
}

/** An engine whose tasks are answered by `perform`, under a clock that stands at START. */
export function createWorld(
  perform: (call: IntegrationCall) => unknown = () => ({}),
  options: Partial<EngineOptions> = {},
): World {
  const clock = createClock({ start: START });
  const calls: IntegrationCall[] = [];
  let ids = 0;
  const stepFunctions = createStepFunctions({
    clock,
    account: '111111111111',
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    integrations: async (call) => {
      calls.push(call);
      return perform(call);
    },
    ...options,
  });
  let machines = 0;

  const object = (value: unknown): JsonObject => (isObject(value) ? value : {});
  const describe = async (executionArn: string) =>
    object(await stepFunctions.call('DescribeExecution', { executionArn }));

  return {
    clock,
    stepFunctions,
    calls,
    describe,
    start: async (states, more = {}) => {
      machines += 1;
      const [first] = Object.keys(states);
      const definition = { QueryLanguage: 'JSONata', StartAt: first, States: states, ...more.machine };
      const created = object(
        await stepFunctions.call('CreateStateMachine', {
          name: `machine-${machines}`,
          definition: JSON.stringify(definition),
          roleArn: ROLE,
        }),
      );
      const started = object(
        await stepFunctions.call('StartExecution', {
          stateMachineArn: created['stateMachineArn'],
          input: JSON.stringify(more.input ?? {}),
          ...(more.name === undefined ? {} : { name: more.name }),
        }),
      );
      await clock.settled();
      return String(started['executionArn']);
    },
    history: async (executionArn) => {
      const answer = object(await stepFunctions.call('GetExecutionHistory', { executionArn, maxResults: 1000 }));
      return answer['events'] as HistoryEvent[];
    },
    output: async (executionArn) => JSON.parse(String((await describe(executionArn))['output'])),
  };
}

/** Event types in order, without the entering and leaving of states. */
export function happenings(events: readonly HistoryEvent[]): string[] {
  return events.map(({ type }) => type).filter((type) => !/State(Entered|Exited)$/.test(type));
}
