import { sameOutcome } from '../deal/outcome.ts';
import { completenessScore } from '../handoff/completeness-score.ts';
import { type HandoffRecord, isClosed } from '../handoff/handoff.ts';
import { isException } from '../handoff/handoff-package.ts';
import { scoreOf, surveyScore } from '../handoff/handoff-score.ts';
import { customerWaits, daysBetween, onboardingOf, reachedOf } from '../handoff/measures.ts';
import { settledWell } from '../handoff/negative-answers.ts';
import { itemsOf } from '../handoff/open-items.ts';
import { namedGaps } from '../handoff/returns.ts';
import { holderOf, partiesOf } from '../handoff/roles-held.ts';
import { promisedAtOf, roundsOf } from '../handoff/step-record.ts';
import { heldAtOf, isReviewLate } from '../handoff/timeliness.ts';
import { packageStep, scoringStep } from '../playbook/capabilities.ts';
import type { Anchor } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import type { Fact, FactBody, PersonId } from './fact.ts';
import { type JudgedRound, judgedRounds } from './judged-rounds.ts';
import type { Told } from './told-before.ts';

/** What a handoff's facts are made of, beside its record. */
export interface FactsInput {
  readonly trail: readonly Told[];
  /** The id of a mail address. Throws where it has none: whoever asks has given one to each of `peopleIn`. */
  readonly idOf: (email: string) => PersonId;
  /** Who managed the owner of a round when it ended; `key` is its fact's. */
  readonly teamOf: (owner: string, key: string) => PersonId | undefined;
  readonly hashOf: (text: string) => string;
  /** As of when. UTC. */
  readonly at: Instant;
}

/** Everybody whose id the facts of a handoff take: mail addresses, some more than once. */
export const peopleIn = (record: HandoffRecord): readonly string[] => [
  ...partiesOf(record),
  record.deal.accountExecutive,
  ...(holderOf(record, 'customerSuccessManager') ? [String(holderOf(record, 'customerSuccessManager'))] : []),
  ...Object.values(record.steps).flatMap((step) => roundsOf(step).map(({ owner }) => owner)),
];

type Said = FactBody & Pick<Fact, 'key' | 'at'>;

/**
 * Every fact of a handoff as its record stands, oldest first: what has ended, was returned, granted, owed, waited for, reached,
 * rated. Nothing of what people wrote is in them.
 */
export function factsOf(record: HandoffRecord, input: FactsInput): readonly Fact[] {
  const rounds = judgedRounds(record, input.at);
  const said: readonly Said[] = [
    begun(record, input),
    ...rounds.flatMap((judged) => [
      ...endedRound(judged, input),
      ...returned(record, judged),
      ...excepted(judged),
      ...waited(record, judged),
    ]),
    ...owed(record),
    ...stalled(input.trail),
    ...reached(record),
    ...rated(record),
    ...onboarded(record),
    ...ended(record, input.at),
    ...outcomes(record, input.hashOf),
  ];
  return said
    .map((fact): Fact => ({ ...fact, handoff: record.state.id }))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.key < b.key ? -1 : 1));
}

function begun(record: HandoffRecord, { idOf }: FactsInput): Said {
  const { deal, state, playbook } = record;
  const { segment, industry, packagePercent, packageComplete, draftPercent } = state;
  const { draftTarget } = playbook;
  const manager = holderOf(record, 'customerSuccessManager');
  return {
    kind: 'begun',
    key: 'begun',
    at: state.startedAt,
    signedAt: deal.closedWonAt,
    segment,
    ...(industry !== undefined && { industry }),
    playbook: playbook.name,
    playbookHash: state.playbookHash,
    packagePercent,
    packageComplete,
    ...(draftPercent !== undefined &&
      draftTarget !== undefined && { draft: { percent: draftPercent, target: draftTarget } }),
    accountExecutive: idOf(accountExecutiveOf(record)),
    ...(manager !== undefined && { customerSuccessManager: idOf(manager) }),
  };
}

/** Who answers for the deal's side now: a mail address. */
export const accountExecutiveOf = (record: HandoffRecord): string =>
  holderOf(record, 'accountExecutive') ?? record.deal.accountExecutive;

function endedRound(
  { round, key, timeliness, promise, daysLate, saidNo }: JudgedRound,
  input: FactsInput,
): readonly Said[] {
  const { decision, step, owner, askedAt, dueAt } = round;
  if (!decision) return [];
  const team = input.teamOf(owner, key);
  const heldAt = heldAtOf(round.rule, round);
  return [
    {
      kind: 'step',
      key,
      at: decision.at,
      step,
      round: round.round,
      owner: input.idOf(owner),
      ...(team !== undefined && { team }),
      askedAt,
      promisedAt: promisedAtOf(round),
      dueAt,
      choice: decision.choice,
      timeliness,
      ...(promise && { promise }),
      ...(daysLate !== undefined && { daysLate }),
      ...(saidNo && { saidNo }),
      ...(heldAt !== undefined && { heldAt }),
    },
  ];
}

