import type { Deal } from '../domain/deal/deal.ts';
import type { Refusal } from '../domain/fields/refusal.ts';
import { type Backfill, backfillOf, type Happened } from '../domain/handoff/backfill.ts';
import { beginningOf } from '../domain/handoff/beginning.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { withStrangers } from '../domain/people/stranger.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { CrmDeal } from '../ports/crm.ts';
import type { SeenDeal } from '../ports/seen-deals.ts';
import type { WorldOf } from '../ports/world.ts';
import { storeEpisode, storeEpisodeUses } from './begin-episode.ts';
import { beginHandoff, beginHandoffUses } from './begin-handoff.ts';
import { countWork, countWorkUses } from './count-work.ts';
import { parseAsWon } from './deal-moves.ts';
import { placeOf, placeUses } from './merged-deal.ts';
import { sayAgain, sayAgainUses } from './say-again.ts';

export const backfillDealUses = [
  'deals.episodes',
  'deals.read',
  'handoffs.load',
  'steps.open',
  'steps.decide',
  'audit.write',
  'roster.everybody',
  'site',
  ...countWorkUses,
  ...storeEpisodeUses,
  ...beginHandoffUses,
  ...sayAgainUses,
  ...placeUses,
] as const;

type Backfilling = WorldOf<typeof backfillDealUses>;

export interface DealToBackfill {
  readonly deal: CrmDeal;
  readonly happened: readonly Happened[];
  /** UTC. */
  readonly at: Instant;
  /** Looks at what would be, and changes nothing. */
  readonly isDryRun: boolean;
}

export type Backfilled =
  | { readonly outcome: 'has its handoff'; readonly handoffId: string }
  | { readonly outcome: 'left out'; readonly because: string }
  | { readonly outcome: 'refused'; readonly refused: readonly Refusal[] }
  | ({ readonly outcome: 'started' | 'would start'; readonly record: HandoffRecord } & Backfill);

/**
 * Begins the handoff of a deal that was won before there were handoffs: first it is on record what was done already, then the deal is
 * told on the bus as won, so that its execution finds that and asks for what is next. Broken off at any moment, it is finished when it
 * is called again. No mail goes to a customer that nobody approves now.
 */
export const backfillDeal =
  (world: Backfilling, playbook: Playbook) =>
  async (asked: DealToBackfill): Promise<Backfilled> => {
    const { deal: inCrm, at, isDryRun } = asked;
    const known = await newestOf(world, inCrm);
    if (known && !(await isHalfDone(world, known))) return { outcome: 'has its handoff', handoffId: known.handoffId };
    // What an interrupted run has begun goes on.
    if (inCrm.leftOut !== undefined && !known) return { outcome: 'left out', because: inCrm.leftOut };
    const parsed = parseAsWon(inCrm, at);
    if ('refused' in parsed) return { outcome: 'refused', refused: parsed.refused };
    const { deal } = parsed;
    const notes = [...parsed.notes, backfillNote];
    if (isDryRun) {
      const record = await imagined(world, playbook, { deal, notes, at });
      return { outcome: 'would start', record, ...(await planned(world, record, asked)) };
    }
    const { handoffId } = await storeEpisode(world, { deal, notes, at });
    await beginHandoff(world, playbook, world.hash)({ handoffId, at });
    const record = await world.handoffs.load(handoffId);
    if (!record) throw new Error(`Handoff ${handoffId} was begun and cannot be read.`);
    const backfill = await planned(world, record, asked);
    for (const { opened, decision } of backfill.settled) {
      const { step, round } = await world.steps.open(handoffId, opened);
      const result = await world.steps.decide({ id: handoffId, step, round, decision });
      const detail = `Skipped: ${decision.evidence['reason']}`;
      if (result.decided)
        await world.audit.write(handoffId, { at, who: decision.by, what: 'decided', step, detail, from: 'command' });
    }
    await sayAgain(world)({ deal: inCrm, mend: 'say that it was won', at });
    return { outcome: 'started', record, ...backfill };
  };

/** The newest handoff of a deal, or of one that it took in. */
async function newestOf(world: Backfilling, { dealId: ofDeal, tookIn = [] }: CrmDeal) {
  for (const id of [ofDeal, ...tookIn]) {
    const { dealId, known } = await placeOf(world, id);
    const handoffId = (await world.deals.episodes(dealId)).at(-1);
    if (handoffId !== undefined) return { handoffId, seen: known?.seen };
  }
  return undefined;
}

const backfillNote = 'This handoff was started by the backfill, after the deal was won.';

/** Stored by a backfill that was interrupted before the deal was told as won. */
async function isHalfDone(
  world: Backfilling,
  { handoffId, seen }: { readonly handoffId: string; readonly seen: SeenDeal | undefined },
): Promise<boolean> {
  const stored = await world.deals.read(handoffId);
  if (!stored?.notes.includes(backfillNote)) return false;
  const { phase, outbox = [] } = seen ?? {};
  return phase !== 'won' || outbox.length > 0;
}

async function planned(
  world: Backfilling,
  record: HandoffRecord,
  { happened, at }: Pick<DealToBackfill, 'happened' | 'at'>,
): Promise<Backfill> {
  const roster = await world.roster.everybody();
  const known = new Map(roster.map((person) => [person.email, person]));
  const holders = Object.values(record.state.people);
  const people = withStrangers(known, [record.deal.accountExecutive, ...holders], world.site.defaultZone);
  return backfillOf({ record, happened, people, calendarOf: world.calendarOf, at });
}

/** The handoff as it would begin. */
async function imagined(
  world: Backfilling,
  playbook: Playbook,
  { deal, notes, at }: { readonly deal: Deal; readonly notes: readonly string[]; readonly at: Instant },
): Promise<HandoffRecord> {
  const roster = await world.roster.everybody();
  const openHandoffs = await countWork(world, { playbook, deal, roster, at });
  const { calendarOf, hash: hashOf } = world;
  const { state, frozen } = beginningOf({ playbook, deal, notes, roster, openHandoffs, at, calendarOf, hashOf });
  return { deal, package: deal.package, packageVersion: 0, state, playbook: frozen, steps: {}, mails: {} };
}
