import { describe, expect, it } from 'vitest';
import {
  type AskStep,
  flowSteps,
  type LadderRule,
  type Overlay,
  type Playbook,
  type StepRule,
} from '../../../functions/domain/playbook/playbook.ts';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import { full } from '../../support/playbooks/full.ts';

const sound: Playbook = full;

const ruleOf = (id: string): StepRule => {
  const rule = sound.steps[id];
  if (!rule) throw new Error(`There is no step "${id}".`);
  return rule;
};

/** The playbook with members of some steps replaced. */
const withSteps = (changes: Readonly<Record<string, Partial<AskStep>>>, base = sound): Playbook => ({
  ...base,
  steps: {
    ...base.steps,
    ...Object.fromEntries(
      Object.entries(changes).map(([id, change]) => [id, { ...ruleOf(id), ...change } as StepRule]),
    ),
  },
});

const withChoices = (id: string, choices: AskStep['choices']) => withSteps({ [id]: { choices } });

const withLadder = (ladder: Partial<LadderRule>): Playbook => ({
  ...sound,
  ladders: { ...sound.ladders, standard: { rungs: [], afterwards: { nagEvery: '7 days' }, ...ladder } },
});

const withSegment = (rules: Overlay): Playbook => ({
  ...sound,
  segments: { ...sound.segments, enterprise: { with: ['introduce-by-phone'], ...rules } },
});

const withFlow = (flow: Playbook['flow']): Playbook => ({ ...sound, flow });

const owner = ['owner'] as const;

