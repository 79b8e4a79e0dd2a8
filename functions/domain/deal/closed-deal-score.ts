import { listed } from '../fields/words.ts';
import { roleTitle } from '../playbook/roles.ts';
import { type AnswerState, type ExaminedDeal, namedOwners } from './closed-deal.ts';
import { whoIsMissing } from './completeness.ts';
import type { Pillar } from './package-fields.ts';

/** One reason of a score: so many points out of so many, and why. */
export interface ClosedDealReason {
  readonly what: string;
  /** To one decimal. */
  readonly points: number;
  /** What it would be if everything that the export has no column for were there. To one decimal. */
  readonly atMost: number;
  readonly outOf: number;
  /** One sentence or more. */
  readonly because: string;
}

/** What the written handoff of a closed deal is worth, 0–100, with its reasons (S2: "audit your last ten closed deals, score each"). */
export interface ClosedDealScore {
  /** A whole number. What the export has no column for counts as not written down. */
  readonly points: number;
  /** The same if all of that were there. */
  readonly atMost: number;
  readonly reasons: readonly ClosedDealReason[];
}

interface Earned {
  /** 0–1. */
  readonly share: number;
  /** 0–1, with what the export has no column for. */
  readonly most: number;
  readonly because: string;
}

interface Part {
  readonly what: string;
  readonly outOf: number;
  /** In a sentence, for whoever reads the scores. */
  readonly counts: string;
  /** Undefined where the playbook does not ask for it. */
  readonly earned: (deal: ExaminedDeal) => Earned | undefined;
}

/**
 * What the score of a closed deal is made of. The package weighs most (S2), then its four pillars, "none of which may be skipped"
 * (S2), the key contacts (S0–S4) and one named owner on each side (S3, S4).
 */
export const closedDealParts: readonly Part[] = [
  {
    what: 'Package',
    outOf: 50,
    counts: 'the share of the answers that the playbook requires',
    earned: packageEarned,
  },
  {
    what: 'Pillars',
    outOf: 20,
    counts: 'context, relationships, goals, and risks: each counts once something is written down about it',
    earned: pillarsEarned,
  },
  {
    what: 'Key contacts',
    outOf: 15,
    counts: 'a decision-maker, a champion, a day-to-day contact, and a technical contact',
    earned: contactsEarned,
  },
  { what: 'Owners', outOf: 15, counts: 'who sold the deal, and who took over', earned: ownersEarned },
];

/** What a handoff's score counts and no export tells. */
export const neverInExports: readonly string[] = [
  'promises kept',
  'packages sent back',
  'exceptions granted',
  'the 30-day survey',
  'what was written down by the day of signing',
];

/** The score of a closed deal. A part that the playbook does not ask for is left out, and the rest is scaled to 100. */
export function scoreClosedDeal(deal: ExaminedDeal): ClosedDealScore {
  const reasons = closedDealParts.flatMap(({ what, outOf, earned }): ClosedDealReason[] => {
    const { share, most, because } = earned(deal) ?? {};
    if (share === undefined || most === undefined || because === undefined) return [];
    return [{ what, outOf, points: tenths(share * outOf), atMost: tenths(most * outOf), because }];
  });
  const sum = (of: 'points' | 'atMost' | 'outOf') => reasons.reduce((total, reason) => total + reason[of], 0);
  const scaled = (of: 'points' | 'atMost') => Math.round((100 * sum(of)) / sum('outOf'));
  return { points: scaled('points'), atMost: scaled('atMost'), reasons };
}

const tenths = (points: number): number => Math.round(points * 10) / 10;

/** Most fields named in a sentence. */
const mostNamed = 4;

function packageEarned({ answers }: ExaminedDeal): Earned | undefined {
  if (answers.length === 0) return undefined;
  const labels = (state: AnswerState) =>
    answers.filter((each) => each.state === state).map(({ field }) => `“${field.label}”`);
  const [there, noColumn] = [labels('there').length, labels('no column').length];
  return {
    share: there / answers.length,
    most: (there + noColumn) / answers.length,
    because: sentences(
      `${there} of ${answers.length} required answers are there`,
      enumerated('Empty', labels('empty')),
      enumerated('To complete or correct', labels('wrong')),
      noColumn > 0 && `The export has no column for ${noColumn}`,
    ),
  };
}

const pillarNames: Readonly<Record<Pillar, string>> = {
  context: 'the context',
  relationships: 'relationships',
  goals: 'goals',
  risks: 'risks',
};

function pillarsEarned({ answers }: ExaminedDeal): Earned | undefined {
  const pillars = [...new Set(answers.flatMap(({ field }) => field.pillar ?? []))];
  if (pillars.length === 0) return undefined;
  const states = pillars.map((pillar) => {
    const own = answers.filter(({ field }) => field.pillar === pillar).map(({ state }) => state);
    return own.includes('there') ? 'there' : own.includes('no column') ? 'no column' : 'empty';
  });
  const named = (state: string) => pillars.filter((_, i) => states[i] === state).map((pillar) => pillarNames[pillar]);
  const [there, noColumn, empty] = [named('there'), named('no column'), named('empty')];
  return {
    share: there.length / pillars.length,
    most: (there.length + noColumn.length) / pillars.length,
    because:
      there.length === pillars.length
        ? 'Something is written down about each pillar.'
        : sentences(
            empty.length > 0 && `Nothing usable is written down about ${listed(empty)}`,
            noColumn.length > 0 && `As far as the export tells, nothing is written down about ${listed(noColumn)}`,
          ),
  };
}

function contactsEarned({ contacts }: ExaminedDeal): Earned | undefined {
  if (contacts === undefined) return undefined;
  if (contacts === 'no column')
    return { share: 0, most: 1, because: 'The export has no column for the people at the customer.' };
  const { missing } = contacts;
  const all = Object.keys(whoIsMissing).length;
  const share = (all - missing.length) / all;
  const names = missing.map((role) => whoIsMissing[role][1]);
  return {
    share,
    most: share,
    because: names.length === 0 ? 'All key contacts are named.' : `Still to name: ${listed(names)}.`,
  };
}

function ownersEarned({ owners, rules }: ExaminedDeal): Earned {
  const titles = (state: string) =>
    namedOwners.filter((owner) => owners[owner] === state).map((owner) => rules.roles[owner].name);
  const [there, noColumn, empty] = [titles('there'), titles('no column'), titles('empty')];
  return {
    share: there.length / namedOwners.length,
    most: (there.length + noColumn.length) / namedOwners.length,
    because:
      there.length === namedOwners.length
        ? `${listed(namedOwners.map((owner, i) => (i === 0 ? roleTitle(rules.roles, owner) : rules.roles[owner].name)))} are named.`
        : sentences(
            empty.length > 0 && `The deal names no ${empty.join(' and no ')}`,
            noColumn.length > 0 && `The export has no column for the ${noColumn.join(' and the ')}`,
          ),
  };
}

const enumerated = (heading: string, names: readonly string[]): string | false => {
  if (names.length === 0) return false;
  const more = names.length - mostNamed;
  return `${heading}: ${listed(more > 0 ? [...names.slice(0, mostNamed), `${more} more`] : names)}`;
};

const sentences = (...parts: readonly (string | false)[]): string =>
  parts
    .filter((part) => part !== false)
    .map((part) => `${part}.`)
    .join(' ');
