import type { Clock } from '../clock.ts';
import { compilePattern } from '../event-pattern.ts';
import type { Faults } from '../faults.ts';
import { handRecords } from '../hand-records.ts';
import type { Access } from '../iam/access.ts';
import { arn, type Identity } from '../identity.ts';
import type { Lambda } from '../lambda.ts';
import type { Queues } from '../sqs/queues.ts';
import type { ItemChange } from './dynamodb.ts';

/** A function that reads what changes in the account's tables (new images) from their stream. */
export interface StreamSource {
  readonly streamArn: string;
  readonly functionName: string;
  /** The function's role, in which Lambda reads the stream and leaves what it gives up. */
  readonly role?: string;
  /** Only what matches one of these is handed over. */
  readonly patterns: readonly Readonly<Record<string, unknown>>[];
  readonly batchSize: number;
  /** For so long changes are gathered before they are handed over. */
  readonly batchingSeconds: number;
  /** What is older is given up. */
  readonly longestSeconds: number;
  /** The queue that is told what was given up, by name. */
  readonly onFailure: string;
  /** What the clock's agenda calls it. */
  readonly label: string;
}

interface Change {
  readonly sequence: string;
  readonly at: number;
  readonly record: Readonly<Record<string, unknown>>;
}

const firstPause = 1000;
const longestPause = 5 * 60_000;

const reading = ['ListStreams', 'DescribeStream', 'GetShardIterator', 'GetRecords'];

/**
 * Lambda's reader of a stream of one shard: changes are handed over in their order, some at a time, at least once. What the function
 * fails at holds up what comes behind it: it is tried again in halves, ever later, until it is too old. Then the queue for
 * failures is told where in the stream it stood, and not what it was. Throws for a pattern that is not understood.
 */
export function follow(
  source: StreamSource,
  world: {
    readonly clock: Clock;
    readonly identity: Identity;
    readonly lambda: Pick<Lambda, 'invoke'>;
    readonly queues: Queues;
    readonly access: Access;
    readonly faults: Faults | undefined;
  },
): (change: ItemChange) => void {
  const { clock, identity, lambda, queues, access } = world;
  const { functionName, streamArn, role, label, onFailure } = source;
  const matchers = source.patterns.map(compilePattern);
  const waiting: Change[] = [];
  let [most, pause, attempts, told] = [source.batchSize, firstPause, 0, 0];

  async function next(): Promise<void> {
    for (const action of reading)
      access.check(role, { action: `dynamodb:${action}`, resources: [streamArn], context: {} });
    const tooOld = waiting.filter(({ at }) => at + source.longestSeconds * 1000 <= clock.now());
    if (tooOld.length > 0) {
      giveUp(waiting.splice(0, tooOld.length));
      [most, pause, attempts] = [source.batchSize, firstPause, 0];
    }
    const batch = waiting.slice(0, most);
    if (batch.length === 0) return;
    if (await handled(batch)) {
      waiting.splice(0, batch.length);
      [most, pause, attempts] = [source.batchSize, firstPause, 0];
      if (waiting.length > 0) clock.at(clock.now(), next, label);
    } else {
      [most, attempts] = [Math.ceil(batch.length / 2), attempts + 1];
      clock.at(clock.now() + pause, next, `${label}, once more`);
      pause = Math.min(2 * pause, longestPause);
    }
  }

  async function handled(batch: readonly Change[]): Promise<boolean> {
    const records = batch.map(({ record }) => record);
    if (!(await handRecords(lambda, functionName, records))) return false;
    const call = { service: 'lambda', action: 'InvokeAsync', parameters: { FunctionName: functionName } };
    // How far it has read may get lost, and it reads the same again.
    return world.faults?.next({ ...call, functionName: undefined }) !== 'twice at once';
  }

  function giveUp(changes: readonly Change[]): void {
    access.check(role, { action: 'sqs:SendMessage', resources: [queues.arnOf(onFailure)], context: {} });
    const [first, last] = [changes[0], changes.at(-1)];
    const said = {
      requestContext: {
        functionArn: arn(identity, 'lambda', `function:${functionName}`),
        condition: 'RecordAgeExceeded',
        approximateInvokeCount: attempts,
      },
      version: '1.0',
      timestamp: new Date(clock.now()).toISOString(),
      DDBStreamBatchInfo: {
        shardId: 'shardId-00000000000000000001-00000001',
        startSequenceNumber: first?.sequence,
        endSequenceNumber: last?.sequence,
        approximateArrivalOfFirstRecord: new Date(first?.at ?? 0).toISOString(),
        approximateArrivalOfLastRecord: new Date(last?.at ?? 0).toISOString(),
        batchSize: changes.length,
        streamArn,
      },
    };
    queues.send(onFailure, JSON.stringify(said));
  }

  return ({ item, removed }) => {
    if (removed) return;
    told += 1;
    const sequence = String(told).padStart(21, '0');
    const dynamodb = { NewImage: item, SequenceNumber: sequence, StreamViewType: 'NEW_IMAGE' };
    const record = { eventSource: 'aws:dynamodb', eventSourceARN: streamArn, awsRegion: identity.region, dynamodb };
    if (!matchers.some((matches) => matches(record))) return;
    waiting.push({ sequence, at: clock.now(), record });
    if (waiting.length === 1) clock.at(clock.now() + source.batchingSeconds * 1000, next, label);
  };
}
