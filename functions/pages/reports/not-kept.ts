import { daysIn, isPeriod, type Period } from '../../domain/time/periods.ts';
import { type Html, html } from '../html.ts';
import { periodText } from './period-text.ts';
import type { ReportReading } from './report-reading.ts';

type Asked = Pick<ReportReading, 'filter' | 'measured' | 'query'>;

/** Every week, month or quarter that an address asks for, the one in which its handoffs were signed last among them. */
function periodsAsked({ filter: { from, to, behind }, query }: Asked): readonly Period[] {
  const asked = [from, to, behind?.during, behind?.dueIn, behind?.dueTo, query.get('week') ?? undefined];
  return asked.filter((period) => period !== undefined).filter(isPeriod);
}

/** Whether an address asks for a time of which nothing is kept: what there is would be shown as if nothing had happened. */
export function isBeforeKept(asked: Asked): boolean {
  const { keptFrom } = asked.measured;
  if (keptFrom === undefined) return false;
  const { filter, query } = asked;
  const ends = [
    filter.to,
    filter.behind?.dueTo ?? filter.behind?.dueIn,
    filter.behind?.during,
    query.get('week') ?? '',
  ];
  return ends.some((period) => period !== undefined && isPeriod(period) && daysIn(period).last < firstDay(keptFrom));
}

/** What is said where an address reaches back before what is kept; undefined where it doesn't. */
export function notKeptHtml(asked: Asked): Html | undefined {
  const { keptFrom } = asked.measured;
  if (keptFrom === undefined) return undefined;
  const month = periodText(keptFrom);
  if (isBeforeKept(asked))
    return html`<p class="card">Nothing is kept from then. Handoffs signed before ${month} were deleted once they were over. Choose a later time.</p>`;
  return periodsAsked(asked).some((period) => daysIn(period).first < firstDay(keptFrom))
    ? html`<p class="note soon">Handoffs signed before ${month} were deleted once they were over: these numbers leave them out.</p>`
    : undefined;
}

const firstDay = (month: Period): string => `${month}-01`;
