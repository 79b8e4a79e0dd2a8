import { askSteps, scoringStep } from '../playbook/capabilities.ts';
import { type Anchor, askStep, ruleOfStep, type SuccessFact } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { completenessScore } from './completeness-score.ts';
import { doneDecision, givenNumber } from './decisions.ts';
import { anchorsOf, type HandoffRecord, isLate, reachedOwnerLate } from './handoff.ts';
import { isException } from './handoff-package.ts';
import type { Measures } from './measured.ts';

/** The measures of a handoff as its records stand; what has not happened yet is absent. */
export function measuresOf(record: HandoffRecord): Measures {
  const anchors = anchorsOf(record);
  // What was skipped, or ended unanswered, has not happened, though the flow goes on from there.
  const passedOver = new Set(
    askSteps(record.playbook)
      .filter(({ id }) => record.steps[id]?.decision !== undefined && doneDecision(record, id) === undefined)
      .map(({ rule }) => rule.marks),
  );
  const since = (anchor: Anchor): number | undefined =>
    passedOver.has(anchor) ? undefined : days(record.deal.closedWonAt, anchors[anchor]);
  const expected = Object.values(record.steps).filter(({ step }) => {
    const rule = ruleOfStep(record.playbook, step);
    return rule?.kind === 'ask' && !rule.optional && !rule.settles;
  });
  const rounds = expected.flatMap(({ step, earlier, ...last }) =>
    [...earlier, last].map((round) => ({ ...round, step })),
  );
  const done = rounds.filter(({ decision }) => decision && decision.by !== 'system' && decision.choice !== 'skipped');
  const scoring = scoringStep(record.playbook);
  const score = scoring && givenNumber(doneDecision(record, scoring.id), scoring.rule.scores?.field ?? '');
  const target = scoring?.rule.scores?.atLeast;
  const { onboardingComplete, ...success } = provenFacts(record);
  const ruleOf = (step: string) => askStep(record.playbook, step);
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
      daysToFirstValue: since('firstValueReached'),
      score,
      onboardingComplete,
    }),
    packagePercent: record.state.packagePercent,
    steps: {
      asked: rounds.length,
      done: done.length,
      onTime: done.filter((step) => !isLate(step)).length,
    },
    lateSteps: [...new Set(late.map(({ step }) => step))],
    reachedOwnerLate: [...new Set(late.filter(reachedOwnerLate).map(({ step }) => step))],
    completeness: completenessScore(record),
    returns: rounds.filter(({ step, decision }) => decision && ruleOf(step).returns?.choice === decision.choice).length,
    exceptions: rounds.reduce((sum, { step, decision, exceptions = [] }) => {
      const granted = exceptions.filter(({ answer }) => answer?.fields.some((field) => field.granted)).length;
      return sum + (granted > 0 ? granted : isException(ruleOf(step), decision) ? 1 : 0);
    }, 0),
    daysWaitingForCustomer: waits.reduce((sum, { from, until }) => sum + (days(from, until) ?? 0), 0),
    success: {
      ...success,
      ...defined({ scoreReached: score === undefined || target === undefined ? undefined : score >= target }),
    },
  };
}

/** What the answers prove, by the capabilities of their choices and fields (S2). */
function provenFacts(record: HandoffRecord): Partial<Record<SuccessFact, boolean>> {
  const facts: Partial<Record<SuccessFact, boolean>> = {};
  for (const { id, rule } of askSteps(record.playbook)) {
    const decision = doneDecision(record, id);
    if (!decision) continue;
    for (const choice of rule.choices) {
      const chosen = choice.id === decision.choice;
      if (choice.proves) facts[choice.proves] = chosen;
      if (!chosen) continue;
      for (const { name, kind, proves } of choice.evidence) {
        const value = decision.evidence[name];
        if (proves && (typeof value === 'boolean' || kind === 'link'))
          facts[proves] = value !== undefined && value !== false;
      }
    }
  }
  return facts;
}

const days = (from: Instant, to: Instant | undefined): number | undefined =>
  to === undefined ? undefined : Math.round(((Date.parse(to) - Date.parse(from)) / 86_400_000) * 100) / 100;

/** The members that are known. */
const defined = <T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
