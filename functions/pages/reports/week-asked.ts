import { excerpt } from '../../domain/fields/clean-text.ts';
import type { Refusal } from '../../domain/fields/refusal.ts';
import { isPeriod, type Period } from '../../domain/time/periods.ts';
import { weekOf } from '../../domain/time/weeks.ts';
import type { ReportReading } from './report-reading.ts';

type Asked = Pick<ReportReading, 'query' | 'measured' | 'site'>;

/** The week that an address asks for; the one in which everything was last measured where it asks for none that is there. */
export function weekAsked(asked: Asked): Period {
  const week = textAsked(asked);
  return isThere(week, asked) ? week : lastWeek(asked);
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
