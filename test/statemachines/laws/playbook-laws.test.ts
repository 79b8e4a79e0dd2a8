import { describe, expect, it } from 'vitest';
import { type AskStep, flowSteps, type Playbook, type StepRule } from '../../../functions/domain/playbook/playbook.ts';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import {
  type Broken,
  call,
  ruleOf,
  small,
  sound,
  withFlow,
  withoutMember,
  withSegment,
  withSteps,
} from './changed-playbook.ts';

const broken: Broken = {
  'due after an anchor whose step is left out': [
    withSegment({
      without: ['hold-kickoff'],
      steps: {
        'give-feedback': { opens: { after: 'introductionSent', within: '14 days' } },
        'record-first-value': { opens: { after: 'introductionSent', within: '30 days' } },
        'confirm-handoff': { due: { after: 'kickoffHeld', within: '2 days' } },
      },
    }),
    'In the segment "enterprise": "confirm-handoff" is due after "kickoffHeld", but "hold-kickoff", which marks it, is left out.',
  ],
  'due after an anchor whose step comes later': [
    withSteps({ 'schedule-kickoff': { due: { after: 'kickoffHeld', within: '24 hours' } } }),
    'In the segments "standard" and "enterprise": "schedule-kickoff" is due after "kickoffHeld", but "hold-kickoff", which marks it, comes later.',
  ],
  'due after an anchor that the step marks itself': [
    withSteps({ 'introduce-customer': { due: { after: 'introductionSent', within: '24 hours' } } }),
    '"introduce-customer" is due after "introductionSent", but the step marks that itself.',
  ],
  'due after an anchor of a branch beside it': [
    withSteps({ 'map-stakeholders': { due: { after: 'introductionSent', within: '24 hours' } } }),
    '"map-stakeholders" is due after "introductionSent", but "introduce-customer", which marks it, runs beside it.',
  ],
  'due after an anchor that no step marks': [
    {
      ...sound,
      steps: Object.fromEntries(
        Object.entries(sound.steps).map(([id, rule]) => {
          if (id === 'introduce-customer') {
            const { marks: _, ...rest } = rule as AskStep;
            return [id, { ...rest, due: { after: 'closedWon', within: 'same day' } }];
          }
          if (id === 'close-availability' && rule.kind === 'tell')
            return [
              id,
              {
                ...rule,
                tells: rule.tells.map((tell) => ({
                  ...tell,
                  opens: { after: 'closedWon', within: '30 days' } as const,
                })),
              },
            ];
          if (id === 'hold-kickoff') return [id, { ...rule, due: { after: 'introductionSent', within: '24 hours' } }];
          return [id, rule];
        }),
      ) as Playbook['steps'],
      segments: {
        standard: {},
        enterprise: { with: ['introduce-by-phone'] },
        'self-serve': {
          with: ['send-onboarding-mails'],
          without: ['schedule-kickoff', 'hold-kickoff', 'give-feedback', 'record-first-value'],
        },
      },
    },
    'In the segments "standard" and "enterprise": "hold-kickoff" is due after "introductionSent", but no step marks it.',
  ],
  'due after the renewal': [
    withSteps({ 'confirm-handoff': { due: { after: 'renewalDate', within: '-90 days' } } }),
    '"confirm-handoff" is due after "renewalDate", but only the scheduler counts from that.',
  ],
  'two steps that mark the same anchor': [
    withSteps({ 'map-stakeholders': { marks: 'kickoffHeld' } }),
    'In the segments "standard" and "enterprise": "hold-kickoff" and "map-stakeholders" both mark "kickoffHeld".',
  ],
  'a flow step that is not defined': [
    withFlow([...sound.flow, 'celebrate']),
    'The flow names "celebrate", which is not defined.',
  ],
  'a flow step that comes twice': [
    withFlow([...sound.flow, 'confirm-handoff']),
    'The flow comes to "confirm-handoff" twice.',
  ],
  'a step that nothing comes to': [
    withFlow(sound.flow.filter((item) => item !== 'assign-customer-success-manager')),
    '"assign-customer-success-manager" is neither in the flow nor optional.',
  ],
  'a part of the flow with an empty row': [
    small({ call }, { flow: [{ name: 'Both', beside: [['call'], []] }] }),
    'The part "Both" of the flow has a row without a step, or none at all.',
  ],
  'a part of the flow with no row': [
    small({ call }, { flow: [{ name: 'First', beside: [['call', { name: 'Both', beside: [] }]] }] }),
    'The part "Both" of the flow has a row without a step, or none at all.',
  ],
  'a step that tells nothing': [
    {
      ...sound,
      steps: { ...sound.steps, 'remind-of-renewal': { ...ruleOf('remind-of-renewal'), tells: [] } as StepRule },
    },
    '"remind-of-renewal" tells nothing.',
  ],
  'an optional step in the flow': [
    withFlow([...sound.flow, 'share-remarks']),
    '"share-remarks" is optional, and yet in the flow.',
  ],
  'a step id that is no id': [
    { ...sound, flow: [...sound.flow, 'Dance!'], steps: { ...sound.steps, 'Dance!': { ...call, ladder: 'standard' } } },
    '"Dance!" is no step id: say lower-case words joined by hyphens, each beginning with a letter.',
  ],
  'the same thing said twice': [
    withSteps({ 'schedule-kickoff': { announce: { say: 'feedback', state: 'Send feedback early' } } }),
    '"feedback" is said by two steps, but goes out only once.',
  ],
  'a duration that does not parse': [
    { ...sound, abandonAfter: '1.5 days' },
    '"abandonAfter": "1.5 days" is not a due rule: whole days.',
  ],
  'a negative duration': [
    withSteps({ 'confirm-handoff': { due: { after: 'closedWon', within: '-2 days' } } }),
    '"confirm-handoff" comes "-2 days" after "closedWon": only the renewal date is known beforehand.',
  ],
  'a return to a step that comes later': [
    withSteps({
      'review-brief': { returns: { choice: 'return', to: 'confirm-handoff', within: '24 hours' } },
    }),
    '"review-brief" goes back to "confirm-handoff", which does not come before it in its row.',
  ],
  'a return to a step that is no form of the package': [
    withSteps({
      'review-brief': { returns: { choice: 'return', to: 'schedule-internal-meeting', within: '24 hours' } },
    }),
    '"review-brief" goes back to "schedule-internal-meeting", which is not the step that completes the package.',
  ],
  'opening with no announcement before it': [
    withSteps(
      { 'map-stakeholders': { opens: { after: 'kickoffHeld', within: '1 day' } } },
      withFlow([
        'assign-customer-success-manager',
        'map-stakeholders',
        ...flowSteps(sound.flow).filter((id) => id !== 'map-stakeholders' && id !== 'assign-customer-success-manager'),
      ]),
    ),
    '"map-stakeholders" opens after "kickoffHeld", but no announcement comes before it.',
  ],
  'opening after an announcement that is left out': [
    withSegment({
      without: ['confirm-handoff', 'close-availability', 'rate-handoff', 'give-feedback', 'share-remarks'],
    }),
    'In the segment "enterprise": "record-first-value" opens after the announcement of "confirm-handoff", which is left out.',
  ],
  'opening at a moment the announcement cannot know': [
    withSteps({ 'map-stakeholders': { opens: { after: 'introductionSent', within: '1 day' } } }),
    '"map-stakeholders" opens by the announcement of "hold-internal-meeting" after "introductionSent", but "introduce-customer", which marks it, runs beside it.',
  ],
  'the scheduler counting from something else': [
    {
      ...sound,
      steps: {
        ...sound.steps,
        'remind-of-renewal': {
          ...ruleOf('remind-of-renewal'),
          tells: [{ say: 'renewal-reminder', state: 'Remind', opens: { after: 'kickoffHeld', within: '300 days' } }],
        } as StepRule,
      },
    },
    '"remind-of-renewal" is left to the scheduler, which counts from "renewalDate" and not from "kickoffHeld".',
  ],
  'a mail of the scheduler beside other steps': [
    small(
      { call, 'remind-of-renewal': ruleOf('remind-of-renewal') },
      { flow: [{ name: 'Call beside the reminder', beside: [['call'], ['remind-of-renewal']] }] },
    ),
    '"remind-of-renewal" is left to the scheduler, and yet stands beside other steps.',
  ],
  'links that work too long': [{ ...sound, linkDays: 31 }, 'Links work for 31 days: say 1 to 30.'],
  'links that never work': [{ ...sound, linkDays: 0 }, 'Links work for 0 days: say 1 to 30.'],
  'abandoning after Step Functions has given up': [
    { ...sound, abandonAfter: '366 days' },
    'Handoffs are abandoned after "366 days": at most a year, because Step Functions ends them then.',
  ],
  'opening after an announcement that is not always made': [
    withSteps(
      {
        'assign-customer-success-manager': { announce: { say: 'feedback', state: 'Tell who was named' } },
        'introduce-by-phone': { opens: { after: 'closedWon', within: '1 day' } },
      },
      withoutMember('give-feedback', 'announce'),
    ),
    'In the segment "enterprise": "introduce-by-phone" opens after the announcement of "assign-customer-success-manager", which is not always made.',
  ],
  'opening after it opened': [
    withSteps({ 'rate-handoff': { opens: { after: 'opened', within: '1 day' } } }),
    '"rate-handoff" opens by the announcement of "confirm-handoff" after "opened", but nothing opens by itself.',
  ],
  'a return to a step that is left out': [
    withSegment({
      without: ['complete-package'],
      steps: { 'review-brief': { due: { after: 'closedWon', within: '24 hours' } } },
    }),
    'In the segment "enterprise": "review-brief" goes back to "complete-package", which is left out.',
  ],
  'abandoning at once': [
    { ...sound, abandonAfter: '0 days' },
    'Handoffs are abandoned after "0 days": at most a year, because Step Functions ends them then.',
  ],
  'segments that a deal cannot tell apart': [
    { ...sound, segments: { ...sound.segments, selfserve: {} } },
    'The segment "selfserve" is read as "self-serve": case, spaces and hyphens do not count.',
  ],
  'industries that a deal cannot tell apart': [
    { ...sound, industries: { ...sound.industries, 'Health Care': {} } },
    'The industry "Health Care" is read as "healthcare": case, spaces and hyphens do not count.',
  ],
  'two steps that go back to the same step': [
    {
      ...sound,
      flow: flowSteps(sound.flow).flatMap((id) => (id === 'review-brief' ? [id, 'review-again'] : [id])),
      steps: {
        ...sound.steps,
        'review-again': {
          ...call,
          ladder: 'standard',
          choices: [
            { id: 'fine', label: 'Fine', evidence: [] },
            {
              id: 'return',
              label: 'Return',
              evidence: [{ name: 'gaps', label: 'What is missing', kind: 'longText', required: true }],
            },
          ],
          returns: { choice: 'return', to: 'complete-package', within: '24 hours' },
        },
      },
    },
    'Two steps go back to "complete-package", which counts the rounds of one only.',
  ],
  'falling back to a segment that there is not': [
    { ...sound, fallbackSegment: 'platinum' },
    'A deal of an unknown segment falls back to "platinum", which is no segment of this playbook.',
  ],
};

describe('the laws of a playbook', () => {
  it('find nothing wrong with a sound playbook', () => {
    expect(playbookProblems(sound)).toEqual([]);
  });

  it('tell an industry from a segment of the same name', () => {
    expect(playbookProblems({ ...sound, industries: { ...sound.industries, enterprise: {} } })).toEqual([]);
  });

  it('list every problem together', () => {
    const changed = withSteps({ 'hold-kickoff': { ladder: 'rope' } }, { ...sound, linkDays: 99 });
    expect(playbookProblems(changed)).toHaveLength(2);
  });

  it.each(Object.entries(broken))('refuse %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });
});
