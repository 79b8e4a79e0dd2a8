import type { Person } from '../../../functions/domain/people/person.ts';
import { askSteps } from '../../../functions/domain/playbook/capabilities.ts';
import type { AskStep, Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Script, ScriptedAnswer } from '../play/script.ts';
import type { Draws } from './draws.ts';

export interface ScriptDraws {
  readonly draws: Draws;
  readonly playbook: Playbook;
  readonly roster: readonly Person[];
  /** How often somebody does something of their own, 0–1. */
  readonly liveliness: number;
}

/** What people do that nobody told them to: they return, wait, hand over, ask for an exception, say no, take their time. */
export function randomScript({ draws, playbook, roster, liveliness }: ScriptDraws): Script {
  return Object.fromEntries(
    askSteps(playbook).flatMap(({ id, rule }) => {
      if (!draws.chance(liveliness)) return [];
      const answers = Array.from({ length: draws.int(1, 3) }, () => randomAnswer(rule, { draws, roster }));
      return [[id, answers]];
    }),
  );
}

/** After how long somebody acts; the same as a prompt person where it is left out. */
const delays = ['PT1M', 'PT3H', 'P1D', 'P3D', 'P9D', 'P20D'] as const;

/** What owners do beside the choices; some of it more often than the rest. */
const besides = [
  'wait-for-customer',
  'reassign',
  'reassign',
  'note',
  'move-meeting',
  'call-off-meeting',
  'away',
] as const;
const ofManagers = ['reassign', 'skip', 'skip', 'note', 'cancel'] as const;

function randomAnswer(rule: AskStep, { draws, roster }: Pick<ScriptDraws, 'draws' | 'roster'>): ScriptedAnswer {
  const after = draws.chance(0.6) ? { after: draws.oneOf(delays) } : {};
  if (draws.chance(0.08)) {
    const managers = roster.filter(({ role }) => role !== 'accountExecutive' && role !== 'customerSuccessManager');
    return { ...after, by: draws.oneOf(managers).email, choice: draws.oneOf(ofManagers) };
  }
  if (rule.fills && draws.chance(0.3)) return { ...after, choice: 'request-exception' };
  if (draws.chance(0.4)) return { ...after, choice: draws.oneOf(besides) };
  if (draws.chance(0.2)) return after;
  return { ...after, choice: draws.oneOf(rule.choices).id };
}
