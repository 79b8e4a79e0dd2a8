import { describe, expect, it } from 'vitest';
import type { Announcement } from '../../../functions/domain/playbook/announcements.ts';
import type { AskStep, StepField, TellStep } from '../../../functions/domain/playbook/playbook.ts';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import { asking, type Broken, call, other, small } from './changed-playbook.ts';

const meetingAt: StepField = { name: 'meetingAt', label: 'When', kind: 'futureDateTime', required: true };
const minutes: StepField = { name: 'minutes', label: 'Minutes', kind: 'minutes', required: true };
const heldAt: StepField = { name: 'heldAt', label: 'Held at', kind: 'pastDateTime', required: true };
const notes: StepField = { name: 'notes', label: 'Notes', kind: 'longText', required: true };
const recipients: StepField = { name: 'recipients', label: 'To', kind: 'emails', required: true };

const plan = asking([meetingAt, minutes], { plans: 'internal-meeting' });
const hold = other(asking([heldAt], { holds: 'internal-meeting' }));
/** Whose name is under what the customer gets. */
const owner = 'customerSuccessManager';
const say = (kind: NonNullable<AskStep['announce']>['say']) => ({ announce: { say: kind, state: 'Tell it' } });

const tell = (kind: Announcement): TellStep => ({
  kind: 'tell',
  title: 'Letters',
  tell: 'send letters',
  tells: [{ say: kind, state: 'Send a letter', opens: { after: 'closedWon', within: '2 days' } }],
  sources: [],
});
const confirm = other({ ...call, ...say('handoff-confirmation') });

const broken: Broken = {
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
  'an introduction that may go to nobody': [
    small({
      call: asking(
        [
          { ...recipients, required: false },
          { ...notes, name: 'text' },
        ],
        { owner, ...say('customer-introduction') },
      ),
    }),
    '"call" says "customer-introduction", but "recipients" may be left empty.',
  ],
  'an introduction that nobody wrote': [
    small({ call: asking([recipients], { owner, ...say('customer-introduction') }) }),
    '"call" says "customer-introduction", but asks for no "text" (of kind longText).',
  ],
  'an introduction in the name of somebody else than whoever approves it': [
    small({
      call: asking([recipients, { ...notes, name: 'text' }], { ...say('customer-introduction') }),
    }),
    '"call" approves what the customer gets in the name of the customer success manager: let them own it ("owner": "customerSuccessManager").',
  ],
  'onboarding emails in the name of somebody else than whoever approves them': [
    small({ call: asking([recipients], { approves: 'letters' }), confirm, letters: tell('onboarding-faq') }),
    '"call" approves what the customer gets in the name of the customer success manager: let them own it ("owner": "customerSuccessManager").',
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
    small({ confirm, letters: tell('onboarding-faq'), call: asking([recipients], { owner, approves: 'letters' }) }),
    '"letters" says "onboarding-faq" before "call" has approved it.',
  ],
  'mails to the customer that are approved for nobody': [
    small({ call: { ...call, owner, approves: 'letters' }, confirm, letters: tell('onboarding-faq') }),
    '"call" approves mails, but asks for no "recipients" (of kind emails).',
  ],
};

describe('the laws of mails', () => {
  it('find nothing wrong with mails that are approved', () => {
    const approving = asking([recipients], { owner, approves: 'letters' });
    expect(playbookProblems(small({ call: approving, confirm, letters: tell('onboarding-faq') }))).toEqual([]);
  });

  it.each(Object.entries(broken))('refuse %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });
});
