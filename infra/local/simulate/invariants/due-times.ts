import { atLeastOf } from '../../../../functions/domain/handoff/due-times.ts';
import { type EarlierRound, roundsOf } from '../../../../functions/domain/handoff/step-record.ts';
import { ruleIn } from '../../../../functions/domain/handoff/step-rule.ts';
import { officeCalendars } from '../../../../functions/domain/people/absence.ts';
import { addWorkingTime, isWorkingMoment } from '../../../../functions/domain/time/calendar.ts';
import type { Outcome } from '../play-story.ts';
import { type Invariant, shown } from './invariant.ts';

export const dueTimesAreFair: Invariant = {
  name: 'nobody is due before they had their time, before the promise, or outside their working hours',
  broken: (outcome) =>
    outcome.handoffs.flatMap(({ record }) =>
      Object.values(record.steps).flatMap((step) => {
        const rule = ruleIn(record, step.step);
        if (rule.optional) return [];
        return roundsOf(step).flatMap((round) => unfair(round, atLeastOf(record.playbook, rule), outcome, step.step));
      }),
    ),
};

function unfair(round: EarlierRound, atLeast: number, { rosters, calendarOf }: Outcome, step: string): string[] {
  const owner = rosters[0]?.people.find(({ email }) => email === round.owner);
  if (!owner) return [];
  const calendar = officeCalendars(calendarOf)(owner);
  const { askedAt, dueAt, promisedAt } = round;
  const fair = addWorkingTime(askedAt, atLeast * 3_600_000, calendar);
  const asked = `${step} (round ${round.round}), asked of ${round.owner} ${shown(askedAt)}, is due ${shown(dueAt)}`;
  return [
    ...(Date.parse(dueAt) < Date.parse(fair) ? [`${asked}, before ${shown(fair)} (${atLeast} h)`] : []),
    ...(promisedAt !== undefined && Date.parse(dueAt) < Date.parse(promisedAt)
      ? [`${asked}, before it was promised: ${shown(promisedAt)}`]
      : []),
    ...(isWorkingMoment(dueAt, calendar) ? [] : [`${asked}, when they do not work`]),
  ];
}
