import { inThousands } from '../../../functions/domain/texts/number-text.ts';
import { type ExportedDeal, type ReadExport, told } from './export-deals.ts';

/** The deals of an export that count, and what was left out. */
export interface ClosedDeals {
  readonly deals: readonly ExportedDeal[];
  readonly notes: readonly string[];
}

/**
 * Those that were won, each once, and of them the last by the day they closed, as many as `last` says (all, unless said). Where a
 * stage is called won, only such deals were; where no stage is, those count that are not called lost.
 */
export function closedDeals({ deals, notes }: Pick<ReadExport, 'deals' | 'notes'>, last?: number): ClosedDeals {
  const saysWon = deals.some(({ stage = '' }) => /\bwon\b/i.test(stage));
  const isWon = ({ isWon: said, stage }: ExportedDeal) =>
    said ?? (stage === undefined || (saysWon ? /\bwon\b/i.test(stage) : !/\blost\b/i.test(stage)));
  const won = deals.filter(isWon);
  const others = deals.length - won.length;

  const first = new Map<string, ExportedDeal>();
  const again: { readonly deal: ExportedDeal; readonly before: ExportedDeal }[] = [];
  for (const deal of won) {
    const before = first.get(keyOf(deal));
    if (before) again.push({ deal, before });
    else first.set(keyOf(deal), deal);
  }
  const each = [...first.values()];
  const kept = last === undefined ? each : newestFirst(each).slice(0, last);
  const undated = kept.length < each.length ? each.filter(({ closedOn }) => closedOn === undefined).length : 0;
  const stages = [...new Set(deals.flatMap(({ stage }) => stage ?? []))];
  return {
    deals: kept,
    notes: [
      ...notes,
      ...(others > 0 ? [`${counted(others, 'deal is', 'deals are')} left out: not won.`] : []),
      ...(stages.length > 1 && !saysWon && others === 0
        ? [`No stage is called won; deals of every stage count: ${stages.slice(0, 5).join(', ')}.`]
        : []),
      ...told(
        again,
        ({ deal, before }) =>
          `${deal.place}: ${deal.name} stands in ${before.place}, too; it counts once, as it stands there.`,
      ),
      ...(undated > 0
        ? [`${counted(undated, 'deal has', 'deals have')} no day of closing, and may not be among the last.`]
        : []),
    ],
  };
}

const keyOf = ({ dealId, wonEpisode = '', name, customer = '', closedOn = '' }: ExportedDeal): string =>
  dealId === undefined ? `${name}\n${customer}\n${closedOn}` : `${dealId}\n${wonEpisode}`;

const newestFirst = (deals: readonly ExportedDeal[]): readonly ExportedDeal[] =>
  [...deals].sort((one, other) => (other.closedOn ?? '').localeCompare(one.closedOn ?? ''));

/** '1 deal', '2 deals', '10,000 deals'. */
export const counted = (count: number, one: string, more: string): string =>
  `${inThousands(count)} ${count === 1 ? one : more}`;
