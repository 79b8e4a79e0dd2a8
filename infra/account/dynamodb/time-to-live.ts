import { AwsError, validationError } from '../wire/errors.ts';
import { isObject } from '../wire/message.ts';
import type { Store } from './dynalite.ts';
import { refuseUnknown } from './parameter-types.ts';

const types = { AttributeName: 'String', Enabled: 'Boolean' };

const isNull = (member: string): AwsError =>
  validationError(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );

type Parameters = Readonly<Record<string, unknown>>;

export interface TimeToLive {
  /** UpdateTimeToLive of an existing table. */
  update(parameters: Parameters, table: string): Promise<unknown>;
  /** DescribeTimeToLive of an existing table. */
  describe(table: string): Promise<unknown>;
}

/** Which attribute of which table carries the expiry, kept beside the tables, as dynalite has no place for it. */
export function createTimeToLive(store: Store): TimeToLive {
  /** A colon occurs in no table name, so no table's tags live here. */
  const kept = store.getTagDb('time-to-live:');

  const read = (table: string): Promise<string | undefined> =>
    new Promise((resolve, reject) =>
      kept.get(table, (error, value) =>
        error ? reject(error) : resolve(typeof value === 'string' ? value : undefined),
      ),
    );

  const write = (table: string, attribute: string | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const done = (error: unknown): void => (error ? reject(error) : resolve());
      if (attribute === undefined) kept.del(table, done);
      else kept.put(table, attribute, done);
    });

  return {
    update: async (parameters, table) => {
      const specification = parameters['TimeToLiveSpecification'];
      if (!isObject(specification)) throw isNull('timeToLiveSpecification');
      const { AttributeName: attribute, Enabled: enabled } = specification;
      refuseUnknown('DynamoDB.UpdateTimeToLive parameter TimeToLiveSpecification', types, specification);
      if (attribute === undefined) throw isNull('timeToLiveSpecification.attributeName');
      if (enabled === undefined) throw isNull('timeToLiveSpecification.enabled');
      if (typeof attribute !== 'string' || typeof enabled !== 'boolean')
        throw new AwsError('SerializationException', 'Unexpected token received from parser');
      if (attribute.length < 1 || attribute.length > 255)
        throw validationError(
          `1 validation error detected: Value '${attribute}' at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must have length ${attribute === '' ? 'greater than or equal to 1' : 'less than or equal to 255'}`,
        );
      const current = await read(table);
      if (enabled && current !== undefined) throw validationError('TimeToLive is already enabled');
      if (!enabled && current !== undefined && current !== attribute)
        throw validationError(`TimeToLive is active on a different AttributeName: current AttributeName is ${current}`);
      if (!enabled && current === undefined) throw validationError('TimeToLive is already disabled');
      await write(table, enabled ? attribute : undefined);
      return { TimeToLiveSpecification: { AttributeName: attribute, Enabled: enabled } };
    },
    describe: async (table) => {
      const attribute = await read(table);
      const state =
        attribute === undefined
          ? { TimeToLiveStatus: 'DISABLED' }
          : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute };
      return { TimeToLiveDescription: state };
    },
  };
}
