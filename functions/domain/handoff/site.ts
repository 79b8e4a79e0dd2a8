import { usualLocale } from '../texts/locale.ts';
import type { Locality } from '../time/locality.ts';

/** What mails and pages say about this installation. */
export interface SiteFacts {
  /** Without a slash at the end. */
  readonly url: string;
  readonly name: string;
  /** The company's name, as customers know it. */
  readonly company: string;
  /** IANA zone, for people of whom none is known. */
  readonly defaultZone: string;
  /** The tag (BCP 47) of the locale that mails are written in; American English without it. */
  readonly locale?: string;
  /** An address at which somebody reads what is answered. It organizes meetings; without it, the host of each does. */
  readonly repliesTo?: string;
  /** The address from which emails go out. */
  readonly sender?: string;
  /** Of buttons and links in mails, `#rrggbb`: white reads well on it, and it reads well on white. */
  readonly color?: string;
  /** The https address of the logo that mails show. */
  readonly logo?: string;
}

/** How mails tell times in a zone (IANA): in the formats of the stage's locale. */
export const timesIn = (zone: string, { locale = usualLocale }: Pick<SiteFacts, 'locale'>): Locality => ({
  zone,
  locale,
});
