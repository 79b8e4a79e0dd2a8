import { askingOf } from '../domain/handoff/asking.ts';
import { type AskedAgain, calledOffForColleagues, calledOffMessage } from '../domain/messages/meeting-news.ts';
import type { WorldOf } from '../ports/world.ts';
import { type MeetingTelling, tellMeetingUses, tellOfMeeting } from './tell-meeting.ts';

export const tellCalledOffUses = ['calendarOf', ...tellMeetingUses] as const;

type Telling = WorldOf<typeof tellCalledOffUses>;

/** Takes a meeting that was called off out of the calendars of everybody who was invited, and says why to the colleagues. */
export async function tellCalledOff(world: Telling, telling: MeetingTelling): Promise<void> {
  const { meeting } = telling;
  const input = { ...telling, site: world.site };
  const kind = 'meeting-called-off';
  if (meeting.known.rule.withCustomer)
    await tellOfMeeting(world, telling, { kind, draft: calledOffMessage(input, meeting) });
  const draft = calledOffForColleagues(input, meeting, { again: askedAgain(world, telling) });
  await tellOfMeeting(world, telling, { kind, draft, part: 'colleagues' });
}

/** Whoever planned it is asked for a new time when the flow comes to that; undefined where nobody was asked for the first. */
function askedAgain({ calendarOf }: Pick<Telling, 'calendarOf'>, telling: MeetingTelling): AskedAgain | undefined {
  const { record, people, at, meeting } = telling;
  const { id: step, rule } = meeting.known.planning;
  const asked = record.steps[step];
  if (meeting.stands.ended) return undefined;
  if (!asked?.decision) return asked;
  return askingOf({ record, step, rule, round: asked.round + 1, at, people, calendarOf }).opened;
}
