import type { AuditEntry } from '../handoff/audit-entry.ts';
import type { Instant } from '../time/calendar.ts';
import { dayLength, instantOf } from '../time/calendar-instant.ts';
import type { RecordedFact } from './fact.ts';

/** What facts take of an entry of the audit trail. */
export type Told = Pick<AuditEntry, 'at' | 'what' | 'step'>;

/** An entry is written so long after what it tells of at most: states are tried again for a day, and events for another. */
const latestDays = 3;

/**
 * From when on the audit trail may tell what the standing facts of a handoff do not know yet (UTC): some days before the last of
 * them was recorded, because entries come late. Undefined where all of the trail has to be read.
 */
export function newsSince(standing: readonly RecordedFact[]): Instant | undefined {
  if (standing.length === 0) return undefined;
  const last = Math.max(...standing.map(({ recordedAt }) => Date.parse(recordedAt)));
  return instantOf(last - latestDays * dayLength);
}

/** What the part of the trail before then told, as the standing facts know it: those of one kind come from the trail alone. */
export const toldBefore = (standing: readonly RecordedFact[], since: Instant): readonly Told[] =>
  standing.flatMap((fact) =>
    fact.kind === 'stalled' && Date.parse(fact.at) < Date.parse(since)
      ? [{ at: fact.at, what: 'stalled', ...(fact.step !== undefined && { step: fact.step }) }]
      : [],
  );
