import { askSteps } from '../../functions/domain/playbook/capabilities.ts';
import type {
  Measured,
  MeasuredHandoff,
  MeasuredPlaybook,
  MeasuredRound,
} from '../../functions/domain/reports/measured-handoff.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { sampleRoster } from './sample-company.ts';
import { type Draws, drawsOf } from './simulate/draws.ts';

const day = 86_400_000;
const hour = 3_600_000;

/** The id of somebody of the sample company: `p-` and the name before the @, so that a test can read it. */
export const personId = (email: string): string => `p-${email.split('@')[0]}`;

const people = sampleRoster();

/** Who is behind the ids of `measuredCompany`: mail addresses. */
export const companyPeople: ReadonlyMap<string, string> = new Map(people.map(({ email }) => [personId(email), email]));

const steps = askSteps(playbook).map(({ id, rule }) => ({ id, title: rule.title }));
const names = [
  'Nordwind',
  'Weberhaus',
  'Alpenblick',
  'Sunrise Labs',
  'Cobalt',
  'Harbor & Sons',
  'Müller Optik',
  'Zenith',
];
const anchors = ['packageReady', 'internalMeetingHeld', 'introductionSent', 'kickoffHeld', 'handoffConfirmed'] as const;
const [older, newer] = ['a1b2c3d4e5f6', 'f6e5d4c3b2a1'];

export interface MeasuredCompanyOptions {
  readonly handoffs: number;
  readonly seed?: number;
  /** Of the last measuring, UTC. */
  readonly asOf?: string;
  /** From the first signature until the last measuring. */
  readonly days?: number;
}

/**
 * Believable handoffs of the sample company, as reports see them: signed evenly until `asOf`, under two versions of the default
 * playbook of which the second is a little faster. The same seed makes the same.
 */
export function measuredCompany({
  handoffs,
  seed = 1,
  asOf = '2026-11-22T02:00:00Z',
  days = 182,
}: MeasuredCompanyOptions): Measured {
  const draws = drawsOf(seed);
  const end = Date.parse(asOf);
  const begin = end - days * day;
  const changed = begin + days * day * 0.6;
  const playbooks: readonly MeasuredPlaybook[] = [
    { name: 'default', hash: older, since: iso(begin), steps },
    { name: 'default', hash: newer, since: iso(changed), steps },
  ];
  const made = Array.from({ length: handoffs }, (_, i) => {
    const signed = begin + Math.floor(((i + 0.5) / handoffs) * days * day);
    return handoffOf(i, { signed, end, hash: signed < changed ? older : newer, draws: draws.apart() });
  });
  return { asOf, handoffs: made, playbooks: handoffs === 0 ? [] : playbooks };
}

const iso = (epoch: number): string => `${new Date(epoch).toISOString().slice(0, 19)}Z`;

interface Beginning {
  readonly signed: number;
  readonly end: number;
  readonly hash: string;
  readonly draws: Draws;
}

function handoffOf(i: number, { signed, end, hash, draws }: Beginning): MeasuredHandoff {
  const of = (role: string) => draws.oneOf(people.filter((each) => each.role === role));
  const [seller, taker] = [of('accountExecutive'), of('customerSuccessManager')];
  const segment = draws.oneOf(['standard', 'standard', 'standard', 'enterprise', 'self-serve']);
  const slowness = (segment === 'enterprise' ? 1.8 : 1) * (hash === newer ? 0.8 : 1) * (draws.int(40, 220) / 100);
  const reached: Partial<Record<(typeof anchors)[number] | 'firstValueReached', string>> = {};
  const rounds: MeasuredRound[] = [];
  let at = signed;
  let isOpen = false;
  for (const [order, { id }] of steps.entries()) {
    if (isOpen) break;
    const owner = order < 3 ? seller : taker;
    const due = at + 24 * hour;
    at += Math.round(draws.int(4, 24) * slowness) * hour;
    const endedAt = at <= end ? iso(at) : undefined;
    isOpen = endedAt === undefined;
    const passed = Math.min(at, end);
    const isLate = passed > due;
    rounds.push({
      step: id,
      round: 1,
      owner: personId(owner.email),
      ...(owner.manager !== undefined && { team: personId(owner.manager) }),
      ...(endedAt !== undefined && { endedAt }),
      dueAt: iso(due),
      timeliness: isLate ? 'late' : isOpen ? 'open' : 'on time',
      ...(!isOpen && { promise: isLate || draws.chance(0.1) ? ('missed' as const) : ('kept' as const) }),
      ...(isLate && { daysLate: Math.round(((passed - due) / day) * 100) / 100 }),
    });
    const anchor = anchors[Math.floor(order / 3)];
    if (anchor !== undefined && !isOpen) reached[anchor] = iso(at);
  }
  const isEnded = !isOpen && at + 30 * day < end;
  const isCanceled = isEnded && draws.chance(0.04);
  const stalledAt = slowness > 2.4 ? [iso(signed + 6 * day)].filter((each) => Date.parse(each) < end) : [];
  if (isEnded && draws.chance(0.8)) reached.firstValueReached = iso(at + draws.int(10, 29) * day);
  const packagePercent = draws.chance(0.3) ? 100 : draws.int(35, 99);
  const score = Math.max(0, Math.min(100, Math.round(110 - slowness * 22 + draws.int(-10, 10))));
  const outcome = draws.oneOf(
    score > 70 ? (['renewed', 'expanded', 'renewed', 'churned'] as const) : (['churned', 'renewed'] as const),
  );
  return {
    id: `D-${1000 + i}-1`,
    customer: `${draws.oneOf(names)} ${i + 1}`,
    signedAt: iso(signed),
    segment,
    ...(draws.chance(0.2) && { industry: 'healthcare' }),
    playbook: { name: 'default', hash },
    accountExecutive: personId(seller.email),
    ...(seller.manager !== undefined && { accountExecutiveTeam: personId(seller.manager) }),
    customerSuccessManager: personId(taker.email),
    ...(taker.manager !== undefined && { customerSuccessManagerTeam: personId(taker.manager) }),
    status: isCanceled ? 'cancelled' : isEnded ? 'complete' : stalledAt.length > 0 ? 'stalled' : 'open',
    ...(isEnded && { endedAt: iso(at + 30 * day) }),
    reached,
    packagePercent,
    packageComplete: packagePercent === 100,
    ...(draws.chance(0.6) && { draft: { percent: packagePercent, target: 70 } }),
    completeness: 100 - draws.int(0, 30),
    rounds,
    returns: draws.chance(0.2) ? 1 : 0,
    exceptions: draws.chance(0.1) ? 1 : 0,
    openItems: draws.chance(0.1) ? { opened: 2, settled: 1, overdue: 1 } : { opened: 0, settled: 0, overdue: 0 },
    stalledAt,
    daysWaitingForCustomer: draws.chance(0.15) ? draws.int(1, 9) : 0,
    ...(isEnded &&
      draws.chance(0.7) && {
        survey: { score: Math.max(1, Math.round(score / 10)), target: 8, at: iso(at + 29 * day) },
      }),
    ...(isEnded && { onboardingComplete: draws.chance(0.8) }),
    ...(isEnded && !isCanceled && { handoffScore: score }),
    outcomes: isEnded && draws.chance(0.5) ? [{ outcome, at: iso(at + 29 * day) }] : [],
  };
}
