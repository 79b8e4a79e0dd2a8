import middy from '@middy/core';
import type { World, WorldOf, WorldPart } from '../ports/world.ts';
import { errorFacts, withoutPersonalData } from './error-facts.ts';
import { lambdaWatch } from './lambda-watch.ts';
import { parseSettings, type Settings } from './settings.ts';
import { type Count, type Facts, type Observer, watched } from './watch.ts';
import { awsWorld, clientsOfEnvironment, type Outside } from './world.ts';
import { worldPart } from './world-part.ts';

/** A Lambda handler over a world; the world is the only thing that differs between AWS, the local account and a test. */
export type HandlerOver<Event, Result> = (
  world: World,
  observer?: Observer,
) => (event: Event, context?: LambdaContext) => Promise<Result>;

interface LambdaContext {
  readonly awsRequestId?: string;
  readonly getRemainingTimeInMillis?: () => number;
}

const noLimit = (): number => Number.POSITIVE_INFINITY;

/** On one machine there is nobody to look at metrics: only what fails is said, on stderr. */
const onlyErrors = (name: string): Observer => ({
  count: () => undefined,
  about: () => undefined,
  late: () => undefined,
  began: () => undefined,
  ended: () => undefined,
  failed: (error) => console.error(JSON.stringify({ level: 'ERROR', function: name, ...errorFacts(error) })),
});

/** A handler with its name and what it uses of the world, against which its permissions are checked. */
type NamedHandler<Event, Result> = HandlerOver<Event, Result> & {
  readonly functionName: string;
  readonly uses: readonly WorldPart[];
};

/**
 * What a function does; it may ask how many milliseconds it has left. `otherwise`: what it answers in place of an error that it
 * threw, for those who wait for an answer, who get the id by which the logs know the request; `counted`: what an answer counts as,
 * where no port tells.
 */
type Run<Event, Result> = ((event: Event, timeLeft: () => number) => Promise<Result>) & {
  readonly otherwise?: (event: Event, error: unknown, requestId?: string) => Result;
  readonly counted?: (result: Result) => Count | undefined;
};

/** The one middleware stack, around a function of the part of the world that it uses. */
export function stack<Event, Result, const Uses extends readonly WorldPart[]>(
  name: string,
  uses: Uses,
  over: (world: WorldOf<Uses>) => Run<Event, Result>,
): NamedHandler<Event, Result> {
  const make: HandlerOver<Event, Result> = (world, observer = onlyErrors(name)) => {
    const run = over(worldPart(watched(world, observer), uses));
    const handler = middy<Event, Result>()
      .use({
        before: ({ event, context }) => {
          observer.began(context.awsRequestId);
          const { handoffId } = Object(event);
          if (typeof handoffId === 'string') observer.about(handoffId);
        },
        after: ({ event, response }) => {
          const count = response == null ? undefined : run.counted?.(response);
          if (count) observer.count(count);
          observer.ended(factsOf(event, response));
        },
        onError: (request) => {
          observer.failed(request.error);
          if (run.otherwise)
            request.response = run.otherwise(request.event, request.error, request.context.awsRequestId);
        },
      })
      .handler((event: Event, { getRemainingTimeInMillis = noLimit }) => run(event, getRemainingTimeInMillis));
    return (event, context) => handler(event, (context ?? {}) as never) as Promise<Result>;
  };
  return Object.assign(make, { functionName: name, uses });
}

function factsOf(event: unknown, response: unknown): Facts {
  const { step } = Object(event);
  const { outcome, statusCode } = Object(response);
  const said = outcome ?? statusCode;
  return {
    ...(typeof step === 'string' && { step }),
    ...((typeof said === 'string' || typeof said === 'number') && { outcome: String(said) }),
  };
}

/**
 * The handler that Lambda calls: its world is made from the environment, once, while the function starts. `outside`: what it brings along
 * to speak with the CRM.
 */
export function onLambda<Event, Result>(
  over: NamedHandler<Event, Result>,
  outside?: (settings: Settings) => Outside,
): (event: Event, context?: LambdaContext) => Promise<Result> {
  let handler: ((event: Event, context?: LambdaContext) => Promise<Result>) | undefined;
  const start = () => {
    const settings = parseSettings(process.env);
    // Nothing is decided by it: Scheduler takes no time that has passed, and lines of the log say when they were written.
    const world = awsWorld(settings, clientsOfEnvironment(), { now: Date.now, outside: outside?.(settings) });
    return over(world, lambdaWatch(over.functionName, settings, Date.now));
  };
  if (process.env['AWS_LAMBDA_FUNCTION_NAME']) handler = start();
  return async (event, context) => {
    handler ??= start();
    try {
      return await handler(event, context);
    } catch (error) {
      throw withoutPersonalData(error);
    }
  };
}
