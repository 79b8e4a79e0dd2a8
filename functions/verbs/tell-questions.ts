import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { MeetingRecord } from '../domain/handoff/meeting-record.ts';
import { uidOf } from '../domain/handoff/meetings.ts';
import { agendaMessage } from '../domain/messages/meeting-news.ts';
import { nameOf, type People } from '../domain/people/people.ts';
import { meetingToUpdate } from '../domain/step/meeting-agenda.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { tellMeetingUses, tellOfMeeting } from './tell-meeting.ts';

export const tellQuestionsUses = ['meetings.write', 'site', ...tellMeetingUses] as const;

/**
 * S3: the questions for the internal meeting go into its agenda. Written after it was invited to, they reach the colleagues who
 * take part by an update of their entry, once; whoever wrote them needs none. Called again, it goes on where it was. Returns
 * the names of those who get it.
 */
export async function tellQuestions(
  world: WorldOf<typeof tellQuestionsUses>,
  { record, people, at }: { readonly record: HandoffRecord; readonly people: People; readonly at: Instant },
): Promise<readonly string[]> {
  const due = meetingToUpdate(record, at);
  const others = due?.live.stands.hosts.filter((email) => email !== due.questions.by) ?? [];
  if (!due || others.length === 0) return [];
  const { known, stands: before } = due.live;
  const { questions } = due;
  const stands: MeetingRecord =
    before.agendaOf === questions.at
      ? before
      : {
          ...before,
          sequence: before.sequence + 1,
          sameSince: before.sameSince ?? before.sequence,
          uid: uidOf(record, before, world.site),
          agendaOf: questions.at,
        };
  // Somebody changed it in this very moment: whoever asks about a step next finds the questions still to be told.
  if (stands !== before && !(await world.meetings.write(record.state.id, stands))) return [];
  const changed = { ...record, meetings: { ...record.meetings, [known.id]: stands } };
  const telling = { record: changed, people, meeting: { known, stands }, at };
  const draft = agendaMessage({ ...telling, site: world.site }, telling.meeting, { by: questions.by, to: others });
  await tellOfMeeting(world, telling, { kind: 'meeting-agenda', draft });
  return others.map((email) => nameOf(people, email));
}
