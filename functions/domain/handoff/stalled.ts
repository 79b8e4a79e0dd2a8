import type { CalendarOf, People } from '../people/people.ts';
import type { Instant } from '../time/calendar.ts';
import { climbingOf } from './climbing.ts';
import { inCharge } from './exceptions.ts';
import type { HandoffRecord } from './handoff.ts';
import { rungAt } from './ladder.ts';

/** Whether an open step other than `except` has used up its ladder at that time (UTC). */
export function isStillStalled(input: {
  readonly record: HandoffRecord;
  readonly people: People;
  readonly except: string;
  readonly at: Instant;
  readonly calendarOf: CalendarOf;
}): boolean {
  const { record, people, except, at, calendarOf } = input;
  return Object.keys(record.steps).some((id) => {
    const found = inCharge(record, id);
    if (!found) return false;
    const { rule, asked: step } = found;
    if (step.decision || rule.optional || rule.settles || id === except) return false;
    const { rung } = rungAt(climbingOf({ record, people, calendarOf }, found), at);
    return rung?.kind === 'stall' || rung?.kind === 'nag';
  });
}
