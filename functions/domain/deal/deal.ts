import { cutText } from '../fields/clean-text.ts';
import { recordOf } from '../fields/record.ts';
import type { Refusal } from '../fields/refusal.ts';
import type { Instant } from '../time/calendar.ts';
import { isPlausible, parseInstant, startOfDay } from '../time/formats.ts';
import { dealFields } from './deal-fields.ts';
import { type FieldReader, fieldReader, meaningOf, problemOf, shortened, unpackEvent } from './deal-reading.ts';
import { given, readFacts, type SaidDeal } from './said-deal.ts';

/** A deal that was won, parsed. */
export interface Deal extends SaidDeal {
  /** 1 for the first time this deal is won, 2 after it reopened and was won again, … */
  readonly wonEpisode: number;
  /** Contract signature (S0, S2). */
  readonly closedWonAt: Instant;
  /** The day of signature, `YYYY-MM-DD`, where the CRM knows no time of day: `closedWonAt` is its start. */
  readonly closedWonOn?: string;
  /** It was deleted, or left out, and counts again with the signature that it had: it was won after whatever stopped it before, all the same. */
  readonly isRestored?: true;
  /** Nothing was sold: somebody tries out how a handoff goes. No report counts it. */
  readonly isTest?: true;
}

/** `closedWonAt` of a deal that is not signed yet: forms and the brief say nothing of a signature then. */
export const unsigned: Instant = '';

/** `notes`: what was odd but accepted, one sentence each. */
export type DealParsed =
  | { readonly deal: Deal; readonly notes: readonly string[] }
  | { readonly refused: readonly Refusal[] };

const dayLength = 86_400_000;
/** A close date further than this from the event is a mistyped year. */
const furthest = 366 * dayLength;
const mostReason = 2000;

/**
 * Parses the event `Deal Closed Won` (EventBridge envelope or its JSON text). Refused, every problem at once, is only what
 * leaves open which deal, which customer, when it was won or who sold it; anything else is accepted, and what is lacking is
 * named by `checkPackage` or in the notes.
 *
 * Numeric ids become text; instants with an offset become UTC. A bare date (some CRMs know no time) is the start of that day
 * in the customer's zone, else in UTC, and noted. Nothing is signed later than it is won: a close date over a day after `at`
 * (UTC, when the event happened; default: its own `time`) is a forecast that nobody corrected, so the event's time is taken in
 * its place and noted. One over 90 days before `at` is noted, one over 366 days away is refused.
 */
export function parseDealEvent(event: unknown, at?: Instant): DealParsed {
  const unpacked = unpackEvent(event, ['Deal Closed Won']);
  if ('refused' in unpacked) return unpacked;
  const { detail } = unpacked;
  const read = fieldReader();
  const facts = readFacts(detail, read);
  const wonEpisode = readEpisode(detail, read) ?? 1;
  const isRestored = read.optional(detail, 'detail.restored', dealFields().restored);
  const isTest = read.optional(detail, 'detail.test', dealFields().test);
  const zone = facts?.customer.timeZone ?? 'UTC';
  const signature = readClosedWon({
    detail,
    read,
    zone,
    at: at ?? parseInstant(typeof unpacked.time === 'string' ? unpacked.time : ''),
  });
  if (!facts || !signature || read.refused.length > 0) return { refused: read.refused };
  const deal: Deal = {
    ...facts,
    wonEpisode,
    ...signature,
    ...(isRestored && { isRestored }),
    ...(isTest && { isTest }),
  };
  return { deal, notes: shortened([...unpacked.notes, ...read.notes]) };
}

/** A deal that was won before and no longer is. */
export interface DealStopped {
  readonly dealId: string;
  /** Absent: the newest episode. */
  readonly wonEpisode?: number;
  readonly kind: 'reopened' | 'lost' | 'cancelled';
  readonly reason?: string;
}
export type DealStoppedParsed =
  | { readonly stopped: DealStopped; readonly notes: readonly string[] }
  | { readonly refused: readonly Refusal[] };

