import { officeCalendars } from '../people/absence.ts';
import { type CalendarOf, type People, personOf } from '../people/people.ts';
import { type Announcement, announcementRule } from '../playbook/announcements.ts';
import { tellsOf } from '../playbook/capabilities.ts';
import { anchorNames, type DueRule } from '../playbook/playbook.ts';
import type { BusinessCalendar, Instant } from '../time/calendar.ts';
import { dueAfter } from '../time/due.ts';
import { dayIn } from '../time/formats.ts';
import { anchorsOf } from './anchors.ts';
import { dueByRule } from './due-rule.ts';
import type { HandoffRecord } from './handoff.ts';
import { renewalDateOf } from './handoff-package.ts';
import { reminderTime } from './reminder-time.ts';
import { holderOf, tellingHolderOf } from './roles-held.ts';
import type { StepRecord } from './step-record.ts';

/** A handoff may tell less than the state machine, which is the same for all. */
export function isPlanned(record: HandoffRecord, step: string, say: Announcement): boolean {
  const rule = record.playbook.steps[step];
  return rule?.kind === 'ask' || (rule?.kind === 'tell' && rule.tells.some((tell) => tell.say === say && !tell.silent));
}

/**
 * When the steps open whose anchor is known, in the calendar of whoever takes the customer, away or not: a step by its id, what
 * the system tells by `<step>/<what it says>`. What is silent here opens at its anchor, so that nobody waits for it.
 */
export function opensOf(record: HandoffRecord, people: People, calendarOf: CalendarOf): Record<string, Instant> {
  const anchors = anchorsOf(record, renewalDateOf(record));
  const calendar = officeCalendars(calendarOf)(personOf(people, tellingHolderOf(record)));
  const opens: Record<string, Instant> = {};
  const add = (key: string, rule: DueRule) => {
    const due = dueByRule(rule, anchors, calendar);
    if (due) opens[key] = due.at;
  };
  for (const [id, rule] of Object.entries(record.playbook.steps)) {
    if (rule.kind === 'ask' && rule.opens) add(id, rule.opens);
    if (rule.kind !== 'tell') continue;
    let before: { readonly say: Announcement; readonly at: Instant } | undefined;
    for (const { say, opens: when, silent } of rule.tells) {
      if (!when) continue;
      const key = `${id}/${say}`;
      if (!silent) {
        add(key, when);
        // Days off may move two of them to one morning: nobody gets both at once, nor one an hour after the other.
        if (before && opens[key]) {
          const isEarlier = Date.parse(opens[key]) <= Date.parse(before.at);
          if (announcementRule(before.say).saidBy === say) opens[key] = isEarlier ? before.at : opens[key];
          else if (isEarlier || (countsDays(when) && isOneDay(opens[key], before.at, calendar)))
            opens[key] = dayAfter(before.at, calendar);
        }
        before = opens[key] ? { say, at: opens[key] } : before;
      } else {
        const anchor = anchors[when.after];
        if (anchor) opens[key] = anchor;
      }
      // State machines of the first version ask by what is said alone.
      if (opens[key] && !record.playbook.steps[say]) opens[say] = opens[key];
    }
  }
  return opens;
}

const dayAfter = (at: Instant, calendar: BusinessCalendar): Instant =>
  dueAfter({ within: '1 day', anchor: at, anchorName: anchorNames.opened, calendar }).at;

const isOneDay = (one: Instant, other: Instant, { zone }: BusinessCalendar): boolean =>
  dayIn(one, zone) === dayIn(other, zone);

/** What a playbook plans by the hour may come twice a day. */
const countsDays = ({ within }: DueRule): boolean => /\b(days?|months?)$/.test(within);

/** Whether something is told by the scheduler, and so comes whatever becomes of the handoff, unless it is cancelled. */
export const isScheduled = (record: HandoffRecord, step: string): boolean => {
  const rule = record.playbook.steps[step];
  return rule?.kind === 'tell' && rule.by === 'scheduler';
};

/** Something that EventBridge Scheduler is to tell. */
export interface Reminder {
  readonly step: string;
  readonly say: Announcement;
  /** When it should come, UTC; perhaps long past. */
  readonly dueAt: Instant;
  /** When it comes, UTC; undefined when its time has passed and it makes no sense any more. */
  readonly at: Instant | undefined;
}

/** What the scheduler is to tell, as of `at` (UTC): those whose anchor is known. */
export function remindersOf(
  record: HandoffRecord,
  { people, calendarOf, at }: { readonly people: People; readonly calendarOf: CalendarOf; readonly at: Instant },
): readonly Reminder[] {
  const calendar = officeCalendars(calendarOf)(personOf(people, tellingHolderOf(record)));
  const anchors = anchorsOf(record, renewalDateOf(record));
  return tellsOf(record.playbook).flatMap(({ step, rule, tell }) => {
    if (rule.by !== 'scheduler' || tell.silent || !tell.opens) return [];
    const anchor = anchors[tell.opens.after];
    const due = dueByRule(tell.opens, anchors, calendar);
    if (!anchor || !due) return [];
    return [{ step, say: tell.say, dueAt: due.at, at: reminderTime(due.at, { before: anchor, at, calendar }) }];
  });
}

/**
 * A step that a mail offers: its record as it is opened for whoever holds its role; undefined when nobody does, or when this
 * handoff does without the step.
 */
export function offeredStep(
  record: HandoffRecord,
  { offers, at, people, calendarOf }: { offers: string; at: Instant; people: People; calendarOf: CalendarOf },
): StepRecord | undefined {
  const rule = record.playbook.steps[offers];
  const owner = rule?.kind === 'ask' ? holderOf(record, rule.owner) : undefined;
  if (rule?.kind !== 'ask' || owner === undefined) return undefined;
  const calendar = calendarOf(personOf(people, owner));
  const anchor = anchorsOf(record)[rule.due.after] ?? at;
  const due = dueAfter({ within: rule.due.within, anchor, anchorName: anchorNames[rule.due.after], calendar });
  return { step: offers, round: 1, owner, askedAt: at, dueAt: due.at, because: due.because, pauses: [], earlier: [] };
}
