import { textsOf } from '../domain/fields/evidence.ts';
import type { Evidence } from '../domain/fields/values.ts';
import { meetingAct } from '../domain/handoff/acts.ts';
import { customerOf, type HandoffRecord } from '../domain/handoff/handoff.ts';
import type { MeetingRecord } from '../domain/handoff/meeting-record.ts';
import { meetingIn, uidOf } from '../domain/handoff/meetings.ts';
import { isStillStalled } from '../domain/handoff/stalled.ts';
import { nameOf } from '../domain/people/people.ts';
import { calledOff } from '../domain/playbook/capabilities.ts';
import { type LiveMeeting, meetingBehind } from '../domain/step/meeting-offers.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import type { MeetingAction } from '../domain/step/step-actions.ts';
import { momentIn } from '../domain/time/wording.ts';
import { askAgain, askAgainUses } from './ask-again.ts';
import { askWhenOver, catchUpMeetingsUses } from './catch-up-meetings.ts';
import { checkMeetingTime, checkTimeUses } from './check-meeting-time.ts';
import { type Acting, type Deciding, digestOf, noteOnRecordUses, refuse } from './deciding.ts';
import { openLink, openLinkUses } from './open-link.ts';
import { tellCalledOff } from './tell-called-off.ts';
import { tellMeetingUses, tellMoved } from './tell-meeting.ts';

export const changeMeetingUses = [
  'meetings.write',
  'steps.decide',
  'handoffs.changeStatus',
  'tokens.askAgain',
  ...noteOnRecordUses,
  'site',
  'calendarOf',
  ...checkTimeUses,
  ...catchUpMeetingsUses,
  ...openLinkUses,
  ...askAgainUses,
  ...tellMeetingUses,
] as const;

type Changing = Deciding<typeof changeMeetingUses>;
type Acted = Acting<typeof changeMeetingUses>;

/**
 * Moves a meeting: the next version is written if nobody wrote one in between; then the step that reports on it is asked for
 * when the new time is over, and everybody who was invited gets the update. Sent again, it goes on where it was.
 */
export async function moveMeeting(deciding: Changing, evidence: Evidence): Promise<StepOutcome> {
  const { world, opened } = deciding;
  const { record, person } = opened;
  const live = meetingOnPage(deciding);
  if (!live) return isGone;
  const wanted = { at: String(evidence['meetingAt']), minutes: minutesOf(evidence, live), ...placeOf(evidence) };
  const isMine = live.stands.by === person.email && isSame(live.stands, wanted) && live.stands.sequence > 0;
  if (isMine) return moved(deciding, live);
  const changed = changedMeanwhile(deciding, 'move-meeting', live.stands);
  if (changed) return changed;
  if (isSame(live.stands, wanted)) {
    const problem = 'The meeting is at this time and place already. Change one of them, or leave it as it is';
    return refuse(deciding, 'move-meeting', [{ field: 'meetingAt', problem }]);
  }
  const isOtherTime = live.stands.at !== wanted.at || live.stands.minutes !== wanted.minutes;
  if (isOtherTime) {
    const asked = {
      choice: 'move-meeting',
      meeting: live.known.id,
      evidence: { ...evidence, ...wanted },
      reasonField: 'reason',
    };
    const checked = checkMeetingTime(deciding, asked);
    if ('outcome' in checked) return checked.outcome;
  }
  const { place: _place, reason: _reason, before: _old, sameSince: _same, agendaOf: _agenda, ...before } = live.stands;
  const reason = String(evidence['reason'] ?? '');
  const next: MeetingRecord = {
    ...before,
    ...wanted,
    ...(reason !== '' && { reason }),
    ...(isOtherTime && { before: live.stands.at }),
    sequence: live.stands.sequence + 1,
    uid: uidOf(record, live.stands, world.site),
    ...doneBy(deciding),
  };
  if (!(await world.meetings.write(record.state.id, next))) return lostTheRace(deciding, 'move-meeting', live);
  await putOnRecord(deciding, next);
  return moved(deciding, { ...live, stands: next });
}

