import type { CalendarOf, People } from '../people/people.ts';
import { isAway } from '../time/calendar.ts';
import type { HandoffRecord } from './handoff.ts';
import type { MeetingRecord } from './meeting-record.ts';
import { hostsOf } from './meetings.ts';
import { standingOf } from './who-is-asked.ts';

export interface TakingPart {
  readonly record: HandoffRecord;
  /** Everybody involved, and who stands in for them. */
  readonly people: People;
  readonly calendarOf: CalendarOf;
}

/**
 * The colleagues who take part in a meeting when it takes place, as mail addresses: the holders of its roles, and whoever is asked
 * in the place of one who has left, or is away on that day. Whoever is away drops out, and does not stay as optional: a
 * calendar should not ask them to come on a day off. When they are back in time after all, they are invited again.
 */
export function takingPart(
  { record, people, calendarOf }: TakingPart,
  { meeting, at }: Pick<MeetingRecord, 'meeting' | 'at'>,
): readonly string[] {
  const rule = record.playbook.meetings[meeting];
  const there = (rule ? hostsOf(record, rule) : []).map((email) => {
    const holder = people.get(email);
    if (!holder || (holder.active && !isAway(at, calendarOf(holder)))) return email;
    // Whoever stands in for them already goes on doing so.
    const owner = Object.values(record.steps).find((step) => step.standInFor === email && !step.decision)?.owner;
    const asked = owner === undefined ? undefined : { owner, dueAt: at };
    return standingOf(holder, { record, people, at, calendarOf, asked }).asked.email;
  });
  return [...new Set(there)];
}
