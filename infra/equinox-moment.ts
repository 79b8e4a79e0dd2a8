import { Temporal } from 'temporal-polyfill';

/**
 * The part of `moment-timezone` that the holiday library uses, and it for one thing only: on which local day an equinox
 * falls. `zone` is an IANA name or an offset such as `+08:00`. Takes its place in bundles.
 */
export default function moment(instant: string) {
  const localDay = (zone: string) => {
    const { month, day } = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
    return { month: () => month - 1, date: () => day };
  };
  return { tz: localDay, utcOffset: localDay };
}
