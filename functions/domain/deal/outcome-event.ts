import { excerpt } from '../fields/clean-text.ts';
import type { Refusal } from '../fields/refusal.ts';
import type { Instant } from '../time/calendar.ts';
import { dayLength } from '../time/calendar-instant.ts';
import { isPlausible, parseInstant, startOfDay } from '../time/formats.ts';
import { type FieldReader, fieldReader, meaningOf, problemOf, shortened, unpackEvent } from './deal-reading.ts';
import { type Outcome, outcomeEvents } from './outcome.ts';
import { outcomeFields } from './outcome-fields.ts';
import { given } from './said-deal.ts';

/** `notes`: what was odd but accepted, one sentence each. */
export type OutcomeParsed =
  | {
      readonly dealId: string;
      /** Absent: the newest episode. */
      readonly wonEpisode?: number;
      readonly outcome: Outcome;
      readonly notes: readonly string[];
    }
  | { readonly refused: readonly Refusal[] };

/**
 * Parses the events `Onboarding Completed`, `Customer Expanded`, `Customer Renewed` and `Customer Churned`. Refused, every
 * problem at once, is what leaves open which handoff it is about, or when it happened; an amount that cannot be used is left
 * out and noted. A bare day is its start in UTC. What is said to happen over a day after `saidAt` (UTC, when the event was
 * put on the bus) has not happened yet, and is refused.
 */
export function parseOutcome(event: unknown, saidAt: Instant): OutcomeParsed {
  const unpacked = unpackEvent(event, Object.keys(outcomeEvents));
  if ('refused' in unpacked) return unpacked;
  const { detail, detailType } = unpacked;
  const read = fieldReader();
  const fields = outcomeFields();
  const dealId = read.required(detail, 'detail.dealId', fields.dealId);
  const wonEpisode = isAbsent(detail['wonEpisode'])
    ? undefined
    : read.required(detail, 'detail.wonEpisode', fields.wonEpisode);
  const at = readAt(detail['at'], saidAt, read);
  const reference = read.optional(detail, 'detail.reference', fields.reference);
  const outcome = Object.entries(outcomeEvents).find(([type]) => type === detailType)?.[1];
  const amount = readAmount(detail, read);
  const unknown = Object.keys(detail).filter((name) => !Object.hasOwn(fields, name));
  read.notes.push(...unknown.map((name) => `detail.${excerpt(name)} is not a field of this event; not used`));
  if (!dealId || !at || !outcome || read.refused.length > 0) return { refused: read.refused };
  return {
    ...{ dealId, ...given({ wonEpisode }) },
    outcome: { outcome, at, saidAt, ...amount, ...given({ reference }) },
    notes: shortened([...unpacked.notes, ...read.notes]),
  };
}

const isAbsent = (received: unknown): boolean => received === undefined || received === null || received === '';

function readAt(received: unknown, saidAt: Instant, read: FieldReader): Instant | undefined {
  if (isAbsent(received)) return saidAt;
  const field = 'detail.at';
  const refuse = (problem: string, remedy: string): undefined => {
    read.refused.push({ field, problem, remedy });
    return undefined;
  };
  const at = typeof received === 'string' ? (startOfDay(received, 'UTC') ?? parseInstant(received)) : undefined;
  if (at === undefined || !isPlausible(at))
    return refuse(problemOf(received), `Send ${meaningOf(outcomeFields().at)}.`);
  if (Date.parse(at) - Date.parse(saidAt) > dayLength)
    return refuse(`is ${at}, which is still to come`, 'Send the event when it has happened.');
  return at;
}

/** Both or neither: an amount without its currency cannot be added to any other. */
function readAmount(
  detail: Readonly<Record<string, unknown>>,
  read: FieldReader,
): { readonly amount?: number; readonly currency?: string } {
  const fields = outcomeFields();
  const { currency: said, amount: number } = detail;
  const code = typeof said === 'string' ? said.trim().toUpperCase() : said;
  const count = typeof number === 'string' && number.trim() !== '' ? Number(number) : number;
  const amount = read.optional({ amount: Number.isNaN(count) ? number : count }, 'detail.amount', fields.amount);
  const currency = read.optional({ currency: code }, 'detail.currency', fields.currency);
  if (amount !== undefined && currency !== undefined) return { amount, currency };
  if (amount !== undefined && isAbsent(said)) read.notes.push('detail.amount comes without a currency; left out');
  if (currency !== undefined && isAbsent(number)) read.notes.push('detail.currency comes without an amount; left out');
  return {};
}
