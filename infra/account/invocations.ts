import { AsyncLocalStorage } from 'node:async_hooks';

/** A function that runs right now. */
export interface Invocation {
  readonly functionName: string;
  readonly killed: boolean;
  /** Ends it at this moment: it hears no answer any more, and its caller hears that it has exited. */
  kill(): void;
}

const running = new AsyncLocalStorage<Invocation>();

/** The invocation in which this code runs; undefined outside of functions. */
export const currentInvocation = (): Invocation | undefined => running.getStore();

/** What a service does on its own is no part of the invocation that asked it: it goes on when that is killed. */
export const outsideOfInvocations = <T>(work: () => T): T => running.exit(work);

/** The function's sandbox is gone, as Lambda tells its caller. */
class ExitError extends Error {
  override name = 'Runtime.ExitError';
}

/** Runs a function until it is done or killed. Rejects with what it throws, or `Runtime.ExitError`. */
export function invocationOf<T>(functionName: string, run: () => Promise<T> | T): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let killed = false;
    const invocation: Invocation = {
      functionName,
      get killed() {
        return killed;
      },
      kill: () => {
        killed = true;
        reject(new ExitError('RequestId: unknown Error: Runtime exited with error: signal: killed'));
      },
    };
    running.run(invocation, async () => {
      try {
        resolve(await run());
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** For an answer to a function: it never arrives at one that was killed. */
export const unlessKilled = <T>(answer: T): T | Promise<never> =>
  currentInvocation()?.killed ? new Promise<never>(() => undefined) : answer;
