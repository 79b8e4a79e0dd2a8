import type { Person } from '../../../functions/domain/people/person.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import { createClock } from '../../account/clock.ts';
import type { Mail } from '../../account/ses/mail.ts';
import { failuresOf } from '../play/failures.ts';
import { employPeople } from '../play/people.ts';
import { putOnBus } from '../put-event.ts';
import { type Draws, drawsOf } from '../simulate/draws.ts';
import { createSystem, type System, silent } from '../system.ts';
import { type Company, companyOf } from './company.ts';
import { type PlannedDeal, planDeals } from './deals.ts';
import { changeTo } from './playbook-change.ts';
import { planWhatBecomes } from './what-became.ts';

export interface PopulationOptions {
  readonly deals: number;
  readonly months: number;
  readonly seed: number;
  /** Where virtual time ends, in milliseconds since the epoch. */
  readonly until: number;
  /** What new handoffs follow at the end; for the first half it was a little different. */
  readonly playbook: Playbook;
  readonly siteUrl: string;
  /** Hears how far it has come, after each week. */
  readonly onWeek?: (week: WeekPlayed) => void;
}

interface WeekPlayed {
  readonly at: number;
  readonly won: number;
  readonly emails: number;
}

export interface PlayedPopulation {
  readonly system: System;
  /** Mails of handoffs that still run, and the newest reports; oldest first. */
  readonly mails: readonly Mail[];
  readonly emails: number;
  /** What failed, in words. */
  readonly failures: readonly string[];
}

const day = 86_400_000;
const week = 7 * day;
/** Between the first deals that are proposed and the first that is won. */
const runUp = 21 * day;
/** So many mails of each handoff stay: a person's newest link is among them. */
const mailsKept = 8;
/** Under which handoff mails are sent that are about none. */
const aboutNone = 'none';
/** Mails that are about no handoff, such as reports, stay for so long. */
const reportsKept = 4 * week;

/**
 * Plays the months before a moment in a company that is drawn from a seed: people of different habits, a bad team, a step that
 * hardly anybody does in time until the playbook is changed in the middle; deals that are lost, stall, come back; customers who
 * renew and who leave. What recurs, such as reports, happens as it would. The same options play the same, but for ids that
 * nobody may guess. The system is the caller's to close.
 */
export async function playPopulation(options: PopulationOptions): Promise<PlayedPopulation> {
  const { until, playbook, siteUrl } = options;
  const draws = drawsOf(options.seed);
  const from = monthsBefore(until, options.months);
  const middle = from + (until - from) / 2;
  const company = companyIn(draws, { from, until });
  const { before, missed } = changeTo(playbook);
  const plan = planDeals({
    ...{ draws: draws.apart(), company, deals: options.deals, from: dayOf(from), until: dayOf(until) },
    ...{ before, after: playbook, changedOn: toInstant(middle), missed },
  });
  const clock = createClock({ start: from - runUp });
  const system = await createSystem({
    ...{ clock, siteUrl, playbook: before, roster: company.roster, recurs: true },
    observerOf: () => silent,
    account: { engine: { random: () => 0.5 } },
  });
  const wanted = keepMails(system);
  clock.at(middle, () => system.deploy(playbook));
  for (const deal of plan) begin(system, deal, { roster: company.roster, until });
  for (let at = from - runUp; at < until; ) {
    at = Math.min(at + week, until);
    await clock.advanceTo(at);
    await wanted.tidy();
    const won = plan.filter((deal) => Date.parse(deal.won.time) < at).length;
    options.onWeek?.({ at, won, emails: wanted.count() });
  }
  await clock.settled();
  return { system, mails: wanted.mails(), emails: wanted.count(), failures: failuresOf(system.account) };
}

/** Who works in a population, before it is played. */
export const populationRoster = ({
  months,
  seed,
  until,
}: Pick<PopulationOptions, 'months' | 'seed' | 'until'>): readonly Person[] =>
  companyIn(drawsOf(seed), { from: monthsBefore(until, months), until }).roster;

/** What is drawn first of all. */
const companyIn = (draws: Draws, { from, until }: { readonly from: number; readonly until: number }): Company =>
  companyOf(draws.apart(), dayOf(from), dayOf(until));

function begin(
  system: System,
  deal: PlannedDeal,
  { roster, until }: Pick<Parameters<typeof employPeople>[0], 'roster'> & { readonly until: number },
): void {
  const { id, won, around, playbook, script } = deal;
  for (const event of [won, ...around]) {
    const at = Date.parse(event.time);
    if (at >= until) continue;
    system.clock.at(at, async () => {
      if (event === won) employPeople({ system, playbook, roster, manner: 'prompt', script, only: id, atWork: true });
      const problem = await putOnBus(system, event);
      if (problem) throw new Error(problem);
    });
  }
  planWhatBecomes(system, deal, until);
}

/** Keeps what somebody may still want to open: half a year of mails would be a gigabyte. */
function keepMails({ account, world, clock }: System): {
  readonly mails: () => readonly Mail[];
  readonly count: () => number;
  readonly tidy: () => Promise<void>;
} {
  let kept = new Map<string, Mail[]>();
  let count = 0;
  account.inbox.watch((mail) => {
    count += 1;
    const { handoff = aboutNone } = mail.tags;
    const known = kept.get(handoff) ?? [];
    kept.set(handoff, known);
    known.push(mail);
    if (handoff !== aboutNone && known.length > mailsKept) known.shift();
  });
  return {
    count: () => count,
    mails: () => [...kept.values()].flat().sort((a, b) => a.at - b.at),
    tidy: async () => {
      account.inbox.clear();
      const states = await world.handoffs.statesOf([...kept.keys()].filter((id) => id !== aboutNone));
      const ended = new Set(states.flatMap(({ id, endedAt }) => (endedAt === undefined ? [] : [id])));
      kept = new Map(
        [...kept]
          .filter(([id]) => !ended.has(id))
          .map(([id, mails]) => [
            id,
            id === aboutNone ? mails.filter(({ at }) => at > clock.now() - reportsKept) : mails,
          ]),
      );
    },
  };
}

function monthsBefore(at: number, months: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, date.getUTCDate());
}

const toInstant = (at: number): Instant => new Date(at).toISOString();
const dayOf = (at: number): string => toInstant(at).slice(0, 10);
