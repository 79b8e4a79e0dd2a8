import { type DealParsed, parseDealEvent } from '../domain/deal/deal.ts';
import { fitPackage } from '../domain/deal/package.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { CrmDeal, DealRead } from '../ports/crm.ts';
import type { BusMessage } from '../ports/deal-bus.ts';
import type { SeenDeal } from '../ports/seen-deals.ts';

/** What our own events of deals say they come from. */
export const dealSource = 'handoff.crm';

/** A deal that was won longer ago when it is first heard of began without us: somebody has to ask for its handoff. */
const longestAgo = 7 * 86_400_000;

/** What a deal is by now, and what is to be told of it. */
export interface Moves {
  readonly seen: SeenDeal;
  readonly told: 'nothing new' | 'told' | 'won long ago' | 'left out';
}

/**
 * What a deal as it was read means after what was last seen of it: the events to tell, in their order, each later than whatever was
 * told before. `at`: when the CRM said that something had happened, UTC. `digest`: of a text.
 */
export function movesOf(
  input: {
    readonly dealId: string;
    readonly read: Exclude<DealRead, { mergedInto: string }>;
    readonly at: Instant;
    /** False of a deal that was told as won, or is gone, and has no handoff: no event of it could be used. */
    readonly hasHandoff?: boolean;
    /** The deal in the CRM that it has just become part of. */
    readonly mergedInto?: string;
  },
  before: SeenDeal | undefined,
  digest: (text: string) => string,
): Moves {
  const { dealId, read } = input;
  const later = laterThan(before?.at, input.at);
  const isDrafted = hasDraft(before);
  const stops = (detailType: string, reason?: string): BusMessage[] =>
    before?.phase === 'won' || isDrafted ? [message(detailType, { dealId, ...(reason && { reason }) }, later())] : [];
  if ('gone' in read) {
    // Nothing was told of it that could be taken back, or be restored.
    if (before?.phase === 'left out') return moved({ ...before, outbox: [] }, before, later);
    const outbox = before ? stops('Deal Cancelled', read.gone) : [];
    const gone = moved({ phase: 'gone', facts: '', at: input.at, outbox }, before, later);
    // Restored one day, it is still nobody's business here.
    return before?.isUntold ? { ...gone, seen: { ...gone.seen, isUntold: true } } : gone;
  }
  const { deal } = read;
  const facts = digest(sorted([deal.facts, deal.expectedCloseOn]));
  const [reopenedWhy, lostWhy] = whyStopped(deal, input.mergedInto);
  if (deal.leftOut !== undefined && !hasBegun(deal, input.hasHandoff, before)) {
    const isReopened = before?.phase === 'won' && deal.phase !== 'won';
    const outbox =
      deal.phase === 'lost'
        ? stops('Deal Lost', lostWhy)
        : isReopened
          ? stops('Deal Reopened', reopenedWhy)
          : stops('Deal Cancelled', deal.leftOut);
    const out = moved({ phase: 'left out', facts: '', at: input.at, outbox }, before, later);
    return outbox.length > 0 ? out : { ...out, told: 'left out' };
  }
  const isNew = before?.phase !== deal.phase || before.facts !== facts;
  // Deleted, or called a renewal, by mistake: the CRM has the signature that it had, from before that was told.
  const restored = before?.phase === 'gone' || before?.phase === 'left out' ? { restored: true } : {};
  const won = (each: CrmDeal) => wonMessage(each, { at: later(), heardAt: input.at, ...restored });
  const now = (outbox: readonly BusMessage[]): Moves =>
    moved({ phase: deal.phase, facts, at: input.at, outbox }, before, later);
  switch (deal.phase) {
    case 'won':
      if (before?.isUntold || (isFirstLook(before) && isLongAgo(deal, input.at))) return untold(now([]));
      if (before?.phase === 'won' && !isNew) return now([]);
      return now([
        // Of a deal without a handoff what was wrong with its event may be right by now; who has begun with it meanwhile hears what changed.
        ...(before?.phase === 'won' && input.hasHandoff !== false ? [] : [won(deal)]),
        ...(before?.phase === 'won' ? [message('Deal Changed', factsOf(deal), later())] : []),
      ]);
    case 'proposed': {
      const reopened = before?.phase === 'won' ? stops('Deal Reopened', reopenedWhy) : [];
      const { expectedCloseOn } = deal;
      const detail = { ...factsOf(deal), ...(expectedCloseOn && { expectedCloseOn }) };
      return now(isNew ? [...reopened, message('Deal Proposed', detail, later())] : []);
    }
    case 'lost':
      return now(before?.phase === 'lost' ? [] : stops('Deal Lost', lostWhy));
    case 'early': {
      const early = now(before?.phase === 'won' ? stops('Deal Reopened', reopenedWhy) : []);
      return isDrafted ? { ...early, seen: { ...early.seen, isDrafted } } : early;
    }
  }
}

