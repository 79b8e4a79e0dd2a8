import type { Instant } from '../../../functions/domain/time/calendar.ts';
import { type Period, periodAfter, quarterOf, spanOf } from '../../../functions/domain/time/periods.ts';
import { monthOf, weekOf } from '../../../functions/domain/time/weeks.ts';
import { momentIn } from '../../../functions/domain/time/wording.ts';
import { UnusableOptions } from '../deployment.ts';
import type { ReportSource } from './report-files.ts';
import type { ReportSpan } from './report-mails.ts';

type Told = Pick<ReportSource, 'measured' | 'site' | 'at'>;

/** The last week, month or quarter that is over, in the stage's zone. */
export const lastPeriod = (
  span: ReportSpan,
  { at, site: { defaultZone } }: Pick<ReportSource, 'at' | 'site'>,
): Period => periodAfter({ week: weekOf, month: monthOf, quarter: quarterOf }[span](at, defaultZone), -1);

/** A moment as a person reads it: 'Mon, Nov 23, 4 PM Berlin time'. */
export const told = ({ site, at }: Pick<Told, 'site' | 'at'>, moment: Instant): string =>
  momentIn(site.defaultZone, moment, at);

/**
 * A warning where the numbers stop within a period. Throws UnusableOptions where they stop before it begins, as they do for one
 * that is to come.
 */
export function stopsWithin(source: Told, period: Period): string | undefined {
  const { measured, site } = source;
  const { asOf } = measured;
  const { from, until } = spanOf(period, site.defaultZone);
  if (Date.parse(asOf) <= Date.parse(from))
    throw new UnusableOptions(
      `${period} had not begun when everything was measured last, ${told(source, asOf)}. Name an earlier moment with --at, or measure again with --rebuild.`,
    );
  return Date.parse(asOf) < Date.parse(until)
    ? `Not all of ${period} is in these numbers: everything was measured last ${told(source, asOf)}, and it ends ${told(source, until)}.`
    : undefined;
}
