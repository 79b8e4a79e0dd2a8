import { describe, expect, it } from 'vitest';
import type { AskStep, Playbook, StepRule } from '../../functions/domain/playbook/playbook.ts';
import { compile } from '../../statemachines/compile.ts';
import { placedStates } from '../support/placed-states.ts';
import { full } from '../support/playbooks/full.ts';

const call: AskStep = {
  kind: 'ask',
  title: 'Call',
  ask: 'call the customer',
  waitFor: 'call',
  owner: 'accountExecutive',
  what: 'Call.',
  why: 'Because.',
  due: { after: 'closedWon', within: '24 elapsed hours' },
  ladder: 'plain',
  choices: [{ id: 'called', label: 'Called', evidence: [] }],
  sources: [],
};

const small = (steps: Readonly<Record<string, StepRule>>, change: Partial<Playbook> = {}): Playbook => ({
  name: 'small',
  roles: full.roles,
  meetings: {},
  fallbackSegment: 'standard',
  industries: {},
  accountable: 'customerSuccessManager',
  linkDays: 30,
  atLeast: 4,
  abandonAfter: '350 days',
  ladders: { plain: { rungs: [], afterwards: { nagEvery: '7 days' } } },
  segments: { standard: {}, enterprise: {}, 'self-serve': {} },
  flow: Object.keys(steps),
  steps,
  ...change,
});

const write: AskStep = { ...call, ask: 'write to the customer', waitFor: 'letter' };

describe('compiling a playbook', () => {
  it('draws each step with the same two states, in the order of the flow', () => {
    expect(Object.keys(compile(small({ call, write })).States)).toEqual([
      'Validate handoff package',
      'Ask to call the customer',
      'Wait for call (SLA 24h elapsed)',
      'Ask to write to the customer',
      'Wait for letter (SLA 24h elapsed)',
      'Handoff complete',
    ]);
  });

  it('puts what a segment leaves out behind one Choice, neighbours together', () => {
    const segments = { standard: { without: ['call', 'write'] }, enterprise: {}, 'self-serve': {} };
    const { States } = compile(small({ call, write }, { segments }));
    const choices = Object.values(States).filter(({ Type }) => Type === 'Choice');
    expect(choices).toEqual([
      {
        Type: 'Choice',
        Choices: [{ Condition: "{% 'call' in $steps %}", Next: 'Ask to call the customer' }],
        Default: 'Handoff complete',
      },
    ]);
  });

  it('keeps apart what different segments leave out', () => {
    const segments = { standard: { without: ['call'] }, enterprise: { without: ['write'] }, 'self-serve': {} };
    const { States } = compile(small({ call, write }, { segments }));
    expect(Object.values(States).filter(({ Type }) => Type === 'Choice')).toHaveLength(2);
  });

  it('ends a branch that ends with a Choice in a Succeed of its own', () => {
    const segments = { standard: { without: ['call'] }, enterprise: {}, 'self-serve': {} };
    const post = { ...call, ask: 'post a card', waitFor: 'card' };
    const machine = compile(
      small({ call, write, post }, { segments, flow: [{ name: 'Both', beside: [['post', 'call'], ['write']] }] }),
    );
    const ends = placedStates(machine).filter(({ state, path }) => state['Type'] === 'Succeed' && path.length > 0);
    expect(ends.map(({ path }) => path)).toEqual(expect.arrayContaining([['Both/0']]));
  });

  it('ends a branch that only some go through by a Map of one or none', () => {
    const segments = { standard: { without: ['call'] }, enterprise: {}, 'self-serve': {} };
    const { States } = compile(
      small({ call, write }, { segments, flow: [{ name: 'Both', beside: [['call'], ['write']] }] }),
    );
    const [branch] = (States['Both']?.['Branches'] ?? []) as { StartAt: string; States: Record<string, object> }[];
    expect(branch?.States).toEqual({ [branch?.StartAt ?? '']: expect.objectContaining({ Type: 'Map', End: true }) });
    expect(JSON.stringify(branch)).toContain("{% 'call' in $steps ? [1] : [] %}");
    expect(JSON.stringify(branch)).toContain('"Ask to call the customer"');
  });

  it.each<[string, Playbook, string]>([
    ['a step that is not defined', small({ call }, { flow: ['cal'] }), '"cal"'],
    ['a step that comes twice', small({ call }, { flow: ['call', 'call'] }), '"Ask to call the customer"'],
    ['two steps of the same wording', small({ call, write: { ...write, waitFor: 'call' } }), '"Wait for call'],
    ['a wording that is too long', small({ call: { ...call, ask: 'x'.repeat(75) } }), 'is no state name'],
    ['a wording that Step Functions may not take', small({ call: { ...call, ask: 'call “Ada”' } }), 'is no state name'],
    ['a branch without a step', small({ call }, { flow: [{ name: 'Both', beside: [['call'], []] }] }), 'has no step'],
    [
      'a step that opens by nobody knows which mail',
      small({ call: { ...call, opens: { after: 'closedWon', within: '1 day' } } }),
      'finds out when',
    ],
  ])('refuses %s', (_, playbook, message) => {
    expect(() => compile(playbook)).toThrow(message);
  });
});
