import type { Catcher, Retrier } from './definition.ts';

/** Why a state failed. `error` and `cause` are undefined when nobody named them. */
export class Failure extends Error {
  readonly error: string | undefined;
  override readonly cause: string | undefined;
  /** A missed heartbeat is a timeout that can also be caught as `States.HeartbeatTimeout`. */
  readonly heartbeat: boolean;
  /** No Retry or Catch can handle it. */
  readonly fatal: boolean;

  constructor(
    error: string | undefined,
    cause: string | undefined,
    kind: { readonly heartbeat?: boolean; readonly fatal?: boolean } = {},
  ) {
    super(`${error ?? '(no error name)'}: ${cause ?? ''}`);
    this.error = error;
    this.cause = cause;
    this.heartbeat = kind.heartbeat ?? false;
    this.fatal = kind.fatal ?? false;
  }
}

/** `States.ALL` matches every failure; `States.TaskFailed` every one but timeouts. */
function matches(names: readonly string[], failure: Failure): boolean {
  if (failure.fatal) return false;
  return names.some((name) => {
    if (name === 'States.ALL') return true;
    if (name === 'States.TaskFailed') return failure.error !== 'States.Timeout';
    if (name === 'States.HeartbeatTimeout') return failure.heartbeat || failure.error === name;
    return name === failure.error;
  });
}

/** How often each of a state's retriers has been used since the state was entered. */
export type Attempts = Map<Retrier, number>;

/**
 * Milliseconds until the next attempt, or undefined when there is none: the first retrier that
 * matches decides, and once it is used up the failure goes on to the catchers.
 */
export function retryDelay(
  retriers: readonly Retrier[],
  failure: Failure,
  chance: { readonly attempts: Attempts; readonly random: () => number },
): number | undefined {
  const retrier = retrierFor(retriers, failure);
  if (retrier === undefined) return undefined;
  const used = chance.attempts.get(retrier) ?? 0;
  if (used >= retrier.maxAttempts) return undefined;
  chance.attempts.set(retrier, used + 1);
  return retrierDelay(retrier, used, chance.random);
}

/** The first retrier that a failure matches. */
export function retrierFor(retriers: readonly Retrier[], failure: Failure): Retrier | undefined {
  return retriers.find((candidate) => matches(candidate.errors, failure));
}

/** Milliseconds before the retry after `used` earlier ones: exponential, capped, and with full jitter anywhere between zero and that. */
export function retrierDelay(retrier: Retrier, used: number, random: () => number): number {
  const grown = retrier.intervalSeconds * retrier.backoffRate ** used;
  const seconds = Math.min(grown, retrier.maxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return Math.round(seconds * 1000 * (retrier.jitter ? random() : 1));
}

export function catcherFor(catchers: readonly Catcher[], failure: Failure): Catcher | undefined {
  return catchers.find((catcher) => matches(catcher.errors, failure));
}
