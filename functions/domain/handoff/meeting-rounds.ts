import { calledOff } from '../playbook/capabilities.ts';
import type { AskStep } from '../playbook/playbook.ts';
import type { HandoffRecord } from './handoff.ts';
import type { MeetingRecord } from './meeting-record.ts';
import { knownMeeting } from './meetings.ts';

/** A meeting that was called off, as long as nobody has answered when it is to be instead. */
export function meetingCalledOff(record: HandoffRecord, meeting: string | undefined): MeetingRecord | undefined {
  const stands = meeting === undefined ? undefined : record.meetings?.[meeting];
  if (stands?.status !== 'off' || stands.ended) return undefined;
  const planning = knownMeeting(record, stands.meeting)?.planning;
  const step = planning && record.steps[planning.id];
  return step?.decision && step.round > stands.round ? undefined : stands;
}

/**
 * The round in which a step is asked when the flow comes to it. The records say so and not the flow: once a meeting has been
 * called off, the step that plans it is asked once more, and once that is answered, the one that reports on it.
 */
export function roundToAsk(
  record: HandoffRecord,
  { step, rule, round }: { readonly step: string; readonly rule: AskStep; readonly round: number },
): number {
  const known = record.steps[step];
  if (!known?.decision) return Math.max(round, known?.round ?? round);
  const planAgain = meetingCalledOff(record, rule.plans) !== undefined;
  const reportAgain = known.decision.choice === calledOff && meetingCalledOff(record, rule.holds) === undefined;
  return planAgain || reportAgain ? known.round + 1 : Math.max(round, known.round);
}
