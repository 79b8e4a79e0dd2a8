import {
  askSteps,
  leavesUndone,
  meetingOfStep,
  meetsCustomer,
  type NamedStep,
  stepMarking,
} from '../playbook/capabilities.ts';
import { type HandoffRecord, isClosed } from './handoff.ts';

/** Where a handoff stands, in words for everybody; how it ended once it has. */
export type Phase =
  | 'preparing'
  | 'introducing'
  | 'kicking off'
  | 'handed over'
  | 'following up'
  | 'complete'
  | 'canceled'
  | 'abandoned';

/**
 * The phase of a handoff, from the moments its playbook's steps mark. It goes by what has come about, so that what runs beside
 * the rest holds up nothing: the survey may be asked for while the kickoff is still ahead. Skipped counts as over. A playbook
 * without a sign-off has handed over when the meetings with the customer are through.
 */
export function phaseOf(record: HandoffRecord): Phase {
  const { status } = record.state;
  if (isClosed(status)) return status === 'cancelled' ? 'canceled' : status === 'abandoned' ? status : 'complete';
  const { playbook } = record;
  const introduction = stepMarking(playbook, 'introductionSent');
  const signOff = stepMarking(playbook, 'handoffConfirmed');
  const meetings = askSteps(playbook).filter(({ rule }) => meetingOfStep(playbook, rule)?.withCustomer);
  const introduced = introduction
    ? isThrough(record, introduction)
    : meetings.some(({ id }) => record.steps[id] !== undefined);
  const handedOver = signOff
    ? isThrough(record, signOff)
    : introduced && meetings.every((meeting) => isThrough(record, meeting));
  if (handedOver) return askSteps(playbook).some((step) => isFollowUp(record, step)) ? 'following up' : 'handed over';
  if (introduced && meetsCustomer(playbook)) return 'kicking off';
  return introduced || (introduction && record.steps[introduction.id]) ? 'introducing' : 'preparing';
}

/** The phases that a handoff of this playbook goes through, in order; `now` is the one it is in, unless it has ended before its time. */
export function phasesOf(
  record: HandoffRecord,
): readonly { readonly phase: Phase; readonly state: 'done' | 'now' | 'next' }[] {
  const { playbook } = record;
  const now = phaseOf(record);
  const phases: readonly Phase[] = [
    'preparing',
    ...(stepMarking(playbook, 'introductionSent') ? (['introducing'] as const) : []),
    ...(meetsCustomer(playbook) ? (['kicking off'] as const) : []),
    now === 'following up' ? now : 'handed over',
    'complete',
  ];
  const place = phases.indexOf(now);
  return phases.map((phase, i) => ({
    phase,
    state: i < place || now === 'complete' ? 'done' : i === place ? 'now' : 'next',
  }));
}

/** Whether nothing more is asked of a step: done, skipped, or unanswered to the end. */
function isThrough(record: HandoffRecord, { id, rule }: NamedStep): boolean {
  const asked = record.steps[id];
  if (!asked?.decision) return false;
  return !leavesUndone(rule, asked.decision.choice) || (rule.repeat !== undefined && asked.round >= rule.repeat.times);
}

/** What is asked at a moment of its own, beyond the meetings: feedback, survey, first value. */
const isFollowUp = (record: HandoffRecord, { id, rule }: NamedStep): boolean =>
  rule.opens !== undefined && rule.holds === undefined && record.steps[id] !== undefined;
