import type { Person } from '../../../functions/domain/people/person.ts';
import { askSteps, scoringStep } from '../../../functions/domain/playbook/capabilities.ts';
import type { AskStep, Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Script, ScriptedAnswer } from '../play/script.ts';
import type { Draws } from '../simulate/draws.ts';
import { grants, remarksOn } from './remarks.ts';

/** How somebody is at work. */
interface Habit {
  /** How often they are late with a step, 0–1. */
  readonly slips: number;
  /** How much later than they were asked, when they are. */
  readonly delays: readonly string[];
  /** How much they leave out of what they write down, 0–1. */
  readonly vague: number;
}

export type HabitName = 'prompt' | 'steady' | 'late' | 'vague' | 'forgetful';

export const habits: Readonly<Record<HabitName, Habit>> = {
  prompt: { slips: 0.02, delays: ['PT30H', 'P2D'], vague: 0.01 },
  steady: { slips: 0.07, delays: ['PT28H', 'P2D', 'P3D'], vague: 0.03 },
  late: { slips: 0.3, delays: ['P2D', 'P3D', 'P4D', 'P6D'], vague: 0.06 },
  vague: { slips: 0.1, delays: ['P2D', 'P3D'], vague: 0.22 },
  forgetful: { slips: 0.2, delays: ['P4D', 'P7D', 'P9D'], vague: 0.1 },
};

/** Who takes part in a handoff, as far as it is known before. */
export interface Cast {
  readonly playbook: Playbook;
  readonly accountExecutive: Person;
  readonly customerSuccessManager: Person;
  readonly habitOf: (email: string) => HabitName;
  /** The step that everybody misses again and again, and how often, 0–1. */
  readonly missed: { readonly step: string; readonly slips: number };
  /** How badly everything went before anybody is asked how it was, 0–1. */
  readonly trouble: number;
  /** One step of it is never done. */
  readonly stalls: boolean;
  /** Who decides on exceptions, where they are at work in these weeks: nobody asks for one else. */
  readonly reviewer?: Person | undefined;
  /** Until when somebody says to supply what is missing: `YYYY-MM-DD`. */
  readonly supplyBy: string;
}

/** How soon people act who are not late: within hours, working ones. */
const usual = ['PT1H', 'PT3H', 'PT5H', 'PT7H'] as const;

/** What everybody in one handoff does, step by step. */
export function scriptOf(cast: Cast, draws: Draws): Script {
  const steps = askSteps(cast.playbook);
  const stalled = cast.stalls ? draws.oneOf(steps).id : undefined;
  return Object.fromEntries(
    steps.flatMap(({ id, rule }): [string, Script[string]][] => {
      // Each step has draws of its own: what is drawn for one leaves the others as they are.
      const own = draws.apart();
      if (rule.optional) return [];
      if (id === stalled) return [[id, 'never']];
      return [[id, answersOf(id, rule, { cast, draws: own })]];
    }),
  );
}

function answersOf(
  id: string,
  rule: AskStep,
  { cast, draws }: { readonly cast: Cast; readonly draws: Draws },
): ScriptedAnswer[] {
  const owner = ownerOf(rule, cast);
  const habit = habits[owner === undefined ? 'steady' : cast.habitOf(owner.email)];
  const slips = id === cast.missed.step ? Math.max(cast.missed.slips, habit.slips) : habit.slips;
  const late = draws.chance(slips);
  // A meeting is reported when it is over; whoever forgets, days later.
  const after = late ? draws.oneOf(habit.delays) : rule.holds === undefined ? draws.oneOf(usual) : undefined;
  const timed = after === undefined ? {} : { after };
  const before: ScriptedAnswer[] = [];
  const saying = (choice: string): Said => ({ choice, evidence: remarksOn(rule, choice, { ...cast, draws }) });
  const exception = exceptionOf(rule, cast, { timed, saying, draws });
  if (exception.length > 0 && draws.chance(Math.min(0.5, 0.06 + habit.vague * 1.8))) before.push(...exception);
  if (rule.returns && draws.chance(writesOf(cast) * 2)) before.push({ ...timed, choice: rule.returns.choice });
  if (meetsCustomer(rule, cast) && draws.chance(0.06)) before.push({ ...timed, ...saying('wait-for-customer') });
  if (draws.chance(0.02)) before.push({ ...timed, ...saying('note') });
  if (late && owner?.manager !== undefined && draws.chance(0.03))
    return [{ after: 'P5D', by: owner.manager, ...saying('skip') }];
  const { choice } = choiceOf(rule, draws);
  const said = { ...remarksOn(rule, choice, { ...cast, draws }), ...surveyOf(id, cast, draws) };
  return [...before, { ...timed, ...(choice !== undefined && { choice }), evidence: said }];
}

type Said = Required<Pick<Exclude<ScriptedAnswer, 'never'>, 'choice' | 'evidence'>>;

/** Somebody asks to do without an answer, and revenue operations grant it more often than not, with somebody who supplies it. */
function exceptionOf(
  rule: AskStep,
  { reviewer, accountExecutive, supplyBy }: Cast,
  {
    timed,
    saying,
    draws,
  }: {
    readonly timed: Pick<Exclude<ScriptedAnswer, 'never'>, 'after'>;
    readonly saying: (choice: string) => Said;
    readonly draws: Draws;
  },
): readonly ScriptedAnswer[] {
  const grant = rule.choices.find(({ does }) => does === 'grant-exception');
  if (!grant || !reviewer) return [];
  const supplied = { owner: accountExecutive.email, dueDate: supplyBy };
  const answer = draws.chance(0.75)
    ? { choice: grant.id, evidence: { reason: draws.oneOf(grants), ...supplied } }
    : saying('decline-exception');
  return [
    { ...timed, ...saying('request-exception') },
    { after: draws.oneOf(usual), by: reviewer.email, ...answer },
  ];
}

const ownerOf = ({ owner }: AskStep, { accountExecutive, customerSuccessManager }: Cast): Person | undefined =>
  owner === 'accountExecutive'
    ? accountExecutive
    : owner === 'customerSuccessManager'
      ? customerSuccessManager
      : undefined;

const writesOf = ({ accountExecutive, habitOf }: Cast): number => habits[habitOf(accountExecutive.email)].vague;

const meetsCustomer = ({ plans, holds }: AskStep, { playbook }: Cast): boolean =>
  playbook.meetings[plans ?? holds ?? '']?.withCustomer === true;

/** Mostly the good one; now and then it has not come about. */
function choiceOf(rule: AskStep, draws: Draws): Pick<Exclude<ScriptedAnswer, 'never'>, 'choice'> {
  const others = rule.choices.slice(1).filter(({ id, by }) => id !== rule.returns?.choice && isOwners(by));
  return others.length > 0 && draws.chance(0.08) ? { choice: draws.oneOf(others).id } : {};
}

const isOwners = (by: AskStep['choices'][number]['by']): boolean => by === undefined || by.includes('owner');

/** The survey says how it went, and a little of how somebody feels that day. */
function surveyOf(id: string, { playbook, trouble }: Cast, draws: Draws): Readonly<Record<string, string>> {
  const scoring = scoringStep(playbook);
  if (scoring?.id !== id || !scoring.rule.scores) return {};
  const score = Math.min(10, Math.max(2, Math.round(9.6 - 8 * trouble + draws.int(-8, 8) / 10)));
  const why = remarksOn(scoring.rule, undefined, { draws, trouble: score < scoring.rule.scores.atLeast ? 1 : 0 });
  return { ...why, [scoring.rule.scores.field]: String(score) };
}
