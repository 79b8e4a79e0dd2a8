import type { Deal } from '../../functions/domain/deal/deal.ts';
import { handoffIdOf } from '../../functions/domain/deal/deal.ts';
import type { HandoffRecord } from '../../functions/domain/handoff/handoff.ts';
import type { CalendarOf, People } from '../../functions/domain/people/people.ts';
import type { Person } from '../../functions/domain/people/person.ts';
import { freezePlaybook, type Variant, variantsOf } from '../../functions/domain/playbook/freeze.ts';
import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { type RoleId, roleIds } from '../../functions/domain/playbook/roles.ts';
import { businessCalendar, type Instant } from '../../functions/domain/time/calendar.ts';
import { publicHolidays } from '../../functions/domain/time/holidays.ts';

/** A handoff that has just begun, with people who work usual hours and have no holidays. */
export interface SampleHandoff {
  /** 'closed Fri 16:00, package incomplete, one office'. */
  readonly name: string;
  readonly variant: Variant;
  readonly record: HandoffRecord;
  readonly people: People;
  readonly calendarOf: CalendarOf;
}

/** Deals won at every kind of moment, with and without a complete package, for teams near and far: in every variant. */
export function sampleHandoffs(playbook: Playbook): readonly SampleHandoff[] {
  return variantsOf(playbook).flatMap((variant) => {
    const frozen = freezePlaybook(playbook, variant);
    return teamsOf(playbook).flatMap((team) =>
      moments.flatMap((moment) =>
        [true, false].map((complete): SampleHandoff => {
          const deal = dealWon(moment.at);
          return {
            name: `closed ${moment.name}, package ${complete ? 'complete' : 'incomplete'}, ${team.name}`,
            variant,
            record: {
              deal,
              package: {},
              packageVersion: 0,
              state: {
                id: handoffIdOf(deal),
                status: 'open',
                segment: variant.segment,
                playbookHash: '',
                people: Object.fromEntries(roleIds.map((role) => [role, addressOf(role)])),
                assignedBecause: '',
                packagePercent: complete ? 100 : 0,
                packageComplete: complete,
                startedAt: deal.closedWonAt,
                notes: [],
              },
              playbook: frozen,
              steps: {},
              mails: {},
            },
            people: team.people,
            calendarOf,
          };
        }),
      ),
    );
  });
}

const calendars = new Map<string, ReturnType<CalendarOf>>();

const calendarOf: CalendarOf = ({ availability }) => {
  const known = calendars.get(availability.zone) ?? businessCalendar(availability, publicHolidays);
  calendars.set(availability.zone, known);
  return known;
};

/** In Berlin, in a month without a clock change. */
const moments: readonly { readonly name: string; readonly at: Instant }[] = [
  { name: 'Tue 9:00', at: '2026-02-03T08:00:00Z' },
  { name: 'Wed 13:30', at: '2026-02-04T12:30:00Z' },
  { name: 'Fri 16:00', at: '2026-02-06T15:00:00Z' },
  { name: 'Sat 11:00', at: '2026-02-07T10:00:00Z' },
];

const addressOf = (role: RoleId): string => `${role.toLowerCase()}@example.com`;

const managers: Readonly<Partial<Record<RoleId, RoleId>>> = {
  accountExecutive: 'salesManager',
  customerSuccessManager: 'successManager',
};

function person(role: RoleId, name: string, zone: string): Person {
  const hours = { from: '09:00', to: '17:00' };
  const manager = managers[role];
  return {
    email: addressOf(role),
    name,
    role,
    ...(manager && { manager: addressOf(manager) }),
    active: true,
    availability: { zone, hours: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours } },
  };
}

const success: readonly RoleId[] = ['customerSuccessManager', 'successManager'];

function teamsOf({ roles }: Playbook): readonly { readonly name: string; readonly people: People }[] {
  const team = (name: string, zoneOf: (role: RoleId) => string) => ({
    name,
    people: new Map(roleIds.map((role) => [addressOf(role), person(role, `the ${roles[role].name}`, zoneOf(role))])),
  });
  return [
    team('one office', () => 'Europe/Berlin'),
    team('customer success overseas', (role) => (success.includes(role) ? 'America/New_York' : 'Europe/Berlin')),
  ];
}

const dealWon = (closedWonAt: Instant): Deal => ({
  dealId: 'SAMPLE',
  wonEpisode: 1,
  name: 'A sample',
  customer: { name: 'A sample customer' },
  accountExecutive: addressOf('accountExecutive'),
  closedWonAt,
  package: {},
});
