import type { ReportMails, SaidReport } from '../ports/report-mails.ts';
import type { Table } from './dynamodb.ts';
import { epochSeconds } from './item-keys.ts';
import { mailRecords } from './mail-records.ts';
import { partition, sort, timeToLive } from './table.ts';

/** Longer than the year to which a report is ever compared. */
const keptDays = 400;

const forgottenAfter = (at: string) => ({ [timeToLive]: epochSeconds(at) + keptDays * 86_400 });

/** The mails that are about no single handoff, in a partition of each reader. */
export function reportMailRecords(table: Table): ReportMails {
  const { claim, release, hold, of, recordFates } = mailRecords(table, {
    partitionOf: partition.reported,
    more: forgottenAfter,
  });
  return {
    claim,
    release,
    hold,
    of,
    recordFates,

    async settle({ id, key, at, messageId, lists }) {
      await table.put({
        ...{ pk: partition.reported(id), sk: sort.mail(key), mailStatus: 'sent', at },
        ...(messageId !== undefined && { messageId }),
        ...(lists && { lists }),
        ...forgottenAfter(at),
      });
    },

    async last(id, prefix, before = `${prefix}\uffff`) {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :before',
        values: { ':pk': partition.reported(id), ':from': sort.mail(prefix), ':before': sort.mail(before) },
        // The newest, and the one whose key ends the range: a reader has hundreds.
        ScanIndexForward: false,
        most: 2,
      });
      const last = items.find(({ sk }) => sk !== sort.mail(before));
      return (
        last && {
          key: String(last['sk']).slice(sort.mail('').length),
          at: String(last['at']),
          status: last['mailStatus'] as SaidReport['status'],
          ...(Array.isArray(last['lists']) && { lists: last['lists'].map(String) }),
        }
      );
    },
  };
}
