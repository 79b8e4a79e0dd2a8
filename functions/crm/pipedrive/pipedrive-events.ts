import { isRecord } from '../../domain/fields/record.ts';
import type { HeardSignals, UnreadableBody } from '../../ports/webhooks.ts';
import { instantIn, isNumericId, textOf } from '../reading.ts';

/**
 * Reads the body of a webhook of Pipedrive, version 2: `{ meta, data, previous }`, one event about one record, whose ids come as
 * text or number. A deletion has no data; a merge is a deletion that says `merged_to_id`, and a change of the deal that stays.
 */
export function readPipedriveEvent(body: unknown): HeardSignals | UnreadableBody {
  if (!isRecord(body) || !isRecord(body['meta'])) return { unreadable: 'a webhook of Pipedrive has a meta' };
  const { meta, data } = body;
  const { version, entity, action, entity_id: dealId, company_id: account, id, timestamp } = meta;
  if (version !== '2.0') return { unreadable: `webhooks of version 2.0 are read, not "${textOf(version)}"` };
  // Examples show it as a text, and in seconds since 1970.
  const at = instantIn(typeof timestamp === 'number' && timestamp < 1e11 ? timestamp * 1000 : timestamp);
  if (entity !== 'deal' || !isNumericId(dealId) || !isNumericId(account) || at === undefined)
    return { signals: [], ignored: 1 };
  const into = isRecord(data) ? data['merged_to_id'] : meta['merged_to_id'];
  const what =
    action === 'delete'
      ? isNumericId(into)
        ? 'merged'
        : 'deleted'
      : changes.has(textOf(action))
        ? 'changed'
        : undefined;
  if (what === undefined) return { signals: [], ignored: 1 };
  const common = { account: String(account), at, key: `${account}|${textOf(id)}` };
  const from = isRecord(data) ? (data['merged_from_id'] ?? meta['merged_from_id']) : meta['merged_from_id'];
  // Both say that two deals became one, and either may be lost.
  if (what === 'changed' && isNumericId(from) && String(from) !== String(dealId))
    return {
      signals: [{ ...common, dealId: String(from), what: 'merged', mergedInto: String(dealId) }],
      ignored: 0,
    };
  const merged = what === 'merged' ? { mergedInto: String(into) } : {};
  return { signals: [{ ...common, dealId: String(dealId), what, ...merged }], ignored: 0 };
}

const changes: ReadonlySet<string> = new Set(['create', 'change']);