const stops = {
  'Deal Reopened': 'reopened',
  'Deal Lost': 'lost',
  'Deal Cancelled': 'cancelled',
} as const satisfies Record<string, DealStopped['kind']>;

/** Parses the events `Deal Reopened`, `Deal Lost` and `Deal Cancelled`. Refused without the id of the deal. */
export function parseDealStopped(event: unknown): DealStoppedParsed {
  const unpacked = unpackEvent(event, Object.keys(stops));
  if ('refused' in unpacked) return unpacked;
  const { detail, detailType } = unpacked;
  const read = fieldReader();
  const dealId = read.required(detail, 'detail.dealId', dealFields().dealId);
  const wonEpisode = readEpisode(detail, read);
  const kind = Object.entries(stops).find(([type]) => type === detailType)?.[1];
  if (!dealId || !kind || read.refused.length > 0) return { refused: read.refused };
  const said = typeof detail['reason'] === 'string' ? detail['reason'].trim() : '';
  const reason = said === '' ? undefined : cutText(said, mostReason);
  return {
    stopped: { dealId, kind, ...given({ wonEpisode, reason }) },
    notes: shortened([...unpacked.notes, ...read.notes]),
  };
}

/**
 * The name of a handoff and of its execution: `<dealId>-<wonEpisode>`, of `[0-9A-Za-z_-]` and at most 80 characters. A deal id
 * that does not fit is rewritten and shortened, and a hash of it keeps two such deals apart. The same deal always gets the
 * same name.
 */
export function handoffIdOf({ dealId, wonEpisode }: Pick<Deal, 'dealId' | 'wonEpisode'>): string {
  const episode = `-${wonEpisode}`;
  const safe = dealId.replace(/[^0-9A-Za-z_-]+/g, '-');
  if (safe === dealId && dealId.length + episode.length <= 80) return dealId + episode;
  const hash = `-${hashOf(dealId)}`;
  return safe.slice(0, 80 - hash.length - episode.length).replace(/-+$/, '') + hash + episode;
}

/** FNV-1a over the UTF-8 bytes, 64 bits, in base 36. */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(36).padStart(13, '0');
}

/** Refused when it is given but no count: it decides which handoff this is. */
function readEpisode(detail: unknown, read: FieldReader): number | undefined {
  const given = recordOf(detail)['wonEpisode'];
  if (given === undefined || given === null || given === '') return undefined;
  return read.required(detail, 'detail.wonEpisode', dealFields().wonEpisode);
}

function readClosedWon(input: {
  detail: unknown;
  read: FieldReader;
  zone: string;
  at: Instant | undefined;
}): Pick<Deal, 'closedWonAt' | 'closedWonOn'> | undefined {
  const { detail, read, zone, at } = input;
  const field = 'detail.closedWonAt';
  const received = recordOf(detail)['closedWonAt'];
  const remedy = `Send ${meaningOf(dealFields().closedWonAt)}.`;
  const refuse = (problem: string) => {
    read.refused.push({ field, problem, remedy });
    return undefined;
  };
  if (typeof received !== 'string') return refuse(problemOf(received));
  const morning = startOfDay(received, zone);
  if (morning) read.notes.push(`${field} is a day without a time; taken as its start in ${zone}`);
  const closedWonAt = morning ?? parseInstant(received);
  if (!closedWonAt || !isPlausible(closedWonAt)) return refuse(problemOf(received));
  const late = at === undefined ? 0 : Date.parse(closedWonAt) - Date.parse(at);
  if (Math.abs(late) > furthest) return refuse(`${problemOf(received)}, more than a year from today (${at})`);
  if (late > dayLength && at !== undefined) {
    read.notes.push(
      `${field} ${closedWonAt} is in the future; taken as ${at}, when the event came: every deadline counts from then`,
    );
    return { closedWonAt: at };
  }
  if (late < -90 * dayLength) read.notes.push(`${field} ${closedWonAt} is long past: every deadline counts from then`);
  return { closedWonAt, ...(morning && { closedWonOn: received }) };
}
