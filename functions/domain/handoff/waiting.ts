import { addWorkingTime, type BusinessCalendar, type Instant, workingTimeBetween } from '../time/calendar.ts';
import { type Due, type DueRequest, dueAfter } from '../time/due.ts';
import { workingSpan } from '../time/wording.ts';
import type { EarlierRound, HandoffRecord } from './handoff.ts';

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
    .flatMap((step) => [...step.earlier, step])
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
  const { calendar, anchor, askedAt } = request;
  const waited = waitedBetween(record, { from: anchor, to: askedAt, calendar });
  if (waited === 0) return promise;
  const because = `${promise.because}; moved by ${workingSpan(waited)} of waiting for the customer`;
  return { at: addWorkingTime(promise.at, waited, calendar), because };
}

/** The pauses of one round, as long as they really lasted. */
function waitsOf({ pauses = [], decision }: EarlierRound): Span[] {
  const decided = decision ? Date.parse(decision.at) : Number.POSITIVE_INFINITY;
  return pauses.map((pause) => ({ from: Date.parse(pause.from), until: Math.min(Date.parse(pause.until), decided) }));
}

/** The same time, in spans that do not overlap. */
function united(spans: readonly Span[]): Span[] {
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
