import { roundsOf, type StepRecord } from '../../../../functions/domain/handoff/step-record.ts';
import { ruleIn } from '../../../../functions/domain/handoff/step-rule.ts';
import { absenceAt, officeCalendars } from '../../../../functions/domain/people/absence.ts';
import type { Person } from '../../../../functions/domain/people/person.ts';
import { addBusinessDays, nextWorkingMoment } from '../../../../functions/domain/time/calendar.ts';
import type { Ended, Outcome } from '../play-story.ts';
import { type Invariant, type Said, saidAbout, shown } from './invariant.ts';

export const nobodyAwayIsAlone: Invariant = {
  name: 'nobody who is away is the only one asked',
  broken: (outcome) =>
    outcome.handoffs.flatMap((ended) => {
      const said = saidAbout(ended, outcome);
      return Object.values(ended.record.steps).flatMap((step) => {
        const rule = ruleIn(ended.record, step.step);
        if (rule.optional) return [];
        const all = said.filter(({ kind, step: about }) => kind === 'ask' && about === step.step);
        // Whoever hears of an ask beside its owner, because email to them bounces, is not asked themselves.
        const asks = all.filter(({ to }) => to === step.owner || wasTheirs(to, step, ended));
        return asks.flatMap((ask, i) => {
          const next = asks[i + 1];
          return aloneWhileAway({
            ask,
            next,
            until: Math.min(next?.at ?? outcome.end, endOf(step, ask, ended)),
            step,
            said,
            ended,
            outcome,
          });
        });
      });
    }),
};

/** Whether the trail says that somebody was asked, or took the step over. */
const wasTheirs = (email: string, { step }: StepRecord, { audit }: Ended): boolean =>
  audit.some(
    ({ step: of, what, detail }) =>
      of === step && ['asked', 'reassigned', 'stand-in'].includes(what) && detail.includes(email),
  );

/** When an ask was over: somebody decided, or the handoff ended. */
function endOf(step: StepRecord, ask: Said, { execution }: Ended): number {
  const decided = roundsOf(step).flatMap(({ decision }) => (decision ? [Date.parse(decision.at)] : []));
  const ends = [...decided.filter((at) => at >= ask.at), execution.stoppedAt ?? Number.POSITIVE_INFINITY];
  return Math.min(...ends);
}

interface Asked {
  readonly ask: Said;
  /** Whoever was asked after them. */
  readonly next: Said | undefined;
  readonly until: number;
  readonly step: StepRecord;
  readonly said: readonly Said[];
  readonly ended: Ended;
  readonly outcome: Outcome;
}

/** Looks at each day of the ask: was the person away for more than a business day, with somebody there to stand in? */
function aloneWhileAway({ ask, next, until, step, said, ended, outcome }: Asked): string[] {
  const { calendarOf, rosters } = outcome;
  const day = 86_400_000;
  for (let at = ask.at; at < until; at += day) {
    const people = rosters.findLast((roster) => roster.at <= at)?.people ?? [];
    const person = people.find(({ email }) => email === ask.to);
    if (!person?.active) continue;
    const now = new Date(at).toISOString();
    const absence = absenceAt(person, now, calendarOf);
    if (!absence || Date.parse(absence.from) >= Date.parse(step.dueAt) || isAtRest(step, at)) continue;
    // Their stand-in is asked in the course of the first day they miss, or of the day on which it became known.
    const since = Math.max(Date.parse(absence.from), ask.at, rosters.findLast((roster) => roster.at <= at)?.at ?? 0);
    const calendar = officeCalendars(calendarOf)(person);
    const grace = Date.parse(addBusinessDays(new Date(since).toISOString(), 2, calendar));
    if (grace >= until || absenceAt(person, new Date(grace).toISOString(), calendarOf) === undefined) continue;
    // Whoever goes away after the due time keeps it.
    const wasLate = said.some(
      ({ kind, to, step: of, at: told }) =>
        kind === 'breach' && to === ask.to && of === step.step && told < Date.parse(absence.from),
    );
    if (wasLate) continue;
    if (next && isAskedFirstThing(people, { next, since, outcome })) continue;
    if (hadStandIn(step, { since, grace, ended })) continue;
    if (!somebodyIsThere(people, { at: now, until, but: person, ended, outcome })) continue;
    return [
      `${ask.to} was asked for ${step.step} at ${shown(ask.at)} and is away from ${shown(absence.from)}; nobody else was asked until ${shown(until)}.`,
    ];
  }
  return [];
}

/** Whether the trail says that it went to somebody in time: one whose email bounces is not mailed, and others hear of it instead. */
const hadStandIn = (
  { step }: StepRecord,
  { since, grace, ended }: { readonly since: number; readonly grace: number; readonly ended: Ended },
): boolean =>
  ended.audit.some(({ step: of, what, at }) => {
    const handedAt = Date.parse(at);
    return of === step && what === 'stand-in' && since <= handedAt && handedAt <= grace;
  });

/** How late somebody may be asked when services answer nobody for an hour. */
const slack = 4 * 3_600_000;

/** Whether the stand-in is not away, and was asked when they next came to work: public holidays are no absence. */
function isAskedFirstThing(
  people: readonly Person[],
  { next, since, outcome: { calendarOf } }: { next: Said; since: number; outcome: Outcome },
): boolean {
  const person = people.find(({ email }) => email === next.to);
  const from = new Date(since).toISOString();
  if (!person || absenceAt(person, from, calendarOf)) return false;
  return next.at <= Date.parse(nextWorkingMoment(from, calendarOf(person))) + slack;
}

/** Whether it waits for the customer, or for whoever decides on an exception: its owner is asked for nothing. */
const isAtRest = (step: StepRecord, at: number): boolean =>
  roundsOf(step).some(
    ({ pauses = [], exceptions = [], decision }) =>
      pauses.some(({ from, until }) => Date.parse(from) <= at && at < Date.parse(until) + 86_400_000) ||
      exceptions.some((request) => {
        const over = request.answer?.at ?? decision?.at;
        return Date.parse(request.at) <= at && (over === undefined || at < Date.parse(over));
      }),
  );

interface Looking {
  readonly at: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly but: Person;
  readonly ended: Ended;
  readonly outcome: Outcome;
}

/** Whether somebody who works before `until` could have been asked instead: who leads the process, if nobody nearer. */
function somebodyIsThere(people: readonly Person[], { at, until, but, ended, outcome }: Looking): boolean {
  const { calendarOf } = outcome;
  const lead = people.find(({ email }) => email === ended.record.state.people.revenueOperations);
  if (!lead?.active || lead.email === but.email) return false;
  // Back the next morning, they are asked then, and not the evening before.
  return (
    absenceAt(lead, at, calendarOf) === undefined && Date.parse(nextWorkingMoment(at, calendarOf(lead))) + slack < until
  );
}
