import { type CalendarOf, type People, personOf } from '../people/people.ts';
import { type Announcement, anchorNames, type DueRule } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { dueAfter } from '../time/due.ts';
import { anchorsOf, customerSuccessManagerOf, type HandoffRecord } from './handoff.ts';
import { renewalDateOf } from './handoff-package.ts';

/** A segment may tell less than the state machine, which is the same for all. */
export function isPlanned(record: HandoffRecord, step: string, say: Announcement): boolean {
  const rule = record.playbook.steps[step];
  return rule?.kind === 'ask' || (rule?.kind === 'tell' && rule.tells.some((tell) => tell.say === say && !tell.silent));
}

/** When the steps open whose anchor is known, in their owner's calendar (the customer success manager's where there is none). */
export function opensOf(record: HandoffRecord, people: People, calendarOf: CalendarOf): Record<string, Instant> {
  const anchors = anchorsOf(record, renewalDateOf(record));
  const holder = customerSuccessManagerOf(record) ?? record.deal.accountExecutive;
  const calendar = calendarOf(personOf(people, holder));
  const opens: Record<string, Instant> = {};
  const add = (key: string, rule: DueRule) => {
    const anchor = anchors[rule.after];
    if (anchor)
      opens[key] = dueAfter({
        within: rule.within,
        anchor,
        anchorName: anchorNames[rule.after],
        calendar,
      }).at;
  };
  for (const [id, rule] of Object.entries(record.playbook.steps)) {
    if (rule.kind === 'ask' && rule.opens) add(id, rule.opens);
    if (rule.kind !== 'tell') continue;
    for (const { say, opens: when } of rule.tells) add(say, when);
  }
  return opens;
}
