import { flowFront } from '../../../functions/domain/handoff/flow-front.ts';
import type { HandoffRecord } from '../../../functions/domain/handoff/handoff.ts';
import { endOf } from '../../../functions/domain/handoff/meetings.ts';
import { opensOf } from '../../../functions/domain/handoff/planned.ts';
import type { People } from '../../../functions/domain/people/people.ts';
import { announcementRule } from '../../../functions/domain/playbook/announcements.ts';
import { askSteps, leavesUndone } from '../../../functions/domain/playbook/capabilities.ts';
import type { Circumstances } from './sight.ts';

/**
 * What would go to the customer at once if somebody let the handoff go on, in words; undefined when nothing would. Rather too
 * much than too little: mail that is due and not sent, and meetings with people of theirs, the entries of which may be behind.
 */
export function customerMailWaiting(
  record: HandoffRecord,
  { people, at, calendarOf }: Pick<Circumstances, 'at' | 'calendarOf'> & { readonly people: People },
): string | undefined {
  const isDone = (key: string) => ['sent', 'held'].includes(record.mails[key]?.status ?? '');
  const { tellings } = flowFront({ record, opens: opensOf(record, people, calendarOf), at });
  const decided = askSteps(record.playbook).flatMap(({ id, rule }) => {
    const asked = record.steps[id];
    if (!asked?.decision || !rule.announce || leavesUndone(rule, asked.decision.choice)) return [];
    const { say } = rule.announce;
    // A meeting that is planned anew is another mail.
    return [{ say, key: rule.plans !== undefined && asked.round > 1 ? `${say}/${asked.round}` : say }];
  });
  const waiting = [...tellings.map(({ say }) => ({ say, key: say })), ...decided].find(
    ({ say, key }) => announcementRule(say).toCustomer && !isDone(key),
  );
  if (waiting) return announcementRule(waiting.say).called;
  const meeting = Object.values(record.meetings ?? {}).find(
    (stands) => stands.guests.length > 0 && Date.parse(endOf(stands)) > Date.parse(at),
  );
  return meeting && `news of the meeting "${meeting.meeting}"`;
}
