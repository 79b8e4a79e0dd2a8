/** What mails and pages say about this installation. */
export interface SiteFacts {
  /** Without a slash at the end. */
  readonly url: string;
  readonly name: string;
  /** The company's name, as customers know it. */
  readonly company: string;
  /** IANA zone, for people of whom none is known. */
  readonly defaultZone: string;
  /** An address at which somebody reads what is answered. It organizes meetings; without it, the host of each does. */
  readonly repliesTo?: string;
}
