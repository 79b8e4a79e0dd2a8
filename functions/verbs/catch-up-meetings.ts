import { askingOf } from '../domain/handoff/asking.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { MeetingRecord } from '../domain/handoff/meeting-record.ts';
import { endOf, knownMeeting, meetingIn } from '../domain/handoff/meetings.ts';
import type { StepRecord } from '../domain/handoff/step-record.ts';
import type { MeetingNews } from '../domain/messages/message.ts';
import type { People } from '../domain/people/people.ts';
import type { AskStep } from '../domain/playbook/playbook.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { tellCalledOff, type tellCalledOffUses } from './tell-called-off.ts';
import { meetingMailKey, tellMeetingUses, tellMoved } from './tell-meeting.ts';

export const catchUpMeetingsUses = ['steps.change', 'calendarOf', ...tellMeetingUses] as const;

interface Visit {
  readonly record: HandoffRecord;
  readonly people: People;
  /** UTC. */
  readonly at: Instant;
}

/** Whoever changes a meeting is given this long, in milliseconds, to tell of it before others do. */
const patience = 15 * 60_000;
/** News that is older is none. */
const week = 168 * 3_600_000;

/**
 * A meeting was moved or called off, and whoever did it was interrupted before everybody invited was told: they are told by
 * whatever visits the handoff next. A mail to the customer of which nobody knows whether it went out is held, as ever. Returns
 * when to call again for a change that is so new that whoever made it may be telling of it, UTC.
 */
export async function tellUntoldMeetings(
  world: WorldOf<typeof tellCalledOffUses>,
  { record, people, at }: Visit,
): Promise<Instant | undefined> {
  let again: number | undefined;
  for (const stands of Object.values(record.meetings ?? {})) {
    const known = knownMeeting(record, stands.meeting);
    const age = Date.parse(at) - Date.parse(stands.changedAt);
    if (!known || stands.ended || stands.sequence === 0 || age > week || !isUntold(record, stands, at)) continue;
    const telling = { record, people, meeting: { known, stands }, at };
    if (age < patience) again = Math.min(again ?? Number.POSITIVE_INFINITY, Date.parse(stands.changedAt) + patience);
    else await (stands.status === 'off' ? tellCalledOff : tellMoved)(world, telling);
  }
  return again === undefined ? undefined : new Date(again).toISOString();
}

const isUntold = (record: HandoffRecord, stands: MeetingRecord, at: Instant): boolean =>
  stands.status === 'off'
    ? !wasTold(record, stands, 'meeting-called-off', 'colleagues')
    : isMove(record, stands) && Date.parse(endOf(stands)) > Date.parse(at);

/** Whether its last change was another time, and not its agenda, of which not everybody has been told. */
const isMove = (record: HandoffRecord, stands: MeetingRecord): boolean =>
  stands.before !== undefined &&
  stands.handed?.sequence !== stands.sequence &&
  stands.agendaOf === undefined &&
  !wasTold(record, stands, 'meeting-moved') &&
  !Object.keys(record.mails).some((key) => key.startsWith(meetingMailKey(stands, 'meeting-people-changed')));

function wasTold(record: HandoffRecord, stands: MeetingRecord, kind: MeetingNews, part?: string): boolean {
  const status = record.mails[meetingMailKey(stands, kind, part)]?.status;
  return status === 'sent' || status === 'held';
}

/**
 * The step that reports on a meeting as it is to be asked, where the meeting was moved and whoever did it was interrupted
 * before the step moved with it: when the new time is over.
 */
export async function askedWhenOver(
  world: WorldOf<typeof catchUpMeetingsUses>,
  { record, people, at }: Visit,
  { step, rule }: { readonly step: StepRecord; readonly rule: AskStep },
): Promise<StepRecord> {
  const stands = rule.holds === undefined ? undefined : meetingIn(record, rule.holds);
  if (stands?.status !== 'planned' || stands.before === undefined || step.decision) return step;
  const isHanded = step.handed && Date.parse(step.handed.at) > Date.parse(stands.changedAt);
  const end = Date.parse(endOf(stands));
  if (isHanded || end <= Date.parse(at) || Date.parse(step.askedAt) >= end) return step;
  return (await askWhenOver(world, { record, people, at }, { step, rule }))?.step ?? step;
}

/** Has a step that reports on a meeting asked for when that is over; undefined when it was decided in the meantime. */
export async function askWhenOver(
  world: Pick<WorldOf<typeof catchUpMeetingsUses>, 'steps' | 'calendarOf'>,
  { record, people, at }: Visit,
  { step, rule }: { readonly step: StepRecord; readonly rule: AskStep },
): Promise<{ readonly step: StepRecord; readonly token?: string } | undefined> {
  const { round, step: id } = step;
  const { calendarOf } = world;
  const { opened } = askingOf({ record, step: id, rule, round, at, people, calendarOf });
  const { askedAt, dueAt, because, promisedAt, promise } = opened;
  const change = { askedAt, dueAt, because, ...(promisedAt && { promisedAt }), ...(promise && { promise }) };
  const result = await world.steps.change({ id: record.state.id, step: id, round, change });
  if (!result.changed) return undefined;
  return { step: { ...step, ...change }, ...(result.token !== undefined && { token: result.token }) };
}
