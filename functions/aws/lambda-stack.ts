import middy from '@middy/core';
import type { World } from '../ports.ts';
import { parseSettings } from './settings.ts';
import { awsWorld, clientsOfEnvironment } from './world.ts';

/** A Lambda handler over a world; the world is the only thing that differs between AWS, the local account and a test. */
export type HandlerOver<Event, Result> = (world: World) => (event: Event) => Promise<Result>;

/** What a failing invocation leaves in the log: what failed and for which handoff, and nothing about people. */
const logErrors = (name: string) => ({
  onError: ({ error, event }: { error: Error | null; event: unknown }) => {
    const { handoffId } = Object(event);
    console.error(
      JSON.stringify({
        level: 'ERROR',
        function: name,
        ...(typeof handoffId === 'string' && { handoffId }),
        error: error?.name,
        stack: error?.stack?.split('\n').slice(1, 6),
      }),
    );
  },
});

/** The one middleware stack, around a function of a world. */
export function stack<Event, Result>(name: string, over: HandlerOver<Event, Result>): HandlerOver<Event, Result> {
  return (world) => {
    const run = over(world);
    const handler = middy<Event, Result>()
      .use(logErrors(name))
      .handler((event: Event) => run(event));
    return (event) => handler(event, {} as never) as Promise<Result>;
  };
}

/** The handler that Lambda calls: its world is made from the environment, once, while the function starts. */
export function onLambda<Event, Result>(over: HandlerOver<Event, Result>): (event: Event) => Promise<Result> {
  let handler: ((event: Event) => Promise<Result>) | undefined;
  const start = () => over(awsWorld(parseSettings(process.env), clientsOfEnvironment()));
  if (process.env['AWS_LAMBDA_FUNCTION_NAME']) handler = start();
  return (event) => {
    handler ??= start();
    return handler(event);
  };
}
