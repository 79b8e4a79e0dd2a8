import { officeCalendars } from '../people/absence.ts';
import type { CalendarOf, People } from '../people/people.ts';
import type { Announcement } from '../playbook/announcements.ts';
import { tellsOf } from '../playbook/capabilities.ts';
import type { Instant } from '../time/calendar.ts';
import { anchorsOf } from './anchors.ts';
import { dueByRule } from './due-rule.ts';
import type { HandoffRecord } from './handoff.ts';
import { tellingHolderOf } from './roles-held.ts';

interface Telling {
  readonly record: HandoffRecord;
  readonly people: People;
  readonly calendarOf: CalendarOf;
}

/** When something is told by itself, as long as it is told at all; undefined while its anchor is open. */
export function tellingTime({ record, people, calendarOf }: Telling, say: Announcement): Instant | undefined {
  const opens = tellsOf(record.playbook).find(({ tell }) => tell.say === say && !tell.silent)?.tell.opens;
  // The calendar by which the email itself is sent, whether its owner is away or not.
  const owner = people.get(tellingHolderOf(record));
  return opens && owner && dueByRule(opens, anchorsOf(record), officeCalendars(calendarOf)(owner))?.at;
}
