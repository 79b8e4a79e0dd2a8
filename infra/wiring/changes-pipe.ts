import { partition, sort } from '../../functions/aws/table.ts';

/**
 * Which changes of the table may change what the CRM says of a handoff: its own state, and steps that were decided. A pipe reads
 * them from the table's stream and puts the handoff into the queue of what is to be written back, so that nobody who changes
 * something has to think of it, and nothing is forgotten.
 */
export const changesPipe = {
  name: 'write-backs',
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
  /** What is put into the queue. */
  template: '{"pk":"<$.dynamodb.NewImage.pk.S>"}',
} as const;
