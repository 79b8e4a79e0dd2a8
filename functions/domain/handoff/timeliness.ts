import { type AskStep, ruleOfStep } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { atLeastOf } from './due-times.ts';
import { type EarlierRound, type HandoffRecord, isLate, missesPromise } from './handoff.ts';

/**
 * How a round of a step stands to its due time. `reported late`: its meeting was held in time, and the report came late. What
 * ended unanswered or was skipped is neither on time nor late, nor is what is open and not yet due.
 */
export type Timeliness = 'on time' | 'reported late' | 'late' | 'unanswered' | 'skipped' | 'open';

/** A round of a step that its owner had to do, with the rule it was asked by. */
export interface ExpectedRound extends EarlierRound {
  readonly step: string;
  readonly rule: AskStep;
  /** It has not come back since. */
  readonly isLast: boolean;
}

/** Every round asked of an owner: without what is optional, and without open items, which outlive the handoff. */
export function expectedRounds(record: HandoffRecord): readonly ExpectedRound[] {
  return Object.values(record.steps).flatMap(({ step, earlier, ...last }) => {
    const rule = ruleOfStep(record.playbook, step);
    if (rule?.kind !== 'ask' || rule.optional || rule.settles) return [];
    return [
      ...earlier.map((round) => ({ ...round, step, rule, isLast: false })),
      { ...last, step, rule, isLast: true },
    ];
  });
}

interface Judged {
  readonly playbook: HandoffRecord['playbook'];
  readonly rule: AskStep;
  readonly round: EarlierRound;
  /** A round that is still open is late if its due time was over by then. UTC. */
  readonly asOf?: Instant | undefined;
}

/**
 * Whether an owner was on time. A meeting counts when it was held (evidence `heldAt`); its report is late when it came more
 * than the least time an owner has after the due time, in hours by the clock: records hold no calendar.
 */
export function timelinessOf({ playbook, rule, round, asOf }: Judged): Timeliness {
  const { decision } = round;
  if (decision?.choice === 'skipped' || decision?.choice === 'unanswered') return decision.choice;
  if (decision === undefined) return isLate(round, asOf) ? 'late' : 'open';
  if (isLate(asHeld(rule, round))) return 'late';
  const reportUntil = Date.parse(round.dueAt) + atLeastOf(playbook, rule) * 3_600_000;
  return Date.parse(decision.at) > reportUntil ? 'reported late' : 'on time';
}

/**
 * What became of a round's promise, whoever's fault it was; `pending` while nobody can say. What ended unanswered missed it;
 * undefined for what was skipped, of which nothing was expected any more.
 */
export function promiseOutcome({
  rule,
  round,
  asOf,
}: Omit<Judged, 'playbook'>): 'kept' | 'missed' | 'pending' | undefined {
  const choice = round.decision?.choice;
  if (choice === 'skipped') return undefined;
  if (choice === 'unanswered' || missesPromise(asHeld(rule, round), asOf)) return 'missed';
  return round.decision ? 'kept' : 'pending';
}

/** The round as if its report had come when the meeting was held. */
function asHeld(rule: AskStep, round: EarlierRound): EarlierRound {
  const heldAt = rule.holds === undefined ? undefined : round.decision?.evidence['heldAt'];
  if (!round.decision || typeof heldAt !== 'string' || Number.isNaN(Date.parse(heldAt))) return round;
  return { ...round, decision: { ...round.decision, at: heldAt } };
}
