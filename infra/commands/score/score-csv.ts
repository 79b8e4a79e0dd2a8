import type { Audit, ScoredDeal } from '../../../functions/domain/deal/closed-deal-audit.ts';
import { closedDealParts } from '../../../functions/domain/deal/closed-deal-score.ts';

/**
 * The scores as CSV (RFC 4180, UTF-8 with a byte order mark so that Excel reads it as such), a row for each deal. A text that a
 * spreadsheet would take for a formula begins with an apostrophe.
 */
export function scoreCsv({ deals }: Audit): string {
  const header = columns.map(([title]) => title);
  const rows = deals.map((deal) => columns.map(([, cell]) => cell(deal)));
  return `\uFEFF${[header, ...rows].map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

type Cell = string | number | undefined;

const columns: readonly (readonly [title: string, cell: (deal: ScoredDeal) => Cell])[] = [
  ['Deal ID', ({ deal }) => deal.dealId],
  ['Deal', ({ deal }) => deal.name],
  ['Company', ({ deal }) => deal.customer],
  ['Closed on', ({ deal }) => deal.closedOn],
  ['Account executive', ({ deal }) => deal.accountExecutive],
  ['Customer success manager', ({ deal }) => deal.customerSuccessManager],
  ['Segment', ({ rules }) => rules.segment],
  ['Score', ({ score }) => score.points],
  ['Score at most', ({ score }) => score.atMost],
  ['Package complete in percent', ({ percent }) => percent],
  ...closedDealParts.flatMap(({ what, outOf }) => [
    [`${what} (of ${outOf})`, partOf(what, 'points')] as const,
    [`${what}: why`, partOf(what, 'because')] as const,
  ]),
  ['Empty', (deal) => labels(deal, 'empty')],
  ['To complete or correct', (deal) => labels(deal, 'wrong')],
  ['No column in the export', (deal) => labels(deal, 'no column')],
  ['Place in the export', ({ deal }) => deal.place],
];

function partOf(what: string, member: 'points' | 'because'): (deal: ScoredDeal) => Cell {
  return ({ score }) => score.reasons.find((reason) => reason.what === what)?.[member];
}

const labels = ({ answers }: ScoredDeal, state: string): string =>
  answers
    .filter((each) => each.state === state)
    .map(({ field }) => field.label)
    .join('; ');

/** What a spreadsheet takes for the beginning of a formula, blanks before it included. */
const formula = /^\s*[=+\-@\t\r]/;

/** A cell of CSV: no formula, and in quotes where it has to be. */
export function csvCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === undefined ? '' : String(cell);
  const harmless = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n;]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