/** Each playbook breaks one law; the sentence names what is wrong, with nothing else beside it. */
const broken: Readonly<Record<string, readonly [Playbook, string]>> = {
  'due after an anchor whose step is left out': [
    withSegment({
      without: ['hold-kickoff'],
      steps: {
        'give-feedback': { opens: { after: 'introductionSent', within: '14 days' } },
        'record-first-value': {
          opens: { after: 'introductionSent', within: '30 days' },
          due: { after: 'kickoffHeld', within: '60 days' },
        },
      },
    }),
    'In the segment "enterprise": "record-first-value" is due after "kickoffHeld", but "hold-kickoff", which marks it, is left out.',
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
  'a rung after an anchor that comes later': [
    {
      ...sound,
      ladders: {
        ...sound.ladders,
        package: {
          ...(sound.ladders['package'] as LadderRule),
          rungs: [{ kind: 'remind', when: { after: 'internalMeetingHeld', within: '24 hours' }, tell: owner }],
        },
      },
    },
    '"complete-package" has a rung on its ladder after "internalMeetingHeld", but "hold-internal-meeting", which marks it, comes later.',
  ],
  'two steps that mark the same anchor': [
    withSteps({ 'map-stakeholders': { marks: 'kickoffHeld' } }),
    'In the segments "standard" and "enterprise": "hold-kickoff" and "map-stakeholders" both mark "kickoffHeld".',
  ],
  'a step that marks what is given': [
    withSteps({ 'map-stakeholders': { marks: 'renewalDate' } }),
    '"map-stakeholders" marks "renewalDate", which no step brings about.',
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
  'an optional step in the flow': [
    withFlow([...sound.flow, 'share-remarks']),
    '"share-remarks" is optional, and yet in the flow.',
  ],
  'a step id that is no id': [
    { ...sound, flow: [...sound.flow, 'Dance!'], steps: { ...sound.steps, 'Dance!': ruleOf('map-stakeholders') } },
    '"Dance!" is no step id: say lower-case words joined by hyphens, each beginning with a letter.',
  ],
  'the same thing said twice': [
    withSteps({ 'schedule-kickoff': { announce: { say: 'feedback', state: 'Send feedback early' } } }),
    '"feedback" is said by two steps, but goes out only once.',
  ],
  'an unknown ladder': [
    withSteps({ 'hold-kickoff': { ladder: 'rope' } }),
    'In the segments "standard" and "enterprise": "hold-kickoff" has the ladder "rope", which is not defined.',
  ],
  'rungs in the wrong order': [
    withLadder({
      rungs: [
        { kind: 'escalate', when: { afterDue: '2 business days' }, tell: owner },
        { kind: 'breach', when: { afterDue: '0 hours' }, tell: owner },
      ],
    }),
    'The ladder "standard": rung 2 (0 hours after the due time) comes before rung 1 (2 business days after the due time).',
  ],
  'a warning after the breach': [
    withLadder({
      rungs: [
        { kind: 'breach', when: { afterDue: '0 hours' }, tell: owner },
        { kind: 'warn', when: { beforeDue: '4 hours' }, tell: owner },
      ],
    }),
    'The ladder "standard": rung 2 (4 hours before the due time) comes before rung 1 (0 hours after the due time).',
  ],
  'warnings in the wrong order': [
    withLadder({
      rungs: [
        { kind: 'warn', when: { beforeDue: '2 hours' }, tell: owner },
        { kind: 'warn', when: { beforeDue: '4 hours' }, tell: owner },
      ],
    }),
    'The ladder "standard": rung 2 (4 hours before the due time) comes before rung 1 (2 hours before the due time).',
  ],
  'a warning that a ladder cannot count': [
    withLadder({ rungs: [{ kind: 'warn', when: { beforeDue: '1 business day' }, tell: owner }] }),
    'The ladder "standard", rung 1 (warn) comes "1 business day" before the due time: say hours of working time, such as "4 hours".',
  ],
  'a rung after the due time that a ladder cannot count': [
    withLadder({ rungs: [{ kind: 'escalate', when: { afterDue: '4 hours' }, tell: owner }] }),
    'The ladder "standard", rung 1 (escalate) comes "4 hours" after the due time: say "0 hours" or business days, such as "1 business day".',
  ],
  'a rung that tells nobody': [
    withLadder({ rungs: [{ kind: 'breach', when: { afterDue: '0 hours' }, tell: [] }] }),
    'The ladder "standard", rung 1 (breach) tells nobody.',
  ],
  'a rung that counts from the ask': [
    withLadder({ rungs: [{ kind: 'remind', when: { after: 'opened', within: '24 hours' }, tell: owner }] }),
    'The ladder "standard", rung 1 (remind) counts from "opened", which is no moment of the handoff: count from the due time.',
  ],
  'nagging without a pause': [
    withLadder({ afterwards: { nagEvery: '0 days' } }),
    'The ladder "standard" nags every "0 days": say whole days, such as "7 days".',
  ],
  'an end before the last rung': [
    withLadder({
      rungs: [{ kind: 'escalate', when: { afterDue: '3 business days' }, tell: owner }],
      afterwards: { unansweredAfterDue: '3 business days' },
    }),
    'The ladder "standard" ends "3 business days" after the due time, before its rung at "3 business days" is reached.',
  ],
  'a warning that leaves no room': [
    withSteps({ 'hold-kickoff': { due: { after: 'closedWon', within: '4 hours' } } }),
    'In the segments "standard" and "enterprise": "hold-kickoff" is due within "4 hours", but its ladder says "warn" already 4 hours before that.',
  ],
  'a duration that does not parse': [
    { ...sound, abandonAfter: '1.5 days' },
    'abandonAfter: "1.5 days" is not a due rule: whole days.',
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
  'a return after a choice that is not offered': [
    withSteps({ 'review-brief': { returns: { choice: 'reject', to: 'complete-package', within: '24 hours' } } }),
    '"review-brief" goes back after "reject", which is none of its choices.',
  ],
  'a return that gives no time': [
    withSteps({ 'review-brief': { returns: { choice: 'return', to: 'complete-package', within: '0 hours' } } }),
    '"review-brief" goes back for "0 hours".',
  ],
  'a choice that comes twice': [
    withChoices('hold-kickoff', [
      { id: 'held', label: 'Held', evidence: [] },
      { id: 'held', label: 'Held again', evidence: [] },
    ]),
    '"hold-kickoff" has the choice "held" twice.',
  ],
  'a choice with a reserved id': [
    withChoices('hold-kickoff', [{ id: 'skip', label: 'Skip', evidence: [] }]),
    '"hold-kickoff", choice "skip": this id is reserved.',
  ],
  'a choice that the system makes': [
    withChoices('hold-kickoff', [{ id: 'unanswered', label: 'Nothing', evidence: [] }]),
    '"hold-kickoff", choice "unanswered": this id is reserved.',
  ],
  'a choice that cannot be written into an expression': [
    withChoices('hold-kickoff', [{ id: "it's held", label: 'Held', evidence: [] }]),
    `"hold-kickoff", choice "it's held": say lower-case words joined by hyphens.`,
  ],
  'no choice for the owner': [
    withChoices('hold-kickoff', [{ id: 'held', label: 'Held', evidence: [], by: ['manager'] }]),
    '"hold-kickoff" offers its owner no choice.',
  ],
  'evidence that is asked for twice': [
    withChoices('hold-kickoff', [
      {
        id: 'held',
        label: 'Held',
        evidence: [
          { name: 'notes', label: 'Notes', kind: 'text', required: true },
          { name: 'notes', label: 'More notes', kind: 'text', required: true },
        ],
      },
    ]),
    '"hold-kickoff", choice "held" asks for "notes" twice.',
  ],
  'evidence under a name of the form': [
    withChoices('hold-kickoff', [
      { id: 'held', label: 'Held', evidence: [{ name: 'round', label: 'Round', kind: 'text', required: true }] },
    ]),
    '"hold-kickoff", choice "held", field "round": this name is reserved.',
  ],
  'evidence that cannot be written into an expression': [
    withChoices('hold-kickoff', [
      { id: 'held', label: 'Held', evidence: [{ name: 'out come', label: 'Outcome', kind: 'text', required: true }] },
    ]),
    '"hold-kickoff", choice "held", field "out come": say one word in camel case.',
  ],
  'a checklist without a box': [
    withChoices('hold-kickoff', [
      { id: 'held', label: 'Held', evidence: [{ name: 'list', label: 'List', kind: 'checklist', required: true }] },
    ]),
    '"hold-kickoff", choice "held", field "list" is a checklist without a box.',
  ],
  'bounds the wrong way round': [
    withChoices('hold-kickoff', [
      {
        id: 'held',
        label: 'Held',
        evidence: [{ name: 'minutes', label: 'Minutes', kind: 'minutes', required: true, min: 60, max: 30 }],
      },
    ]),
    '"hold-kickoff", choice "held", field "minutes" lies between 60 and 30.',
  ],
  'a repeat after a choice that is not offered': [
    withSteps({ 'record-first-value': { repeat: { choice: 'later', every: '15 days', times: 3 } } }),
    '"record-first-value" repeats after "later", which is none of its choices.',
  ],
  'a repeat without a number': [
    withSteps({ 'record-first-value': { repeat: { choice: 'not-yet', every: '15 days', times: 0 } } }),
    '"record-first-value" repeats 0 times.',
  ],
  'a repeat without a pause': [
    withSteps({ 'record-first-value': { repeat: { choice: 'not-yet', every: '0 days', times: 3 } } }),
    '"record-first-value" repeats every "0 days".',
  ],
  'a repeat that does not open': [
    withSteps({ 'align-success-plan': { repeat: { choice: 'aligned', every: '1 day', times: 2 } } }),
    '"align-success-plan" repeats, but says not when it opens.',
  ],
  'a target for a field that is no score': [
    withSteps({ 'rate-handoff': { scores: { field: 'why', atLeast: 8, say: 'low-score', state: 'Alert' } } }),
    '"rate-handoff" scores by "why", which is no score it asks for.',
  ],
  'due after it opened, without opening': [
    withSteps({ 'hold-kickoff': { due: { after: 'opened', within: '24 hours' } } }),
    '"hold-kickoff" is due after "opened", but says not when it opens.',
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
  'links that work too long': [{ ...sound, linkDays: 31 }, 'Links work for 31 days: say 1 to 30.'],
  'links that never work': [{ ...sound, linkDays: 0 }, 'Links work for 0 days: say 1 to 30.'],
  'abandoning after Step Functions has given up': [
    { ...sound, abandonAfter: '366 days' },
    'Handoffs are abandoned after "366 days": at most a year, because Step Functions ends them then.',
  ],
  'a segment that leaves out what there is not': [
    withSegment({ without: ['celebrate'] }),
    'In the segment "enterprise": it leaves out "celebrate", which is not defined.',
  ],
  'a segment that changes what it leaves out': [
    withSegment({
      without: ['rate-handoff'],
      steps: { 'rate-handoff': { due: { after: 'opened', within: '2 days' } } },
    }),
    'In the segment "enterprise": it changes "rate-handoff", which it does not have.',
  ],
  'a segment that lets a step open': [
    withSegment({ steps: { 'hold-kickoff': { opens: { after: 'closedWon', within: '2 days' } } } }),
    'In the segment "enterprise": it lets "hold-kickoff" open later, which the state machine does not wait for.',
  ],
  'a segment that tells more': [
    withSegment({
      steps: {
        'close-availability': { tells: { feedback: { after: 'closedWon', within: '60 days' } } },
      },
    }),
    'In the segment "enterprise": "close-availability" never tells "feedback".',
  ],
  'a segment that asks for an unknown field': [
    withSegment({ fields: { 'contract.colour': { required: true } } }),
    'In the segment "enterprise": "contract.colour" is no field of the package.',
  ],
};

describe('the laws of a playbook', () => {
  it('finds nothing wrong with a sound playbook', () => {
    expect(playbookProblems(sound)).toEqual([]);
  });

  it.each(Object.entries(broken))('refuses %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toContain(problem);
  });

  it('lists every problem together', () => {
    const changed = withSteps({ 'hold-kickoff': { ladder: 'rope' } }, { ...sound, linkDays: 99 });
    expect(playbookProblems(changed)).toHaveLength(2);
  });
});
