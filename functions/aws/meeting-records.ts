import type { MeetingRecord } from '../domain/handoff/meeting-record.ts';
import type { Meetings } from '../ports/meetings.ts';
import type { Item, Table } from './dynamodb.ts';
import { partition, sort } from './table.ts';

/** The meetings of handoffs, one item each; of two people who change one at once, the first one wins. */
export function meetingRecords(table: Table): Meetings {
  return {
    async write(id, { meeting, ...stands }) {
      return table.put(
        { pk: partition.handoff(id), sk: sort.meeting(meeting), ...stands },
        {
          ConditionExpression: 'attribute_not_exists(pk) OR #sequence < :sequence',
          ExpressionAttributeNames: { '#sequence': 'sequence' },
          values: { ':sequence': stands.sequence },
        },
      );
    },
  };
}

export function meetingOf(meeting: string, item: Item): MeetingRecord {
  const { pk: _pk, sk: _sk, ...stands } = item;
  return { ...(stands as unknown as Omit<MeetingRecord, 'meeting'>), meeting };
}