function returned(record: HandoffRecord, { round: { step, rule, decision, round } }: JudgedRound): readonly Said[] {
  if (!decision || rule.returns?.choice !== decision.choice) return [];
  const gaps = namedGaps(record, decision).length;
  return [{ kind: 'returned', key: `returned/${step}/${round}`, at: decision.at, step, round, gaps }];
}

/** What was asked for and granted of a round; before anybody had to ask, granting it was an answer to the step itself. */
function excepted({ round }: JudgedRound): readonly Said[] {
  const { step, exceptions = [], decision } = round;
  const isAnswer = isException(round.rule, decision);
  const first = exceptions[0]?.at ?? (isAnswer ? decision?.at : undefined);
  if (first === undefined) return [];
  const granting = exceptions.flatMap(({ answer }) => (answer?.fields.some((field) => field.granted) ? answer : []));
  const granted = granting.length;
  const grantedAt = granting[0]?.at ?? (isAnswer ? decision?.at : undefined);
  return [
    {
      kind: 'exception',
      key: `exception/${step}/${round.round}`,
      at: first,
      step,
      round: round.round,
      asked: Math.max(exceptions.length, 1),
      granted: granted > 0 ? granted : isAnswer ? 1 : 0,
      ...(grantedAt !== undefined && { grantedAt }),
      late: isReviewLate(round),
    },
  ];
}

const waited = ({ state }: HandoffRecord, { round }: JudgedRound): readonly Said[] =>
  customerWaits(round, state.endedAt).map(({ from, until, days }, i) => ({
    kind: 'waited',
    key: `waited/${round.step}/${round.round}/${i + 1}`,
    at: from,
    step: round.step,
    until,
    days,
  }));

const owed = (record: HandoffRecord): readonly Said[] =>
  itemsOf(record).map((item) => {
    const settledAt = settledWell(record, item)?.at;
    return {
      kind: 'open-item',
      key: `open-item/${item.step}`,
      at: item.item.openedAt,
      step: item.item.from,
      dueAt: item.dueAt,
      ...(settledAt !== undefined && { settledAt }),
    };
  });

const stalled = (trail: readonly Told[]): readonly Said[] =>
  trail
    .filter(({ what }) => what === 'stalled')
    .map(({ at, step }) => ({
      kind: 'stalled',
      key: `stalled/${new Date(at).toISOString()}`,
      at,
      ...(step !== undefined && { step }),
    }));

const reached = (record: HandoffRecord): readonly Said[] =>
  Object.entries(reachedOf(record)).map(([anchor, at]) => ({
    kind: 'reached',
    key: `reached/${anchor}`,
    at,
    anchor: anchor as Anchor,
    days: daysBetween(record.deal.closedWonAt, at),
  }));

function rated(record: HandoffRecord): readonly Said[] {
  const score = surveyScore(record);
  const scoring = scoringStep(record.playbook);
  const at = scoring && record.steps[scoring.id]?.decision?.at;
  if (score === undefined || at === undefined) return [];
  const target = scoring?.rule.scores?.atLeast;
  return [{ kind: 'rated', key: 'rated', at, score, ...(target !== undefined && { target }) }];
}

function onboarded(record: HandoffRecord): readonly Said[] {
  const said = onboardingOf(record);
  return said ? [{ kind: 'onboarding', key: 'onboarding', at: said.at, complete: said.so }] : [];
}

function ended(record: HandoffRecord, at: Instant): readonly Said[] {
  const { status, endedAt } = record.state;
  if (!isClosed(status) || endedAt === undefined || status === 'open' || status === 'stalled') return [];
  const handoffScore = scoreOf(record, at).points;
  const completeness = completenessOf(record);
  return [
    {
      kind: 'ended',
      key: 'ended',
      at: endedAt,
      status,
      ...(handoffScore !== null && { handoffScore }),
      ...(completeness !== undefined && { completeness }),
    },
  ];
}

/** Of the package when it was first handed over, 0–100; undefined until then. */
export function completenessOf(record: HandoffRecord): number | undefined {
  const filling = packageStep(record.playbook);
  const step = filling && record.steps[filling.id];
  const isHandedOver = record.state.packageComplete || (step && (step.round > 1 || step.decision !== undefined));
  return isHandedOver ? completenessScore(record) : undefined;
}

const outcomes = (record: HandoffRecord, hashOf: FactsInput['hashOf']): readonly Said[] =>
  (record.outcomes ?? []).map((told) => ({
    kind: 'outcome',
    key: `outcome/${told.outcome.replaceAll(' ', '-')}/${hashOf(sameOutcome(told)).slice(0, 12)}`,
    at: told.at,
    outcome: told.outcome,
    ...(told.amount !== undefined && { amount: told.amount }),
    ...(told.currency !== undefined && { currency: told.currency }),
  }));