/** Whether the draft of a deal stands, as it was last seen. */
export const hasDraft = (seen: SeenDeal | undefined): boolean => seen?.phase === 'proposed' || seen?.isDrafted === true;

/** What has begun, here or without us, goes on whatever would leave it out by now: deals move to other pipelines once they are won. */
function hasBegun({ phase }: CrmDeal, hasHandoff: boolean | undefined, before: SeenDeal | undefined): boolean {
  const wasWon = before?.phase === 'won' || before?.phase === 'gone';
  return phase === 'won' && wasWon && (hasHandoff !== false || before.isUntold === true);
}

/** Nothing was told of it yet that it could be told after. */
const isFirstLook = (before: SeenDeal | undefined): boolean => before === undefined || before.phase === 'left out';

/** Won before anybody here heard of it. */
const untold = ({ seen }: Moves): Moves => ({ seen: { ...seen, isUntold: true }, told: 'won long ago' });

function moved(seen: SeenDeal, before: SeenDeal | undefined, later: () => Instant): Moves {
  const told = seen.outbox.length > 0;
  // What is told next is later than all of it, too.
  const at = told || !before ? later() : before.at;
  return { seen: { ...mergesOf(before), ...seen, at }, told: told ? 'told' : 'nothing new' };
}

/** Which deals of the CRM it is, whatever is seen of it. */
export const mergesOf = ({ livesAs, tookIn }: Partial<SeenDeal> = {}): Pick<SeenDeal, 'livesAs' | 'tookIn'> => ({
  ...(livesAs !== undefined && { livesAs }),
  ...(tookIn !== undefined && { tookIn }),
});

const message = (detailType: string, detail: BusMessage['detail'], at: Instant): BusMessage => ({
  source: dealSource,
  detailType,
  detail,
  at,
});

const wonMessage = (
  deal: CrmDeal,
  { at, heardAt, restored }: { readonly at: Instant; readonly heardAt: Instant; readonly restored?: boolean },
): BusMessage =>
  message(
    'Deal Closed Won',
    { ...factsOf(deal), closedWonAt: deal.wonAt ?? heardAt, ...(restored && { restored }) },
    at,
  );

/** Why a deal that is won no more is reopened, and why it is lost, as people read it. */
function whyStopped(
  { stage, lostReason }: CrmDeal,
  mergedInto: string | undefined,
): readonly [string, string | undefined] {
  if (mergedInto === undefined) return [`It is at "${stage}" again.`, lostReason];
  const merged = `In the CRM it became part of the deal ${mergedInto}, which is`;
  return [`${merged} at "${stage}".`, `${merged} lost${lostReason === undefined ? '.' : `: ${lostReason}`}`];
}

/** The deal as the event that it was won would be read. `at`: when that happened, UTC. */
export const parseAsWon = (
  { dealId, facts, wonAt }: Pick<CrmDeal, 'dealId' | 'facts' | 'wonAt'>,
  at: Instant,
): DealParsed =>
  parseDealEvent(
    { source: dealSource, 'detail-type': 'Deal Closed Won', detail: { dealId, ...facts, closedWonAt: wonAt } },
    at,
  );

/** What the event says of the deal: small enough for the bus. */
function factsOf({ dealId, facts }: CrmDeal): BusMessage['detail'] {
  const { package: pkg, ...others } = facts;
  return { dealId, ...others, ...(pkg !== undefined && { package: fitPackage(pkg) ?? {} }) };
}

function isLongAgo({ wonAt }: CrmDeal, at: Instant): boolean {
  const won = wonAt === undefined ? Number.NaN : Date.parse(wonAt);
  return Date.parse(at) - won > longestAgo;
}

/** Moments one after the other, each a second after the one before: the bus tells no finer ones apart. */
function laterThan(before: Instant | undefined, at: Instant): () => Instant {
  let last = before === undefined ? Number.NEGATIVE_INFINITY : Date.parse(before);
  return () => {
    last = Math.max(Math.floor(Date.parse(at) / 1000) * 1000, last + 1000);
    return new Date(last).toISOString();
  };
}

/** JSON that is the same whatever the order of members. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
