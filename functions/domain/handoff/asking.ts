import { officeCalendars } from '../people/absence.ts';
import { type CalendarOf, type People, personOf } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import { type AskStep, anchorNames } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { dueAfter } from '../time/due.ts';
import { askedAgainAt } from './asked-again.ts';
import { dueRule } from './due-rule.ts';
import { atLeastOf, dueTimes } from './due-times.ts';
import { inWorkingTime, standInOf } from './handing-over.ts';
import type { HandoffRecord } from './handoff.ts';
import { askableFrom } from './meetings.ts';
import { holderOf } from './roles-held.ts';
import type { EarlierRound, StepRecord } from './step-record.ts';
import { promiseOf } from './waiting.ts';
import { standingOf } from './who-is-asked.ts';

/** How a round of a step begins. Times are UTC. */
export interface Asking {
  /** Who should be asked: whoever holds the role, or was the owner before. */
  readonly holder: Person;
  /** Who is asked: somebody in their place while they are away. */
  readonly owner: Person;
  /** The step as it is opened for the owner: quiet hours move when the ask reaches them, never the due time. */
  readonly opened: StepRecord;
}

export interface AskingInput {
  readonly record: HandoffRecord;
  readonly step: string;
  readonly rule: AskStep;
  readonly round: number;
  /** When the flow comes to the step, UTC. */
  readonly at: Instant;
  readonly people: People;
  readonly calendarOf: CalendarOf;
}

/**
 * Who is asked to do a step in a new round, when, and by when it is due, in their calendar. A role that nobody holds is done
 * by revenue operations. Throws when there is nobody of those either.
 */
export function askingOf({ record, step, rule, round, at, people, calendarOf }: AskingInput): Asking {
  const known = record.steps[step];
  const email =
    known?.standInFor ?? known?.owner ?? holderOf(record, rule.owner) ?? record.state.people.revenueOperations;
  if (!email)
    throw new Error(
      `Nobody holds the role ${rule.owner} in handoff ${record.state.id}, and the roster has no revenue operations.`,
    );
  const holder = personOf(people, email);
  const from = askableFrom(record, rule, at);
  const standing = standingOf(holder, { record, people, at, calendarOf });
  const { asked: owner } = standing;
  const office = officeCalendars(calendarOf);
  const calendar = office(owner);
  const askedAt = askedAgainAt({ rule, known, at: from, calendar });
  // Whoever stands in is held to what was promised in the calendar of the one who is away, in times in which they work.
  const promise = promiseOf(record, {
    ...dueRule(rule, record, { round, at: askedAt }),
    calendar: office(holder),
    askedAt,
  });
  const times = dueTimes(promise, { askedAt, atLeast: atLeastOf(record.playbook, rule), calendar });
  const opened: StepRecord = {
    step,
    round,
    owner: owner.email,
    askedAt,
    ...(owner === holder ? times : inWorkingTime(times, calendar, askedAt)),
    ...standInOf(standing, { holder, at }),
    pauses: [],
    earlier: known ? [...known.earlier, roundOf(known)] : [],
  };
  return { holder, owner, opened };
}

function roundOf({ step, pauses, mailHeldUntil, token, earlier, ...round }: StepRecord): EarlierRound {
  return { ...round, ...(pauses.length > 0 && { pauses }) };
}

/**
 * When a handoff is given up over a step that is still open, UTC: counted from closed won in the calendar of the step's owner, also
 * while somebody else is asked in their place, as whoever decides on an exception.
 */
export function abandonedAt(
  record: HandoffRecord,
  { step, owner }: Pick<StepRecord, 'step' | 'owner'>,
  { people, calendarOf }: { readonly people: People; readonly calendarOf: CalendarOf },
): Instant {
  return dueAfter({
    within: record.playbook.abandonAfter,
    anchor: record.deal.closedWonAt,
    anchorName: anchorNames.closedWon,
    calendar: officeCalendars(calendarOf)(personOf(people, record.steps[step]?.owner ?? owner)),
  }).at;
}
