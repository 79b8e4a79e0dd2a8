import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { MeetingRecord } from '../domain/handoff/meeting-record.ts';
import { uidOf } from '../domain/handoff/meetings.ts';
import { calendarEntry, type Meeting } from '../domain/messages/meeting-entry.ts';
import { calledOffForColleagues, calledOffMessage } from '../domain/messages/meeting-news.ts';
import type { MeetingInvitation } from '../domain/messages/message.ts';
import type { People } from '../domain/people/people.ts';
import { meetingsEnded } from '../domain/step/meeting-offers.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { ServiceUnavailable } from '../ports/errors.ts';
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

/** How the end of meetings is told. */
interface ToTell {
  /** What the mail that tells a colleague of the handoff's end takes along, by mail address. */
  readonly entries: ReadonlyMap<string, MeetingInvitation>;
  /** The mails of meetings alone: to customers, and to colleagues who hear of a second one. */
  readonly mails: readonly (() => Promise<void>)[];
}

/**
 * Calls off every meeting that still lies ahead, because its handoff has ended, and says how that is told. Nobody is to be told of the
 * end before this is done: their mail would come without the entry that takes the meeting out of their calendar. Called again, it
 * goes on where it was. Throws ServiceUnavailable, to be called again, where somebody else is at a meeting.
 */
export async function endMeetings(
  world: WorldOf<typeof endMeetingsUses>,
  { record, people, by, reason, at }: Ending,
): Promise<ToTell> {
  const entries = new Map<string, MeetingInvitation>();
  const mails: (() => Promise<void>)[] = [];
  for (const meeting of await endedMeetings(world, { record, people, by, reason, at })) {
    const telling = { record, people, meeting, at };
    const input = { ...telling, site: world.site };
    const kind = 'meeting-called-off';
    if (meeting.known.rule.withCustomer)
      mails.push(() => tellOfMeeting(world, telling, { kind, draft: calledOffMessage(input, meeting) }));
    // A mail takes one calendar entry.
    const already = meeting.stands.hosts.filter((email) => entries.has(email));
    if (already.length > 0) {
      const draft = calledOffForColleagues(input, meeting, { only: already });
      mails.push(() => tellOfMeeting(world, telling, { kind, draft, part: 'colleagues' }));
    }
    for (const email of meeting.stands.hosts)
      if (!entries.has(email)) entries.set(email, calendarEntry(input, meeting));
  }
  return { entries, mails };
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
    // Somebody moved it in the meantime, or ends it, too: it is to be looked at again, and told of once.
    if (!(await world.meetings.write(record.state.id, ended)))
      throw new ServiceUnavailable('A meeting is being changed by somebody else: try again.');
    meetings.push({ known, stands: ended });
  }
  return meetings;
}