/** The meeting that the page behind the link is about, unless the form was about another one, whose time is over. */
function meetingOnPage({ opened: { record, link }, submission: { form, at } }: Changing): LiveMeeting | undefined {
  const live = meetingBehind(record, link, at);
  const [shown] = textsOf(form, 'meetingId');
  return shown === undefined || shown === live?.known.id ? live : undefined;
}

const doneBy = ({ world, opened, submission }: Acted) => ({
  by: opened.person.email,
  changedAt: submission.at,
  step: opened.link.step,
  form: digestOf(world, submission.form),
});

async function putOnRecord({ world, opened }: Acted, stands: MeetingRecord): Promise<void> {
  const act = meetingAct(stands, opened.people);
  if (act) await world.audit.write(opened.record.state.id, act.entry);
}

/** What follows from a meeting that has been moved. */
export async function moved(deciding: Acted, live: LiveMeeting): Promise<StepOutcome> {
  const { world, opened, submission } = deciding;
  const { people, person } = opened;
  const { at } = submission;
  const record = withMeeting(opened.record, live.stands);
  await moveAsk(deciding, record, live);
  await tellMoved(world, { record, people, meeting: live, at });
  const { zone } = person.availability;
  return {
    kind: 'confirmed',
    heading: movedText(live.stands, momentIn(zone, live.stands.at, at)),
    next: 'Everyone invited gets the update by email.',
    customer: customerOf(record),
    details: [],
    open: true,
  };
}

/** What has changed of a meeting, which takes place at `when`. */
function movedText({ at, before, place }: MeetingRecord, when: string): string {
  if (before === undefined)
    return place === undefined ? 'The meeting has no place now' : 'The meeting has another place';
  return before === at ? `The meeting has another length: ${when}` : `Meeting moved: ${when}`;
}

/**
 * Calls a meeting off: the next version says so, the step that was to report on it ends as called off, which leads the flow
 * back to the step that plans it, and everybody who was invited is told. Where the flow has not come to that step, it finds
 * the meeting called off when it does.
 */
export async function callOffMeeting(deciding: Changing, evidence: Evidence): Promise<StepOutcome> {
  const { world, opened } = deciding;
  const { record } = opened;
  const live = meetingOnPage(deciding);
  if (!live) return isGone;
  const changed = changedMeanwhile(deciding, 'call-off-meeting', live.stands);
  if (changed) return changed;
  const reason = String(evidence['reason'] ?? '');
  const { sameSince: _same, agendaOf: _agenda, ...before } = live.stands;
  const off: MeetingRecord = {
    ...before,
    status: 'off',
    reason,
    sequence: live.stands.sequence + 1,
    uid: uidOf(record, live.stands, world.site),
    ...doneBy(deciding),
  };
  if (!(await world.meetings.write(record.state.id, off))) return lostTheRace(deciding, 'call-off-meeting', live);
  await putOnRecord(deciding, off);
  return offNow(deciding, { ...live, stands: off });
}

/** What follows from a meeting that has been called off. */
export async function offNow(acting: Acted, live: LiveMeeting): Promise<StepOutcome> {
  const { world, opened, submission } = acting;
  const { record, link, person, people } = opened;
  const { at } = submission;
  const { id } = record.state;
  const { reason = '', changedAt } = live.stands;
  await tellCalledOff(world, { record: withMeeting(record, live.stands), people, meeting: live, at });
  const open = live.known.holding && record.steps[live.known.holding.id];
  if (open && !open.decision) {
    // It was called off when they first said so, however often they had to.
    const decision = { choice: calledOff, by: person.email, as: link.as, at: changedAt, evidence: { reason } };
    const result = await world.steps.decide({ id, step: open.step, round: open.round, decision });
    const { calendarOf } = world;
    if (record.state.status === 'stalled' && !isStillStalled({ record, people, except: open.step, at, calendarOf }))
      await world.handoffs.changeStatus({ id, from: ['stalled'], to: 'open', at });
    // Let go on, it would go past: it asks again, and finds that it has to go back.
    if (result.decided && result.token) await world.tokens.askAgain(result.token);
  }
  const { id: planning } = live.known.planning;
  const planner = record.steps[planning]?.owner;
  const isTheirs = planner === person.email;
  const asked = isTheirs
    ? ' You get a request for a new time.'
    : ` ${nameOf(people, planner ?? '')} is asked for a new time.`;
  return {
    kind: 'confirmed',
    heading: 'Meeting canceled',
    next: `Everyone invited is told by email.${planner === undefined ? '' : asked}`,
    customer: customerOf(record),
    details: [],
    // Their own link leads to the form for it.
    open: isTheirs && link.step === planning,
  };
}

