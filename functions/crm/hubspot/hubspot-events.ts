import { isRecord, type UnknownRecord } from '../../domain/fields/record.ts';
import type { DealSignal, HeardSignals, UnreadableBody } from '../../ports/webhooks.ts';
import { instantIn, isNumericId, keyOf, textOf } from '../reading.ts';

const dealType = '0-3';

/** What HubSpot calls what happened, behind `deal.` or `object.`. */
const happenings: Readonly<Record<string, DealSignal['what']>> = {
  creation: 'changed',
  propertyChange: 'changed',
  associationChange: 'changed',
  restore: 'changed',
  deletion: 'deleted',
  privacyDeletion: 'deleted',
  merge: 'merged',
};

/**
 * Reads the body of a webhook of HubSpot: an array of up to 100 events, named `deal.*` or `object.*`, in any order, some of them
 * twice. What is no deal's is counted and left. `eventId` isn't unique: the key is made of what the event says.
 */
export function readHubspotEvents(body: unknown): HeardSignals | UnreadableBody {
  if (!Array.isArray(body)) return { unreadable: 'a webhook of HubSpot is an array of events' };
  const signals = new Map<string, DealSignal>();
  let ignored = 0;
  for (const event of body) {
    const found = signalsIn(event);
    if (found.length === 0) ignored += 1;
    for (const signal of found) signals.set(`${signal.key} ${signal.dealId}`, signal);
  }
  return { signals: [...signals.values()], ignored };
}

/** One for a deal that changed; one for each deal that another took in. */
function signalsIn(received: unknown): readonly DealSignal[] {
  if (!isRecord(received)) return [];
  const { subscriptionType = received['eventType'] } = received;
  const [, object, happening = ''] = /^(deal|object)\.(\w+)$/.exec(textOf(subscriptionType)) ?? [];
  const event = happening === 'associationChange' ? ofDealsEnd(received) : received;
  const { portalId, objectId, objectTypeId, occurredAt } = event;
  const isDeal = object === 'deal' || (object === 'object' && objectTypeId === dealType);
  const what = Object.hasOwn(happenings, happening) ? happenings[happening] : undefined;
  const at = instantIn(occurredAt);
  if (!isDeal || what === undefined || at === undefined || !isNumericId(portalId)) return [];
  const account = String(portalId);
  const { propertyName, propertyValue, primaryObjectId, mergedObjectIds, newObjectId } = event;
  const subject = objectId ?? newObjectId ?? primaryObjectId;
  const key = keyOf([account, happening, subject, propertyName, propertyValue, occurredAt]);
  if (what !== 'merged') return isNumericId(objectId) ? [{ account, dealId: String(objectId), what, at, key }] : [];
  const into = newObjectId ?? primaryObjectId ?? objectId;
  if (!isNumericId(into)) return [];
  const mergedInto = String(into);
  const gone = [primaryObjectId, ...(Array.isArray(mergedObjectIds) ? mergedObjectIds : [])]
    .filter(isNumericId)
    .map(String)
    .filter((id) => id !== mergedInto);
  return [
    ...gone.map((dealId): DealSignal => ({ account, dealId, what, mergedInto, at, key })),
    { account, dealId: mergedInto, what: 'changed', at, key },
  ];
}

/** An association has two ends, and names neither the object: the deal's end is what changed for us. */
function ofDealsEnd(event: UnknownRecord): UnknownRecord {
  const { fromObjectId, fromObjectTypeId, toObjectId, toObjectTypeId } = event;
  if (fromObjectId === undefined) return event;
  const isTo = toObjectTypeId === dealType && fromObjectTypeId !== dealType;
  const typeId = isTo ? toObjectTypeId : fromObjectTypeId;
  return {
    ...event,
    objectId: isTo ? toObjectId : fromObjectId,
    ...(typeId !== undefined && { objectTypeId: typeId }),
  };
}
