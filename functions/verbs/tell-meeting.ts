import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { MeetingRecord } from '../domain/handoff/meeting-record.ts';
import type { Announced } from '../domain/messages/announced.ts';
import type { Meeting } from '../domain/messages/meeting-entry.ts';
import { movedMessage } from '../domain/messages/meeting-news.ts';
import type { MeetingNews } from '../domain/messages/message.ts';
import type { People } from '../domain/people/people.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { sendAnnounced, sendAnnouncedUses } from '../mailing/send-announced.ts';
import type { WorldOf } from '../ports/world.ts';

export const tellMeetingUses = ['site', ...sendAnnouncedUses] as const;

export interface MeetingTelling {
  readonly record: HandoffRecord;
  readonly people: People;
  readonly meeting: Meeting;
  readonly at: Instant;
}

/** Sends everybody who was invited the update of a meeting that was moved, once for each version of it. */
export const tellMoved = (world: WorldOf<typeof tellMeetingUses>, telling: MeetingTelling): Promise<void> =>
  tellOfMeeting(world, telling, {
    kind: 'meeting-moved',
    draft: movedMessage({ ...telling, site: world.site }, telling.meeting),
  });

/** Under what a mail about a version of a meeting goes out once; `part`: to whom, where it is not to all. */
export const meetingMailKey = (
  { meeting, sequence }: Pick<MeetingRecord, 'meeting' | 'sequence'>,
  kind: MeetingNews,
  part?: string,
): string => ['meeting', meeting, sequence, kind, ...(part === undefined ? [] : [part])].join('/');

/** One mail about one version of a meeting; nothing where nobody was ever invited by a mail. */
export async function tellOfMeeting(
  world: WorldOf<typeof tellMeetingUses>,
  { record, people, meeting: { known, stands }, at }: MeetingTelling,
  mail: { readonly kind: MeetingNews; readonly draft: Announced; readonly part?: string },
): Promise<void> {
  const { id, rule } = known.planning;
  if (!rule.announce) return;
  await sendAnnounced(world, {
    record,
    people,
    step: id,
    say: rule.announce.say,
    kind: mail.kind,
    key: meetingMailKey(stands, mail.kind, mail.part),
    at,
    draft: mail.draft,
  });
}
