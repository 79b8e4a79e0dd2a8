import { currentInvocation, outsideOfInvocations } from './invocations.ts';
import { AwsError } from './wire/errors.ts';
import type { Service } from './wire/message.ts';

/**
 * What goes wrong with one call. `throttled`, `failed`: it has no effect, and the caller is told. `answer lost`: it takes effect,
 * and the caller hears of a failure. `sent twice`: the answer was lost, and the SDK sent it again. `killed before`, `killed after`:
 * the function that calls ends at that moment, without a word.
 */
export type Fault = 'throttled' | 'failed' | 'answer lost' | 'sent twice' | 'killed before' | 'killed after';

/** A call that may go wrong. */
export interface FaultyCall {
  /** As its calls are signed: `dynamodb`, `ses`, `states`, … */
  readonly service: string;
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The name of the function that calls; undefined where a state machine does. */
  readonly functionName: string | undefined;
}

/** What is to go wrong. */
export interface Faults {
  /** Asked before each call of a function or a state machine. */
  next(call: FaultyCall): Fault | undefined;
}

/** How each service says that there is too much of something, or that it has failed. */
const words: Readonly<Record<string, { readonly throttled: string; readonly failed: string; readonly text: string }>> =
  {
    dynamodb: {
      throttled: 'ThrottlingException',
      failed: 'InternalServerError',
      text: 'Throughput exceeds the current capacity of your table or index.',
    },
    ses: { throttled: 'Throttling', failed: 'ServiceUnavailable', text: 'Maximum sending rate exceeded.' },
    states: { throttled: 'ThrottlingException', failed: 'ServiceUnavailable', text: 'Rate exceeded' },
    scheduler: { throttled: 'ThrottlingException', failed: 'InternalServerException', text: 'Rate exceeded' },
    lambda: { throttled: 'TooManyRequestsException', failed: 'ServiceException', text: 'Rate Exceeded.' },
  };

/** The service as it answers callers to whom things go wrong. Only a function can be killed; another caller hears of a failure. */
export function withFaults<T extends Service>(
  name: string,
  service: T,
  faults: Faults | undefined,
  machine = false,
): T {
  if (faults === undefined) return service;
  const said = words[name] ?? { throttled: 'ThrottlingException', failed: 'InternalFailure', text: 'Rate exceeded' };
  const failure = (): AwsError =>
    new AwsError(said.failed, 'The service failed. Please try again.', { httpStatus: 500 });
  return {
    ...service,
    call: async (action, parameters) => {
      const invocation = machine ? undefined : currentInvocation();
      const perform = () => outsideOfInvocations(() => service.call(action, parameters));
      // Whoever looks on from outside is told the truth.
      if (!machine && invocation === undefined) return service.call(action, parameters);
      if (invocation?.killed) throw failure();
      const fault = faults.next({ service: name, action, parameters, functionName: invocation?.functionName });
      switch (fault) {
        case undefined:
          return perform();
        case 'throttled':
          throw new AwsError(said.throttled, said.text, { httpStatus: name === 'lambda' ? 429 : 400 });
        case 'failed':
          throw failure();
        case 'killed before':
          invocation?.kill();
          throw failure();
        case 'sent twice':
          await perform();
          return perform();
        case 'answer lost':
          await perform();
          throw failure();
        case 'killed after': {
          const answer = await perform();
          invocation?.kill();
          return answer;
        }
      }
    },
  };
}
