import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { type EarlierRound, roundsOf, type StepRecord } from '../../../../functions/domain/handoff/step-record.ts';
import { ruleIn } from '../../../../functions/domain/handoff/step-rule.ts';
import { nextWorkingMoment } from '../../../../functions/domain/time/calendar.ts';
import type { Ended, Outcome } from '../play-story.ts';
import { type Invariant, isReachable, type Said, saidAbout, shown } from './invariant.ts';

/** Mails that want something of somebody. */
const wanting: readonly string[] = ['ask', 'warn', 'remind', 'breach', 'escalate', 'stall', 'nag'];

const day = 86_400_000;
/** A round may be asked for on a later working day than it was opened. */
const ahead = 5 * day;
/** What is on its way already while somebody decides. */
const onItsWay = 60_000;

export const nobodyIsAskedInVain: Invariant = {
  name: 'nobody is asked for what is decided',
  broken: (outcome) =>
    outcome.handoffs.flatMap((ended) =>
      asksIn(ended, outcome)
        .filter(({ step, at }) => isDecided(ended.record, step, at))
        .map(({ to, kind, step, at }) => `${to} is told "${kind}" of ${step} at ${shown(at)}, when it was decided.`),
    ),
};

export const nobodyIsAskedAfterTheEnd: Invariant = {
  name: 'nobody is asked for anything once the handoff is over',
  broken: (outcome) =>
    outcome.handoffs.flatMap((ended) => {
      const { status, endedAt } = ended.record.state;
      if (endedAt === undefined || status === 'complete') return [];
      return asksIn(ended, outcome)
        .filter(({ at }) => at > Date.parse(endedAt) + onItsWay)
        .map(({ to, kind, step, at }) => `${to} is told "${kind}" of ${step} at ${shown(at)}; it is ${status}.`);
    }),
};

/** Long enough for whatever goes wrong on the way, and for a weekend. */
const inTime = 5 * day;
/** SES may take no mail for so long, and it is another day then. */
const longestOutage = day;

export const everyOwnerIsTold: Invariant = {
  name: 'whoever a step waits for was told',
  broken: (outcome) =>
    outcome.handoffs.flatMap((ended) => {
      const { record } = ended;
      const said = asksIn(ended, outcome);
      const end = Date.parse(record.state.endedAt ?? '') || outcome.end;
      return Object.values(record.steps).flatMap((step) => {
        if (ruleIn(record, step.step).optional) return [];
        const rounds: readonly EarlierRound[] = roundsOf(step);
        return rounds.flatMap(({ owner, askedAt, decision, pauses = [], exceptions = [] }) => {
          const asked = Date.parse(askedAt);
          const mailedFrom = outcome.story.weather === 'none' ? asked : asked + longestOutage;
          const until = decision ? Date.parse(decision.at) : end;
          // Whoever asked for an exception is left in peace until it is decided.
          const isWaiting = until - asked > inTime && pauses.length + exceptions.length === 0;
          if (!isWaiting || !isReachable(owner, outcome)) return [];
          const told = said.some(
            ({ to, step: about, at }) =>
              to === owner &&
              about === step.step &&
              at >= asked - ahead &&
              at <= Math.max(asked, backAt(owner, mailedFrom, outcome)) + inTime,
          );
          return told ? [] : [`${owner} was to be asked for ${step.step} at ${shown(asked)}, and heard nothing.`];
        });
      });
    }),
};

/** When somebody works again who is asked at the very end of their day: their company may be closed from the next one on. */
function backAt(email: string, asked: number, { rosters, calendarOf }: Outcome): number {
  const people = (rosters.findLast((roster) => roster.at <= asked) ?? rosters[0])?.people ?? [];
  const person = people.find((each) => each.email === email);
  return person ? Date.parse(nextWorkingMoment(new Date(asked + 60_000).toISOString(), calendarOf(person))) : asked;
}

const asksIn = (ended: Ended, outcome: Outcome): readonly Said[] =>
  saidAbout(ended, outcome).filter(({ kind }) => wanting.includes(kind));

/** Whether every round that there could be at that moment was decided before. */
function isDecided(record: HandoffRecord, step: string, at: number): boolean {
  const asked = record.steps[step];
  if (asked === undefined || ruleIn(record, step).optional) return false;
  // Whoever takes over is asked anew, for what was open before.
  const rounds: readonly (EarlierRound & Pick<StepRecord, 'openedAt'>)[] = roundsOf(asked);
  const possible = rounds.filter(({ openedAt, askedAt }) => Date.parse(openedAt ?? askedAt) <= at + ahead);
  return (
    possible.length > 0 &&
    possible.every(({ decision }) => decision !== undefined && Date.parse(decision.at) + onItsWay < at)
  );
}
