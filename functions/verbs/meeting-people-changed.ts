import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { MeetingRecord } from '../domain/handoff/meeting-record.ts';
import { hostsOf, uidOf } from '../domain/handoff/meetings.ts';
import { leftMessage, movedMessage } from '../domain/messages/meeting-news.ts';
import type { People } from '../domain/people/people.ts';
import type { RoleId } from '../domain/playbook/roles.ts';
import { meetingsAhead } from '../domain/step/meeting-offers.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { inviteColleagues, inviteColleaguesUses } from './invite-colleagues.ts';
import { tellMeetingUses, tellOfMeeting } from './tell-meeting.ts';

export const peopleChangedUses = ['meetings.write', 'site', ...tellMeetingUses, ...inviteColleaguesUses] as const;

export interface PeopleChange {
  /** As it was before the role changed hands. */
  readonly record: HandoffRecord;
  /** Everybody involved, the new holder of the role among them. */
  readonly people: People;
  readonly role: RoleId;
  /** Who holds the role from now on: a mail address. */
  readonly to: string;
  /** Who handed it over: a mail address, or `system`. */
  readonly by: string;
  readonly at: Instant;
}

/**
 * A role of a handoff has changed hands: whoever holds it now takes part in its meetings that lie ahead. They get an invitation
 * with a link of their own, everybody else the update, and whoever has left the end of it in their calendar.
 */
export async function meetingPeopleChanged(
  world: WorldOf<typeof peopleChangedUses>,
  { record, people, role, to, by, at }: PeopleChange,
): Promise<void> {
  const { state } = record;
  const after: HandoffRecord = { ...record, state: { ...state, people: { ...state.people, [role]: to } } };
  for (const { known, stands } of meetingsAhead(record, at)) {
    const hosts = hostsOf(after, known.rule);
    const joined = hosts.filter((email) => !stands.hosts.includes(email));
    const left = stands.hosts.filter((email) => !hosts.includes(email));
    if (joined.length + left.length === 0) continue;
    const next: MeetingRecord = {
      ...stands,
      hosts,
      sequence: stands.sequence + 1,
      uid: uidOf(record, stands, world.site),
      by,
      changedAt: at,
    };
    // Somebody moved it in this very moment: their update goes to the people of before, and the next change to those of now.
    if (!(await world.meetings.write(state.id, next))) continue;
    const changed = { ...after, meetings: { ...after.meetings, [known.id]: next } };
    const meeting = { known, stands: next };
    const telling = { record: changed, people, meeting, at };
    const input = { ...telling, site: world.site };
    const kind = 'meeting-people-changed';
    await tellOfMeeting(world, telling, { kind, draft: movedMessage(input, meeting, { joined, left }) });
    for (const email of left)
      await tellOfMeeting(world, telling, { kind, draft: leftMessage(input, meeting, { email, joined }), part: email });
    const key = `meeting/${known.id}/${next.sequence}`;
    await inviteColleagues(world, { record: changed, people, step: known.planning.id, key, kind, at, only: joined });
  }
}
