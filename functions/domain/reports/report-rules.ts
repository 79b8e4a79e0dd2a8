import type { Person } from '../people/person.ts';
import { isHelper } from '../people/reports.ts';

/** Reports that come by mail. */
const reportKinds = ['overdue-digest', 'weekly-list', 'weekly-kpis', 'audit-pack'] as const;

export type ReportKind = (typeof reportKinds)[number];

export interface ReportRule {
  /** It is sent once for each of these, on the first morning in it on which its reader works. */
  readonly every: 'day' | 'week' | 'quarter';
  /** What was measured is told once the week or quarter before this one is over and measured; the rest as it stands. */
  readonly tellsOf: 'the one before' | 'now';
  readonly isFor: (person: Person, roster: readonly Person[]) => boolean;
}

const leads = ({ email }: Person, roster: readonly Person[]): boolean =>
  roster.some((each) => each.active && each.manager === email);

/** Whoever leads people and has nobody above them, revenue operations, and whoever the roster says. */
export const isLeadership = (person: Person, roster: readonly Person[]): boolean =>
  person.leadership === true ||
  person.role === 'revenueOperations' ||
  (person.manager === undefined && leads(person, roster));

/** Who gets which report (S4: weekly KPIs to leadership, daily digest to managers, audit pack each quarter). */
export const reportRules: Readonly<Record<ReportKind, ReportRule>> = {
  'overdue-digest': {
    every: 'day',
    tellsOf: 'now',
    isFor: (person, roster) => leads(person, roster) || isHelper(person),
  },
  'weekly-list': {
    every: 'week',
    tellsOf: 'now',
    isFor: ({ role }) => role === 'accountExecutive' || role === 'customerSuccessManager',
  },
  'weekly-kpis': { every: 'week', tellsOf: 'the one before', isFor: isLeadership },
  'audit-pack': { every: 'quarter', tellsOf: 'the one before', isFor: ({ role }) => role === 'revenueOperations' },
};

/** The reports somebody gets; none for who has left, or is out of reach. */
export const reportsFor = (person: Person, roster: readonly Person[]): readonly ReportKind[] =>
  person.active && person.unreachable === undefined
    ? reportKinds.filter((kind) => reportRules[kind].isFor(person, roster))
    : [];
