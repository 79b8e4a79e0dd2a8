import { describe, expect, it } from 'vitest';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import { type Broken, withChoices, withoutMember, withSteps } from './changed-playbook.ts';

const gaps = { name: 'gaps', label: 'What is missing', kind: 'gaps', required: true } as const;

const broken: Broken = {
  'a request that addresses its owner alone': [
    withSteps({ 'give-feedback': { request: 'give your feedback' } }),
    '"give-feedback" says "give your feedback", which managers read, too: leave out "you" and "your".',
  ],
  'a title that addresses its owner alone': [
    withSteps({ 'introduce-customer': { title: 'Introduce yourself to the customer' } }),
    '"introduce-customer" says "Introduce yourself to the customer", which managers read, too: leave out "you" and "your".',
  ],
  'a step that says who waits to its owner alone': [
    withSteps({
      'give-feedback': {
        mail: { subject: 'a', preheader: 'b', body: 'c', button: 'd', waits: '{you} know: it waits for You.' },
      },
    }),
    '"give-feedback" says "{you} know: it waits for You.", which managers read, too: leave out "you" and "your", or say {you}.',
  ],
  'a step that marks what is given': [
    withSteps({ 'map-stakeholders': { marks: 'renewalDate' } }),
    '"map-stakeholders" marks "renewalDate", which no step brings about.',
  ],
  'a return after a choice that is not offered': [
    withSteps({ 'review-brief': { returns: { choice: 'reject', to: 'complete-package', within: '24 hours' } } }),
    '"review-brief" goes back after "reject", which is none of its choices.',
  ],
  'a return that gives no time': [
    withSteps({ 'review-brief': { returns: { choice: 'return', to: 'complete-package', within: '0 hours' } } }),
    '"review-brief" goes back for "0 hours".',
  ],
  'a meeting called off in a step that holds none': [
    withSteps({ 'map-stakeholders': { ifCalledOff: { within: '24 hours' } } }),
    '"map-stakeholders" says what comes of a meeting that is called off, but holds no meeting.',
  ],
  'a meeting called off that gives no time': [
    withSteps({ 'hold-kickoff': { ifCalledOff: { within: '0 hours' } } }),
    '"hold-kickoff" has its meeting planned again within "0 hours".',
  ],
  'a choice with the id of a meeting called off': [
    withChoices([
      { id: 'called', label: 'Called', evidence: [] },
      { id: 'called-off', label: 'Called off', evidence: [] },
    ]),
    '"introduce-by-phone", choice "called-off": this id is reserved.',
  ],
  'a choice that comes twice': [
    withChoices([
      { id: 'held', label: 'Held', evidence: [] },
      { id: 'held', label: 'Held again', evidence: [] },
    ]),
    '"introduce-by-phone" has the choice "held" twice.',
  ],
  'a choice with a reserved id': [
    withChoices([{ id: 'skip', label: 'Skip', evidence: [] }]),
    '"introduce-by-phone", choice "skip": this id is reserved.',
  ],
  'a choice that the system makes': [
    withChoices([{ id: 'unanswered', label: 'Nothing', evidence: [] }]),
    '"introduce-by-phone", choice "unanswered": this id is reserved.',
  ],
  'a choice that cannot be written into an expression': [
    withChoices([{ id: "it's held", label: 'Held', evidence: [] }]),
    `"introduce-by-phone", choice "it's held": say lower-case words joined by hyphens.`,
  ],
  'no choice for the owner': [
    withChoices([{ id: 'held', label: 'Held', evidence: [], by: ['manager'] }]),
    '"introduce-by-phone" offers its owner no choice.',
  ],
  'a choice that nobody may choose': [
    withChoices([
      { id: 'held', label: 'Held', evidence: [] },
      { id: 'missed', label: 'Missed', evidence: [], by: [] },
    ]),
    '"introduce-by-phone", choice "missed": nobody may choose it.',
  ],
  'an owner who can only go back': [
    withSteps({
      'review-brief': {
        choices: [{ id: 'return', label: 'Return', evidence: [gaps] }],
      },
    }),
    '"review-brief" offers its owner no choice that gets it done.',
  ],
  'an owner who can only be asked again': [
    withSteps({ 'record-first-value': { choices: [{ id: 'not-yet', label: 'Not yet', evidence: [] }] } }),
    '"record-first-value" offers its owner no choice that gets it done.',
  ],
  'evidence that is asked for twice': [
    withChoices([
      {
        id: 'held',
        label: 'Held',
        evidence: [
          { name: 'notes', label: 'Notes', kind: 'text', required: true },
          { name: 'notes', label: 'More notes', kind: 'text', required: true },
        ],
      },
    ]),
    '"introduce-by-phone", choice "held" asks for "notes" twice.',
  ],
  'evidence under a name of the form': [
    withChoices([
      { id: 'held', label: 'Held', evidence: [{ name: 'round', label: 'Round', kind: 'text', required: true }] },
    ]),
    '"introduce-by-phone", choice "held", field "round": this name is reserved.',
  ],
  'evidence that cannot be written into an expression': [
    withChoices([
      { id: 'held', label: 'Held', evidence: [{ name: 'out come', label: 'Outcome', kind: 'text', required: true }] },
    ]),
    '"introduce-by-phone", choice "held", field "out come": say one word in camel case.',
  ],
  'a checklist without a box': [
    withChoices([
      { id: 'held', label: 'Held', evidence: [{ name: 'list', label: 'List', kind: 'checklist', required: true }] },
    ]),
    '"introduce-by-phone", choice "held", field "list" is a checklist without a box.',
  ],
  'bounds the wrong way round': [
    withChoices([
      {
        id: 'held',
        label: 'Held',
        evidence: [{ name: 'minutes', label: 'Minutes', kind: 'minutes', required: true, min: 60, max: 30 }],
      },
    ]),
    '"introduce-by-phone", choice "held", field "minutes" lies between 60 and 30.',
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
    withChoices(
      [
        { id: 'called', label: 'Called', evidence: [] },
        { id: 'later', label: 'Later', evidence: [] },
      ],
      { repeat: { choice: 'later', every: '1 day', times: 2 } },
    ),
    '"introduce-by-phone" repeats, but says not when it opens.',
  ],
  'a repeat that is due by a moment of the handoff': [
    withSteps({ 'record-first-value': { due: { after: 'handoffConfirmed', within: '15 days' } } }),
    '"record-first-value" repeats, but is due after "handoffConfirmed": count from "opened", or say within what later rounds are due.',
  ],
  'a repeat that comes before the last one is due': [
    withSteps({ 'record-first-value': { repeat: { choice: 'not-yet', every: '14 days', times: 3 } } }),
    '"record-first-value" repeats every "14 days", but is due only "15 days" after it was asked.',
  ],
  'a target that no score can miss': [
    withSteps({ 'rate-handoff': { scores: { field: 'score', atLeast: 0, say: 'low-score', state: 'Alert' } } }),
    '"rate-handoff" scores by "score" with the target 0, but the score lies between 1 and 10.',
  ],
  'a target that no score reaches': [
    withSteps({ 'rate-handoff': { scores: { field: 'score', atLeast: 11, say: 'low-score', state: 'Alert' } } }),
    '"rate-handoff" scores by "score" with the target 11, but the score lies between 1 and 10.',
  ],
  'a target for a field that is no score': [
    withSteps({ 'rate-handoff': { scores: { field: 'why', atLeast: 8, say: 'low-score', state: 'Alert' } } }),
    '"rate-handoff" scores by "why", which is no score it asks for.',
  ],
  'due after it opened, without opening': [
    withSteps({ 'hold-kickoff': { due: { after: 'opened', within: '24 hours' } } }),
    '"hold-kickoff" is due after "opened", but says not when it opens.',
  ],
  'a step that repeats and goes back': [
    withSteps({
      'review-brief': {
        opens: { after: 'closedWon', within: '1 day' },
        due: { after: 'opened', within: '24 hours' },
        repeat: { choice: 'return', every: '1 day', times: 2 },
      },
    }),
    '"review-brief" both repeats and goes back to another step.',
  ],
  'a moment that is not always brought about': [
    withSteps({ 'share-remarks': { marks: 'firstValueReached' } }, withoutMember('record-first-value', 'marks')),
    '"share-remarks" marks "firstValueReached", but is not always done.',
  ],
  'a moment that only a step that is passed over brings about': [
    withSteps(
      { 'assign-customer-success-manager': { marks: 'firstValueReached' } },
      withoutMember('record-first-value', 'marks'),
    ),
    '"assign-customer-success-manager" marks "firstValueReached", but is not always done.',
  ],
};

describe('the laws of a step', () => {
  it.each(Object.entries(broken))('refuse %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });
});
