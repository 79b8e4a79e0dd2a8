import type {
  AskStep,
  LadderRule,
  Overlay,
  Playbook,
  StepField,
  StepRule,
} from '../../../functions/domain/playbook/playbook.ts';
import { full } from '../../support/playbooks/full.ts';

/** A playbook that breaks no law: those that break one are made of it. */
export const sound: Playbook = full;

export const ruleOf = (id: string, base = sound): StepRule => {
  const rule = base.steps[id];
  if (!rule) throw new Error(`There is no step "${id}".`);
  return rule;
};

/** The playbook with members of some steps replaced. */
export const withSteps = (changes: Readonly<Record<string, Partial<AskStep>>>, base = sound): Playbook => ({
  ...base,
  steps: {
    ...base.steps,
    ...Object.fromEntries(
      Object.entries(changes).map(([id, change]) => [id, { ...ruleOf(id, base), ...change } as StepRule]),
    ),
  },
});

/** The playbook with a member of a step taken out. */
export function withoutMember(id: string, member: keyof AskStep, base = sound): Playbook {
  const { [member]: _, ...rest } = ruleOf(id, base) as AskStep;
  return { ...base, steps: { ...base.steps, [id]: rest as StepRule } };
}

/** The playbook in which a step without any capability offers these choices. */
export const withChoices = (choices: AskStep['choices'], change: Partial<AskStep> = {}): Playbook =>
  withSteps({ 'introduce-by-phone': { choices, ...change } });

/** The playbook with another ladder "standard": no rungs, and nagged weekly, unless said. */
export const withLadder = (ladder: Partial<LadderRule>): Playbook => ({
  ...sound,
  ladders: { ...sound.ladders, standard: { rungs: [], afterwards: { nagEvery: '7 days' }, ...ladder } },
});

/** The playbook with another segment "enterprise". */
export const withSegment = (rules: Overlay): Playbook => ({
  ...sound,
  segments: { ...sound.segments, enterprise: { with: ['introduce-by-phone'], ...rules } },
});

export const withFlow = (flow: Playbook['flow']): Playbook => ({ ...sound, flow });

/** A step that somebody is asked to do, and that can do nothing else. */
export const call: AskStep = {
  kind: 'ask',
  title: 'Call',
  ask: 'call',
  waitFor: 'call',
  owner: 'accountExecutive',
  what: 'Call.',
  why: 'Because.',
  due: { after: 'closedWon', within: '24 hours' },
  ladder: 'plain',
  choices: [{ id: 'called', label: 'Called', evidence: [] }],
  sources: [],
};

/** The step with one choice that asks for these fields. */
export const asking = (evidence: readonly StepField[], rule: Partial<AskStep> = {}): AskStep => ({
  ...call,
  choices: [{ id: 'called', label: 'Called', evidence }],
  ...rule,
});

/** Another step, so that no state comes twice. */
export const other = (rule: AskStep): AskStep => ({ ...rule, title: 'Write', ask: 'write', waitFor: 'letter' });

/** A playbook of these steps, one after the other; optional ones are outside the flow. */
export const small = (steps: Readonly<Record<string, StepRule>>, change: Partial<Playbook> = {}): Playbook => ({
  name: 'small',
  roles: full.roles,
  accountable: 'customerSuccessManager',
  steps,
  flow: Object.entries(steps).flatMap(([id, rule]) => (rule.kind === 'ask' && rule.optional ? [] : [id])),
  meetings: full.meetings,
  ladders: { plain: { rungs: [], afterwards: { nagEvery: '7 days' } } },
  fallbackSegment: 'standard',
  segments: { standard: {} },
  industries: {},
  atLeast: 4,
  abandonAfter: '350 days',
  linkDays: 30,
  ...change,
});

/** A rule as somebody writes it whom no compiler stops. */
export const unchecked = <T>(rule: unknown): T => rule as T;

/** The playbook of one step, of which this is said, whether the compiler would let it or not. */
export const saying = (change: object): Playbook => small({ call: { ...call, ...change } });

/** Each playbook breaks one law; the sentence names what is wrong, and there is nothing else beside it. */
export type Broken = Readonly<Record<string, readonly [Playbook, string]>>;
