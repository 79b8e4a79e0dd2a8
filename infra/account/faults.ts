import { currentInvocation, outsideOfInvocations } from './invocations.ts';
import { AwsError } from './wire/errors.ts';
import type { Service } from './wire/message.ts';

/**
 * What goes wrong with one call. `throttled`, `failed`: it has no effect, and the caller is told. `answer lost`: it takes effect,
 * and the caller hears of a failure. `sent twice`: the answer was lost, and the SDK sent it again. `killed before`, `killed after`:
 * the function that calls ends at that moment, without a word. `partial page`: DynamoDB answers with one item, and where to go on.
 * `stale index`: the last item of a page is not in the index yet. `stale answer`: a read that need not be consistent misses what was
 * written a moment ago. `over quota`, `sending paused`: SES takes no mail. `twice at once`:
 * a function gets the same event or request twice, side by side.
 */
export type Fault =
  | 'throttled'
  | 'failed'
  | 'answer lost'
  | 'sent twice'
  | 'killed before'
  | 'killed after'
  | 'partial page'
  | 'stale index'
  | 'stale answer'
  | 'over quota'
  | 'sending paused'
  | 'twice at once';

/** A call that may go wrong. */
export interface FaultyCall {
  /** As its calls are signed: `dynamodb`, `ses`, `states`, … */
  readonly service: string;
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /**
   * The name of the function that calls; undefined where a state machine does, an event arrives, or somebody at a page, and where
   * Lambda is about to run a function for any of them (`lambda`, `Invoke`: it can only be throttled).
   */
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
        case 'over quota':
          throw new AwsError('Throttling', 'Daily message quota exceeded.');
        case 'sending paused':
          throw new AwsError(
            'AccountSendingPausedException',
            'Email sending is disabled for the entire Amazon SES account.',
          );
        case 'partial page':
          return partialPage(parameters, (fewer) => outsideOfInvocations(() => service.call(action, fewer)));
        case 'stale index':
          return withoutTheLast(await perform());
        case 'stale answer':
          return outsideOfInvocations(() => (service.callStale ?? service.call)(action, parameters));
        case 'twice at once':
          throw new Error(`Only what arrives comes twice at once, not ${name}:${action}.`);
      }
    },
  };
}

type Parameters = Readonly<Record<string, unknown>>;

/** A page of one item, or one of the items asked for, and where to go on. */
async function partialPage(parameters: Parameters, call: (parameters: Parameters) => unknown): Promise<unknown> {
  const { RequestItems: asked } = parameters;
  if (asked === undefined) return call({ ...parameters, Limit: 1 });
  const tables = Object.entries(asked as Readonly<Record<string, { readonly Keys: readonly unknown[] }>>);
  const part = (from: number, to?: number) =>
    Object.fromEntries(
      tables
        .map(([table, { Keys, ...rest }]) => [table, { ...rest, Keys: Keys.slice(from, to) }] as const)
        .filter(([, { Keys }]) => Keys.length > 0),
    );
  return { ...Object(await call({ ...parameters, RequestItems: part(0, 1) })), UnprocessedKeys: part(1) };
}

function withoutTheLast(answer: unknown): unknown {
  const { Items, Count, ...rest } = Object(answer) as { readonly Items?: readonly unknown[]; readonly Count?: number };
  const fewer = Math.max((Count ?? 0) - 1, 0);
  return { ...rest, Count: fewer, ...(Items && { Items: Items.slice(0, fewer) }) };
}
