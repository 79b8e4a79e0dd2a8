import { partition, sort } from '../../functions/aws/table.ts';
import type { FunctionName } from './function-names.ts';

/**
 * Which changes of the table may change what the CRM says of a handoff: its own state, and steps that were decided. Lambda reads
 * them from the table's stream, so that nobody who changes something has to think of it, and nothing is forgotten.
 */
export const changesToWriteBack = {
  what: 'queue-write-backs' satisfies FunctionName,
  patterns: [
    { dynamodb: { NewImage: { pk: { S: [{ prefix: partition.handoff('') }] }, sk: { S: [sort.handoff] } } } },
    {
      dynamodb: {
        NewImage: {
          pk: { S: [{ prefix: partition.handoff('') }] },
          sk: { S: [{ prefix: sort.step('') }] },
          choice: { S: [{ exists: true }] },
        },
      },
    },
  ],
  batchSize: 100,
  /** One change rarely comes alone: those of so long are handed over together, and each handoff is queued once. */
  batchingSeconds: 10,
  /** They are tried for so long: an hour before the stream forgets them, so that somebody hears of those that are given up. */
  longestHours: 23,
} as const;
