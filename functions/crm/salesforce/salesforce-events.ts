import { isRecord } from '../../domain/fields/record.ts';
import type { DealSignal, HeardSignals, LostEvents, UnreadableBody } from '../../ports/webhooks.ts';
import { instantIn, textOf } from '../reading.ts';
import { writtenTo } from './salesforce-mapping.ts';

const happenings: Readonly<Record<string, DealSignal['what']>> = {
  CREATE: 'changed',
  UPDATE: 'changed',
  UNDELETE: 'changed',
  DELETE: 'deleted',
  // Something happened that Salesforce doesn't tell: read the record again.
  GAP_CREATE: 'changed',
  GAP_UPDATE: 'changed',
  GAP_UNDELETE: 'changed',
  GAP_DELETE: 'deleted',
};

/**
 * Reads an event of Change Data Capture as Event Relay or AppFlow puts it on a partner bus: `source`
 * `aws.partner/salesforce.com/<org>/<channel>` (or AppFlow's), the header in `detail.payload.ChangeEventHeader` (AppFlow: in `detail`).
 * One event may be about several records. `GAP_OVERFLOW` names none. What changed nothing but the fields that we write, whoever
 * did it, is ignored: nothing is read from them.
 */
export function readSalesforceEvent(event: unknown): HeardSignals | LostEvents | UnreadableBody {
  if (!isRecord(event) || !isRecord(event['detail'])) return { unreadable: 'an event of Salesforce has a detail' };
  const { source, detail } = event;
  const payload = isRecord(detail['payload']) ? detail['payload'] : detail;
  const header = payload['ChangeEventHeader'];
  if (!isRecord(header)) return { unreadable: 'an event of Salesforce has a ChangeEventHeader' };
  const { entityName, changeType, recordIds, transactionKey, sequenceNumber, commitTimestamp } = header;
  if (entityName !== 'Opportunity') return { signals: [], ignored: 1 };
  if (changeType === 'GAP_OVERFLOW') return { lost: 'Salesforce lost track of what changed' };
  if (changeType === 'UPDATE' && isOwnWriting(header['changedFields'])) return { signals: [], ignored: 1 };
  const what =
    typeof changeType === 'string' && Object.hasOwn(happenings, changeType) ? happenings[changeType] : undefined;
  const at = instantIn(commitTimestamp);
  const account = /^aws\.partner\/[\w.-]+\/([^/]+)/.exec(textOf(source))?.[1];
  if (what === undefined || at === undefined || account === undefined) return { signals: [], ignored: 1 };
  const ids = new Set((Array.isArray(recordIds) ? recordIds : []).filter(isRecordId).map(longId));
  if (ids.size === 0) return { signals: [], ignored: 1 };
  const key = `${account}|${textOf(transactionKey)}|${textOf(sequenceNumber)}`;
  return {
    signals: [...ids].map((dealId) => ({ account, dealId, what, at, key: `${key}|${dealId}` })),
    ignored: 0,
  };
}

/** What changes with every write. */
const stamps = ['LastModifiedDate', 'LastModifiedById', 'SystemModstamp', 'LastActivityDate'] as const;
const ours: ReadonlySet<unknown> = new Set([...Object.values(writtenTo), ...stamps]);

const isOwnWriting = (changedFields: unknown): boolean =>
  Array.isArray(changedFields) && changedFields.length > 0 && changedFields.every((name) => ours.has(name));

/** An id of a record, of either length. */
export const isRecordId = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/.test(value);

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** An id of 15 characters with the 3 that tell which of its letters are capitals: Salesforce uses both for one record. */
export function longId(id: string): string {
  if (id.length === 18) return id;
  const suffix = [0, 5, 10].map((from) => {
    const bits = [...id.slice(from, from + 5)].map((letter, i) => (/[A-Z]/.test(letter) ? 1 << i : 0));
    return letters.charAt(bits.reduce((sum, bit) => sum + bit, 0));
  });
  return id + suffix.join('');
}
