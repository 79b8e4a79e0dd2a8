import { describe, expect, it } from 'vitest';
import type { Announcement } from '../../../functions/domain/playbook/announcements.ts';
import type { AskStep, ChoiceRule, StepField, TellStep } from '../../../functions/domain/playbook/playbook.ts';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import { type Broken, call, small } from './changed-playbook.ts';

const meetingAt: StepField = { name: 'meetingAt', label: 'When', kind: 'futureDateTime', required: true };
const minutes: StepField = { name: 'minutes', label: 'Minutes', kind: 'minutes', required: true };
const heldAt: StepField = { name: 'heldAt', label: 'Held at', kind: 'pastDateTime', required: true };
const notes: StepField = { name: 'notes', label: 'Notes', kind: 'longText', required: true };
const recipients: StepField = { name: 'recipients', label: 'To', kind: 'emails', required: true };
const gaps: StepField = { name: 'gaps', label: 'Gaps', kind: 'longText', required: true };

/** The step with one choice that asks for these fields. */
const asking = (evidence: readonly StepField[], rule: Partial<AskStep> = {}): AskStep => ({
  ...call,
  choices: [{ id: 'called', label: 'Called', evidence }],
  ...rule,
});

/** Another step, so that no state comes twice. */
const other = (rule: AskStep): AskStep => ({ ...rule, title: 'Write', ask: 'write', waitFor: 'letter' });

const plan = asking([meetingAt, minutes], { plans: 'internal-meeting' });
const hold = other(asking([heldAt], { holds: 'internal-meeting' }));
const say = (kind: NonNullable<AskStep['announce']>['say']) => ({ announce: { say: kind, state: 'Tell it' } });

const handOver: ChoiceRule = { id: 'complete', label: 'Hand over', does: 'complete-package', evidence: [] };
const owes: readonly StepField[] = [
  { name: 'owner', label: 'Who', kind: 'emails', required: true, max: 1 },
  { name: 'dueDate', label: 'By when', kind: 'date', required: true },
  { name: 'reason', label: 'Why', kind: 'longText', required: true },
];
const grant = (evidence: readonly StepField[] = owes): ChoiceRule => ({
  id: 'grant',
  label: 'Grant',
  does: 'grant-exception',
  by: ['reviewer'],
  evidence,
});
const fill: AskStep = { ...call, fills: 'package', reviewedBy: ['revenueOperations'], choices: [handOver, grant()] };
const grantWithout = (name: string) =>
  small({ fill: { ...fill, choices: [handOver, grant(owes.filter((field) => field.name !== name))] } });

const tell = (kind: Announcement): TellStep => ({
  kind: 'tell',
  title: 'Letters',
  tell: 'send letters',
  tells: [{ say: kind, state: 'Send a letter', opens: { after: 'closedWon', within: '2 days' } }],
  sources: [],
});
const confirm = other({ ...call, ...say('handoff-confirmation') });

