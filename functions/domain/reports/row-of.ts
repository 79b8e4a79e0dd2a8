import { defined } from '../fields/record.ts';
import { customerOf, type HandoffRecord, isClosed } from '../handoff/handoff.ts';
import { scoreOf } from '../handoff/handoff-score.ts';
import { daysWaited } from '../handoff/measures.ts';
import { openItemsOf } from '../handoff/open-items.ts';
import { holderOf } from '../handoff/roles-held.ts';
import { askSteps, packageStep } from '../playbook/capabilities.ts';
import { stepsBefore } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import type { Fact } from './fact.ts';
import { accountExecutiveOf, completenessOf, type FactsInput } from './facts-of.ts';
import { judgedRounds } from './judged-rounds.ts';
import type { MeasuredHandoff, MeasuredPlaybook, MeasuredRound } from './measured-handoff.ts';

/** What a row is made of, beside the record. */
export interface RowInput extends Pick<FactsInput, 'idOf' | 'teamOf' | 'at'> {
  /** All facts of the handoff that stand. */
  readonly facts: readonly Fact[];
  /** What the records do not say. */
  readonly notKnown?: readonly string[];
}

/** A handoff as reports see it: what its facts say, and what is still open in it, as of `at` (UTC). */
export function measuredOf(record: HandoffRecord, input: RowInput): MeasuredHandoff {
  const { facts, idOf, teamOf, at, notKnown = [] } = input;
  const { state, deal, playbook } = record;
  const of = <K extends Fact['kind']>(kind: K) =>
    facts.filter((fact): fact is Extract<Fact, { readonly kind: K }> => fact.kind === kind);
  const [begun] = of('begun');
  const accountExecutive = accountExecutiveOf(record);
  const manager = holderOf(record, 'customerSuccessManager');
  const team = (owner: string | undefined) => (owner === undefined ? undefined : teamOf(owner, 'now'));
  const [rated] = of('rated');
  const [onboarding] = of('onboarding');
  const completeness = completenessOf(record);
  const granted = of('exception').flatMap((fact) => (fact.granted > 0 ? (fact.grantedAt ?? fact.at) : []));
  const handoffScore = scoreOf(record, at).points;
  const items = of('open-item');
  const owed = openItemsOf(record);
  return {
    id: state.id,
    customer: customerOf(record),
    signedAt: deal.closedWonAt,
    segment: state.segment,
    ...defined({ industry: state.industry }),
    playbook: { name: playbook.name, hash: state.playbookHash },
    accountExecutive: idOf(accountExecutive),
    ...defined({
      accountExecutiveTeam: team(accountExecutive),
      customerSuccessManager: manager && idOf(manager),
      customerSuccessManagerTeam: team(manager),
      endedAt: state.endedAt,
    }),
    status: state.status,
    reached: Object.fromEntries(of('reached').map(({ anchor, at: moment }) => [anchor, moment])),
    packagePercent: state.packagePercent,
    packageComplete: state.packageComplete,
    ...defined({ draft: begun?.draft, completeness, handoffScore: handoffScore ?? undefined }),
    rounds: [...of('step').map(endedRound), ...openRounds(record, input)],
    ...defined({
      handedOverAt: handedOverAt(record, of('step')),
      returnedAt: firstOf(of('returned').map((fact) => fact.at)),
      exceptionAt: firstOf(granted),
      onboardingSaidAt: onboarding?.at,
    }),
    returns: of('returned').length,
    exceptions: of('exception').reduce((sum, { granted }) => sum + granted, 0),
    openItems: {
      opened: items.length,
      settled: items.filter(({ settledAt }) => settledAt !== undefined).length,
      overdue: owed.filter(({ dueAt }) => Date.parse(dueAt) < Date.parse(at)).length,
      ...(owed.length > 0 && { owed: owed.length }),
    },
    stalledAt: of('stalled').map((fact) => fact.at),
    daysWaitingForCustomer: daysWaited(
      of('waited').map(({ at: from, until }) => ({ from, until })),
      at,
    ),
    ...defined({ survey: rated && { score: rated.score, ...defined({ target: rated.target }), at: rated.at } }),
    ...defined({ onboardingComplete: onboarding?.complete }),
    outcomes: of('outcome').map(({ outcome, at: when, amount, currency }) => ({
      outcome,
      at: when,
      ...defined({ amount, currency }),
    })),
    ...(notKnown.length > 0 && { notKnown }),
  };
}

/** When the package was first handed over: at the trigger where it was complete, else with the first answer to its step. */
function handedOverAt(
  { state, playbook }: HandoffRecord,
  ended: readonly Extract<Fact, { readonly kind: 'step' }>[],
): Instant | undefined {
  const filling = packageStep(playbook)?.id;
  return state.packageComplete
    ? state.startedAt
    : firstOf(ended.flatMap(({ step, at }) => (step === filling ? at : [])));
}

const firstOf = (times: readonly Instant[]): Instant | undefined =>
  times.toSorted((one, other) => Date.parse(one) - Date.parse(other))[0];

const endedRound = (fact: Extract<Fact, { readonly kind: 'step' }>): MeasuredRound => ({
  step: fact.step,
  round: fact.round,
  owner: fact.owner,
  endedAt: fact.at,
  dueAt: fact.dueAt,
  timeliness: fact.timeliness,
  ...defined({ team: fact.team, promise: fact.promise, daysLate: fact.daysLate, saidNo: fact.saidNo }),
});

const openRounds = (record: HandoffRecord, { idOf, teamOf, at }: RowInput): readonly MeasuredRound[] =>
  judgedRounds(record, at).flatMap(({ round, key, timeliness, promise, daysLate, rests }) => {
    if (round.decision) return [];
    const { step, owner, dueAt } = round;
    return [
      {
        step,
        round: round.round,
        owner: idOf(owner),
        dueAt,
        timeliness,
        ...defined({
          team: teamOf(owner, key),
          promise,
          daysLate,
          rests: isClosed(record.state.status) ? undefined : rests,
        }),
      },
    ];
  });

/** What the playbook of a handoff calls its steps. */
export const measuredPlaybookOf = ({ state, playbook }: HandoffRecord): MeasuredPlaybook => ({
  name: playbook.name,
  hash: state.playbookHash,
  since: state.startedAt,
  steps: askSteps(playbook)
    .filter(({ rule }) => !rule.optional && !rule.settles)
    .map(({ id, rule }) => ({
      ...{ id, title: rule.title, waitsFor: stepsBefore(playbook.flow, id) },
      promised: rule.due.within,
    })),
});
