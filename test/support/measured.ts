import fc from 'fast-check';
import type { HandoffStatus } from '../../functions/domain/handoff/handoff.ts';
import type { Timeliness } from '../../functions/domain/handoff/timeliness.ts';
import type { Anchor } from '../../functions/domain/playbook/playbook.ts';
import type { PersonId } from '../../functions/domain/reports/fact.ts';
import type {
  Measured,
  MeasuredHandoff,
  MeasuredPlaybook,
  MeasuredRound,
} from '../../functions/domain/reports/measured-handoff.ts';

/** When generated populations were measured. */
export const measuredAsOf = '2026-11-22T06:00:00Z';

/** A handoff of which nothing happened yet. */
export function measuredHandoff(overrides: Partial<MeasuredHandoff> = {}): MeasuredHandoff {
  return {
    id: 'h-1',
    customer: 'Nordwind',
    signedAt: '2026-11-02T10:00:00Z',
    segment: 'standard',
    playbook: { name: 'sample', hash: 'v1' },
    status: 'open',
    reached: {},
    packagePercent: 100,
    packageComplete: true,
    rounds: [],
    returns: 0,
    exceptions: 0,
    openItems: { opened: 0, settled: 0, overdue: 0 },
    stalledAt: [],
    daysWaitingForCustomer: 0,
    outcomes: [],
    ...overrides,
  };
}

/** A round that was answered in time. */
export function measuredRound(overrides: Partial<MeasuredRound> = {}): MeasuredRound {
  return {
    step: 'brew',
    round: 1,
    owner: 'p-ana',
    dueAt: '2026-11-03T10:00:00Z',
    endedAt: '2026-11-03T09:00:00Z',
    timeliness: 'on time',
    promise: 'kept',
    ...overrides,
  };
}

/** Two versions of a playbook, the newer one with another step and without one. */
export const measuredPlaybooks: readonly MeasuredPlaybook[] = [
  {
    name: 'sample',
    hash: 'v1',
    since: '2026-01-05T09:00:00Z',
    steps: [
      { id: 'brew', title: 'Brew' },
      { id: 'pour', title: 'Pour' },
      { id: 'taste', title: 'Taste' },
    ],
  },
  {
    name: 'sample',
    hash: 'v2',
    since: '2026-08-03T09:00:00Z',
    steps: [
      { id: 'grind', title: 'Grind' },
      { id: 'brew', title: 'Brew it' },
      { id: 'taste', title: 'Taste' },
    ],
  },
];

/** Who sells, who receives, and who leads them, as ids. */
export const measuredPeople = {
  sellers: ['p-ana', 'p-bo'],
  receivers: ['p-cem', 'p-dee'],
  leads: ['p-sal', 'p-suc'],
} as const satisfies Record<string, readonly PersonId[]>;

