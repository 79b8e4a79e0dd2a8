import { type InCharge, inCharge } from '../handoff/exceptions.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import { pauseAt, type StepRecord } from '../handoff/step-record.ts';
import { isOwed } from '../handoff/step-rule.ts';
import type { Instant } from '../time/calendar.ts';
import { momentIn } from '../time/wording.ts';

/**
 * What one person is to do in a handoff at `at` (UTC), soonest due first: their open steps, and the exceptions they decide on. What
 * is optional, paused, or cannot be answered yet is none of it: a meeting that is still to come, a question that comes again later.
 */
export function stillTheirs(record: HandoffRecord, email: string, at: Instant): readonly InCharge[] {
  return Object.keys(record.steps)
    .flatMap((step) => inCharge(record, step) ?? [])
    .filter(({ rule, asked }) => {
      if (asked.decision || asked.owner !== email || !isOwed(record, asked.step)) return false;
      const comesLater = rule.holds !== undefined || (rule.repeat !== undefined && asked.round > 1);
      return !pauseAt(asked, at) && !(comesLater && Date.parse(asked.askedAt) > Date.parse(at));
    })
    .sort((one, other) => Date.parse(one.asked.dueAt) - Date.parse(other.asked.dueAt));
}

/** Whoever has nothing left in a handoff may have something in another. */
export const nothingMore = (customer: string): string =>
  `Nothing more for ${customer} now. “My desk” in your emails lists all your open steps.`;

/** By when it is due, or was, in the reader's zone: 'Due Tue, Nov 24, 10 AM Berlin time'. */
export const dueText = (
  { dueAt }: Pick<StepRecord, 'dueAt'>,
  { zone, at }: { readonly zone: string; readonly at: Instant },
): string => `${Date.parse(dueAt) < Date.parse(at) ? 'Was due' : 'Due'} ${momentIn(zone, dueAt, at)}`;
