import { describe, expect, it } from 'vitest';
import { freezePlaybook } from '../../../../functions/domain/playbook/freeze.ts';
import {
  type AskStep,
  askStep,
  type DueRule,
  flowSteps,
  type Playbook,
  type StepRule,
} from '../../../../functions/domain/playbook/playbook.ts';
import { definePlaybook } from '../../../../statemachines/define-playbook.ts';
import { playbook, type StepId } from '../../../../statemachines/playbooks/default.ts';

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
  roles: playbook.roles,
  meetings: {},
  fallbackSegment: 'standard',
  industries: {},
  accountable: 'customerSuccessManager',
  linkDays: 30,
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
  // @ts-expect-error a step that the default playbook does not have
  'complete-pakage' satisfies StepId,
];

describe('what a playbook is', () => {
  it('is checked by the compiler', () => {
    expect(ofTypes.length).toBeGreaterThan(0);
  });

  it('has every step of the SOP, in its order', () => {
    expect(flowSteps(playbook.flow)).toEqual([
      'assign-customer-success-manager',
      'complete-package',
      'schedule-internal-meeting',
      'review-brief',
      'hold-internal-meeting',
      'introduce-customer',
      'schedule-kickoff',
      'hold-kickoff',
      'map-stakeholders',
      'align-success-plan',
      'introduce-by-phone',
      'confirm-handoff',
      'close-availability',
      'give-feedback',
      'rate-handoff',
      'record-first-value',
      'send-onboarding-mails',
      'remind-of-renewal',
    ]);
  });

  // The SOP's table: step, owner, due.
  it.each([
    ['complete-package', 'accountExecutive', 'closedWon', '48 hours'],
    ['schedule-internal-meeting', 'accountExecutive', 'closedWon', '24 hours'],
    ['review-brief', 'customerSuccessManager', 'packageReady', '24 hours'],
    ['hold-internal-meeting', 'customerSuccessManager', 'closedWon', '48 hours'],
    ['introduce-customer', 'customerSuccessManager', 'internalMeetingHeld', 'same day'],
    ['schedule-kickoff', 'customerSuccessManager', 'closedWon', '3 business days'],
    ['hold-kickoff', 'customerSuccessManager', 'closedWon', '5 business days'],
    ['map-stakeholders', 'customerSuccessManager', 'closedWon', '3 business days'],
    ['align-success-plan', 'customerSuccessManager', 'closedWon', '5 business days'],
    ['confirm-handoff', 'customerSuccessManager', 'closedWon', '5 business days'],
  ] as const)('gives %s to the %s, due after %s within %s', (id, owner, after, within) => {
    expect(askStep(playbook, id)).toMatchObject({ owner, due: { after, within } });
  });

  it.each([
    ['give-feedback', { after: 'kickoffHeld', within: '14 days' }],
    ['rate-handoff', { after: 'closedWon', within: '30 days' }],
    ['record-first-value', { after: 'kickoffHeld', within: '30 days' }],
  ] as const)('asks to %s when its day has come', (id, opens) => {
    expect(askStep(playbook, id)).toMatchObject({ owner: 'customerSuccessManager', opens });
  });

  it('finds only steps that somebody is asked to do', () => {
    expect(() => askStep(playbook, 'close-availability')).toThrow('"close-availability"');
    expect(() => askStep(playbook, 'celebrate')).toThrow('"celebrate"');
  });
});

describe('a playbook resolved for a segment', () => {
  it.each([
    ['standard', ['introduce-by-phone', 'send-onboarding-mails']],
    ['enterprise', ['send-onboarding-mails']],
    ['self-serve', ['introduce-by-phone', 'schedule-kickoff', 'hold-kickoff']],
  ] as const)('leaves out for %s what it does not need', (segment, without) => {
    const frozen = freezePlaybook(playbook, { segment });
    const all = Object.keys(playbook.steps);
    expect(all.filter((id) => !frozen.steps[id])).toEqual(without);
    expect(frozen.segment).toBe(segment);
  });

  it("puts the segment's own due rules in place", () => {
    const { steps } = freezePlaybook(playbook, { segment: 'self-serve' });
    expect(askStep({ steps }, 'give-feedback')).toMatchObject({
      opens: { after: 'introductionSent', within: '14 days' },
      due: { after: 'opened', within: '2 business days' },
    });
  });

  it('keeps sales available for 60 days in enterprise, and says nothing at day 30 (S2)', () => {
    const rule = freezePlaybook(playbook, { segment: 'enterprise' }).steps['close-availability'];
    const tells = rule?.kind === 'tell' ? rule.tells : [];
    expect(tells).toMatchObject([
      { say: 'availability-closes', opens: { after: 'introductionSent', within: '60 days' } },
      { say: 'availability-ended', silent: true },
    ]);
    expect(tells[0]?.silent).toBeUndefined();
  });

  it('changes a due rule of a step without touching the playbook', () => {
    const changed: Playbook = {
      ...playbook,
      segments: {
        ...playbook.segments,
        enterprise: { steps: { 'hold-kickoff': { due: { after: 'closedWon', within: '10 business days' } } } },
      },
    };
    expect(askStep(freezePlaybook(changed, { segment: 'enterprise' }), 'hold-kickoff').due.within).toBe(
      '10 business days',
    );
    expect(askStep(freezePlaybook(changed, { segment: 'standard' }), 'hold-kickoff').due.within).toBe(
      '5 business days',
    );
  });

  it('is plain data that survives being stored', () => {
    const frozen = freezePlaybook(playbook, { segment: 'enterprise' });
    expect(JSON.parse(JSON.stringify(frozen))).toEqual(frozen);
  });
});
