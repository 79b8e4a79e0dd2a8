import { type CalendarOf, type People, personOf } from '../people/people.ts';
import type { Instant } from '../time/calendar.ts';
import { inCharge } from './exceptions.ts';
import { anchorsOf, type HandoffRecord } from './handoff.ts';
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
    const ladder = record.playbook.ladders[rule.ladder];
    if (step.decision || rule.optional || rule.settles || id === except || !ladder) return false;
    const calendar = calendarOf(personOf(people, step.owner));
    const { rung } = rungAt({ ladder, step, anchors: anchorsOf(record), calendar }, at);
    return rung?.kind === 'stall' || rung?.kind === 'nag';
  });
}
