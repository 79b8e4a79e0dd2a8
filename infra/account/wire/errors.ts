/** An error as an AWS service answers it; the protocols give it its shape on the wire. */
export class AwsError extends Error {
  /** The error code, e.g. `ConditionalCheckFailedException`. */
  override readonly name: string;
  readonly httpStatus: number;
  /** Further members of a JSON error body, e.g. the `Item` of a failed condition. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(
    name: string,
    message: string,
    more: { readonly httpStatus?: number; readonly fields?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message);
    this.name = name;
    this.httpStatus = more.httpStatus ?? 400;
    this.fields = more.fields ?? {};
  }
}

/** The refusal of something AWS has and this account has not; 501, which no SDK retries. */
export function notEmulated(what: string): AwsError {
  return new AwsError('UnknownOperationException', `NotEmulated: ${what} is not emulated by the local account`, {
    httpStatus: 501,
  });
}

/** AWS's complaint about one parameter. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** The error in the form every protocol can render; what is no service's answer is a fault of the account itself. */
export function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof Error && 'httpStatus' in error && typeof error.httpStatus === 'number') {
    const reason = 'reason' in error && typeof error.reason === 'string' ? { reason: error.reason } : {};
    return new AwsError(error.name, error.message, { httpStatus: error.httpStatus, fields: reason });
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new AwsError('InternalFailure', `The local account itself failed: ${text}`, { httpStatus: 500 });
}
