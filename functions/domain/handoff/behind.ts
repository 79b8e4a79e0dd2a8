import { officeCalendars } from '../people/absence.ts';
import type { CalendarOf } from '../people/people.ts';
import { stepsBefore } from '../playbook/playbook.ts';
import { textsOf } from '../texts/texts.ts';
import { type BusinessCalendar, businessDaysBetween, type Instant, workingTimeBetween } from '../time/calendar.ts';
import { momentIn, workingSpan } from '../time/wording.ts';
import { anchorsOf } from './anchors.ts';
import { type Delay, type DelayTelling, delaysAt, delaysOnTheWayTo } from './delays.ts';
import type { HandoffRecord } from './handoff.ts';
import { promisedAtOf, type StepRecord } from './step-record.ts';
import { ruleIn } from './step-rule.ts';

/** How far a step runs behind its promise through no fault of its owner, and why. */
export interface Behind {
  readonly promisedAt: Instant;
  /** '1 business day', '3 hours': working time from the promise to the due time. */
  readonly by: string;
  /** Where most time was lost before it, in one clause; undefined when nobody can say. */
  readonly cause?: string;
  /** The cause is no earlier step: the deal came late, or this step itself came to its owner so. */
  readonly isNoStep?: true;
}

/** What lasts less is no news, and holds nobody up: an hour of working time. */
const worthSaying = 3_600_000;

/**
 * Whether a handoff runs behind its promises at a step, and the root cause: of the steps that this one waited for, the one at
 * which its own owner, a return, an exception, an absence, the customer or a late meeting lost the most working time since the
 * promise began to count. Undefined for a step whose owner is held to the promise itself, or to a time that is later only
 * because everybody has some hours. Times in the sentence are in `zone`; working time is that of the step's owner.
 */
export function behindPromise(
  record: HandoffRecord,
  asked: StepRecord,
  telling: DelayTelling & { readonly calendarOf: CalendarOf },
): Behind | undefined {
  const promisedAt = promisedAtOf(asked);
  const owner = telling.people.get(asked.owner);
  if (!owner || Date.parse(asked.dueAt) <= Date.parse(promisedAt)) return undefined;
  const calendar = officeCalendars(telling.calendarOf)(owner);
  if (workingTimeBetween(promisedAt, asked.dueAt, calendar) < worthSaying) return undefined;
  const root = rootOf(record, asked, { telling, calendar });
  if (!root && Date.parse(asked.openedAt ?? asked.askedAt) <= Date.parse(promisedAt)) return undefined;
  return {
    promisedAt,
    by: lateness(promisedAt, asked.dueAt, calendar),
    ...(root && { cause: root.delay.cause }),
    ...(root?.isNoStep && { isNoStep: true as const }),
  };
}

/** The delay that cost the most working time, as far as it lies between the anchor of the promise and the due time. */
function rootOf(
  record: HandoffRecord,
  asked: StepRecord,
  { telling, calendar }: { readonly telling: DelayTelling; readonly calendar: BusinessCalendar },
): { readonly delay: Delay; readonly isNoStep: boolean } | undefined {
  const since = asked.item ? undefined : anchorsOf(record)[ruleIn(record, asked.step).due.after];
  const waitedFor = stepsBefore(record.playbook.flow, asked.step).flatMap((step) => record.steps[step] ?? []);
  const received = startedLate(record, telling);
  const before = [received, ...waitedFor.flatMap((step) => delaysAt(record, step, telling))].filter(
    ({ to }) => Date.parse(to) <= Date.parse(asked.askedAt),
  );
  let root: { readonly delay: Delay; readonly lost: number } | undefined;
  const onTheWay = delaysOnTheWayTo(record, asked, telling);
  for (const delay of [...before, ...onTheWay]) {
    const from = since && Date.parse(since) > Date.parse(delay.from) ? since : delay.from;
    const lost = workingTimeBetween(from, delay.to, calendar);
    if (lost >= worthSaying && (!root || lost > root.lost)) root = { delay, lost };
  }
  if (!root) return undefined;
  const { delay } = root;
  return { delay, isNoStep: delay === received || (delay.isHanding === true && onTheWay.includes(delay)) };
}

/** The deal was won, and nobody told the system. */
function startedLate({ deal, state, playbook }: HandoffRecord, { zone, at }: DelayTelling): Delay {
  const cause = textsOf(playbook.language).behind.received(momentIn(zone, state.startedAt, at));
  return { from: deal.closedWonAt, to: state.startedAt, cause };
}

/** Business days where there is a whole one, else hours of working time. */
function lateness(from: Instant, to: Instant, calendar: BusinessCalendar): string {
  const days = businessDaysBetween(from, to, calendar);
  if (days > 0) return `${days} business day${days === 1 ? '' : 's'}`;
  const hour = 3_600_000;
  return workingSpan(Math.floor(workingTimeBetween(from, to, calendar) / hour) * hour);
}

/** 'Running 1 business day late: "Complete the package" was done Tue, Nov 24, 5 PM Berlin time.' */
export const behindText = ({ by, cause }: Behind): string =>
  `Running ${by} late${cause === undefined ? '' : `: ${cause}`}.`;
