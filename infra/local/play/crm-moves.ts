import { recordOf } from '../../../functions/domain/fields/record.ts';
import type { FakeStage } from '../crm/fake-crm.ts';
import type { TimedEvent } from './timed-event.ts';

/** What happens to a deal in the CRM, at `at` (milliseconds since the epoch). */
export interface CrmMove {
  readonly at: number;
  /** As the events call it. */
  readonly deal: string;
  readonly to: FakeStage['phase'] | 'deleted';
}

export interface CrmMoves {
  /** What the events say of each deal, by the id they call it. */
  readonly deals: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** In the order in which they happen. */
  readonly moves: readonly CrmMove[];
}

const movesBy: Readonly<Record<string, CrmMove['to']>> = {
  'Deal Closed Won': 'won',
  'Deal Lost': 'lost',
  'Deal Reopened': 'early',
  'Deal Cancelled': 'deleted',
};

/**
 * What has to happen in a CRM so that it tells what events say: a deal is won, lost, opened again or deleted there. Problems are
 * named together, each with the number of its event in the order in which they were given.
 */
export function movesInCrm(events: readonly TimedEvent[]): CrmMoves | { readonly problems: readonly string[] } {
  const deals = new Map<string, Readonly<Record<string, unknown>>>();
  const last = new Map<string, CrmMove['to']>();
  const moves: CrmMove[] = [];
  const problems: string[] = [];
  const inTime = events.map((event, i) => ({ ...event, number: i + 1 })).toSorted((one, other) => one.at - other.at);
  for (const { at, put, number } of inTime) {
    const detail = recordOf(JSON.parse(put.detail));
    const deal = String(detail['dealId']);
    const to = movesBy[put.detailType];
    const problem = to === undefined ? noMove(put.detailType) : problemOf({ deal, to, detail }, last.get(deal), deals);
    if (problem !== undefined) problems.push(`Event ${number} cannot be played in a CRM: ${problem}`);
    if (problem !== undefined || to === undefined) continue;
    if (!deals.has(deal)) deals.set(deal, detail);
    last.set(deal, to);
    moves.push({ at, deal, to });
  }
  return problems.length > 0 ? { problems } : { deals, moves };
}

const noMove = (detailType: string): string =>
  `"${detailType}" is nothing that can be done there. Use ${Object.keys(movesBy).join(', ')}, or leave out --crm.`;

function problemOf(
  { deal, to, detail }: { deal: string; to: CrmMove['to']; detail: Readonly<Record<string, unknown>> },
  before: CrmMove['to'] | undefined,
  deals: CrmMoves['deals'],
): string | undefined {
  if (before === undefined && to !== 'won')
    return `nothing won ${deal} before it. Give its "Deal Closed Won" an earlier time.`;
  if (before === 'deleted') return `${deal} was deleted there before it.`;
  if (before === to) return `${deal} is ${said[to]} already by then. Leave the event out.`;
  const first = deals.get(deal);
  if (to !== 'won' || first === undefined || sameDeal(first) === sameDeal(detail)) return undefined;
  return `it says something else of ${deal} than the event before. A deal that is won again stays as it is there.`;
}

const said: Readonly<Record<CrmMove['to'], string>> = {
  ...{ won: 'won', lost: 'lost', early: 'open again', proposed: 'open again', deleted: 'deleted' },
};

/** What stays the same of a deal that is won again. */
function sameDeal({ closedWonAt: _at, wonEpisode: _episode, ...others }: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.entries(others).sort(([one], [other]) => (one < other ? -1 : 1)));
}
