import { describe, expect, it } from 'vitest';
import type { AskStep, ChoiceRule, LadderRule, StepField } from '../../../functions/domain/playbook/playbook.ts';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import { asking, type Broken, call, other, small } from './changed-playbook.ts';

const meetingAt: StepField = { name: 'meetingAt', label: 'When', kind: 'futureDateTime', required: true };
const minutes: StepField = { name: 'minutes', label: 'Minutes', kind: 'minutes', required: true };
const heldAt: StepField = { name: 'heldAt', label: 'Held at', kind: 'pastDateTime', required: true };
const gaps: StepField = { name: 'gaps', label: 'Gaps', kind: 'gaps', required: true };

const plan = asking([meetingAt, minutes], { plans: 'internal-meeting' });
const hold = other(asking([heldAt], { holds: 'internal-meeting' }));

const plain: LadderRule = { rungs: [], afterwards: { nagEvery: '7 days' } };

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
const back = (evidence: readonly StepField[]): AskStep =>
  other({
    ...call,
    choices: [
      { id: 'back', label: 'Back', evidence },
      { id: 'on', label: 'On', evidence: [gaps] },
    ],
    returns: { choice: 'back', to: 'fill', within: '24 hours' },
  });
const grantWithout = (name: string) =>
  small({ fill: { ...fill, choices: [handOver, grant(owes.filter((field) => field.name !== name))] } });

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
  'a meeting that can be called off, planned in another row': [
    small(
      {
        plan,
        beside: { ...call, ask: 'look', waitFor: 'look', title: 'Look' },
        hold: { ...hold, ifCalledOff: { within: '24 hours' } },
      },
      { flow: [{ name: 'Both', beside: [['plan'], ['beside']] }, 'hold'] },
    ),
    '"hold" may be called off, but "plan", which plans its meeting, does not come before it in its row.',
  ],
  'planning a meeting without its time': [
    small({ plan: asking([minutes], { plans: 'internal-meeting' }) }),
    '"plan" plans a meeting, but asks for no "meetingAt" (of kind futureDateTime).',
  ],
  'planning a meeting whose time may be left empty': [
    small({ plan: asking([{ ...meetingAt, required: false }, minutes], { plans: 'internal-meeting' }) }),
    '"plan" plans a meeting, but "meetingAt" may be left empty.',
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
  'a review without reviewers': [
    small({ call: { ...call, review: { within: '24 hours', ladder: 'plain' } } }),
    '"call" says how a review goes, but has no reviewers.',
  ],
  'a review in no time': [
    small({ fill: { ...fill, review: { within: '0 hours', ladder: 'plain' } } }),
    '"fill" gives its reviewer "0 hours".',
  ],
  'a review by a ladder that is not defined': [
    small({ fill: { ...fill, review: { within: '24 hours', ladder: 'rope' } } }),
    '"fill" has the ladder "rope" for its reviewer, which is not defined.',
  ],
  'a review that ends unanswered': [
    small(
      { fill: { ...fill, review: { within: '24 hours', ladder: 'short' } } },
      { ladders: { plain, short: { ...plain, afterwards: { unansweredAfterDue: '0 hours' } } } },
    ),
    '"fill" has the ladder "short" for its reviewer, which ends unanswered: an exception is granted or declined.',
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
  'an exception whose day may be left empty': [
    small({
      fill: {
        ...fill,
        choices: [handOver, grant(owes.map((field) => ({ ...field, required: field.name !== 'dueDate' })))],
      },
    }),
    '"fill", choice "grant", grants an exception, but "dueDate" may be left empty.',
  ],
  'going back without gaps': [
    small({ fill, call: back([]) }),
    '"call" goes back to another step, but asks for no "gaps" (of kind gaps).',
  ],
  'going back with gaps that may be left empty': [
    small({ fill, call: back([{ ...gaps, required: false }]) }),
    '"call" goes back to another step, but "gaps" may be left empty.',
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
    small({ call: { ...call, owner: 'customerSuccessManager', approves: 'celebrate' } }),
    '"call" approves the mails of "celebrate", which is not defined.',
  ],
  'approving a step that sends nothing': [
    small({ call: { ...call, owner: 'customerSuccessManager', approves: 'write' }, write: other(call) }),
    '"call" approves the mails of "write", which sends none.',
  ],
};

describe('the laws of what steps can do', () => {
  it.each([
    ['a step', small({ call })],
    ['a meeting', small({ plan, hold })],
    ['a package and its return', small({ fill, call: back([gaps]) })],
  ])('find nothing wrong with %s', (_, playbook) => {
    expect(playbookProblems(playbook)).toEqual([]);
  });

  it.each(Object.entries(broken))('refuse %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });
});
