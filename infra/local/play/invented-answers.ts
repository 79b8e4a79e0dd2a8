import type { Deal } from '../../../functions/domain/deal/deal.ts';
import type { PackageField } from '../../../functions/domain/deal/package.ts';
import { recordOf } from '../../../functions/domain/fields/record.ts';
import {
  neededRoles,
  type Stakeholder,
  type StakeholderRole,
  stakeholderRoles,
} from '../../../functions/domain/fields/values.ts';
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

/** The people at a customer: those who are right; the others as far as they are known; stand-ins for the roles still needed. */
export function inventedPeople({ deal, right, given }: CustomerPeople): Stakeholder[] {
  const people = [...right];
  const isNew = ({ name, email }: Pick<Stakeholder, 'name' | 'email'>) =>
    people.every((known) => known.email !== email && known.name !== name);
  const add = (name: string, email: string, roles: readonly StakeholderRole[]) => {
    const person: Stakeholder = { name, email, roles: [...roles], influence: 'medium', stays: true };
    if (isNew(person)) people.push(person);
  };
  for (const row of Array.isArray(given) ? given.map(recordOf) : []) {
    const { name, email, roles } = row;
    if (typeof name !== 'string' || name.trim() === '' || name.length > 200) continue;
    const usable = mailAddress().safeParse(email);
    const held = stakeholderRoles.filter((role) => Array.isArray(roles) && roles.includes(role));
    add(name.trim(), usable.data ?? addressOf(name, deal), held.length > 0 ? held : ['end user']);
  }
  for (const role of neededRoles)
    if (!people.some(({ roles }) => roles.includes(role))) add(standIns[role], addressOf(standIns[role], deal), [role]);
  return people;
}

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
