import type { AskStep, FrozenPlaybook } from '../playbook/playbook.ts';
import { textsOf } from '../texts/texts.ts';
import { addWorkingTime, type BusinessCalendar, type Instant } from '../time/calendar.ts';
import { instantOf } from '../time/calendar-instant.ts';
import { asPromise, type Due, explainWorkingTime } from '../time/due.ts';
import type { StepRecord } from './step-record.ts';

/** The two times of an ask: what the SOP promises, and what its owner is held to. */
export type DueTimes = Required<Pick<StepRecord, 'promisedAt' | 'promise' | 'dueAt' | 'because'>>;

/** Working hours that the owner of a step has from the ask on; 0 in handoffs that began before there was such a rule. */
export const atLeastOf = ({ atLeast = 0 }: Pick<FrozenPlaybook, 'atLeast'>, rule: Pick<AskStep, 'atLeast'>): number =>
  rule.atLeast ?? atLeast;

/**
 * Promised and due: the owner is held to the promise, or to the ask plus what everybody has at least, whichever is later.
 * Nobody is overdue when asked. `askedAt`: when the ask reaches the owner, UTC; `atLeast`: working hours; `calendar`: the owner's.
 */
export function dueTimes(
  promise: Due,
  {
    askedAt,
    atLeast,
    calendar,
    locale,
  }: { askedAt: Instant; atLeast: number; calendar: BusinessCalendar; locale?: string },
): DueTimes {
  const promised = { promisedAt: promise.at, promise: asPromise(promise.because) };
  const fair = atLeast > 0 ? wholeMinute(addWorkingTime(askedAt, atLeast * 3_600_000, calendar)) : askedAt;
  if (atLeast === 0 || Date.parse(fair) <= Date.parse(promise.at))
    return { ...promised, dueAt: promise.at, because: promise.because };
  return {
    ...promised,
    dueAt: fair,
    because: explainWorkingTime({
      from: askedAt,
      to: fair,
      hours: atLeast,
      fromName: textsOf(locale).due.anchors.opened,
      calendar,
      locale,
    }),
  };
}

/** Never less than they have at least. */
function wholeMinute(at: Instant): Instant {
  const minute = 60_000;
  return instantOf(Math.ceil(Date.parse(at) / minute) * minute);
}
