import type { Clock } from './clock.ts';
import { arn, type Identity } from './identity.ts';
import { AwsError, notEmulated } from './wire/errors.ts';
import type { Service } from './wire/message.ts';
import { boundedText, checkParameters, type Members } from './wire/parameters.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** Parameters by name, such as `/shop/production/token`. */
export type ParameterValues = Readonly<Record<string, string>>;

interface Parameter {
  readonly value: string;
  readonly version: number;
  /** Virtual milliseconds since the epoch. */
  readonly changedAt: number;
}

const name = { ...boundedText(2048), required: true } as const;

/** What each action takes here: parameters of one kind, which are read and written whole. */
const shapes: Readonly<Record<string, Members>> = {
  GetParameter: { Name: name, WithDecryption: { type: 'boolean' } },
  PutParameter: {
    Name: name,
    Value: { type: 'string', required: true },
    Type: { type: 'string', values: ['SecureString'] },
    Description: { type: 'string', most: 1024 },
    Overwrite: { type: 'boolean' },
  },
};

/** What a parameter of the standard tier holds, in bytes. */
const sizeLimit = 4096;

/** The parameters of Systems Manager, as far as they are secrets: SecureStrings. */
export function createParameters(world: {
  readonly identity: Identity;
  readonly clock: Clock;
  readonly values: ParameterValues;
}): Service {
  const { identity, clock } = world;
  const kept = new Map<string, Parameter>(
    Object.entries(world.values).map(([name, value]) => [name, { value, version: 1, changedAt: clock.now() }]),
  );

  function get({ Name, WithDecryption }: Parameters): Parameters {
    const asked = String(Name);
    const found = kept.get(asked);
    if (!found) throw new AwsError('ParameterNotFound', '');
    // What is not decrypted is nothing that anybody could use.
    const Value = WithDecryption === true ? found.value : Buffer.from(`encrypted ${found.version}`).toString('base64');
    return {
      Parameter: {
        Name: asked,
        Type: 'SecureString',
        Value,
        Version: found.version,
        LastModifiedDate: found.changedAt / 1000,
        ARN: arn(identity, 'ssm', `parameter/${asked.replace(/^\//, '')}`),
        DataType: 'text',
      },
    };
  }

  function put({ Name, Value, Type, Overwrite }: Parameters): Parameters {
    const [asked, value] = [String(Name), String(Value)];
    const found = kept.get(asked);
    if (!found && Type === undefined)
      throw new AwsError('ValidationException', 'A parameter type is required when you create a parameter.');
    if (found && Overwrite !== true)
      throw new AwsError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    if (Buffer.byteLength(value) > sizeLimit)
      throw new AwsError(
        'ValidationException',
        `Standard tier parameters support a maximum parameter value of ${sizeLimit} characters.`,
      );
    const version = (found?.version ?? 0) + 1;
    kept.set(asked, { value, version, changedAt: clock.now() });
    return { Version: version, Tier: 'Standard' };
  }

  return {
    call: async (action, parameters) => {
      const members = Object.hasOwn(shapes, action) ? shapes[action] : undefined;
      if (members === undefined) throw notEmulated(`SSM.${action}`);
      checkParameters(`SSM.${action}`, { members }, parameters);
      return action === 'GetParameter' ? get(parameters) : put(parameters);
    },
  };
}
