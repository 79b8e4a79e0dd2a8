import { excerpt } from '../fields/clean-text.ts';
import type { Fact } from '../handoff/fact.ts';
import { customerOf, type HandoffRecord, holderOf } from '../handoff/handoff.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import type { SiteFacts } from '../handoff/site.ts';
import { managerOf } from '../handoff/who-is-asked.ts';
import type { Mailbox, People } from '../people/people.ts';
import { mailboxOf } from '../people/people.ts';
import type { RoleId } from '../playbook/roles.ts';
import type { AnnouncementInput } from './announced.ts';
import { textsFor } from './wording.ts';

/**
 * The holders of these roles, each once; roles that nobody holds are left out. For whoever has left the company, who has their
 * work now.
 */
export function holders(input: Parties, roles: readonly RoleId[]): Mailbox[] {
  const emails = roles
    .flatMap((role) => holderOf(input.record, role) ?? [])
    .flatMap((email) => stillThere(email, input));
  return [...new Set(emails)].map((email) => mailboxOf(input.people, email));
}

type Parties = Pick<AnnouncementInput, 'record' | 'people'>;

function stillThere(email: string, { record, people }: Parties): string | [] {
  const person = people.get(email);
  if (!person || person.active) return email;
  const moved = Object.values(record.steps).findLast(
    ({ handed, standInFor, owner }) => [handed?.from, standInFor].includes(email) && people.get(owner)?.active,
  );
  return moved?.owner ?? managerOf(record, people, person)?.email ?? [];
}

/** People at the customer with the name the stakeholder map gives them. */
export function customerMailboxes(record: HandoffRecord, emails: readonly string[]): Mailbox[] {
  const { stakeholders = [] } = checkedPackage(record).package;
  const names = new Map(stakeholders.map(({ email, name }) => [email.toLowerCase(), name]));
  return emails.map((email) => ({ email, name: excerpt(names.get(email.toLowerCase()) ?? email, 100) }));
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
