import type { Service } from './wire/message.ts';

/** A call of an AWS API, whoever makes it: a client, a state machine. */
export interface LimitedCall {
  /** As its calls are signed: `dynamodb`, `ses`, `states`, `events`. */
  readonly service: string;
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A function's invocation that has begun. */
export interface Place {
  /** Virtual milliseconds it takes beside what it waits for. */
  readonly milliseconds: number;
  /** The invocation has ended. */
  free(): void;
}

/** What an account may do at a time. Without limits nothing is asked, and nothing takes time. */
export interface Limits {
  /** Throws the AwsError with which the service refuses the call for the moment. */
  admit(call: LimitedCall): void;
  /** A place for an invocation of the function; undefined when as many run as may. */
  occupy(functionName: string): Place | undefined;
  /** Virtual milliseconds that a state machine's next transition (entering a state, or a retry) has to wait. */
  pace(): number;
}

/** The service behind its limits. */
export function limitService<T extends Service>(name: string, service: T, limits: Limits | undefined): T {
  if (limits === undefined) return service;
  return {
    ...service,
    call: async (action, parameters) => {
      limits.admit({ service: name, action, parameters });
      return service.call(action, parameters);
    },
  };
}

/** An account that refuses nothing, and in which each transition of a state machine takes so many virtual milliseconds, as on AWS. */
export const slowTransitions = (milliseconds: number): Limits => ({
  admit: () => undefined,
  occupy: () => ({ milliseconds: 0, free: () => undefined }),
  pace: () => milliseconds,
});
