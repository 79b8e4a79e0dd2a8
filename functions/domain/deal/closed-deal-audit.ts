import { neededRoles } from '../fields/values.ts';
import { capitalized } from '../fields/words.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { type ClosedDeal, type ExaminedDeal, type ExportScope, examineDeals, namedOwners } from './closed-deal.ts';
import { type ClosedDealScore, scoreClosedDeal } from './closed-deal-score.ts';
import { whoIsMissing } from './completeness.ts';
import { packageSections } from './package-fields.ts';

/** Fewer deals than this are a small sample (S2 audits the last ten). */
const usualSample = 10;

/** What S2 aims at: the share of the required answers that is there at signature, in percent. */
export const aimedAt = 70;

export interface ScoredDeal extends ExaminedDeal {
  readonly score: ClosedDealScore;
  /** Share of the required answers that are there, 0–100, rounded down. */
  readonly percent: number;
}

/** Something that is not there in one deal after another. */
export interface RecurringGap {
  readonly what: string;
  /** The section of the package it belongs to. */
  readonly section?: string;
  /** In how many deals nothing stands there, and in how many what stands there can't be used. */
  readonly empty: number;
  readonly wrong: number;
  /** How many deals should have it. */
  readonly of: number;
}

/** Closed deals held against a playbook, together. */
export interface Audit {
  /** Lowest score first. */
  readonly deals: readonly ScoredDeal[];
  /** What the export has a column for and is not there again and again: in most deals first. */
  readonly gaps: readonly RecurringGap[];
  /** What the export has no column for, by section. */
  readonly noColumn: readonly { readonly section: string; readonly labels: readonly string[] }[];
  readonly isSmall: boolean;
  /** Of the scores; undefined without deals. */
  readonly average?: { readonly points: number; readonly atMost: number };
  /** How many deals have what S2 aims at. */
  readonly onTarget: number;
}

/** Scores closed deals by a playbook, and finds what they lack together. */
export function auditDeals(
  closed: readonly ClosedDeal[],
  { playbook, scope }: { readonly playbook: Playbook; readonly scope: ExportScope },
): Audit {
  const deals = examineDeals(closed, { playbook, scope })
    .map((deal): ScoredDeal => ({ ...deal, score: scoreClosedDeal(deal), percent: percentOf(deal) }))
    .sort((one, other) => one.score.points - other.score.points || one.deal.name.localeCompare(other.deal.name, 'en'));
  const mean = (of: 'points' | 'atMost') =>
    Math.round(deals.reduce((sum, { score }) => sum + score[of], 0) / deals.length);
  return {
    deals,
    gaps: recurringGaps(deals),
    noColumn: withoutColumn(deals),
    isSmall: deals.length < usualSample,
    ...(deals.length > 0 && { average: { points: mean('points'), atMost: mean('atMost') } }),
    onTarget: deals.filter(({ percent }) => percent >= aimedAt).length,
  };
}

function percentOf({ answers }: ExaminedDeal): number {
  const there = answers.filter(({ state }) => state === 'there').length;
  return answers.length === 0 ? 100 : Math.floor((100 * there) / answers.length);
}

function recurringGaps(deals: readonly ExaminedDeal[]): readonly RecurringGap[] {
  const found = new Map<string, { what: string; section?: string; empty: number; wrong: number; of: number }>();
  const count = (key: string, state: 'there' | 'empty' | 'wrong', named: { what: string; section?: string }) => {
    const gap = found.get(key) ?? { ...named, empty: 0, wrong: 0, of: 0 };
    gap.of += 1;
    if (state !== 'there') gap[state] += 1;
    found.set(key, gap);
  };
  for (const { answers, contacts, owners, rules } of deals) {
    for (const { field, state } of answers) {
      const section = packageSections[field.section].title;
      if (state !== 'no column') count(field.path, state, { what: field.label, section });
    }
    if (contacts !== undefined && contacts !== 'no column')
      for (const role of neededRoles)
        count(`contact ${role}`, contacts.missing.includes(role) ? 'empty' : 'there', {
          what: capitalized(whoIsMissing[role][1].replace(/^an? /, '')),
          section: packageSections.stakeholders.title,
        });
    for (const owner of namedOwners) {
      const state = owners[owner];
      if (state !== 'no column') count(owner, state, { what: capitalized(rules.roles[owner].name) });
    }
  }
  const missed = ({ empty, wrong }: RecurringGap) => empty + wrong;
  // Two deals make it again.
  return [...found.values()]
    .filter((gap) => missed(gap) > 1)
    .sort((one, other) => missed(other) / other.of - missed(one) / one.of || missed(other) - missed(one));
}

function withoutColumn(deals: readonly ExaminedDeal[]): Audit['noColumn'] {
  const bySection = new Map<string, Set<string>>();
  for (const { answers } of deals)
    for (const { field, state } of answers) {
      if (state !== 'no column') continue;
      const title = packageSections[field.section].title;
      bySection.set(title, (bySection.get(title) ?? new Set()).add(field.label));
    }
  return [...bySection].map(([section, labels]) => ({ section, labels: [...labels] }));
}
