import { Temporal } from 'temporal-polyfill';
import type { AuditEntry } from '../../../../functions/domain/handoff/audit-entry.ts';

/** When a request was due, in milliseconds, as its entry says; undefined where that cannot be read, or the clocks show it twice. */
export const dueIn = ({ at, detail }: AuditEntry, zone: string): number | undefined =>
  readTime(detail, { after: ', due ', zone, asOf: fromIn({ at, detail }, zone) ?? Date.parse(at) });

/** From when on a request is made that was opened before, by its entry. */
export const fromIn = ({ at, detail }: Pick<AuditEntry, 'at' | 'detail'>, zone: string): number | undefined =>
  readTime(detail, { after: ', from ', zone, asOf: Date.parse(at) });

/**
 * A time as people read it, in milliseconds; a year that is not said is the one nearest `asOf` in which that date is on the day of
 * the week that is.
 */
function readTime(
  text: string,
  { after, zone, asOf }: { readonly after: string; readonly zone: string; readonly asOf: number },
): number | undefined {
  const time = String.raw`(\w{3}), (\w{3}) (\d+)(?:, (\d{4}))?, (\d+)(?::(\d\d))? ([AP])M `;
  const said = new RegExp(`${after}${time}`).exec(text);
  if (!said) return undefined;
  const [, weekday = '', month = '', day, year, hour, minute = '0', half] = said;
  const { year: thisYear } = Temporal.Instant.fromEpochMilliseconds(asOf).toZonedDateTimeISO(zone);
  const years = year === undefined ? [thisYear, thisYear + 1, thisYear - 1] : [Number(year)];
  const [local] = years
    .map((inYear) =>
      Temporal.PlainDateTime.from({
        year: inYear,
        month: 1 + months.indexOf(month),
        day: Number(day),
        hour: (Number(hour) % 12) + (half === 'P' ? 12 : 0),
        minute: Number(minute),
      }),
    )
    .filter(({ dayOfWeek }) => dayOfWeek === 1 + weekdays.indexOf(weekday));
  const [first, second] = (['earlier', 'later'] as const).map((disambiguation) =>
    local?.toZonedDateTime(zone, { disambiguation }),
  );
  return first && first.epochMilliseconds === second?.epochMilliseconds ? first.epochMilliseconds : undefined;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
