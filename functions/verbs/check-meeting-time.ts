import { cleanText } from '../domain/fields/clean-text.ts';
import { textsOf } from '../domain/fields/evidence.ts';
import type { Evidence } from '../domain/fields/values.ts';
import { timeDoubts } from '../domain/handoff/meeting-time.ts';
import { type KnownMeeting, knownMeeting } from '../domain/handoff/meetings.ts';
import { askStep } from '../domain/playbook/playbook.ts';
import { doubtFields, doubtProblems, fieldsFor } from '../domain/step/meeting-offers.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import { withFields } from '../domain/step/step-offers.ts';
import { type Deciding, refuse } from './deciding.ts';

export const checkTimeUses = ['calendarOf'] as const;

type Checking = Deciding<typeof checkTimeUses>;

/**
 * Looks twice at the time of a meeting: beyond its promise it takes a reason, an unlikely one a confirmation. What is missing
 * is asked for on the same page, by fields that stand there only then. `reasonField`: of a form that asks why anyway.
 */
export function checkMeetingTime(
  deciding: Checking,
  of: { readonly choice: string; readonly meeting: string; readonly evidence: Evidence; readonly reasonField?: string },
): { readonly evidence: Evidence } | { readonly outcome: StepOutcome } {
  const { world, opened, submission } = deciding;
  const { record, people, person } = opened;
  const { choice, evidence, reasonField } = of;
  const known = knownMeeting(record, of.meeting);
  const at = evidence['meetingAt'];
  if (!known || typeof at !== 'string') return { evidence };
  const doubts = timeDoubts({
    record,
    known,
    time: { at, minutes: minutesOf(evidence, known) },
    now: submission.at,
    people,
    calendarOf: world.calendarOf,
    zone: person.availability.zone,
  });
  const whyField = reasonField ?? doubtFields.whyLate.name;
  const why = (textsOf(submission.form, whyField)[0] ?? '').trim();
  const confirmed = textsOf(submission.form, doubtFields.timeConfirmed.name).some((text) => text.trim() !== '');
  const problems = doubtProblems(doubts, { whyField, why, confirmed });
  if (problems.length > 0) {
    const fields = fieldsFor(doubts, { hasReason: reasonField !== undefined });
    const view = withFields(opened.view, choice, fields);
    return { outcome: refuse({ opened: { ...opened, view }, submission }, choice, problems) };
  }
  const isLate = doubts.late !== undefined && reasonField === undefined;
  return { evidence: { ...evidence, ...(isLate && { [whyField]: cleanText(why).slice(0, longestReason) }) } };
}

/** Characters of a reason that are kept. */
const longestReason = 4000;

const minutesOf = (evidence: Evidence, { rule }: KnownMeeting): number =>
  typeof evidence['minutes'] === 'number' ? evidence['minutes'] : rule.minutes.usual;

/** The same for a choice of the step that plans a meeting. */
export function checkPlannedTime(
  deciding: Checking,
  choice: string,
  evidence: Evidence,
): { readonly evidence: Evidence } | { readonly outcome: StepOutcome } {
  const { plans } = askStep(deciding.opened.record.playbook, deciding.opened.link.step);
  return plans === undefined ? { evidence } : checkMeetingTime(deciding, { choice, meeting: plans, evidence });
}