/** The step that reports on a meeting is asked for when it is over: with the meeting, its ask and due time move. */
async function moveAsk(
  { world, opened: { people }, submission: { at } }: Acted,
  record: HandoffRecord,
  { known: { holding } }: LiveMeeting,
): Promise<void> {
  const open = holding && record.steps[holding.id];
  if (!open || open.decision) return;
  const moved = await askWhenOver(world, { record, people, at }, { step: open, rule: holding.rule });
  const { step, round } = open;
  if (moved) await askAgain(world, { handoffId: record.state.id, step, round, at, token: moved.token });
}

/** Of two people who change a meeting at once, the second sees what the first did, and keeps what they typed. */
function changedMeanwhile(deciding: Changing, action: MeetingAction, stands: MeetingRecord): StepOutcome | undefined {
  const { opened, submission } = deciding;
  const [seen] = textsOf(submission.form, 'meetingVersion');
  if (seen === undefined || Number(seen) >= (stands.sameSince ?? stands.sequence)) return undefined;
  const { zone } = opened.person.availability;
  const { at } = submission;
  const who = nameOf(opened.people, stands.by);
  const how =
    stands.handed?.sequence === stands.sequence
      ? 'Others take part in this meeting'
      : stands.status === 'off'
        ? `${who} called this meeting off`
        : `${who} moved this meeting to ${momentIn(zone, stands.at, at)}`;
  const problem = `${how}, on ${momentIn(zone, stands.changedAt, at)}. Yours is not saved yet: compare, then send it again.`;
  return refuse(deciding, action, [{ field: action === 'move-meeting' ? 'meetingAt' : 'reason', problem }]);
}

/** Somebody wrote the next version in the same moment. */
async function lostTheRace(
  deciding: Changing,
  action: MeetingAction,
  { known: { id: meeting } }: LiveMeeting,
): Promise<StepOutcome> {
  const again = await openLink(deciding.world, deciding.submission);
  const opened = 'opened' in again ? again.opened : again.meeting;
  const stands = opened && meetingIn(opened.record, meeting);
  if (!opened || stands?.status !== 'planned') return isGone;
  return changedMeanwhile({ ...deciding, opened }, action, stands) ?? isGone;
}

const isGone: StepOutcome = {
  kind: 'stale',
  what: 'This meeting can no longer be changed: somebody called it off, or told how it went.',
};

const withMeeting = (record: HandoffRecord, stands: MeetingRecord): HandoffRecord => ({
  ...record,
  meetings: { ...record.meetings, [stands.meeting]: stands },
});

const minutesOf = (evidence: Evidence, { stands }: LiveMeeting): number =>
  typeof evidence['minutes'] === 'number' ? evidence['minutes'] : stands.minutes;

const placeOf = (evidence: Evidence): { readonly place?: string } =>
  typeof evidence['place'] === 'string' ? { place: evidence['place'] } : {};

const isSame = (
  stands: MeetingRecord,
  { at, minutes, place }: Pick<MeetingRecord, 'at' | 'minutes' | 'place'>,
): boolean => stands.at === at && stands.minutes === minutes && stands.place === place;
