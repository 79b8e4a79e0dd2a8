// Asked for when first needed: Intl is slow to wake, and most functions start without a question of it.
let listed: ReadonlySet<string> | undefined;

/**
 * Is it the name of a zone of the IANA data base, such as `Europe/Berlin`? A bare offset is not: it knows no summer time. `isKnown`
 * spares those the look that were taken for zones before.
 */
export function isZoneName(text: string, isKnown = (zone: string): boolean => zone === 'UTC'): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  if (isKnown(text)) return true;
  listed ??= new Set(Intl.supportedValuesOf('timeZone'));
  if (listed.has(text)) return true;
  // Of each zone the list has one name only: Asia/Calcutta, and not Asia/Kolkata.
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
