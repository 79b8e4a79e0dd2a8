import { excerpt } from '../fields/clean-text.ts';
import { customerOf, type HandoffRecord } from '../handoff/handoff.ts';
import { type SiteFacts, timesIn } from '../handoff/site.ts';
import { firstName } from '../people/first-name.ts';
import { type Mailbox, mailboxOf } from '../people/people.ts';
import type { Texts } from '../texts/en/en.ts';
import { textsOf } from '../texts/texts.ts';
import type { Locality } from '../time/locality.ts';
import { subjectLine, type WriteSubject } from './filled.ts';
import type { Audience } from './message.ts';

/** One line, without control characters, as a mail header needs it. */
export function headerLine(text: string): string {
  return excerpt(text, 180);
}

export const greeting = ({ to: { person }, site }: { readonly to: Audience; readonly site: SiteFacts }): string =>
  greetingOf(mailboxOf(new Map([[person.email, person]]), person.email), site);

/** Somebody of whom only the address is known is greeted without a name. */
export function greetingOf(mailbox: Mailbox | undefined, site: SiteFacts): string {
  const { words } = textsFor(site);
  return mailbox && mailbox.name !== mailbox.email ? words.hi(firstName(mailbox.name)) : words.hello;
}

/** What an email says in the locale that it is written in. */
export const textsFor = ({ locale }: Pick<SiteFacts, 'locale'>): Texts => textsOf(locale);

/** The subject of news about a handoff: at most 60 characters, whatever the customer's name. */
export const newsSubject = (record: HandoffRecord, write: WriteSubject): string =>
  headerLine(subjectLine(customerOf(record), write));

/** A reason in the language of the email: what somebody wrote as it stands, what the system wrote for the CRM in its words. */
export const reasonOf = (
  { by, reason }: { readonly by: string; readonly reason: string },
  site: Pick<SiteFacts, 'locale'>,
): string => (by === 'crm' ? textsFor(site).words.dealOver(reason) : reason);

/** How a mail tells its reader times. */
export const timesFor = ({ to, site }: { readonly to: Audience; readonly site: SiteFacts }): Locality =>
  timesIn(to.person.availability.zone, site);
