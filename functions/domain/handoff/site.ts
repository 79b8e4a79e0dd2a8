/** What mails and pages say about this installation. */
export interface SiteFacts {
  /** Without a slash at the end. */
  readonly url: string;
  readonly name: string;
  /** The company's name, as customers know it. */
  readonly company: string;
  /** IANA zone, for people of whom none is known. */
  readonly defaultZone: string;
  /** The address that mails come from. It organizes meetings, so that an invitation is news to everybody invited. */
  readonly sender?: string;
}
