/**
 * The two kinds of failure at the engine's edges: what a task throws into the state machine, and
 * what the Step Functions API answers to its caller.
 */

/** A failed task, named as the state machine's `Retry` and `Catch` will see it. */
export class TaskError extends Error {
  /** The error name, e.g. `DynamoDb.ConditionalCheckFailedException` or a Lambda's `errorType`; undefined when the caller gave none. */
  readonly error: string | undefined;
  /** The cause as text; for a Lambda function the JSON of `{errorMessage, errorType}`. */
  override readonly cause: string | undefined;

  constructor(error: string | undefined, cause?: string) {
    super(`${error ?? 'a task failed without an error name'}: ${cause ?? ''}`);
    this.error = error;
    this.cause = cause;
  }
}

/** An error answer of the Step Functions API; `name` is the modeled code (`__type` on the wire). */
export class ApiError extends Error {
  override readonly name: string;
  readonly httpStatus: number;
  /** The `reason` member of some ValidationExceptions. */
  readonly reason: string | undefined;

  constructor(name: string, message: string, more: { readonly httpStatus?: number; readonly reason?: string } = {}) {
    super(message);
    this.name = name;
    this.httpStatus = more.httpStatus ?? 400;
    this.reason = more.reason;
  }
}

/** What this engine does not emulate is refused with its name, never ignored. */
export class NotEmulated extends ApiError {
  constructor(what: string) {
    super('NotEmulated', `The local Step Functions engine does not emulate ${what}.`, { httpStatus: 501 });
  }
}
