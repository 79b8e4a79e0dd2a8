import type { Deal } from '../../../functions/domain/deal/deal.ts';
import type { PackageField } from '../../../functions/domain/deal/package.ts';
import { recordOf } from '../../../functions/domain/fields/record.ts';
import { neededRoles, type Stakeholder, stakeholderRoles } from '../../../functions/domain/fields/values.ts';
import { dayIn, mailAddress } from '../../../functions/domain/time/formats.ts';

/** How an invented text ends. */
export const toldByPhone = (customer: string): string => `as ${customer} told us on the phone.`;

export const inventedMetric = 'People who use it each week';

/** A plausible answer to a field that nobody has answered; undefined where the form itself offers what to choose from. */
export function inventedAnswer(field: PackageField, deal: Deal): unknown {
  if (field.orNone) return 'none';
  const said = `${field.label}, ${toldByPhone(deal.customer.name)}`;
  const signed = dayIn(deal.closedWonAt, deal.customer.timeZone ?? 'UTC');
  const byKind: Readonly<Record<PackageField['kind'], unknown>> = {
    text: said,
    longText: said,
    list: [said],
    number: 12,
    date: field.fromDeal === 'closedWonAt' ? signed : nextYear(signed),
    money: { amount: 12_000, currency: 'EUR' },
    timeZone: deal.customer.timeZone ?? 'UTC',
    choice: undefined,
    link: { url: `https://${domainOf(deal)}/handoff` },
    links: [{ url: `https://${domainOf(deal)}/handoff` }],
    metrics: [{ name: inventedMetric, target: '25', unit: 'people' }],
    stakeholders: undefined,
    promises: 'none',
    pastDateTime: deal.closedWonAt,
    futureDateTime: `${nextYear(signed)}T10:00:00Z`,
    yesNo: undefined,
    score: undefined,
    minutes: 30,
    checklist: undefined,
    emails: [addressOf('contact', deal)],
    person: undefined,
    gaps: [{ question: `What does ${deal.customer.name} expect first?` }],
  };
  return byKind[field.kind];
}

const nextYear = (day: string): string =>
  `${Number(day.slice(0, 4)) + 1}-${day.slice(5) === '02-29' ? '02-28' : day.slice(5)}`;

/** Who stands in for a role that nobody at the customer holds. */
const standIns: Readonly<Record<(typeof neededRoles)[number], string>> = {
  'decision-maker': 'Dana Morgan',
  champion: 'Chris Palmer',
  'day-to-day': 'Robin Hayes',
  technical: 'Taylor Brooks',
};

interface CustomerPeople {
  readonly deal: Deal;
  /** Those who can be taken as they stand. */
  readonly right: readonly Stakeholder[];
  /** Everybody, as received. */
  readonly given: unknown;
}

/**
 * The people at a customer: those who are right; the others as far as they are known; stand-ins for the roles still needed. Whoever is
 * there twice, by the address or without one by name, becomes one with the roles of both, as the page asks for.
 */
export function inventedPeople({ deal, right, given }: CustomerPeople): Stakeholder[] {
  const people = [...right];
  /** Two people may have one name, but no address that can be written to is that of two. */
  const add = (person: Stakeholder, isNamedOnly = false) => {
    const known = people.findIndex(
      ({ name, email }) => isSame(email, person.email) || (isNamedOnly && isSame(name, person.name)),
    );
    const before = people[known];
    if (before) people[known] = { ...before, roles: [...new Set([...before.roles, ...person.roles])] };
    else people.push(person);
  };
  for (const row of Array.isArray(given) ? given.map(recordOf) : []) {
    const { name, email, roles, influence, stays, notes } = row;
    if (typeof name !== 'string' || name.trim() === '' || name.length > 200) continue;
    const usable = mailAddress().safeParse(email);
    const held = stakeholderRoles.filter((role) => Array.isArray(roles) && roles.includes(role));
    add(
      {
        name: name.trim(),
        email: usable.data ?? addressOf(name, deal),
        roles: held.length > 0 ? held : ['end user'],
        influence: influences.find((known) => known === influence) ?? 'medium',
        stays: typeof stays === 'boolean' ? stays : true,
        ...(typeof notes === 'string' && notes.trim() !== '' && notes.length <= 2000 && { notes: notes.trim() }),
      },
      usable.data === undefined,
    );
  }
  for (const role of neededRoles) {
    if (people.some(({ roles }) => roles.includes(role))) continue;
    const name = standIns[role];
    add({ name, email: addressOf(name, deal), roles: [role], influence: 'medium', stays: true }, true);
  }
  return people;
}

const influences = ['high', 'medium', 'low'] as const;

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const addressOf = (name: string, deal: Deal): string => `${slugOf(name, '.') || 'contact'}@${domainOf(deal)}`;

/** A domain that is reserved for examples and named after the customer, so that no mail could ever reach anybody. */
const domainOf = ({ customer, dealId }: Deal): string =>
  `${slugOf(customer.name, '-') || slugOf(dealId, '-') || 'customer'}.example.com`;

const slugOf = (text: string, between: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '')
    .join(between)
    .slice(0, 40)
    .replace(/[.-]+$/, '');
