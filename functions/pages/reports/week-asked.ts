import { excerpt } from '../../domain/fields/clean-text.ts';
import type { Refusal } from '../../domain/fields/refusal.ts';
import { dayLength } from '../../domain/time/calendar-instant.ts';
import { isPeriod, type Period, periodAfter, spanOf } from '../../domain/time/periods.ts';
import { weekOf } from '../../domain/time/weeks.ts';
import type { ReportReading } from './report-reading.ts';

type Asked = Pick<ReportReading, 'query' | 'measured' | 'site'>;

/** The week that an address asks for; the one in which everything was last measured where it asks for none that is there. */
export function weekAsked(asked: Asked): Period {
  const week = textAsked(asked);
  return isThere(week, asked) ? week : lastWeek(asked);
}

/** How many days of a week must have been measured before a page opens at it: on its Monday there is nothing in it. */
const daysToOpen = 3;

/** The week at which the numbers of a week open: the running one from its fourth day on, until then the last whole one. */
export function openingWeek(asked: Asked): Period {
  const { measured, site } = asked;
  const running = lastWeek(asked);
  const since = Date.parse(measured.asOf) - Date.parse(spanOf(running, site.defaultZone).from);
  return since >= daysToOpen * dayLength ? running : periodAfter(running, -1);
}

/** The week that an address asks for; where it asks for none that is there the one at which the numbers open. */
export function weekShown(asked: Asked): Period {
  const week = textAsked(asked);
  return isThere(week, asked) ? week : openingWeek(asked);
}

/** What keeps the week that an address asks for from being shown; nothing where it asks for none. */
export function weekRefused(asked: Asked): readonly Refusal[] {
  const week = textAsked(asked);
  if (week === '' || isThere(week, asked)) return [];
  const remedy = `Use a week no later than ${lastWeek(asked)}, written so.`;
  return [{ field: 'week', problem: `“${excerpt(week, 40)}” is not a week with numbers`, remedy }];
}

const textAsked = ({ query }: Asked): string => query.get('week')?.trim() ?? '';

const lastWeek = ({ measured, site }: Asked): Period => weekOf(measured.asOf, site.defaultZone);

/** Of this century, and no later than the last one measured. */
const isThere = (week: string, asked: Asked): boolean =>
  week.includes('-W') && isPeriod(week) && week >= '2000' && week <= lastWeek(asked);
