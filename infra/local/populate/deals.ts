import { Temporal } from 'temporal-polyfill';
import type { Person } from '../../../functions/domain/people/person.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import type { Script } from '../play/script.ts';
import { type SampleName, sampleEvent } from '../sample-company.ts';
import type { Draws } from '../simulate/draws.ts';
import { type DealEvent, without } from '../simulate/random-deal.ts';
import type { Company, Team } from './company.ts';
import { type DrawnCustomer, drawCustomers } from './customers.ts';
import { type HabitName, habits, scriptOf } from './habits.ts';

/** A deal of the half-year, and all that is drawn for it. */
export interface PlannedDeal {
  readonly id: string;
  readonly won: DealEvent;
  /** It is proposed before it is won, and perhaps lost afterwards. */
  readonly around: readonly DealEvent[];
  /** The playbook that is deployed when it is won. */
  readonly playbook: Playbook;
  readonly script: Script;
  /** How badly it goes, 0–1: what becomes of the customer hangs on it. */
  readonly trouble: number;
  /** Draws for what becomes of the customer. */
  readonly draws: Draws;
}

export interface Plan {
  readonly draws: Draws;
  readonly company: Company;
  readonly deals: number;
  /** Local dates, `YYYY-MM-DD`. */
  readonly from: string;
  readonly until: string;
  /** The playbook until `changedOn`, and from then on. */
  readonly before: Playbook;
  readonly after: Playbook;
  readonly changedOn: Instant;
  /** The step that is missed again and again, until the playbook changed. */
  readonly missed: string;
}

const segments: readonly {
  readonly segment: string;
  readonly samples: readonly SampleName[];
  readonly share: number;
}[] = [
  { segment: 'standard', samples: ['complete-standard', 'complete-standard', 'incomplete'], share: 0.58 },
  { segment: 'self-serve', samples: ['self-serve'], share: 0.24 },
  { segment: 'enterprise', samples: ['enterprise-across-zones', 'complete-standard'], share: 0.18 },
];

/** The deals of the time between two days, the earliest first. */
export function planDeals(plan: Plan): readonly PlannedDeal[] {
  const { draws } = plan;
  const days = workingDays(plan);
  const customers = drawCustomers(draws);
  const total = days.reduce((sum, { weight }) => sum + weight, 0);
  const signed = Array.from({ length: plan.deals }, () => {
    let left = (draws.int(0, 999_999) / 1_000_000) * total;
    const day = days.find(({ weight }) => {
      left -= weight;
      return left < 0;
    });
    return { day: day?.day ?? plan.until, minute: draws.int(9 * 60, 17 * 60 + 30) };
  }).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.minute - b.minute));
  return signed.map(({ day, minute }, i) => {
    const own = draws.apart();
    const team = weighted(own, plan.company.teams);
    const closedWonAt = Temporal.PlainDate.from(day)
      .toZonedDateTime({ timeZone: team.zone, plainTime: { hour: Math.floor(minute / 60), minute: minute % 60 } })
      .toInstant()
      .toString();
    return planDeal({ plan, draws: own, team, customer: customers(team), closedWonAt, number: i + 1 });
  });
}

/** Deals are won on working days, most of them at the end of a month, and more at the end of a quarter. */
function workingDays({ from, until }: Plan): readonly { readonly day: string; readonly weight: number }[] {
  const first = Temporal.PlainDate.from(from);
  const length = first.until(until).days;
  return Array.from({ length }, (_, i) => first.add({ days: i }))
    .filter(({ dayOfWeek }) => dayOfWeek < 6)
    .map((day) => {
      const left = day.daysInMonth - day.day;
      const ofMonth = left < 4 ? 2.6 : left < 8 ? 1.6 : day.day < 6 ? 0.6 : 1;
      const ofYear = day.month % 3 === 0 ? 1.3 : [7, 8].includes(day.month) ? 0.75 : 1;
      return { day: day.toString(), weight: ofMonth * ofYear };
    });
}

function weighted<T extends { readonly share: number }>(draws: Draws, list: readonly T[]): T {
  let left = draws.int(0, 999) / 1000;
  const found = list.find(({ share }) => {
    left -= share;
    return left < 0;
  });
  return found ?? draws.oneOf(list);
}

interface Planning {
  readonly plan: Plan;
  readonly draws: Draws;
  readonly team: Team;
  readonly customer: DrawnCustomer;
  readonly closedWonAt: Instant;
  readonly number: number;
}

function planDeal({ plan, draws, team, customer, closedWonAt, number }: Planning): PlannedDeal {
  const accountExecutive = draws.oneOf(team.accountExecutives);
  const customerSuccessManager = draws.oneOf(team.customerSuccessManagers);
  const habitOf = (email: string): HabitName => plan.company.habits.get(email) ?? 'steady';
  const isOld = closedWonAt < plan.changedOn;
  const playbook = isOld ? plan.before : plan.after;
  const { vague } = habits[habitOf(accountExecutive.email)];
  const slips = [accountExecutive, customerSuccessManager].map(({ email }) => habits[habitOf(email)].slips);
  const bad = Math.min(1, vague * 1.6 + Math.max(...slips) * 1.2);
  const trouble = Math.min(1, Math.max(0, bad + draws.int(-15, 15) / 100));
  const dealId = `H${String(number).padStart(4, '0')}`;
  const won = wonEvent({ draws, team, customer, closedWonAt, dealId, accountExecutive, customerSuccessManager, vague });
  const script = scriptOf(
    {
      ...{ playbook, accountExecutive, customerSuccessManager, habitOf, trouble },
      missed: { step: plan.missed, slips: isOld ? 0.55 : 0.12 },
      stalls: draws.chance(0.012),
      reviewer: reviewerAround(closedWonAt.slice(0, 10), plan.company.roster),
      supplyBy: dayAfter(closedWonAt.slice(0, 10), draws.int(21, 45)),
    },
    draws.apart(),
  );
  return {
    ...{ id: `${dealId}-1`, won, playbook, script, trouble },
    around: [...proposed(won, draws, vague), ...lost(won, draws)],
    draws: draws.apart(),
  };
}

