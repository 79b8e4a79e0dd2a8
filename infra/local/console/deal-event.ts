import { isRecord } from '../../../functions/domain/fields/record.ts';
import { parseInstant } from '../../../functions/domain/time/formats.ts';
import type { EventToPut } from '../put-event.ts';

/** An event as it is pasted or kept in a file: the members that PutEvents takes. */
export interface DealEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Reads an event from JSON text; problems are named together, each with what is expected. */
export function readEvent(text: string): { readonly event: DealEvent } | { readonly problems: readonly string[] } {
  if (text.trim() === '') return { problems: ['There is no event. Paste one as JSON.'] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problems: [`This is not JSON: ${error instanceof Error ? error.message : String(error)}.`] };
  }
  if (!isRecord(value))
    return { problems: ['The event is not a JSON object such as {"source": …, "detail-type": …, "detail": {…}}.'] };
  const { source, 'detail-type': detailType, detail } = value;
  const problems: string[] = [];
  if (!isText(source)) problems.push('source is missing or no text: the CRM’s events come from "handoff.crm".');
  if (!isText(detailType)) problems.push('detail-type is missing or no text, such as "Deal Closed Won".');
  if (!isRecord(detail))
    problems.push('detail is missing or no object: it holds dealId, customer, closedWonAt and so on.');
  if (problems.length > 0 || !isText(source) || !isText(detailType) || !isRecord(detail)) return { problems };
  return { event: { source, detailType, detail } };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export const asPutting = ({ source, detailType, detail }: DealEvent): EventToPut => ({
  source,
  detailType,
  detail: JSON.stringify(detail),
});

/** When the contract was signed (milliseconds since the epoch); undefined when the event does not say. */
export function signedAt({ detail }: DealEvent): number | undefined {
  const said = detail['closedWonAt'];
  const at = typeof said === 'string' ? parseInstant(said) : undefined;
  return at === undefined ? undefined : Date.parse(at);
}

const day = 86_400_000;
const dayOf = (time: number): number => Math.floor(time / day);

/**
 * The deal as if it were signed at `now` (milliseconds since the epoch): `closedWonAt` is that moment, and every other date
 * and instant of the deal moves by the same number of days, so that renewal stays as long after signature as it was. Dates
 * inside sentences stay as they are.
 */
export function signedNow(event: DealEvent, now: number): DealEvent {
  const signed = signedAt(event);
  const days = signed === undefined ? 0 : dayOf(now) - dayOf(signed);
  const moved = moveDates(event.detail, days) as DealEvent['detail'];
  return { ...event, detail: { ...moved, closedWonAt: new Date(now).toISOString() } };
}

function moveDates(value: unknown, days: number): unknown {
  if (Array.isArray(value)) return value.map((each) => moveDates(each, days));
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, moveDates(each, days)]));
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(value)) return value;
  const time = Date.parse(value);
  if (Number.isNaN(time)) return value;
  const later = new Date(time + days * day).toISOString();
  return value.includes('T') ? later : later.slice(0, 10);
}

/** How a deal that may have been closed before is to be closed again. */
export const identities = ['same', 'won-again', 'another'] as const;
export type Identity = (typeof identities)[number];

/** The event under the identity asked for; `taken` tells whether a handoff of that deal and won episode exists. */
export function identifiedAs(
  event: DealEvent,
  identity: Identity,
  taken: (deal: { readonly dealId: string; readonly wonEpisode: number }) => boolean,
): DealEvent {
  const dealId = String(event.detail['dealId']);
  const episode = Number(event.detail['wonEpisode'] ?? 1);
  if (identity === 'same' || !taken({ dealId, wonEpisode: episode })) return event;
  let count = 2;
  const candidate = () =>
    identity === 'won-again'
      ? { dealId, wonEpisode: episode + count - 1 }
      : { dealId: `${dealId}-copy-${count}`, wonEpisode: episode };
  while (taken(candidate())) count += 1;
  return { ...event, detail: { ...event.detail, ...candidate() } };
}
