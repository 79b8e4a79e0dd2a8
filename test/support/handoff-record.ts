import { variantOfDeal } from '../../functions/domain/deal/variant.ts';
import type { Evidence } from '../../functions/domain/fields/values.ts';
import type { HandoffRecord, HandoffState } from '../../functions/domain/handoff/handoff.ts';
import type { Link } from '../../functions/domain/handoff/link.ts';
import type { SiteFacts } from '../../functions/domain/handoff/site.ts';
import type { StepRecord } from '../../functions/domain/handoff/step-record.ts';
import type { CalendarOf, People } from '../../functions/domain/people/people.ts';
import type { Person } from '../../functions/domain/people/person.ts';
import { freezePlaybook } from '../../functions/domain/playbook/freeze.ts';
import { businessCalendar, type Instant } from '../../functions/domain/time/calendar.ts';
import { publicHolidays } from '../../functions/domain/time/holidays.ts';
import { roster, type SampleName, sampleDeal } from './deals.ts';
import { full } from './playbooks/full.ts';

export const site: SiteFacts = {
  url: 'https://handoff.example.com',
  name: 'Handoff',
  company: 'Lumen Works',
  defaultZone: 'Europe/Berlin',
};

export const people: People = new Map(roster().map((person) => [person.email, person]));

export const calendarOf: CalendarOf = (person) => businessCalendar(person.availability, publicHolidays);

/** The one with that address; throws when the sample company has nobody of that address. */
export function personAt(email: string): Person {
  const person = people.get(email);
  if (!person) throw new Error(`Nobody has the address ${email}.`);
  return person;
}

export const anna = 'anna.keller@example.com';
export const lena = 'lena.vogt@example.com';
export const klaus = 'klaus.brandt@example.com';
export const daniel = 'daniel.weiss@example.com';
export const ruth = 'ruth.lindqvist@example.com';

export interface StepOverrides extends Partial<Omit<StepRecord, 'step' | 'decision'>> {
  /** A decision: its choice and evidence; who and when can be left out. */
  readonly decided?: {
    readonly choice: string;
    readonly evidence?: Evidence;
    readonly at?: Instant;
    readonly by?: string;
  };
}

/** A step that Lena was asked on Fri, Nov 20, 2026 and that is due on Mon, Nov 23, 4 PM in Berlin. */
export function stepRecord(step: string, { decided, ...overrides }: StepOverrides = {}): StepRecord {
  const owner = overrides.owner ?? lena;
  return {
    step,
    round: 1,
    owner,
    askedAt: '2026-11-20T15:00:00Z',
    dueAt: '2026-11-23T15:00:00Z',
    because: 'due Mon, Nov 23, 4 PM Berlin time: 24 h after Fri, Nov 20, 4 PM (closed won), weekend skipped',
    pauses: [],
    earlier: [],
    ...overrides,
    ...(decided && {
      decision: {
        choice: decided.choice,
        by: decided.by ?? owner,
        as: 'owner',
        at: decided.at ?? '2026-11-23T10:00:00Z',
        evidence: decided.evidence ?? {},
      },
    }),
  };
}

/** A handoff of a sample deal between Anna (AE) and Lena (CSM), with these steps asked. */
export function handoffRecord(
  input: {
    readonly sample?: SampleName;
    readonly steps?: readonly StepRecord[];
    readonly state?: Partial<HandoffState>;
    readonly package?: unknown;
  } = {},
): HandoffRecord {
  const deal = sampleDeal(input.sample ?? 'complete-standard');
  const { variant } = variantOfDeal(full, deal);
  return {
    deal,
    package: input.package ?? deal.package,
    packageVersion: 1,
    state: {
      id: `${deal.dealId}-${deal.wonEpisode}`,
      status: 'open',
      segment: variant.segment,
      playbookHash: 'sample',
      people: {
        accountExecutive: anna,
        customerSuccessManager: lena,
        salesManager: klaus,
        successManager: daniel,
        revenueOperations: ruth,
      },
      assignedBecause: 'territory DACH',
      packagePercent: 100,
      packageComplete: true,
      startedAt: deal.closedWonAt,
      notes: [],
      ...input.state,
    },
    playbook: freezePlaybook(full, variant),
    steps: Object.fromEntries((input.steps ?? []).map((step) => [step.step, step])),
    mails: {},
  };
}

/** Every step that somebody is asked, with who owns it in the sample company. */
export function askSteps(): { readonly id: string; readonly owner: string }[] {
  const owners = {
    accountExecutive: anna,
    customerSuccessManager: lena,
    revenueOperations: ruth,
    salesManager: klaus,
    successManager: daniel,
  };
  return Object.entries(full.steps).flatMap(([id, rule]) =>
    rule.kind === 'ask' ? [{ id, owner: owners[rule.owner] }] : [],
  );
}

export function linkTo(step: string, person: string, as: Link['as'] = 'owner'): Link {
  return { handoffId: 'D-1', step, person, as, expiresAt: '2026-12-20T15:00:00Z' };
}
