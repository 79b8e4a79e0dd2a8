import { isForgotten } from '../deal/forgotten.ts';
import { excerpt } from '../fields/clean-text.ts';
import type { Fact } from '../handoff/fact.ts';
import { customerOf, type HandoffRecord } from '../handoff/handoff.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import type { SiteFacts } from '../handoff/site.ts';
import type { Mailbox, People } from '../people/people.ts';
import { textsFor } from './wording.ts';

/** People at the customer with the name the stakeholder map gives them; without those who were forgotten since they were named. */
export function customerMailboxes(record: HandoffRecord, emails: readonly string[]): Mailbox[] {
  const { stakeholders = [] } = checkedPackage(record).package;
  const names = new Map(stakeholders.map(({ email, name }) => [email.toLowerCase(), name]));
  return emails
    .filter((email) => !isForgotten(email))
    .map((email) => ({ email, name: excerpt(names.get(email.toLowerCase()) ?? email, 100) }));
}

/** The zones in which these people work; `otherwise` when none of them is on the roster. */
export function zonesOf(people: People, mailboxes: readonly Mailbox[], otherwise: string): string[] {
  const zones = mailboxes.flatMap(({ email }) => people.get(email)?.availability.zone ?? []);
  return zones.length === 0 ? [otherwise] : [...new Set(zones)];
}

/** Which handoff it is about. */
export function dealFacts(record: HandoffRecord, site: SiteFacts): Fact[] {
  const { words } = textsFor(site);
  return [
    { label: words.customer, value: customerOf(record) },
    { label: words.deal, value: excerpt(record.deal.name, 120) },
  ];
}

/** The zone in which the customer works, if it is known: IANA. */
export function customerZone(record: HandoffRecord): string | undefined {
  return checkedPackage(record).package.communication?.timeZone;
}
