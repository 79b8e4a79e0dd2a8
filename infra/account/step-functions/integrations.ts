import type { Data } from './json.ts';
import type { Failure } from './retry.ts';
import type { Tokens } from './tokens.ts';

/** What a task asks of the world outside the engine. */
export interface IntegrationCall {
  /** The state's `Resource` as written. */
  readonly resource: string;
  /** `lambda`, `dynamodb`, …: without `aws-sdk:`. */
  readonly service: string;
  /** `invoke`, `updateItem`, …; for a bare function ARN also `invoke`. */
  readonly action: string;
  /** `function`: a bare function ARN, `optimized`: `arn:aws:states:::lambda:invoke`, `sdk`: `arn:aws:states:::aws-sdk:…`. */
  readonly kind: 'function' | 'optimized' | 'sdk';
  readonly parameters: unknown;
  /** For tasks that wait for a callback. */
  readonly taskToken: string | undefined;
  readonly executionArn: string;
  /** The role of the state machine, in which the call is made. */
  readonly roleArn: string;
  readonly executionName: string;
  readonly stateName: string;
  readonly retryCount: number;
  /** Virtual milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Performs a task and answers its result as JSON. A TaskError fails the task, to be retried or
 * caught by its name; any other error fails the execution with States.Runtime and cannot be caught.
 */
export type Integrations = (call: IntegrationCall) => Promise<unknown>;

/** How services are called, and how callbacks find back. */
export interface Tasks {
  readonly tokens: Tokens;
  readonly integrations: Integrations;
  /** Services that the engine performs itself; answers undefined for all others. */
  readonly internal: (call: IntegrationCall, pattern: string) => InternalCall | undefined;
  readonly region: string;
}

/** A call inside the engine: at once, or (`.sync`) with a first answer and a later outcome. */
export interface InternalCall {
  readonly answer: unknown;
  readonly outcome?: (settle: (outcome: Outcome) => void) => () => void;
  /** Stops what was begun, when the task is aborted. */
  readonly stop?: () => void;
}

export type Outcome =
  | { readonly kind: 'success'; readonly output: Data }
  | { readonly kind: 'failure'; readonly failure: Failure; readonly unsubmitted?: boolean }
  | { readonly kind: 'timeout'; readonly heartbeat: boolean };
