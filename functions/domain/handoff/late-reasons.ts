import { excerpt } from '../fields/clean-text.ts';
import type { EvidenceField } from '../fields/field-rule.ts';
import { isRecord } from '../fields/record.ts';
import type { Evidence, EvidenceValue, LateReason } from '../fields/values.ts';
import { askSteps, leavesUndone } from '../playbook/capabilities.ts';
import type { AskStep } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { timeIn } from '../time/wording.ts';
import type { HandoffRecord } from './handoff.ts';
import { titleOf } from './step-rule.ts';
import { expectedRounds, timelinessOf } from './timeliness.ts';

const prefix = 'lateReason.';

/** Whether a choice signs the handoff off: then whoever makes it may say why steps were late (S4: missed SLAs are reviewed). */
export const signsOff = (rule: AskStep, choice: string): boolean =>
  rule.marks === 'handoffConfirmed' && !leavesUndone(rule, choice);

/**
 * A field for each step that was late by its owner, or is by `at`, in the order of the playbook; none is required. What was skipped
 * or never answered has no reason to give. Times are in `zone` (IANA).
 */
export const lateReasonFields = (
  record: HandoffRecord,
  { at, zone }: { readonly at: Instant; readonly zone: string },
): readonly EvidenceField[] => {
  const { playbook } = record;
  const late = expectedRounds(record).filter(
    ({ rule, ...round }) => timelinessOf({ playbook, rule, round, asOf: at }) === 'late',
  );
  return askSteps(playbook).flatMap(({ id, rule }) => {
    const round = late.findLast(({ step }) => step === id);
    if (!round) return [];
    const came = round.decision ? `done ${timeIn(zone, round.decision.at, at)}` : 'not done yet';
    return [
      {
        name: `${prefix}${id}`,
        label: `Why "${rule.title}" was late`,
        kind: 'longText',
        required: false,
        max: 500,
        hint: `due ${timeIn(zone, round.dueAt, at)}, ${came}`,
      },
    ];
  });
};

/** The evidence with the reasons in one list; as it was, when none was given. */
export function withLateReasons(evidence: Evidence): Evidence {
  const isReason = (name: string) => name.startsWith(prefix);
  const lateReasons: readonly LateReason[] = Object.entries(evidence).flatMap(([name, reason]) =>
    isReason(name) ? [{ step: name.slice(prefix.length), reason: String(reason) }] : [],
  );
  if (lateReasons.length === 0) return evidence;
  return { ...Object.fromEntries(Object.entries(evidence).filter(([name]) => !isReason(name))), lateReasons };
}

/** The reasons that a sign-off gives, each with the name of its step. */
export const lateReasonsOf = (
  record: HandoffRecord,
  evidence: Evidence,
): readonly { readonly title: string; readonly reason: string }[] =>
  lateReasonsIn(evidence['lateReasons']).map(({ step, reason }) => ({
    title: excerpt(titleOf(record, step), 120),
    reason,
  }));

/** The reasons that stand in a field of evidence. */
export const lateReasonsIn = (value: EvidenceValue | undefined): readonly LateReason[] =>
  Array.isArray(value) ? value.filter(isReason) : [];

const isReason = (item: unknown): item is LateReason =>
  isRecord(item) && typeof item['step'] === 'string' && typeof item['reason'] === 'string';
