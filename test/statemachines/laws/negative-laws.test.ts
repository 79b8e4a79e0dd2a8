import { describe, expect, it } from 'vitest';
import type { ChoiceRule, StepField } from '../../../functions/domain/playbook/playbook.ts';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import { type Broken, sound, withChoices } from './changed-playbook.ts';

const negative = { title: 'Call again', what: 'Try another number.', within: '2 business days' } as const;
const reached: StepField = { name: 'reached', label: 'Reached?', kind: 'yesNo', required: true, negative };
const score: StepField = { name: 'score', label: 'Score', kind: 'score', required: true };
const plain: ChoiceRule = { id: 'called', label: 'Called', evidence: [] };
const asking = (...evidence: readonly StepField[]) => withChoices([{ ...plain, evidence }]);
const { 'settle-open-item': _, ...withoutItems } = sound.steps;

const broken: Broken = {
  'a follow-up where nobody is asked for open items': [
    { ...sound, steps: withoutItems },
    'opens a follow-up, but no step asks for open items.',
  ],
  'a follow-up of what is no question': [
    asking({ ...reached, kind: 'longText' }),
    '"introduce-by-phone", choice "called", field "reached", opens a follow-up, but takes no yes or no.',
  ],
  'a follow-up that is due before it is asked for': [
    asking({ ...reached, negative: { ...negative, within: '-1 days' } }),
    'field "reached", opens a follow-up due within "-1 days".',
  ],
  'an explanation that nobody asks for': [
    asking({ ...reached, negative: { ...negative, asks: 'why' } }),
    'field "reached", asks for "why", which is no text beside it.',
  ],
  'a follow-up of the only answer': [
    withChoices([{ ...plain, negative }]),
    '"introduce-by-phone", choice "called", opens a follow-up, but is the only answer',
  ],
  'a question beside an answer after which the step comes again': [
    withChoices([plain, { id: 'later', label: 'Later', evidence: [reached] }], {
      repeat: { choice: 'later', every: '1 day', times: 2, from: 'answer', within: '1 day' },
    }),
    'choice "later", field "reached", opens a follow-up, but the step comes again.',
  ],
  'a no that becomes an answer which is none of its step': [
    withChoices([plain, { ...plain, id: 'no', negative: { ...negative, settledAs: 'won' } }]),
    'choice "no", is settled as "won", which is no other answer of its step that says yes.',
  ],
  'a no that becomes another no': [
    withChoices([
      { ...plain, negative },
      { ...plain, id: 'no', negative: { ...negative, settledAs: 'called' } },
    ]),
    'is settled as "called", which is no other answer',
  ],
  'a no that becomes an answer from which a score follows': [
    withChoices(
      [
        { ...plain, evidence: [score] },
        { ...plain, id: 'no', negative: { ...negative, settledAs: 'called' } },
      ],
      {
        scores: { field: 'score', atLeast: 8, say: 'low-score', state: 'Alert' },
      },
    ),
    'choice "no", is settled as "called", but more follows from that answer than an open item can do.',
  ],
  'giving up what is no open item': [
    withChoices([plain, { ...plain, id: 'stop', does: 'give-up' }]),
    'choice "stop", does "give-up", but the step asks for no open items.',
  ],
};

describe('the laws of negative answers', () => {
  it.each(Object.entries(broken))('refuse %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed).join('\n')).toContain(problem);
  });
});
