import { atMost, notEmpty, oneOf, type Parameters } from './api-checks.ts';
import { ApiError, NotEmulated } from './errors.ts';
import { isObject, type JsonObject } from './json.ts';

/** What a state machine has beside its definition and role. */
export interface MachineSettings {
  readonly loggingConfiguration: JsonObject;
  readonly tracingConfiguration: JsonObject;
}

const MOST_TAGS = 50;

/** The settings that a call gives, on top of those a machine has. Throws the API's errors for what AWS would not take. */
export function readSettings(parameters: Parameters, before?: MachineSettings): MachineSettings {
  const encryption = parameters.within('encryptionConfiguration', {
    type: 'text',
    kmsKeyId: 'text',
    kmsDataKeyReusePeriodSeconds: 'number',
  });
  const type = encryption?.text('type');
  if (type !== undefined && type !== 'AWS_OWNED_KEY') throw new NotEmulated(`the encryption type '${type}'`);
  if (encryption !== undefined && (type === undefined || encryption.has('kmsKeyId')))
    throw new ApiError('InvalidEncryptionConfiguration', 'Invalid Encryption Configuration: a KMS key needs its type.');
  const tracing = parameters.within('tracingConfiguration', { enabled: 'flag' });
  return {
    loggingConfiguration: readLogging(parameters) ??
      before?.loggingConfiguration ?? { level: 'OFF', includeExecutionData: false },
    tracingConfiguration:
      tracing === undefined
        ? (before?.tracingConfiguration ?? { enabled: false })
        : { enabled: tracing.flag('enabled') },
  };
}

function readLogging(parameters: Parameters): JsonObject | undefined {
  const logging = parameters.within('loggingConfiguration', {
    level: 'text',
    includeExecutionData: 'flag',
    destinations: 'list',
  });
  if (logging === undefined) return undefined;
  const level = oneOf('loggingConfiguration.level', logging.text('level'), ['ALL', 'ERROR', 'FATAL', 'OFF']) ?? 'OFF';
  const destinations = logging.list('destinations');
  if (destinations.length > 1 || (level !== 'OFF' && destinations.length === 0))
    throw invalidLogging('Must specify exactly one Log Destination.');
  for (const destination of destinations) {
    const group = isObject(destination) ? destination['cloudWatchLogsLogGroup'] : undefined;
    const arn = isObject(group) ? group['logGroupArn'] : undefined;
    if (typeof arn !== 'string' || !/^arn:aws[\w-]*:logs:[\w-]+:\d{12}:log-group:[^:]+:\*$/.test(arn))
      throw invalidLogging('Log Destination is not valid: a log group ARN ends with ":*".');
  }
  return {
    level,
    includeExecutionData: logging.flag('includeExecutionData'),
    ...(logging.has('destinations') ? { destinations } : {}),
  };
}

function invalidLogging(what: string): ApiError {
  return new ApiError('InvalidLoggingConfiguration', `Invalid Logging Configuration: ${what}`);
}

/** The tags in a call. Throws ValidationException and TooManyTags. */
export function readTags(parameters: Parameters, before: ReadonlyMap<string, string> = new Map()): Map<string, string> {
  const tags = new Map(before);
  for (const [index, tag] of parameters.list('tags').entries()) {
    const { key, value = '' } = isObject(tag) ? tag : {};
    if (typeof key !== 'string' || typeof value !== 'string')
      throw new ApiError('SerializationException', `'tags[${index}]' must have a key and a value that are strings`);
    notEmpty(`tags.${index + 1}.member.key`, key);
    atMost(`tags.${index + 1}.member.key`, key, 128);
    atMost(`tags.${index + 1}.member.value`, value, 256);
    tags.set(key, value);
  }
  if (tags.size > MOST_TAGS) throw new ApiError('TooManyTags', `Too many tags: a resource has at most ${MOST_TAGS}`);
  return tags;
}

/** Checks the role of a state machine. Throws InvalidArn, or AccessDeniedException for another account's. */
export function checkRole(roleArn: string, account: string): void {
  const [, owner] = /^arn:aws[\w-]*:iam::(\d{12}):role\/.+/.exec(roleArn) ?? [];
  if (owner === undefined) throw new ApiError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${roleArn}'`);
  if (owner !== account) throw new ApiError('AccessDeniedException', 'Cross-account pass role is not allowed.');
}