const broken: Broken = {
  'a wording that speaks of no rule': [
    small({ call: { ...call, why: 'Below {target}, we talk.' } }),
    '"call" speaks of {target}, which none of its rules gives.',
  ],

  // Meetings
  'a meeting that is not defined': [
    small({ call: { ...call, holds: 'party' } }),
    '"call" has the meeting "party", which is not defined.',
  ],
  'a step that plans and holds': [
    small({ plan: { ...plan, holds: 'internal-meeting' } }),
    '"plan" both plans and holds a meeting.',
  ],
  'planning a meeting without its time': [
    small({ plan: asking([minutes], { plans: 'internal-meeting' }) }),
    '"plan" plans a meeting, but asks for no "meetingAt" (of kind futureDateTime).',
  ],
  'planning a meeting without its length': [
    small({ plan: asking([meetingAt], { plans: 'internal-meeting' }) }),
    '"plan" plans a meeting, but asks for no "minutes" (of kind minutes).',
  ],
  'planning a meeting by a field of another kind': [
    small({ plan: asking([meetingAt, { ...minutes, kind: 'text' }], { plans: 'internal-meeting' }) }),
    '"plan" plans a meeting, but asks for no "minutes" (of kind minutes).',
  ],
  'planning a meeting at a place that is no text': [
    small({
      plan: asking([meetingAt, minutes, { name: 'place', label: 'Where', kind: 'link', required: false }], {
        plans: 'internal-meeting',
      }),
    }),
    '"plan" plans a meeting, but "place" is of kind link and not text.',
  ],
  'bringing a moment about without a time that has passed': [
    small({ call: asking([{ ...heldAt, kind: 'date' }], { marks: 'kickoffHeld' }) }),
    '"call" marks "kickoffHeld", but "heldAt" is of kind date and not pastDateTime.',
  ],
  'two steps that plan a meeting': [
    small({ plan, write: other(plan) }),
    '"plan" and "write" both plan the meeting "internal-meeting".',
  ],
  'holding a meeting that no step plans': [
    small({ hold }),
    '"hold" holds the meeting "internal-meeting", which no step plans.',
  ],
  'holding a meeting before it is planned': [
    small({ hold, plan }),
    '"hold" holds the meeting "internal-meeting", but "plan", which plans it, does not come before it.',
  ],
  'holding a meeting without saying when': [
    small({ plan, hold: other(asking([], { holds: 'internal-meeting' })) }),
    '"hold" holds a meeting, but asks for no "heldAt" (of kind pastDateTime).',
  ],

  // The package
  'two steps that fill the package': [small({ fill, write: other(fill) }), '"fill" and "write" both fill the package.'],
  'a package that nobody hands over': [
    small({ fill: { ...call, fills: 'package' } }),
    '"fill" fills the package, but no choice hands it over ("does": "complete-package").',
  ],
  'handing over a package where none is filled': [
    small({ call: { ...call, choices: [handOver] } }),
    '"call", choice "complete", does "complete-package", but the step fills no package.',
  ],
  'an exception that nobody reviews': [
    small({ fill: { ...call, fills: 'package', choices: [handOver, grant()] } }),
    '"fill" can grant an exception, but nobody reviews it.',
  ],
  'an exception that an empty list of people reviews': [
    small({ fill: { ...fill, reviewedBy: [] } }),
    '"fill" can grant an exception, but nobody reviews it.',
  ],
  'reviewers without an exception': [
    small({ call: { ...call, reviewedBy: ['revenueOperations'] } }),
    '"call" has reviewers, but no choice grants an exception.',
  ],
  'an exception that nobody owes': [
    grantWithout('owner'),
    '"fill", choice "grant", grants an exception, but asks for no "owner" (of kind emails).',
  ],
  'an exception without a day': [
    grantWithout('dueDate'),
    '"fill", choice "grant", grants an exception, but asks for no "dueDate" (of kind date).',
  ],
  'an exception without a reason': [
    grantWithout('reason'),
    '"fill", choice "grant", grants an exception, but asks for no "reason" (of kind longText).',
  ],
  'going back without gaps': [
    small({
      fill,
      call: {
        ...other(call),
        choices: [
          { id: 'back', label: 'Back', evidence: [] },
          { id: 'on', label: 'On', evidence: [gaps] },
        ],
        returns: { choice: 'back', to: 'fill', within: '24 hours' },
      },
    }),
    '"call" goes back to another step, but asks for no "gaps" (of kind longText).',
  ],

  // Roles
  'naming who holds a role without asking for anybody': [
    small({ call: { ...call, names: 'customerSuccessManager' } }),
    '"call" names who holds a role, but asks for no person.',
  ],
  'naming who holds a role, or nobody': [
    small({
      call: asking([{ name: 'who', label: 'Who', kind: 'person', from: { role: 'salesManager' }, required: false }], {
        names: 'salesManager',
      }),
    }),
    '"call" names who holds a role, but asks for no person.',
  ],
  'naming who holds a role by somebody who holds another': [
    small({
      call: asking([{ name: 'who', label: 'Who', kind: 'person', from: { role: 'salesManager' }, required: true }], {
        names: 'customerSuccessManager',
      }),
    }),
    '"call" names who holds the role "customerSuccessManager", but its person is not chosen from those who hold it.',
  ],

  // Steps that other steps speak of
  'offering what there is not': [
    small({ call: { ...call, announce: { say: 'feedback', state: 'Tell it', offers: 'celebrate' } } }),
    '"call" offers "celebrate", which is not defined.',
  ],
  'offering what somebody is asked to do anyway': [
    small({ call: { ...call, announce: { say: 'feedback', state: 'Tell it', offers: 'write' } }, write: other(call) }),
    '"call" offers "write", which is not optional: somebody is asked to do it anyway.',
  ],
  'an optional step that nobody is offered': [
    small({ call, write: { ...other(call), optional: true } }),
    '"write" is optional, but no mail offers it.',
  ],
  'approving what there is not': [
    small({ call: { ...call, approves: 'celebrate' } }),
    '"call" approves the mails of "celebrate", which is not defined.',
  ],
  'approving a step that sends nothing': [
    small({ call: { ...call, approves: 'write' }, write: other(call) }),
    '"call" approves the mails of "write", which sends none.',
  ],

  // Mails
  'inviting to a meeting that is not planned': [
    small({ call: { ...call, ...say('internal-meeting-invitation') } }),
    '"call" says "internal-meeting-invitation", but plans no meeting.',
  ],
  'inviting colleagues only to a meeting with the customer': [
    small({ plan: { ...plan, plans: 'kickoff', ...say('internal-meeting-invitation') } }),
    '"plan" says "internal-meeting-invitation", which is for a meeting of colleagues only.',
  ],
  'inviting the customer to a meeting of colleagues': [
    small({
      plan: asking([meetingAt, minutes, recipients], { plans: 'internal-meeting', ...say('kickoff-invitation') }),
    }),
    '"plan" says "kickoff-invitation", which is for a meeting with the customer.',
  ],
  'inviting nobody': [
    small({ plan: asking([meetingAt, minutes], { plans: 'kickoff', ...say('kickoff-invitation') }) }),
    '"plan" says "kickoff-invitation", but asks for no "recipients" (of kind emails).',
  ],
  'notes of a meeting that is not held': [
    small({ call: asking([notes], say('internal-meeting-notes')) }),
    '"call" says "internal-meeting-notes", but holds no meeting.',
  ],
  'notes that nobody wrote': [
    small({ plan, hold: { ...hold, ...say('internal-meeting-notes') } }),
    '"hold" says "internal-meeting-notes", but asks for no "notes" (of kind longText).',
  ],
  'notes with questions of another kind': [
    small({
      plan,
      hold: other(
        asking([heldAt, notes, { name: 'openQuestions', label: 'Questions', kind: 'text', required: false }], {
          holds: 'internal-meeting',
          ...say('internal-meeting-notes'),
        }),
      ),
    }),
    '"hold" says "internal-meeting-notes", but "openQuestions" is of kind text and not longText.',
  ],
  'an introduction that nobody wrote': [
    small({ call: asking([recipients], say('customer-introduction')) }),
    '"call" says "customer-introduction", but asks for no "text" (of kind longText).',
  ],
  'an alert about a score that nobody gives': [
    small({ call: { ...call, ...say('low-score') } }),
    '"call" says "low-score", but scores nothing by it.',
  ],
  'announcing what is told after an approval': [
    small({ call: { ...call, ...say('onboarding-faq') } }),
    '"call" says "onboarding-faq", which is for a step that tells, after somebody approved it.',
  ],
  'telling of a decision': [
    small({ confirm, letters: tell('feedback') }),
    '"letters" says "feedback", which tells of a decision: let the step announce it.',
  ],
  'mails to the customer that nobody approves': [
    small({ confirm, letters: tell('onboarding-faq') }),
    '"letters" says "onboarding-faq" to the customer, but no step approves its mails.',
  ],
  'mails to the customer before they are approved': [
    small({ confirm, letters: tell('onboarding-faq'), call: asking([recipients], { approves: 'letters' }) }),
    '"letters" says "onboarding-faq" before "call" has approved it.',
  ],
  'mails to the customer that are approved for nobody': [
    small({ call: { ...call, approves: 'letters' }, confirm, letters: tell('onboarding-faq') }),
    '"call" approves mails, but asks for no "recipients" (of kind emails).',
  ],
};

describe('the laws of what steps can do', () => {
  it.each([
    ['a step', small({ call })],
    ['a meeting', small({ plan, hold })],
    [
      'a package and its return',
      small({ fill, call: other(asking([gaps], { returns: { choice: 'called', to: 'fill', within: '24 hours' } })) }),
    ],
    [
      'mails that are approved',
      small({ call: asking([recipients], { approves: 'letters' }), confirm, letters: tell('onboarding-faq') }),
    ],
  ])('find nothing wrong with %s', (_, playbook) => {
    expect(playbookProblems(playbook)).toEqual([]);
  });

  it.each(Object.entries(broken))('refuse %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });
});
