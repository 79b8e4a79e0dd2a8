import { parseDealEvent, parseDealStopped } from '../../../functions/domain/deal/deal.ts';
import { outcomeEvents } from '../../../functions/domain/deal/outcome.ts';
import { parseOutcome } from '../../../functions/domain/deal/outcome-event.ts';
import { parseSaidDeal } from '../../../functions/domain/deal/said-deal.ts';
import { isRecord, recordOf } from '../../../functions/domain/fields/record.ts';
import type { Refusal } from '../../../functions/domain/fields/refusal.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import { parseInstant } from '../../../functions/domain/time/formats.ts';
import { dealRules, type Values } from '../../wiring/deal-rules.ts';
import type { FunctionName } from '../../wiring/function-names.ts';
import { type EventToPut, eventToPut } from '../put-event.ts';

/** An event and when it is put on the bus (milliseconds since the epoch). */
export interface TimedEvent {
  /** As the CRM sends it. */
  readonly event: object;
  readonly put: EventToPut;
  readonly at: number;
}

/**
 * Reads an event as a CRM sends it: `{ source, detail-type, time, detail }`. It is put on the bus at its `time` (ISO 8601, in
 * any zone); a won deal without one when it was won. Refused, every problem at once, is an event that the bus would not take,
 * and one of a known kind that Handoff would not take; any other is for the rules of the bus to judge.
 */
export function timedEvent(event: unknown): TimedEvent | { readonly refused: readonly Refusal[] } {
  if (!isRecord(event))
    return refusal('event', 'is not a JSON object', 'Send an object with source, detail-type, time and detail.');
  const { source, 'detail-type': detailType, time, detail } = event;
  const at = instantIn(time) ?? closedWonAt(detail);
  const refused = [
    ...(isText(source) ? [] : missing('source', 'Send who the event is from, e.g. "handoff.crm".')),
    ...(isText(detailType) ? [] : missing('detail-type', 'Send what has happened, e.g. "Deal Closed Won".')),
    ...(isObjectText(detail) ? [] : missing('detail', 'Send an object.')),
    ...(time === undefined || instantIn(time) ? [] : noInstant),
    ...(time === undefined && !at ? missing('time', `Send when it is put on the bus, ${example}`) : []),
  ];
  if (refused.length > 0 || !isText(source) || !isText(detailType) || !at) return { refused };
  const parse = parserOf(source, detailType);
  const parsed = parse?.(event, at);
  if (parsed && 'refused' in parsed) return parsed;
  return { event, put: eventToPut(event), at: Date.parse(at) };
}

const example = 'e.g. "2026-11-20T16:00:00+01:00".';
const refusal = (field: string, problem: string, remedy: string) => ({ refused: [{ field, problem, remedy }] });
const missing = (field: string, remedy: string) => refusal(field, 'is missing or not usable', remedy).refused;
const noInstant = refusal('time', 'is no moment with a date, a time and a zone', `Send one, ${example}`).refused;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function isObjectText(detail: unknown): boolean {
  if (typeof detail !== 'string') return isRecord(detail);
  try {
    return isRecord(JSON.parse(detail));
  } catch {
    return false;
  }
}

const instantIn = (time: unknown): Instant | undefined => (isText(time) ? parseInstant(time) : undefined);

/** When the deal was won, if it says so to the second; a bare day is for who knows the customer's zone. */
const closedWonAt = (detail: unknown): Instant | undefined => instantIn(recordOf(detail)['closedWonAt']);

type Parse = (event: unknown, at: Instant) => object | { readonly refused: readonly Refusal[] };

/** How Handoff reads an event of a known kind; undefined for one that a rule matches only because it is none. */
function parserOf(source: string, detailType: string): Parse | undefined {
  const rule = dealRules.find((each) => isNamed(each.source, source) && isNamed(each.detailType, detailType));
  if (rule === undefined) return undefined;
  const parsers: Partial<Record<FunctionName, Parse>> = {
    'stop-deal': parseDealStopped,
    'follow-deal': Object.hasOwn(outcomeEvents, detailType) ? parseOutcome : parseSaidDeal,
  };
  return parsers[rule.target] ?? parseDealEvent;
}

const isNamed = (values: Values, value: string): boolean => !('anythingBut' in values) && values.includes(value);
