import { Temporal } from 'temporal-polyfill';

/**
 * The part of `moment-timezone` that the holiday library uses: on which local day an equinox falls, and when a local day
 * begins. `zone` is an IANA name or an offset such as `+08:00`. Takes its place in bundles.
 */
export default function moment(instant: string) {
  const localDay = (zone: string) => {
    const { month, day } = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
    return { month: () => month - 1, date: () => day };
  };
  return { tz: localDay, utcOffset: localDay };
}

/** A local time (`YYYY-MM-DD HH:MM:SS`) or an instant, in a zone. */
moment.tz = (when: string | Date, zone: string) => {
  const time =
    typeof when === 'string'
      ? Temporal.PlainDateTime.from(when).toZonedDateTime(zone)
      : Temporal.Instant.fromEpochMilliseconds(when.getTime()).toZonedDateTimeISO(zone);
  return {
    format: () => time.toString({ timeZoneName: 'never' }),
    year: () => time.year,
    month: () => time.month - 1,
    date: () => time.day,
    hours: () => time.hour,
    minutes: () => time.minute,
    seconds: () => time.second,
  };
};
