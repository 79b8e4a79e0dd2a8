import { TaskError } from '../step-functions/errors.ts';
import { AwsError } from '../wire/errors.ts';

/** How a service's errors are named in a state machine. */
export interface ErrorNames {
  /** Before the dot, and the service's name in causes, e.g. `DynamoDb`. */
  readonly prefix: string;
  /** Error codes that have an exception class of their own in the Java SDK. */
  readonly modeled: ReadonlySet<string>;
}

/** By the service's name in `arn:aws:states:::aws-sdk:<service>:<action>`. */
export const sdkErrorNames: Readonly<Record<string, ErrorNames>> = {
  dynamodb: {
    prefix: 'DynamoDb',
    modeled: new Set([
      'ConditionalCheckFailedException',
      'InternalServerError',
      'ItemCollectionSizeLimitExceededException',
      'LimitExceededException',
      'ProvisionedThroughputExceededException',
      'RequestLimitExceeded',
      'ResourceInUseException',
      'ResourceNotFoundException',
      'ThrottlingException',
      'TransactionConflictException',
    ]),
  },
  ses: {
    prefix: 'Ses',
    modeled: new Set(['MessageRejected', 'ConfigurationSetDoesNotExist', 'MailFromDomainNotVerifiedException']),
  },
  eventbridge: {
    prefix: 'EventBridge',
    modeled: new Set(['InternalException', 'InvalidEventPatternException', 'ResourceNotFoundException']),
  },
  scheduler: {
    prefix: 'Scheduler',
    modeled: new Set([
      'ConflictException',
      'InternalServerException',
      'ResourceNotFoundException',
      'ThrottlingException',
      'ValidationException',
    ]),
  },
  lambda: {
    prefix: 'Lambda',
    modeled: new Set([
      'InvalidRequestContentException',
      'RequestTooLargeException',
      'ResourceNotFoundException',
      'TooManyRequestsException',
    ]),
  },
};

/** An error of an `aws-sdk:` task: a code without a class of its own is the service's general exception. */
export function sdkTaskError(names: ErrorNames, error: AwsError, requestId: string): TaskError {
  const code = names.modeled.has(error.name) ? error.name : names.prefix;
  const exception = code.endsWith('Exception') ? code : `${code}Exception`;
  const cause = `${error.message} (Service: ${names.prefix}, Status Code: ${error.httpStatus}, Request ID: ${requestId}) (SDK Attempt Count: 1)`;
  return new TaskError(`${names.prefix}.${exception}`, cause);
}

/** An error of an optimized task, whose causes have the older Java SDK's form. */
export function optimizedTaskError(service: string, error: AwsError, requestId: string): TaskError {
  const spelled: Readonly<
    Record<string, { readonly prefix: string; readonly name: string; readonly general: string }>
  > = {
    lambda: { prefix: 'Lambda', name: 'AWSLambda', general: 'AWSLambdaException' },
    dynamodb: { prefix: 'DynamoDB', name: 'AmazonDynamoDBv2', general: 'AmazonDynamoDBException' },
    events: { prefix: 'EventBridge', name: 'AmazonEventBridge', general: 'AmazonEventBridgeException' },
  };
  const { prefix, name, general } = spelled[service] ?? { prefix: service, name: service, general: error.name };
  const modeled = sdkErrorNames[service === 'events' ? 'eventbridge' : service]?.modeled;
  const code = modeled?.has(error.name) ? error.name : general;
  const cause = `${error.message} (Service: ${name}; Status Code: ${error.httpStatus}; Error Code: ${error.name}; Request ID: ${requestId}; Proxy: null)`;
  return new TaskError(`${prefix}.${code}`, cause);
}

/** Whether the account refuses what it does not emulate: no task error, so that no Catch hides it. */
export function isRefusal(error: unknown): boolean {
  return error instanceof AwsError && error.httpStatus === 501;
}
