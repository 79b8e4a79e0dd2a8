import { describe, expect, it } from 'vitest';
import type { Suggestion } from '../../../functions/domain/fields/field-rule.ts';
import type { FieldKind } from '../../../functions/domain/fields/values.ts';
import type { AskStep, ChoiceRule, StepField } from '../../../functions/domain/playbook/playbook.ts';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import { type Broken, call, other, small } from './changed-playbook.ts';

const field: StepField = { name: 'answer', label: 'Answer', kind: 'yesNo', required: true };
const choice = (id: string, change: Partial<ChoiceRule>): ChoiceRule => ({ id, label: id, evidence: [], ...change });
const offering = (...choices: readonly ChoiceRule[]): AskStep => ({ ...call, choices });
const asking = (change: Partial<StepField>) =>
  small({ call: offering(choice('called', { evidence: [{ ...field, ...change }] })) });

const suggesting = (suggest: Suggestion, kind: FieldKind) => asking({ kind, suggest });
const of = '"call", choice "called", field "answer"';

const agreed: StepField = { ...field, proves: 'clientAgreed' };

const broken: Broken = {
  'a meeting slot for a day': [
    suggesting('meetingSlot', 'date'),
    `${of} suggests "meetingSlot", which is for the kind futureDateTime or pastDateTime and not date.`,
  ],
  'the time of a meeting for a text': [
    suggesting('scheduledMeeting', 'text'),
    `${of} suggests "scheduledMeeting", which is for the kind pastDateTime or futureDateTime and not text.`,
  ],
  'the text of a mail for one line': [
    suggesting('introductionText', 'text'),
    `${of} suggests "introductionText", which is for the kind longText and not text.`,
  ],
  'addresses for a text': [
    suggesting('customerContacts', 'longText'),
    `${of} suggests "customerContacts", which is for the kind emails and not longText.`,
  ],
  'the map for a list of texts': [
    suggesting('stakeholderMap', 'list'),
    `${of} suggests "stakeholderMap", which is for the kind stakeholders and not list.`,
  ],
  'a proof by a text': [
    asking({ kind: 'text', proves: 'clientAgreed' }),
    `${of} proves "clientAgreed", which only a field of kind yesNo or link can.`,
  ],
  'a fact that two fields prove': [
    small({ call: offering(choice('called', { evidence: [agreed, { ...agreed, name: 'again' }] })) }),
    '"clientAgreed" is proven in 2 places: field "answer" of "call" and field "again" of "call".',
  ],
  'a fact that two choices prove': [
    small({ call: offering(choice('yes', { proves: 'clientAgreed' }), choice('sure', { proves: 'clientAgreed' })) }),
    '"clientAgreed" is proven in 2 places: choice "yes" of "call" and choice "sure" of "call".',
  ],
  'a fact that two steps prove': [
    small({
      call: offering(choice('called', { evidence: [agreed] })),
      write: other(offering(choice('written', { proves: 'clientAgreed' }))),
    }),
    '"clientAgreed" is proven in 2 places: field "answer" of "call" and choice "written" of "write".',
  ],
};

describe('the laws of a field', () => {
  it.each([
    ['a suggestion that fits', suggesting('customerContacts', 'emails')],
    ['a proof by a link', asking({ kind: 'link', proves: 'clientAgreed' })],
    [
      'a field that every choice asks for',
      small({ call: offering(choice('called', { evidence: [agreed] }), choice('mailed', { evidence: [agreed] })) }),
    ],
    [
      'a fact that other segments prove elsewhere',
      small(
        {
          call: offering(choice('called', { evidence: [agreed] })),
          write: other(offering(choice('written', { proves: 'clientAgreed' }))),
        },
        { segments: { standard: { without: ['write'] }, large: { without: ['call'] } } },
      ),
    ],
  ])('find nothing wrong with %s', (_, playbook) => {
    expect(playbookProblems(playbook)).toEqual([]);
  });

  it.each(Object.entries(broken))('refuse %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });
});
