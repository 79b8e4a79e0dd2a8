import type { HandoffPackage } from '../deal/package.ts';
import { excerpt } from '../fields/clean-text.ts';
import type { Commitment, Metric, Stakeholder } from '../fields/values.ts';
import { dayLength } from '../time/calendar-instant.ts';
import { dayIn } from '../time/formats.ts';
import { formatDate } from '../time/wall-format.ts';
import { anchorsOf } from './anchors.ts';
import type { HandoffRecord } from './handoff.ts';
import { checkedPackage, gapNames } from './handoff-package.ts';

/** What the customer wants to have reached after so many days. */
export interface PlanGoal {
  readonly days: 30 | 60 | 90;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Undefined while nobody has said it. */
  readonly outcome?: string;
}

export interface PlanMilestone {
  /** A day, `YYYY-MM-DD`, or what was said in place of one. */
  readonly when: string;
  readonly what: string;
}

export interface PlanRisk {
  readonly label: string;
  readonly text?: string;
}

/**
 * A success plan drafted from the package: one page that both sides can read. It holds no sensitivities, no internal politics
 * and nobody's role as a blocker: the plan is shown to the customer, and those stay in the brief.
 */
export interface SuccessPlan {
  /** What its days are counted from: 'signing, Tue, Nov 17, 2026'. */
  readonly counted: string;
  readonly goals: readonly PlanGoal[];
  /** How they will know that it was worth it. */
  readonly definition?: string;
  readonly metrics: readonly Metric[];
  readonly milestones: readonly PlanMilestone[];
  /** Those that were said not to be there are left out; of one nobody has spoken of there is no text. */
  readonly risks: readonly PlanRisk[];
  /** Answers of the package that are still to come. */
  readonly openItems: readonly string[];
  readonly stakeholders: readonly Pick<Stakeholder, 'name' | 'roles'>[];
}

/** Longest text that is taken over, in characters: the plan is one page. */
const longest = 200;

/** Drafts the plan (S2: from goals, metrics, risks and stakeholders), its days counted from the kickoff once it was held, else from closed won. */
export function draftPlanOf(record: HandoffRecord): SuccessPlan {
  const { package: pkg, gaps } = checkedPackage(record);
  const start = startOf(record);
  const definition = said(pkg.customerGoals?.definitionOfSuccess);
  const goals = goalsOf(pkg, start.day);
  return {
    counted: `${start.called}, ${dayText(start.day)}`,
    goals,
    ...(definition !== undefined && { definition }),
    metrics: pkg.customerGoals?.successMetrics ?? [],
    milestones: milestonesOf(pkg, goals),
    risks: [
      ...riskOf('Concerns', pkg.redFlags?.concerns),
      ...riskOf('Known risks', pkg.redFlags?.knownRisks),
      ...riskOf('Support they count on', pkg.redFlags?.supportExpectations),
    ],
    // What is missing among the red flags is not for the customer to read.
    openItems: gapNames(gaps.filter(({ path }) => !path.startsWith('redFlags.'))),
    stakeholders: (pkg.stakeholders ?? [])
      .filter(({ stays }) => stays)
      .map(({ name, roles }) => ({ name, roles: roles.filter((role) => role !== 'blocker') })),
  };
}

/** The day that the plan counts from (`YYYY-MM-DD`, where the customer is), and what it is called. */
function startOf(record: HandoffRecord): { readonly day: string; readonly called: string } {
  const { kickoffHeld } = anchorsOf(record);
  const zone = record.deal.customer.timeZone ?? 'UTC';
  return kickoffHeld === undefined
    ? { day: dayIn(record.deal.closedWonAt, zone), called: 'signing' }
    : { day: dayIn(kickoffHeld, zone), called: 'the kickoff' };
}

function goalsOf({ customerGoals: goals }: HandoffPackage, from: string): PlanGoal[] {
  const outcomes = { 30: goals?.outcomes30Days, 60: goals?.outcomes60Days, 90: goals?.outcomes90Days };
  return ([30, 60, 90] as const).map((days) => {
    const outcome = said(outcomes[days]);
    return { days, date: daysAfter(from, days), ...(outcome !== undefined && { outcome }) };
  });
}

/** The first goal, what sales promised with a time, and the timeline they expect; what has a day comes first, in order. */
function milestonesOf({ promises, customerGoals }: HandoffPackage, goals: readonly PlanGoal[]): PlanMilestone[] {
  const timeline = said(customerGoals?.expectedTimeline);
  const promised = typeof promises === 'object' ? promises : [];
  const known = [
    ...goals.flatMap(({ date, outcome }) => (outcome === undefined ? [] : [{ when: date, what: outcome }])).slice(0, 1),
    ...promised.flatMap(promiseAsMilestone),
  ];
  return [
    ...known.filter(({ when }) => isDay(when)).toSorted((a, b) => (a.when < b.when ? -1 : 1)),
    ...known.filter(({ when }) => !isDay(when)),
    ...(timeline === undefined ? [] : [{ when: 'Expected timeline', what: timeline }]),
  ];
}

function promiseAsMilestone({ what, byWhen, certainty }: Commitment): PlanMilestone[] {
  if (said(byWhen) === undefined) return [];
  return [{ when: byWhen, what: `${excerpt(what, 120)}${certainty === 'assumed' ? ' (to be confirmed)' : ''}` }];
}

function riskOf(label: string, answer: string | undefined): PlanRisk[] {
  const text = said(answer);
  if (text !== undefined) return [{ label, text }];
  return answer === undefined ? [{ label }] : [];
}

/** An answer in short; undefined for none and for an explicit "none". */
function said(text: string | undefined): string | undefined {
  if (text === undefined || text.trim() === '' || /^none( known)?[.!]?$/i.test(text.trim())) return undefined;
  return excerpt(text, longest);
}

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayLength).toISOString().slice(0, 10);

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** 'Thu, Dec 17, 2026'; what is no day stays as it was said. */
export const dayText = (day: string): string => (isDay(day) ? formatDate(Date.parse(day)) : day);
