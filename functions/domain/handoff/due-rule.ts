import { askSteps, stepHolding } from '../playbook/capabilities.ts';
import { type Anchor, type AskStep, anchorNames, type DueRule } from '../playbook/playbook.ts';
import { textsOf } from '../texts/texts.ts';
import type { BusinessCalendar, Instant } from '../time/calendar.ts';
import { type Due, type DueRequest, dueAfter } from '../time/due.ts';
import { anchorsOf } from './anchors.ts';
import type { HandoffRecord } from './handoff.ts';

/** When a rule of the playbook falls due, in a calendar; undefined while its anchor is unknown. */
export function dueByRule(
  { after, within }: DueRule,
  anchors: Partial<Record<Anchor, Instant>>,
  calendar: BusinessCalendar,
): Due | undefined {
  const anchor = anchors[after];
  return anchor ? dueAfter({ within, anchor, anchorName: anchorNames[after], calendar }) : undefined;
}

/** From where and how long the due time counts. A step that was returned counts
 * from the return; one that is asked again, from the ask. */
export function dueRule(
  rule: AskStep,
  record: HandoffRecord,
  now: { round: number; at: Instant },
): Pick<DueRequest, 'within' | 'anchor' | 'anchorName'> {
  const { anchors } = textsOf(record.playbook.language).due;
  const fromNow = (within: DueRule['within'], anchorName: string) => ({ within, anchor: now.at, anchorName });
  if (rule.repeat?.within && now.round > 1) return fromNow(rule.repeat.within, anchors.opened);
  if (rule.due.after === 'opened') return fromNow(rule.due.within, anchors.opened);
  const returning = askSteps(record.playbook).find(
    ({ rule: { returns } }) => returns && record.playbook.steps[returns.to] === rule,
  );
  if (now.round > 1 && returning?.rule.returns) return fromNow(returning.rule.returns.within, anchors.returned);
  const holding = rule.plans === undefined ? undefined : stepHolding(record.playbook, rule.plans)?.rule;
  if (now.round > 1 && holding?.ifCalledOff) return fromNow(holding.ifCalledOff.within, anchors.calledOff);
  const anchor = anchorsOf(record)[rule.due.after];
  if (!anchor) throw new Error(`"${rule.title}" is due after "${rule.due.after}", which has not happened.`);
  return { within: rule.due.within, anchor, anchorName: anchors[rule.due.after] };
}
