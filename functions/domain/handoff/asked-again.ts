import { type AskStep, anchorNames } from '../playbook/playbook.ts';
import { type BusinessCalendar, type Instant, nextWorkingMoment } from '../time/calendar.ts';
import { dueAfter } from '../time/due.ts';
import type { StepRecord } from './step-record.ts';

/**
 * When a step that the flow comes to at `at` is asked, UTC, in working time of its owner: a question that was left open comes again when
 * its time has come, and not as soon as the flow is back at it.
 */
export function askedAgainAt({
  rule,
  known,
  at,
  calendar,
}: {
  readonly rule: Pick<AskStep, 'repeat'>;
  /** The round before, decided; undefined where there was none. */
  readonly known: StepRecord | undefined;
  readonly at: Instant;
  readonly calendar: BusinessCalendar;
}): Instant {
  if (!rule.repeat || !known?.decision) return nextWorkingMoment(at, calendar);
  const anchor = rule.repeat.from === 'answer' ? known.decision.at : known.askedAt;
  const again = dueAfter({ within: rule.repeat.every, anchor, anchorName: anchorNames.opened, calendar }).at;
  return nextWorkingMoment(Date.parse(again) > Date.parse(at) ? again : at, calendar);
}
