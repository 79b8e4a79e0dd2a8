import { addWorkingTime, type BusinessCalendar, type Instant, workingTimeBetween } from '../time/calendar.ts';
import { type Due, type DueRequest, dueAfter, explainMoved } from '../time/due.ts';
import { workingSpan } from '../time/wording.ts';
import { dueRule } from './due-rule.ts';
import type { HandoffRecord } from './handoff.ts';
import { type EarlierRound, type Pause, promisedAtOf, roundsOf, type StepRecord } from './step-record.ts';
import { ruleIn } from './step-rule.ts';

interface Span {
  readonly from: number;
  readonly until: number;
}

/**
 * How long somebody waited for the customer between two moments (UTC), in milliseconds of working time of that calendar, so
 * that what was promised after it can be moved by as much. Pauses of several steps at once count once; a pause ends when
 * its step is decided, however long it was to last.
 */
export function waitedBetween(
  record: Pick<HandoffRecord, 'steps'>,
  span: { readonly from: Instant; readonly to: Instant; readonly calendar: BusinessCalendar },
): number {
  const [from, until] = [Date.parse(span.from), Date.parse(span.to)];
  const waits = Object.values(record.steps)
    .flatMap(roundsOf)
    .flatMap(waitsOf)
    .map((wait) => ({ from: Math.max(wait.from, from), until: Math.min(wait.until, until) }))
    .filter((wait) => wait.from < wait.until);
  return united(waits)
    .map((wait) => workingTimeBetween(instant(wait.from), instant(wait.until), span.calendar))
    .reduce((sum, worked) => sum + worked, 0);
}

/** What was promised, moved by as much working time as was waited for the customer since its anchor. */
export function promiseOf(record: HandoffRecord, request: DueRequest & { readonly askedAt: Instant }): Due {
  const promise = dueAfter(request);
  const { calendar, anchor, askedAt, locale } = request;
  const waited = waitedBetween(record, { from: anchor, to: askedAt, calendar });
  if (waited === 0) return promise;
  const at = addWorkingTime(promise.at, waited, calendar);
  return { at, because: moved(promise.because, { to: at, asOf: anchor, waited, calendar, locale }) };
}

interface PauseOf extends Pick<DueRequest, 'calendar' | 'locale'> {
  readonly pause: Pause;
  readonly standing: Pause | undefined;
}

/**
 * The times of a step whose clock stands still until `until`: what working time was left is left again. `pause` takes the
 * place of `standing` where that is the pause that the step is in. All times UTC, `calendar` the owner's; `locale`: that of the
 * step's `because` and `promise`.
 */
export function pausedTimes(
  record: HandoffRecord,
  step: StepRecord,
  of: PauseOf,
): Pick<StepRecord, 'pauses'> & Partial<Pick<StepRecord, 'dueAt' | 'because' | 'promisedAt' | 'promise'>> {
  const { pause, standing, calendar, locale } = of;
  const { until } = pause;
  const pauses = [...step.pauses.filter((known) => known !== standing), pause];
  const asOf = step.openedAt ?? step.askedAt;
  const own = waitedBetween({ steps: { [step.step]: { ...step, pauses } } }, { from: asOf, to: until, calendar });
  const all = own + waitedBefore(record, step, calendar);
  const times = (at: Instant, because: string, waited: number) => {
    const left = workingTimeBetween(standing?.until ?? pause.from, at, calendar);
    if (left === 0) return undefined;
    const to = addWorkingTime(until, left, calendar);
    return { to, because: moved(because, { to, asOf, waited, calendar, locale }) };
  };
  const due = times(step.dueAt, step.because, step.dueAt === promisedAtOf(step) ? all : own);
  const promise = step.promisedAt === undefined ? undefined : times(step.promisedAt, step.promise ?? '', all);
  return {
    pauses,
    ...(due && { dueAt: due.to, because: due.because }),
    ...(promise && { promisedAt: promise.to, ...(step.promise && { promise: promise.because }) }),
  };
}

/** The times of a step as they were when it was asked, moved by each of its pauses in turn. */
export function movedByPauses(
  record: HandoffRecord,
  asked: StepRecord,
  { pauses, ...of }: Pick<StepRecord, 'pauses'> & Pick<PauseOf, 'calendar' | 'locale'>,
): StepRecord {
  let moved: StepRecord = { ...asked, pauses: [] };
  for (const pause of pauses)
    moved = { ...moved, ...pausedTimes(record, moved, { ...of, pause, standing: undefined }) };
  return moved;
}

/** How long others had waited for the customer by the time a step was asked, as far as its promise was moved by it. */
function waitedBefore(record: HandoffRecord, step: StepRecord, calendar: BusinessCalendar): number {
  if (step.item) return 0;
  const askedAt = step.openedAt ?? step.askedAt;
  const { anchor } = dueRule(ruleIn(record, step.step), record, { round: step.round, at: askedAt });
  return waitedBetween(record, { from: anchor, to: askedAt, calendar });
}

function moved(
  because: string,
  of: { readonly to: Instant; readonly asOf: Instant; readonly waited: number } & Pick<
    DueRequest,
    'calendar' | 'locale'
  >,
): string {
  const { calendar, locale } = of;
  const hours = of.waited < hour ? of.waited : Math.floor(of.waited / hour) * hour;
  return explainMoved(because, {
    to: Date.parse(of.to),
    asOf: Date.parse(of.asOf),
    zone: calendar.zone,
    waited: workingSpan(hours, locale),
    locale,
  });
}

const hour = 3_600_000;

/** The pauses of one round, as long as they really lasted. */
function waitsOf({ pauses = [], decision }: EarlierRound): Span[] {
  const decided = decision ? Date.parse(decision.at) : Number.POSITIVE_INFINITY;
  return pauses.map((pause) => ({ from: Date.parse(pause.from), until: Math.min(Date.parse(pause.until), decided) }));
}

/** The same time, in spans that do not overlap. */
export function united(spans: readonly Span[]): Span[] {
  const apart: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = apart.at(-1);
    if (last && span.from <= last.until)
      apart[apart.length - 1] = { from: last.from, until: Math.max(last.until, span.until) };
    else apart.push(span);
  }
  return apart;
}

const instant = (epoch: number): Instant => new Date(epoch).toISOString();
