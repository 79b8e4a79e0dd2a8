import { type NamedStep, stepHolding, stepPlanning } from '../playbook/capabilities.ts';
import type { MeetingRule } from '../playbook/meetings.ts';
import type { AskStep } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { instantOf } from '../time/calendar-instant.ts';
import { doneDecision, givenList, givenNumber, givenText } from './decisions.ts';
import type { HandoffRecord } from './handoff.ts';
import type { MeetingRecord } from './meeting-record.ts';
import { holderOf } from './roles-held.ts';
import type { SiteFacts } from './site.ts';
import type { Decision } from './step-record.ts';

/** A meeting of the playbook in this handoff. */
export interface KnownMeeting {
  readonly id: string;
  readonly rule: MeetingRule;
  readonly planning: NamedStep;
  /** The step that reports on it, if there is one. */
  readonly holding?: NamedStep;
}

/** A meeting by its id, with the steps around it; undefined when no step of this handoff plans it. */
export function knownMeeting({ playbook }: Pick<HandoffRecord, 'playbook'>, id: string): KnownMeeting | undefined {
  const rule = playbook.meetings[id];
  const planning = stepPlanning(playbook, id);
  const holding = stepHolding(playbook, id);
  return rule && planning && { id, rule, planning, ...(holding && { holding }) };
}

/**
 * A meeting as it stands: as it was last written; or as the step that plans it was decided, when that came later, or was
 * decided by a version of this code that wrote no meetings. Undefined when none has been planned.
 */
export function meetingIn(record: HandoffRecord, meeting: string): MeetingRecord | undefined {
  const known = knownMeeting(record, meeting);
  const written = record.meetings?.[meeting];
  if (!known) return undefined;
  const step = record.steps[known.planning.id];
  if (written && (step === undefined || written.round >= step.round)) return written;
  const decision = doneDecision(record, known.planning.id);
  const at = givenText(decision, 'meetingAt');
  if (!step || !decision || at === '') return written;
  const place = givenText(decision, 'place');
  const reason = givenText(decision, 'whyLate');
  return {
    meeting,
    round: step.round,
    status: 'planned',
    at,
    minutes: givenNumber(decision, 'minutes') ?? known.rule.minutes.usual,
    ...(place !== '' && { place }),
    hosts: hostsOf(record, known.rule),
    guests: givenList(decision, 'recipients'),
    sequence: written ? written.sequence + 1 : 0,
    by: decision.by,
    changedAt: decision.at,
    ...(reason !== '' && { reason }),
  };
}

/** The meeting that a decision plans, if it plans one. */
export function plannedBy(record: HandoffRecord, step: string, decision: Decision): MeetingRecord | undefined {
  const [rule, asked] = [record.playbook.steps[step], record.steps[step]];
  if (rule?.kind !== 'ask' || rule.plans === undefined || !asked) return undefined;
  const decided = { ...record, steps: { ...record.steps, [step]: { ...asked, decision } } };
  const meeting = meetingIn(decided, rule.plans);
  return meeting?.status === 'planned' && meeting.round === asked.round ? meeting : undefined;
}

/** The colleagues who take part, by the roles they hold in the handoff. */
export const hostsOf = (record: HandoffRecord, { who }: MeetingRule): readonly string[] => [
  ...new Set(who.flatMap((role) => holderOf(record, role) ?? [])),
];

/** The UID of a meeting: the one it got, or a new one under the address that the site has now. */
export function uidOf(record: HandoffRecord, { meeting, round, uid }: MeetingRecord, { url }: SiteFacts): string {
  if (uid !== undefined) return uid;
  const host = URL.canParse(url) ? new URL(url).hostname : 'handoff.example';
  // Calendars do not take back a meeting that was called off: planned anew, it is another one.
  return `${record.state.id}-${meeting}${round > 1 ? `-${round}` : ''}@${host}`;
}

/** When a step can be answered that the flow comes to at `at`: one that reports on a meeting, once that is over. */
export function askableFrom(record: HandoffRecord, { holds }: AskStep, at: Instant): Instant {
  const meeting = holds === undefined ? undefined : meetingIn(record, holds);
  if (meeting?.status !== 'planned') return at;
  const end = endOf(meeting);
  return Date.parse(end) > Date.parse(at) ? end : at;
}

/** When a meeting is over, UTC. */
export const endOf = ({ at, minutes }: Pick<MeetingRecord, 'at' | 'minutes'>): Instant =>
  instantOf(Date.parse(at) + minutes * 60_000);
