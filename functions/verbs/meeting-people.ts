import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { takingPart } from '../domain/handoff/meeting-people.ts';
import type { MeetingHanding, MeetingRecord } from '../domain/handoff/meeting-record.ts';
import { uidOf } from '../domain/handoff/meetings.ts';
import { leftMessage, movedMessage } from '../domain/messages/meeting-news.ts';
import type { People } from '../domain/people/people.ts';
import { type LiveMeeting, meetingsAhead } from '../domain/step/meeting-offers.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { inviteColleagues, inviteColleaguesUses } from './invite-colleagues.ts';
import { meetingMailKey, tellMeetingUses, tellOfMeeting } from './tell-meeting.ts';

export const meetingPeopleUses = [
  'meetings.write',
  'site',
  'calendarOf',
  ...tellMeetingUses,
  ...inviteColleaguesUses,
] as const;

type MeetingPeople = WorldOf<typeof meetingPeopleUses>;

export interface PeopleChange {
  /** With the roles as they are held from now on. */
  readonly record: HandoffRecord;
  /** Everybody involved, and who stands in for them. */
  readonly people: People;
  /** Who handed a role over: a mail address, or `system`. */
  readonly by: string;
  /** The step that is being asked, if that is how it was noticed. */
  readonly step?: string;
  readonly at: Instant;
}

/**
 * Sees to it that those take part in the meetings that lie ahead who will be there: whoever holds a role of it, or stands in
 * for a holder who has left or is away on that day. Who joins gets an invitation with a link of their own, everybody else the
 * update, and who drops out the end of it in their calendar. Asked again, it goes on where it was.
 */
export async function keepMeetingPeople(world: MeetingPeople, change: PeopleChange): Promise<void> {
  const { record, at } = change;
  for (const live of meetingsAhead(record, at)) {
    const { known, stands } = live;
    const hosts = takingPart({ ...change, calendarOf: world.calendarOf }, stands);
    const joined = hosts.filter((email) => !stands.hosts.includes(email));
    const left = stands.hosts.filter((email) => !hosts.includes(email));
    if (joined.length + left.length === 0) {
      const untold = untoldHanding(change, live);
      if (untold) await tell(world, change, live, untold);
      continue;
    }
    const sequence = stands.sequence + 1;
    const handed = { sequence, joined, left, ...(change.step !== undefined && { step: change.step }) };
    const uid = uidOf(record, stands, world.site);
    const { sameSince: _same, agendaOf: _agenda, ...before } = stands;
    const next: MeetingRecord = { ...before, hosts, sequence, uid, by: change.by, changedAt: at, handed };
    // Somebody moved it in this very moment: their update goes to the people of before, and the next change to those of now.
    if (await world.meetings.write(record.state.id, next)) await tell(world, change, { known, stands: next }, handed);
  }
}

const kind = 'meeting-people-changed';

const hour = 3_600_000;

/**
 * A change that was written and not told to the end: by this very call, which was interrupted, or by somebody else so long ago
 * that they are not at it any more.
 */
function untoldHanding({ record, step, by, at }: PeopleChange, { stands }: LiveMeeting): MeetingHanding | undefined {
  const { handed, sequence, changedAt } = stands;
  if (handed?.sequence !== sequence) return undefined;
  const isMine = handed.step === step && stands.by === by && changedAt === at;
  if (!isMine && Date.parse(at) - Date.parse(changedAt) < hour) return undefined;
  const last = record.mails[meetingMailKey(stands, kind)]?.status;
  return last === 'sent' || last === 'held' ? undefined : handed;
}

/** The update to all goes out last: it shows that everybody was told. */
async function tell(
  world: MeetingPeople,
  { record, people, at }: PeopleChange,
  meeting: LiveMeeting,
  { joined, left }: MeetingHanding,
): Promise<void> {
  const { known, stands } = meeting;
  const changed = { ...record, meetings: { ...record.meetings, [known.id]: stands } };
  const telling = { record: changed, people, meeting, at };
  const input = { ...telling, site: world.site };
  for (const email of left)
    await tellOfMeeting(world, telling, { kind, draft: leftMessage(input, meeting, { email, joined }), part: email });
  const key = `meeting/${known.id}/${stands.sequence}`;
  await inviteColleagues(world, { record: changed, people, step: known.planning.id, key, kind, at, only: joined });
  await tellOfMeeting(world, telling, { kind, draft: movedMessage(input, meeting, { joined, left }) });
}
