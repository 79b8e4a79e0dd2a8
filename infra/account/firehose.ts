import { AwsError, notEmulated, validationError } from './wire/errors.ts';
import type { Service } from './wire/message.ts';
import { boundedText, checkParameters, type Members } from './wire/parameters.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** The delivery streams of Amazon Data Firehose. */
export interface DeliveryStreams extends Service {
  /** What came into a stream, in order, as it would stand in its bucket. Throws for a stream that there is not. */
  delivered(stream: string): string;
}

/** What one call takes at most: records, bytes of one of them, bytes of all. */
const most = { records: 500, recordBytes: 1_024_000, bytes: 4 * 1024 * 1024 } as const;

/** The one action that is emulated: somebody puts records, and a stream keeps them. */
const action = 'PutRecordBatch';

const members: Members = {
  DeliveryStreamName: { ...boundedText(64), required: true },
  Records: {
    type: 'list',
    least: 1,
    most: most.records,
    of: { type: 'structure', members: { Data: { type: 'string', required: true } } },
    required: true,
  },
};

/**
 * Amazon Data Firehose, as far as it is given records directly. When it writes them, and into which file, is its own business: here
 * they stand one after the other.
 */
export function createDeliveryStreams({
  names,
  newId,
}: {
  readonly names: readonly string[];
  readonly newId: () => string;
}): DeliveryStreams {
  const kept = new Map<string, Buffer[]>(names.map((name) => [name, []]));

  function find(name: string): Buffer[] {
    const found = kept.get(name);
    if (found) return found;
    throw new AwsError('ResourceNotFoundException', `Firehose ${name} under this account not found.`);
  }

  function put({ DeliveryStreamName, Records }: Parameters): Parameters {
    const stream = find(String(DeliveryStreamName));
    const data = (Records as readonly { readonly Data: string }[]).map(({ Data }) => Buffer.from(Data, 'base64'));
    const large = data.findIndex(({ length }) => length > most.recordBytes);
    if (large >= 0)
      throw validationError(
        `1 validation error detected: Value at 'records.${large + 1}.member.data' failed to satisfy constraint: Member must have length less than or equal to ${most.recordBytes}`,
      );
    if (data.reduce((sum, { length }) => sum + length, 0) > most.bytes)
      throw new AwsError('InvalidArgumentException', `Records size exceeds ${most.bytes} bytes.`);
    stream.push(...data);
    return { FailedPutCount: 0, Encrypted: true, RequestResponses: data.map(() => ({ RecordId: newId() })) };
  }

  return {
    call: async (asked, parameters) => {
      if (asked !== action) throw notEmulated(`Firehose.${asked}`);
      checkParameters(`Firehose.${action}`, { members }, parameters);
      return put(parameters);
    },
    delivered: (stream) => Buffer.concat(find(stream)).toString('utf8'),
  };
}
