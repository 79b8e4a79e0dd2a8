import { describe, expect, it } from 'vitest';
import { type AskStep, flowSteps, type Playbook, type StepRule } from '../../../functions/domain/playbook/playbook.ts';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import { type Broken, ruleOf, sound, withFlow, withoutMember, withSegment, withSteps } from './changed-playbook.ts';

/** The flow with a step right behind rows of that name. */
const movedBehind = (flow: Playbook['flow'], name: string, step: string): Playbook['flow'] =>
  flow.flatMap((item): Playbook['flow'] => {
    if (typeof item === 'string') return item === step ? [] : [item];
    const rows = item.beside.map((row) => movedBehind(row, name, step)).filter((row) => row.length > 0);
    return [{ ...item, beside: rows }, ...(item.name === name ? [step] : [])];
  });

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
  'opening at a moment that comes after the announcement before it, in a row beside others': [
    withSteps(
      { 'rate-handoff': { opens: { after: 'introductionSent', within: '1 day' } } },
      withFlow(movedBehind(sound.flow, 'Introduce and kick off beside planning', 'rate-handoff')),
    ),
    '"rate-handoff" opens after "introductionSent", but the announcement before it, of "hold-internal-meeting", goes out before "introduce-customer" marks that: put "rate-handoff" behind "introduce-customer" in its row, or let a step between the two announce something.',
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
  'the scheduler reminding of what is over': [
    {
      ...sound,
      steps: {
        ...sound.steps,
        'remind-of-renewal': {
          ...ruleOf('remind-of-renewal'),
          tells: [{ say: 'renewal-reminder', state: 'Remind', opens: { after: 'renewalDate', within: '90 days' } }],
        } as StepRule,
      },
    },
    '"remind-of-renewal" reminds "90 days" after "renewalDate", when it is over: say a time before it, such as "-90 days".',
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
};

describe('the laws of the order of steps', () => {
  it.each(Object.entries(broken))('refuse %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });
});
