import type { AskStep, Capacity } from '../playbook/playbook.ts';
import { textsOf } from '../texts/texts.ts';
import type { BusinessCalendar, Instant } from '../time/calendar.ts';
import { addWorkingTime, nextWorkingMoment, workingTimeBetween } from '../time/calendar.ts';
import { dueAfter } from '../time/due.ts';
import { workingSpan } from '../time/wording.ts';
import { atLeastOf, type DueTimes, dueTimes } from './due-times.ts';
import type { ExceptionAnswer, ExceptionRequest } from './exception-request.ts';
import type { HandoffRecord } from './handoff.ts';
import { roundsOf, type StepRecord } from './step-record.ts';
import { askedStep } from './step-rule.ts';

/** What an exception is asked for by, where the playbook says nothing else. */
const usualReview = '24 hours';

/** The request that nobody has decided on; undefined when there is none, or the step itself has been decided. */
export const pendingRequest = (step: StepRecord): ExceptionRequest | undefined =>
  step.decision === undefined ? unansweredRequest(step) : undefined;

/** The last request, where the step was decided before the reviewer was, or may still be. */
export const unansweredRequest = ({
  exceptions = [],
}: Pick<StepRecord, 'exceptions'>): ExceptionRequest | undefined => {
  const last = exceptions.at(-1);
  return last?.answer === undefined ? last : undefined;
};

/** What the reviewer said to the last request, while its step is still open. */
export const lastAnswer = ({ exceptions = [], decision }: StepRecord): ExceptionAnswer | undefined =>
  decision === undefined ? exceptions.at(-1)?.answer : undefined;

/** The requests of every round of a step that a reviewer has answered, oldest first. */
export const answeredRequests = (
  step: Pick<StepRecord, 'exceptions' | 'earlier'>,
): readonly (ExceptionRequest & { readonly answer: ExceptionAnswer })[] =>
  roundsOf(step)
    .flatMap(({ exceptions = [] }) => exceptions)
    .filter((request): request is typeof request & { answer: ExceptionAnswer } => request.answer !== undefined);

/** Something that one person is asked to do now. */
export interface InCharge {
  readonly rule: AskStep;
  readonly asked: StepRecord;
  /** The request they decide on, where they are a reviewer. */
  readonly request?: ExceptionRequest;
  /** The request that somebody else decides on, where the step came to them meanwhile: their ladder rests. */
  readonly rests?: ExceptionRequest;
}

/**
 * Who is asked to do what about a step now: its owner; or whoever decides on an exception, whose ask has a due time and a
 * ladder of its own, while the ladder of the step's owner rests. Undefined when the step was not asked.
 */
export function inCharge(record: HandoffRecord, step: string): InCharge | undefined {
  const found = askedStep(record, step);
  const request = found && pendingRequest(found.asked);
  if (!found || !request) return found;
  const { rule, asked } = found;
  const { words, news } = textsOf(record.playbook.language);
  const { reviewer, askedAt, promisedAt, promise, dueAt, because, standInFor, handed } = request;
  const { fills: _form, returns: _back, mail: _request, ...rest } = rule;
  const { mailHeldUntil: _held, handed: _handed, standInFor: _holder, openedAt: _opened, ...kept } = asked;
  return {
    request,
    rule: {
      ...rest,
      title: words.exception(rule.title),
      ask: news.decideException,
      what: 'Grant what the handoff can go on without, with an owner and a date, or decline.',
      why: 'Until you decide, nobody knows whether to go on or to keep asking.',
      ladder: rule.review?.ladder ?? rule.ladder,
    },
    asked: {
      ...kept,
      owner: reviewer,
      askedAt,
      ...(promisedAt !== undefined && { promisedAt }),
      ...(promise !== undefined && { promise }),
      dueAt,
      because,
      ...(standInFor !== undefined && { standInFor }),
      ...(handed && { handed }),
      pauses: [],
    },
  };
}

/**
 * Whoever a step was handed to while somebody decides on an exception of it: they are told that it is theirs, and that nothing is
 * due from them until then. Undefined where it was theirs before, and once there is a decision.
 */
function handedMeanwhile(record: HandoffRecord, step: string): InCharge | undefined {
  const found = askedStep(record, step);
  const rests = found && pendingRequest(found.asked);
  const { handed } = found?.asked ?? {};
  return rests && handed && Date.parse(handed.at) >= Date.parse(rests.at) ? { ...found, rests } : undefined;
}

/** Everybody who is asked to do something about a step now: whoever is in charge, and whoever it came to meanwhile. */
export const allInCharge = (record: HandoffRecord, step: string): readonly InCharge[] =>
  [inCharge(record, step), handedMeanwhile(record, step)].filter((charge) => charge !== undefined);

/** What is asked of somebody in a capacity: an owner is asked for the step itself, whoever decides on an exception of it. */
export const chargeOf = (record: HandoffRecord, step: string, as: Capacity | 'participant'): InCharge | undefined =>
  (as === 'owner' ? handedMeanwhile(record, step) : undefined) ?? inCharge(record, step);

/** When a request reaches the reviewer, and by when they are to decide: in their calendar, never sooner than is fair. */
export function reviewTimes(
  { record, rule, at }: { readonly record: HandoffRecord; readonly rule: AskStep; readonly at: Instant },
  calendar: BusinessCalendar,
): DueTimes & { readonly askedAt: Instant } {
  const within = rule.review?.within ?? usualReview;
  const askedAt = nextWorkingMoment(at, calendar);
  const promise = dueAfter({ within, anchor: at, anchorName: 'exception asked for', calendar });
  return { askedAt, ...dueTimes(promise, { askedAt, atLeast: atLeastOf(record.playbook, {}), calendar }) };
}

/**
 * The asker's step goes on: they are asked again, with the working time that was left when they asked for the exception, never
 * less than everybody has, and never sooner than it was due: of nights and weekends nothing is left, so that what is declined in the
 * night in which it was asked for would be due the evening before it was promised.
 */
export function resumedTimes(
  {
    record,
    rule,
    asked,
    at,
  }: { readonly record: HandoffRecord; readonly at: Instant } & Pick<InCharge, 'rule' | 'asked'>,
  calendar: BusinessCalendar,
): Pick<DueTimes, 'dueAt' | 'because'> & { readonly askedAt: Instant } {
  const since = asked.exceptions?.at(-1)?.at ?? at;
  const left = workingTimeBetween(since, asked.dueAt, calendar);
  const fair = atLeastOf(record.playbook, rule) * 3_600_000;
  const askedAt = nextWorkingMoment(at, calendar);
  const time = Math.max(left, fair);
  const why = left >= fair ? 'what was left when the exception was asked for' : 'the least everybody has';
  const dueAt = time > 0 ? addWorkingTime(askedAt, time, calendar) : askedAt;
  if (Date.parse(dueAt) <= Date.parse(asked.dueAt)) return { askedAt, dueAt: asked.dueAt, because: asked.because };
  return {
    askedAt,
    dueAt,
    because: `${workingSpan(time)} of working time after the decision on the exception, ${why}`,
  };
}
