import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { meetingCalledOff } from '../domain/handoff/meeting-rounds.ts';
import { knownMeeting } from '../domain/handoff/meetings.ts';
import type { StepRecord } from '../domain/handoff/step-record.ts';
import type { People } from '../domain/people/people.ts';
import { calledOff } from '../domain/playbook/capabilities.ts';
import type { AskStep } from '../domain/playbook/playbook.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { tellCalledOff, tellCalledOffUses } from './tell-called-off.ts';

export const calledOffUses = ['steps.decide', ...tellCalledOffUses] as const;

interface Asked {
  readonly record: HandoffRecord;
  readonly people: People;
  readonly rule: AskStep;
  readonly at: Instant;
}

/**
 * A step that was to report on a meeting ends when the flow comes to it, or back to it, after the meeting was called off: as of when
 * that was, or as of when the step was opened where that came later. The call may be tried again for hours, or come hours late.
 */
export async function endCalledOff(
  world: WorldOf<typeof calledOffUses>,
  { record, rule, step, at }: Asked & { readonly step: StepRecord },
): Promise<StepRecord> {
  const off = rule.ifCalledOff && meetingCalledOff(record, rule.holds);
  if (!off || step.decision) return step;
  const evidence = off.reason === undefined ? {} : { reason: off.reason };
  const openedAt = step.askSaid?.at ?? at;
  const endedAt = Date.parse(off.changedAt) >= Date.parse(openedAt) ? off.changedAt : openedAt;
  const decision = { choice: calledOff, by: off.by, as: 'system', at: endedAt, evidence } as const;
  const result = await world.steps.decide({ id: record.state.id, step: step.step, round: step.round, decision });
  return { ...step, decision: result.decided ? decision : (result.first ?? decision) };
}

/** Before a meeting is planned once more, everybody who was invited has heard that it was called off. */
export async function tellIfCalledOff(
  world: WorldOf<typeof calledOffUses>,
  { record, people, rule, at }: Asked,
): Promise<void> {
  const off = meetingCalledOff(record, rule.plans);
  const known = off && knownMeeting(record, off.meeting);
  if (off && known) await tellCalledOff(world, { record, people, meeting: { known, stands: off }, at });
}