/** For how many days after a signature somebody might ask for an exception. */
const exceptionDays = 14;

const dayAfter = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();

/** Who in revenue operations decides first on exceptions, where no vacation of theirs falls into the weeks after a day. */
function reviewerAround(signedOn: string, roster: readonly Person[]): Person | undefined {
  const first = roster.find(({ role }) => role === 'revenueOperations');
  const until = dayAfter(signedOn, exceptionDays);
  const isAway = first?.availability.away?.some(({ from, to }) => from <= until && to >= signedOn);
  return isAway ? undefined : first;
}

interface Won extends Pick<Planning, 'draws' | 'team' | 'customer' | 'closedWonAt'> {
  readonly dealId: string;
  readonly accountExecutive: Person;
  readonly customerSuccessManager: Person;
  readonly vague: number;
}

function wonEvent(input: Won): DealEvent {
  const { draws, team, customer, closedWonAt, dealId, accountExecutive, customerSuccessManager, vague } = input;
  const { segment, samples } = weighted(draws, segments);
  const { detail, ...event } = sampleEvent(draws.oneOf(samples));
  const { package: pkg } = detail;
  const signedOn = closedWonAt.slice(0, 10);
  const amount = { standard: draws.int(8, 60), 'self-serve': draws.int(1, 6), enterprise: draws.int(80, 400) }[segment];
  const sections = Object.entries(Object(pkg)).map(([name, section]) => [
    name,
    Array.isArray(section) || typeof section !== 'object' ? section : without(section, vague, draws),
  ]);
  const roles = [['decision-maker', 'executive sponsor'], ['champion', 'day-to-day'], ['technical']];
  return {
    ...event,
    time: closedWonAt,
    detail: {
      dealId,
      name: `${customer.name}: ${draws.oneOf(['first rollout', 'new platform', 'team plan', 'annual plan'])}`,
      customer: {
        name: customer.name,
        website: `https://www.${customer.domain}`,
        timeZone: customer.timeZone,
        country: customer.country,
        language: 'English',
      },
      ...{ segment, closedWonAt, accountExecutive: accountExecutive.email },
      // Now and then nobody matches, and revenue operations names somebody.
      ...(draws.chance(0.05)
        ? { territory: 'Rest of the world' }
        : { territory: team.territory, customerSuccessManager: customerSuccessManager.email }),
      industry: customer.industry,
      crmRecord: `https://crm.example.com/deals/${dealId}`,
      package: {
        ...Object.fromEntries(sections),
        promises: 'none',
        stakeholders: customer.contacts.map((contact, i) => ({
          ...contact,
          roles: [...(roles[i] ?? []), ...(customer.contacts.length - 1 === i ? roles.slice(i + 1).flat() : [])],
          influence: i === 0 ? 'high' : 'medium',
          stays: true,
        })),
        contract: {
          ...without(Object(Object(pkg)['contract']), vague, draws, ['planTier', 'purchase', 'scope']),
          value: { amount: amount === undefined ? 12_000 : amount * 1000, currency: team.currency },
          termMonths: 12,
          signedAt: signedOn,
          renewalDate: Temporal.PlainDate.from(signedOn).add({ months: 12 }).toString(),
        },
      },
    },
  };
}

/** Every third deal was proposed a while before: there is a draft of its package. */
function proposed(won: DealEvent, draws: Draws, vague: number): DealEvent[] {
  if (!draws.chance(0.35)) return [];
  const { closedWonAt: _, package: pkg, ...facts } = won.detail;
  return [
    {
      ...{ source: won.source, 'detail-type': 'Deal Proposed' },
      time: shifted(won.time, -draws.int(5 * 24 * 60, 20 * 24 * 60)),
      detail: {
        ...facts,
        expectedCloseOn: won.time.slice(0, 10),
        package: without(Object(pkg), 0.2 + vague, draws, ['stakeholders']),
      },
    },
  ];
}

const reasons = ['The customer withdrew within the cooling-off period.', 'Budget was cut.', 'Their buyer left.'];

function lost(won: DealEvent, draws: Draws): DealEvent[] {
  if (!draws.chance(0.025)) return [];
  return [
    {
      ...{ source: won.source, 'detail-type': draws.oneOf(['Deal Lost', 'Deal Cancelled']) },
      time: shifted(won.time, draws.int(2 * 24 * 60, 35 * 24 * 60)),
      detail: { dealId: won.detail['dealId'], reason: draws.oneOf(reasons) },
    },
  ];
}

export const shifted = (at: Instant, minutes: number): Instant =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString();