const from = Date.parse('2026-02-01T00:00:00Z');
const until = Date.parse(measuredAsOf);
const instant = (least: number, most: number) =>
  fc
    .integer({ min: Math.floor(least / 1000), max: Math.floor(most / 1000) })
    .map((seconds) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'));

const day = 86_400_000;

function round(signedAt: string): fc.Arbitrary<MeasuredRound> {
  const signed = Date.parse(signedAt);
  const timelinesses: readonly Timeliness[] = [
    'on time',
    'reported late',
    'late',
    'not yet',
    'unasked',
    'unanswered',
    'skipped',
    'open',
  ];
  return fc
    .record({
      step: fc.constantFrom('grind', 'brew', 'pour', 'taste'),
      round: fc.integer({ min: 1, max: 3 }),
      who: fc.constantFrom(0, 1, 2, 3),
      timeliness: fc.constantFrom(...timelinesses),
      ended: fc.boolean(),
      dueAt: instant(signed, signed + 20 * day),
      endedAt: instant(signed, signed + 40 * day),
      promise: fc.constantFrom('kept', 'missed', undefined),
      days: fc.double({ min: 0.01, max: 30, noNaN: true }),
      saidNo: fc.boolean(),
      rests: fc.constantFrom(undefined, undefined, 'decision' as const, 'customer' as const),
      since: instant(signed, signed + 20 * day),
    })
    .map(({ who, timeliness, ended, endedAt, promise, days, saidNo, rests, since, ...rest }) => {
      const isOpen = timeliness === 'open' || (timeliness === 'late' && !ended);
      const owner = [...measuredPeople.sellers, ...measuredPeople.receivers][who] ?? 'p-ana';
      return {
        ...rest,
        owner,
        team: measuredPeople.leads[who < 2 ? 0 : 1],
        timeliness,
        ...(isOpen ? {} : { endedAt }),
        ...(isOpen && rests === 'decision' ? { rests: { for: rests, since } } : {}),
        ...(isOpen && rests === 'customer' ? { rests: { for: rests, since, until: endedAt } } : {}),
        ...(promise && timeliness !== 'skipped' ? { promise } : {}),
        ...(timeliness === 'late' ? { daysLate: Math.round(days * 100) / 100 } : {}),
        ...(saidNo && (timeliness === 'not yet' || (timeliness === 'late' && ended)) ? { saidNo: true as const } : {}),
      };
    });
}

const marked: readonly Anchor[] = [
  'packageReady',
  'internalMeetingHeld',
  'introductionSent',
  'kickoffHeld',
  'handoffConfirmed',
  'firstValueReached',
];

/** One handoff of which anything may have happened, in any combination. */
const anyHandoff: fc.Arbitrary<MeasuredHandoff> = instant(from, until).chain((signedAt) => {
  const later = instant(Date.parse(signedAt), Date.parse(signedAt) + 60 * day);
  const statuses: readonly HandoffStatus[] = ['open', 'stalled', 'complete', 'cancelled', 'abandoned'];
  return fc
    .record(
      {
        id: fc.uuid(),
        customer: fc.constantFrom('Nordwind', 'Südsee', 'Westbau'),
        segment: fc.constantFrom('standard', 'enterprise'),
        version: fc.constantFrom('v1', 'v2'),
        status: fc.constantFrom(...statuses),
        packagePercent: fc.integer({ min: 0, max: 100 }),
        packageComplete: fc.boolean(),
        rounds: fc.array(round(signedAt), { maxLength: 8 }),
        returns: fc.integer({ min: 0, max: 3 }),
        exceptions: fc.integer({ min: 0, max: 2 }),
        opened: fc.integer({ min: 0, max: 4 }),
        stalledAt: fc.array(later, { maxLength: 2 }),
        daysWaitingForCustomer: fc.constantFrom(0, 0, 1.5, 12),
        reached: fc.record(Object.fromEntries(marked.map((anchor) => [anchor, later])), { requiredKeys: [] }),
        // What may be missing.
        industry: fc.constantFrom('healthcare', 'retail'),
        accountExecutive: fc.constantFrom(...measuredPeople.sellers),
        customerSuccessManager: fc.constantFrom(...measuredPeople.receivers),
        endedAt: later,
        draft: fc.record({ percent: fc.integer({ min: 0, max: 100 }), target: fc.constant(70) }),
        completeness: fc.integer({ min: 0, max: 100 }),
        survey: fc.record({ score: fc.integer({ min: 1, max: 10 }), target: fc.constant(8), at: later }),
        onboardingComplete: fc.boolean(),
        handoffScore: fc.integer({ min: 0, max: 100 }),
        outcome: fc.record({ outcome: fc.constantFrom('expanded', 'renewed', 'churned'), at: later }),
      },
      {
        requiredKeys: [
          'id',
          'customer',
          'segment',
          'version',
          'status',
          'packagePercent',
          'packageComplete',
          'rounds',
          'returns',
          'exceptions',
          'opened',
          'stalledAt',
          'daysWaitingForCustomer',
          'reached',
        ],
      },
    )
    .map(({ version, opened, outcome, ...rest }): MeasuredHandoff => {
      const { accountExecutive, customerSuccessManager } = rest;
      return {
        ...rest,
        signedAt,
        playbook: { name: 'sample', hash: version },
        ...(accountExecutive && { accountExecutiveTeam: measuredPeople.leads[0] }),
        ...(customerSuccessManager && { customerSuccessManagerTeam: measuredPeople.leads[1] }),
        openItems: { opened, settled: Math.floor(opened / 2), overdue: Math.floor(opened / 3) },
        outcomes: outcome ? [outcome as MeasuredHandoff['outcomes'][number]] : [],
      };
    });
});

/** A population of up to so many handoffs, none among them. */
export const anyMeasured = (most = 30): fc.Arbitrary<Measured> =>
  fc
    .uniqueArray(anyHandoff, { maxLength: most, selector: ({ id }) => id })
    .map((handoffs) => ({ asOf: measuredAsOf, handoffs, playbooks: measuredPlaybooks }));

/** Reports of a few handoffs. */
export const measuredOf = (...handoffs: readonly MeasuredHandoff[]): Measured => ({
  asOf: measuredAsOf,
  handoffs,
  playbooks: measuredPlaybooks,
});
