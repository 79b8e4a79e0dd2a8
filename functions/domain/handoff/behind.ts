import type { Instant } from '../time/calendar.ts';
import { momentIn, spanText } from '../time/wording.ts';
import { type HandoffRecord, missesPromise, promisedAtOf, type StepRecord } from './handoff.ts';

/** How far a step runs behind its promise through no fault of its owner, and why. */
export interface Behind {
  readonly promisedAt: Instant;
  /** '1 day': from the promise to the due time. */
  readonly by: string;
  /** What came late before it, in one sentence; undefined when nothing that was asked did. */
  readonly cause?: string;
}

/**
 * Whether a handoff runs behind its promises at a step, and the cause: the last of the steps decided before it was asked that
 * missed its own promise. Undefined for a step whose owner is held to the promise itself. Times in the sentence are in `zone`.
 */
export function behindPromise(
  record: HandoffRecord,
  asked: StepRecord,
  { zone, at }: { readonly zone: string; readonly at: Instant },
): Behind | undefined {
  const promisedAt = promisedAtOf(asked);
  const behind = Date.parse(asked.dueAt) - Date.parse(promisedAt);
  if (behind <= 0) return undefined;
  const slow = Object.values(record.steps)
    .flatMap(({ step, earlier, ...last }) => [...earlier, last].map((round) => ({ ...round, step })))
    .filter((round) => missesPromise(round) && Date.parse(round.decision?.at ?? '') <= Date.parse(asked.askedAt))
    .reduce<SlowRound | undefined>((latest, { step, decision }) => {
      if (decision === undefined || (latest && Date.parse(latest.at) > Date.parse(decision.at))) return latest;
      return { step, at: decision.at };
    }, undefined);
  const title = slow && record.playbook.steps[slow.step]?.title;
  return {
    promisedAt,
    by: spanText(behind),
    ...(slow && title && { cause: `"${title}" was done ${momentIn(zone, slow.at, at)}` }),
  };
}

interface SlowRound {
  readonly step: string;
  readonly at: Instant;
}

/** 'Running 1 day late: "Complete the package" was done Tue 24 Nov 17:00 Europe/Berlin.' */
export const behindText = ({ by, cause }: Behind): string =>
  `Running ${by} late${cause === undefined ? '' : `: ${cause}`}.`;
