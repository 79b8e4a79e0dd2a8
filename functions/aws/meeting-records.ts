import type { MeetingRecord } from '../domain/handoff/meeting-record.ts';
import type { Meetings } from '../ports/meetings.ts';
import type { Item, Table } from './dynamodb.ts';
import { partition, sort } from './table.ts';

/** The meetings of handoffs, one item each; of two people who change one at once, the first one wins. */
export function meetingRecords(table: Table): Meetings {
  return {
    async write(id, { meeting, ...stands }) {
      const key = { pk: partition.handoff(id), sk: sort.meeting(meeting) };
      const written = await table.put(
        { ...key, ...stands },
        {
          ConditionExpression: 'attribute_not_exists(pk) OR #sequence < :sequence',
          ExpressionAttributeNames: { '#sequence': 'sequence' },
          values: { ':sequence': stands.sequence },
        },
      );
      if (written) return true;
      const { sequence, by, changedAt } = (await table.get(key)) ?? {};
      // One's own, though the answer to the write was lost.
      return sequence === stands.sequence && by === stands.by && changedAt === stands.changedAt;
    },
  };
}

export function meetingOf(meeting: string, item: Item): MeetingRecord {
  const { pk: _pk, sk: _sk, ...stands } = item;
  return { ...(stands as unknown as Omit<MeetingRecord, 'meeting'>), meeting };
}
