import type { Anchor } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { anchorsOf, type HandoffRecord, isLate, reachedOwnerLate } from './handoff.ts';
import type { Measures } from './measured.ts';

/** The measures of a handoff as its records stand; what has not happened yet is absent. */
export function measuresOf(record: HandoffRecord): Measures {
  const anchors = anchorsOf(record);
  // What was skipped has not happened, though the flow goes on from there.
  const skipped = new Set(
    Object.entries(record.playbook.steps).map(([id, rule]) =>
      rule.kind === 'ask' && record.steps[id]?.decision?.choice === 'skipped' ? rule.marks : undefined,
    ),
  );
  const since = (anchor: Anchor): number | undefined =>
    skipped.has(anchor) ? undefined : days(record.deal.closedWonAt, anchors[anchor]);
  const evidence = (step: string, field: string) => record.steps[step]?.decision?.evidence[field];
  const chosen = (step: string, choice: string) => record.steps[step]?.decision?.choice === choice;
  const expected = Object.values(record.steps).filter(({ step }) => {
    const rule = record.playbook.steps[step];
    return rule?.kind === 'ask' && !rule.optional;
  });
  const rounds = expected.flatMap(({ step, earlier, ...last }) =>
    [...earlier, last].map((round) => ({ ...round, step })),
  );
  const done = rounds.filter(({ decision }) => decision && decision.by !== 'system' && decision.choice !== 'skipped');
  const score = evidence('rate-handoff', 'score');
  const firstValue = chosen('record-first-value', 'reached') ? evidence('record-first-value', 'heldAt') : undefined;
  const late = rounds.filter((round) => isLate(round, record.state.endedAt));
  const waits = rounds.flatMap(({ pauses = [], decision }) =>
    pauses.map(({ from, until }) => ({ from, until: decision && decision.at < until ? decision.at : until })),
  );
  return {
    ...defined({
      daysToCompletion: since('handoffConfirmed'),
      daysToPackageReady: since('packageReady'),
      daysToInternalMeeting: since('internalMeetingHeld'),
      daysToIntroduction: since('introductionSent'),
      daysToKickoff: since('kickoffHeld'),
      daysToFirstValue: days(record.deal.closedWonAt, typeof firstValue === 'string' ? firstValue : undefined),
      score: typeof score === 'number' ? score : undefined,
      onboardingComplete: flag(evidence('record-first-value', 'onboardingComplete')),
    }),
    packagePercent: record.state.packagePercent,
    steps: {
      asked: rounds.length,
      done: done.length,
      onTime: done.filter((step) => !isLate(step)).length,
    },
    lateSteps: [...new Set(late.map(({ step }) => step))],
    reachedOwnerLate: [...new Set(late.filter(reachedOwnerLate).map(({ step }) => step))],
    returns: rounds.filter(({ step, decision }) => step === 'review-brief' && decision?.choice === 'return').length,
    exceptions: rounds.filter(({ decision }) => decision?.choice === 'grant-exception').length,
    daysWaitingForCustomer: waits.reduce((sum, { from, until }) => sum + (days(from, until) ?? 0), 0),
    success: {
      acknowledged: chosen('review-brief', 'accept'),
      meetingRecorded: chosen('hold-internal-meeting', 'held'),
      ...defined({
        positiveReply: flag(evidence('schedule-kickoff', 'positiveReply')),
        allKeyContacts: flag(evidence('map-stakeholders', 'allKeyContacts')),
        clientAgreed: flag(evidence('align-success-plan', 'clientAgreed')),
        scoreReached: typeof score === 'number' ? score >= 8 : undefined,
      }),
    },
  };
}

const days = (from: Instant, to: Instant | undefined): number | undefined =>
  to === undefined ? undefined : Math.round(((Date.parse(to) - Date.parse(from)) / 86_400_000) * 100) / 100;

const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

/** The members that are known. */
const defined = <T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
