/** The locale of a stage that sets none: its tag (BCP 47). */
export const usualLocale = 'en-US';

/** Whether a text is the tag of a locale that dates can be written in: 'en-US', 'de-DE', 'pt-BR'. */
export function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length === 1;
  } catch {
    // Not even shaped like one.
    return false;
  }
}
