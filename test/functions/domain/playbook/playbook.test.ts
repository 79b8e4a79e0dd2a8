import { describe, expect, it } from 'vitest';
import {
  type AskStep,
  askStep,
  type DueRule,
  flowSteps,
  type StepRule,
} from '../../../../functions/domain/playbook/playbook.ts';
import { definePlaybook } from '../../../../statemachines/define-playbook.ts';
import { full, type StepId } from '../../../support/playbooks/full.ts';

const call = {
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
} as const satisfies StepRule;

const rest = {
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
} as const;

// Checked by the compiler: each line that is expected to be an error would be one if it stopped being wrong.
const ofTypes = [
  definePlaybook({ ...rest, steps: { call }, flow: ['call'] }),
  // @ts-expect-error a step id in the flow that is not defined
  definePlaybook({ ...rest, steps: { call }, flow: ['cal'] }),
  // @ts-expect-error a step id in a branch that is not defined
  definePlaybook({ ...rest, steps: { call }, flow: [{ name: 'Both', beside: [['call'], ['cal']] }] }),
  definePlaybook({
    ...rest,
    steps: { call },
    flow: ['call'],
    // @ts-expect-error a step id that a segment leaves out and that is not defined
    segments: { ...rest.segments, standard: { without: ['cal'] } },
  }),
  definePlaybook({
    ...rest,
    steps: { call },
    flow: ['call'],
    // @ts-expect-error a step id that a segment changes and that is not defined
    segments: { ...rest.segments, standard: { steps: { cal: { due: call.due } } } },
  }),
  definePlaybook({
    ...rest,
    steps: {
      call: {
        ...call,
        // @ts-expect-error a step that comes back to one that is not defined
        returns: { choice: 'called', to: 'cal', within: '1 day' },
      },
    },
    flow: ['call'],
  }),
  definePlaybook({
    ...rest,
    // @ts-expect-error a ladder that is not defined
    steps: { call: { ...call, ladder: 'rope' } },
    flow: ['call'],
  }),
  definePlaybook({
    ...rest,
    // @ts-expect-error a meeting that is not defined
    steps: { call: { ...call, plans: 'party' } },
    flow: ['call'],
  }),
  definePlaybook({
    ...rest,
    steps: { call },
    flow: ['call'],
    // @ts-expect-error a field of the package that there is not
    fields: { 'contract.color': { required: true } },
  }),
  definePlaybook({
    ...rest,
    steps: { call },
    flow: ['call'],
    // @ts-expect-error a field of the package, in an industry, that there is not
    industries: { toys: { fields: { 'contract.color': { required: true } } } },
  }),
  definePlaybook({
    ...rest,
    steps: { call },
    flow: ['call'],
    meetings: { kickoff: full.meetings.kickoff },
    // @ts-expect-error a meeting, in an industry, that is not defined
    industries: { toys: { meetings: { party: { title: 'Party' } } } },
  }),
  definePlaybook({
    ...rest,
    steps: { call },
    flow: ['call'],
    // @ts-expect-error a ladder, in an industry, that is not defined
    industries: { toys: { ladders: { rope: rest.ladders.plain } } },
  }),
  definePlaybook({
    ...rest,
    steps: { call: { ...call, announce: { say: 'feedback', state: 'Tell' } } },
    flow: ['call'],
    fields: { 'contract.scope': { required: false } },
    industries: { toys: { steps: { call: { due: call.due } }, ladders: { plain: rest.ladders.plain } } },
  }),
  definePlaybook({
    ...rest,
    // @ts-expect-error a kind of mail that there is not
    steps: { call: { ...call, announce: { say: 'greeting', state: 'Tell' } } },
    flow: ['call'],
  }),
  definePlaybook({
    ...rest,
    // @ts-expect-error a capability that there is not
    steps: { call: { ...call, cooks: 'dinner' } },
    flow: ['call'],
  }),
  // @ts-expect-error an owner who is nobody
  { ...call, owner: 'sales' } satisfies AskStep,
  // @ts-expect-error two owners
  { ...call, owner: ['accountExecutive', 'customerSuccessManager'] } satisfies AskStep,
  // @ts-expect-error an anchor that is no moment of the handoff
  { after: 'contractSigned', within: '24 hours' } satisfies DueRule,
  // @ts-expect-error a duration in a unit that there is not
  { after: 'closedWon', within: '3 weeks' } satisfies DueRule,
  // @ts-expect-error a duration without a number
  { after: 'closedWon', within: 'a day' } satisfies DueRule,
  { after: 'closedWon', within: '3 business days' } satisfies DueRule,
  { after: 'renewalDate', within: '-90 days' } satisfies DueRule,
  'complete-package' satisfies StepId,
  // @ts-expect-error a step that the playbook does not have
  'complete-pakage' satisfies StepId,
];

describe('what a playbook is', () => {
  it('is checked by the compiler', () => {
    expect(ofTypes.length).toBeGreaterThan(0);
  });

  it('lists the steps of a flow in the order it reaches them, branches one after the other', () => {
    expect(
      flowSteps(['a', { name: 'Both', beside: [['b', { name: 'Inner', beside: [['c'], ['d']] }], ['e']] }, 'f']),
    ).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('finds only steps that somebody is asked to do', () => {
    expect(() => askStep(full, 'close-availability')).toThrow('"close-availability"');
    expect(() => askStep(full, 'celebrate')).toThrow('"celebrate"');
  });
});
