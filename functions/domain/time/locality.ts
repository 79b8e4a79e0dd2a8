import { usualLocale } from '../texts/locale.ts';

/** How times are told to a reader: in a zone (IANA), in the formats of a locale (BCP 47). A bare zone: as in `usualLocale`. */
export type Locality = string | { readonly zone: string; readonly locale: string };

export const zoneOf = (told: Locality): string => (typeof told === 'string' ? told : told.zone);

export const localeOf = (told: Locality): string => (typeof told === 'string' ? usualLocale : told.locale);

/** The same formats in another zone. */
export const inZone = (told: Locality, zone: string): Locality => (typeof told === 'string' ? zone : { ...told, zone });
