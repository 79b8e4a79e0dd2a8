import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { MeetingRecord } from '../domain/handoff/meeting-record.ts';
import { uidOf } from '../domain/handoff/meetings.ts';
import { calendarEntry, type Meeting } from '../domain/messages/meeting-entry.ts';
import { calledOffForColleagues, calledOffMessage } from '../domain/messages/meeting-news.ts';
import type { MeetingInvitation } from '../domain/messages/message.ts';
import type { People } from '../domain/people/people.ts';
import { meetingsEnded } from '../domain/step/meeting-offers.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { tellMeetingUses, tellOfMeeting } from './tell-meeting.ts';

export const endMeetingsUses = ['meetings.write', ...tellMeetingUses] as const;

export interface Ending {
  readonly record: HandoffRecord;
  readonly people: People;
  /** A mail address, or `crm`. */
  readonly by: string;
  readonly reason: string;
  readonly at: Instant;
}

/**
 * Calls off every meeting that still lies ahead, because its handoff has ended. The customer hears of each by a mail; a
 * colleague by the mail that tells them of the end, which takes the entry that is returned for them. Called again, it goes on
 * where it was.
 */
export async function endMeetings(
  world: WorldOf<typeof endMeetingsUses>,
  { record, people, by, reason, at }: Ending,
): Promise<ReadonlyMap<string, MeetingInvitation>> {
  const entries = new Map<string, MeetingInvitation>();
  for (const meeting of await endedMeetings(world, { record, people, by, reason, at })) {
    const telling = { record, people, meeting, at };
    const input = { ...telling, site: world.site };
    const kind = 'meeting-called-off';
    if (meeting.known.rule.withCustomer)
      await tellOfMeeting(world, telling, { kind, draft: calledOffMessage(input, meeting) });
    // A mail takes one calendar entry.
    const already = meeting.stands.hosts.filter((email) => entries.has(email));
    if (already.length > 0)
      await tellOfMeeting(world, telling, {
        kind,
        draft: calledOffForColleagues(input, meeting, { only: already }),
        part: 'colleagues',
      });
    for (const email of meeting.stands.hosts)
      if (!entries.has(email)) entries.set(email, calendarEntry(input, meeting));
  }
  return entries;
}

/** The meetings that the end of the handoff called off, now or in an attempt before this one. */
async function endedMeetings(world: WorldOf<typeof endMeetingsUses>, ending: Ending): Promise<readonly Meeting[]> {
  const { record, by, reason, at } = ending;
  const meetings: Meeting[] = [];
  for (const meeting of meetingsEnded(record, at)) {
    const { known, stands } = meeting;
    if (stands.ended) {
      meetings.push(meeting);
      continue;
    }
    const ended: MeetingRecord = {
      ...stands,
      status: 'off',
      ended: true,
      reason,
      sequence: stands.sequence + 1,
      uid: uidOf(record, stands, world.site),
      by,
      changedAt: at,
    };
    if (await world.meetings.write(record.state.id, ended)) meetings.push({ known, stands: ended });
  }
  return meetings;
}
