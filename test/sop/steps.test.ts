import { describe, expect, it } from 'vitest';
import { askSteps } from '../../functions/domain/playbook/capabilities.ts';
import { askStep } from '../../functions/domain/playbook/playbook.ts';
import { compile } from '../../statemachines/compile.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { placedStates } from '../support/placed-states.ts';
import { phrase } from './wording-of-rules.ts';

// What the default playbook promises, in the order of the SOP's table. These lines change together with the playbook, and
// only they do.

const states = placedStates(compile(playbook)).map(({ name }) => name);

/** Step, owner, promise, ladder, and the state that ops see while somebody is waited for. */
const steps = [
  [
    'assign-customer-success-manager',
    'revenueOperations',
    '24 hours after closedWon',
    'standard',
    'customer success manager named (SLA 24h)',
  ],
  ['complete-package', 'accountExecutive', '48 hours after closedWon', 'package', 'complete handoff package (SLA 48h)'],
  [
    'schedule-internal-meeting',
    'accountExecutive',
    '24 hours after closedWon',
    'standard',
    'internal meeting scheduled (SLA 24h)',
  ],
  [
    'review-brief',
    'customerSuccessManager',
    '24 hours after packageReady',
    'standard',
    'review of the brief (SLA 24h)',
  ],
  ['second-review', 'revenueOperations', '48 hours after packageReady', 'standard', 'second review (SLA 48h)'],
  [
    'draft-success-plan',
    'customerSuccessManager',
    '48 hours after closedWon',
    'standard',
    'drafted success plan (SLA 48h)',
  ],
  [
    'hold-internal-meeting',
    'customerSuccessManager',
    '48 hours after closedWon',
    'standard',
    'internal meeting held (SLA 48h)',
  ],
  ['introduce-by-phone', 'accountExecutive', '24 hours after closedWon', 'follow-up', 'phone introduction (SLA 24h)'],
  [
    'introduce-customer',
    'customerSuccessManager',
    'same day after internalMeetingHeld',
    'standard',
    'approved customer introduction (SLA same day)',
  ],
  [
    'schedule-kickoff',
    'customerSuccessManager',
    '3 business days after closedWon',
    'standard',
    'kickoff scheduled (SLA 3bd)',
  ],
  ['hold-kickoff', 'customerSuccessManager', '5 business days after closedWon', 'standard', 'kickoff held (SLA 5bd)'],
  [
    'map-stakeholders',
    'customerSuccessManager',
    '3 business days after closedWon',
    'standard',
    'verified stakeholder map (SLA 3bd)',
  ],
  [
    'align-success-plan',
    'customerSuccessManager',
    '5 business days after closedWon',
    'standard',
    'aligned success plan (SLA 5bd)',
  ],
  [
    'confirm-handoff',
    'customerSuccessManager',
    '5 business days after closedWon',
    'standard',
    'confirmed handoff (SLA 5bd)',
  ],
] as const;

/** What is asked later: step, when, promise, ladder, state. */
const followUps = [
  ['give-feedback', '14 days after kickoffHeld', '2 business days after opened', 'follow-up', 'feedback (SLA 14d)'],
  ['rate-handoff', '30 days after closedWon', '2 business days after opened', 'follow-up', 'handoff score (SLA 30d)'],
  ['record-first-value', '30 days after kickoffHeld', '15 days after opened', 'patient', 'first value (SLA 30d)'],
] as const;

describe('the steps of the SOP', () => {
  it.each(steps)('%s is for the %s, %s, on the ladder "%s"', (id, owner, promise, ladder, waitFor) => {
    const rule = askStep(playbook, id);
    expect({ owner: rule.owner, promise: phrase(rule.due), ladder: rule.ladder }).toEqual({ owner, promise, ladder });
    expect(rule.opens).toBeUndefined();
    expect(states).toContain(`Ask to ${rule.ask}`);
    expect(states).toContain(`Wait for ${waitFor}`);
  });

  it.each(followUps)(
    '%s is asked of the customer success manager %s, for %s, on the ladder "%s"',
    (id, opens, promise, ladder, waitFor) => {
      const rule = askStep(playbook, id);
      expect(rule.owner).toBe('customerSuccessManager');
      expect({ opens: rule.opens && phrase(rule.opens), promise: phrase(rule.due), ladder: rule.ladder }).toEqual({
        opens,
        promise,
        ladder,
      });
      expect(states).toContain(`Ask to ${rule.ask}`);
      expect(states).toContain(`Wait for ${waitFor}`);
    },
  );

  it('every owner has four working hours from the ask on; for the introduction one, for the second review a day', () => {
    expect(playbook.atLeast).toBe(4);
    const own = askSteps(playbook).flatMap(({ id, rule }) => (rule.atLeast === undefined ? [] : [[id, rule.atLeast]]));
    expect(own).toEqual([
      ['second-review', 8],
      ['introduce-customer', 1],
    ]);
  });

  it('"changes wanted" is asked again 3 business days after the answer, at most 3 times', () => {
    expect(askStep(playbook, 'align-success-plan').repeat).toEqual({
      choice: 'changes-wanted',
      every: '3 business days',
      times: 3,
      from: 'answer',
      within: '2 business days',
    });
  });

  it('the account executive may share remarks for 14 days; nobody waits for them (S3)', () => {
    const rule = askStep(playbook, 'share-remarks');
    expect(rule).toMatchObject({ owner: 'accountExecutive', optional: true });
    expect(phrase(rule.due)).toBe('14 days after handoffConfirmed');
    expect(askStep(playbook, 'confirm-handoff').announce?.offers).toBe('share-remarks');
  });

  it('open items are asked for until they are settled, outside the flow, whatever becomes of the rest (S2)', () => {
    const rule = askStep(playbook, 'settle-open-item');
    expect(rule).toMatchObject({ settles: 'open-item', ladder: 'until-settled' });
    expect(playbook.ladders['until-settled'].afterwards).toEqual({ nagEvery: '7 days' });
    expect(playbook.ladders['until-settled'].rungs.map(({ kind, tell }) => [kind, ...tell].join(' '))).toEqual([
      'warn owner',
      'breach owner',
      'escalate owner manager',
      'escalate owner revenueOperations',
    ]);
    expect(states).toEqual(expect.arrayContaining(['Ask to settle the open item', 'Wait for open item settled']));
  });

  it('are all stated here', () => {
    const stated = [...steps, ...followUps].map(([id]) => id);
    expect([...stated, 'settle-open-item', 'share-remarks'].toSorted()).toEqual(
      askSteps(playbook)
        .map(({ id }) => id)
        .toSorted(),
    );
  });
});

describe('what the system tells by itself', () => {
  const tells = (id: string): readonly string[] => {
    const rule = Object.entries(playbook.steps).find(([known]) => known === id)?.[1];
    return rule?.kind === 'tell'
      ? rule.tells.map(({ say, opens }) => `${say}: ${opens ? phrase(opens) : 'at once'}`)
      : [];
  };

  it.each([
    ['handoff-begins: at once', 'tell-who-takes-over'],
    ['availability-closes: 14 days after introductionSent', 'close-availability'],
    ['availability-ended: 30 days after closedWon', 'close-availability'],
    ['onboarding-faq: 1 day after handoffConfirmed', 'send-onboarding-mails'],
    ['onboarding-features: 4 days after handoffConfirmed', 'send-onboarding-mails'],
    ['onboarding-contacts: 8 days after handoffConfirmed', 'send-onboarding-mails'],
    ['renewal-reminder: -90 days after renewalDate', 'remind-of-renewal'],
  ])('%s', (line, step) => {
    expect(tells(step)).toContain(line);
  });
});

describe('before the first contact with the customer (S4)', () => {
  const fieldsOf = (id: string) => askStep(playbook, id).choices.flatMap(({ evidence }) => evidence);

  it('the package is complete, the handoff ready, recordings attached, the plan reviewed, a follow-up scheduled', () => {
    expect(askStep(playbook, 'introduce-customer').floor).toEqual([
      'packageComplete',
      'handoffReady',
      'recordingsAttached',
      'planReviewed',
      'followUpScheduled',
    ]);
  });

  it('only what the system cannot know is asked', () => {
    const asked = fieldsOf('introduce-customer').map(({ name, settles }) => [name, settles]);
    expect(asked).toEqual([
      ['recording', 'recordingsAttached'],
      ['planReviewedBy', 'planReviewed'],
      ['recipients', undefined],
      ['text', undefined],
    ]);
  });

  // What one step gives to later ones.
  it.each([
    ['personalLine', 'schedule-internal-meeting', false],
    ['meetingQuestions', 'review-brief', false],
    ['successPlan', 'draft-success-plan', true],
    ['planReviewer', 'draft-success-plan', true],
    ['successPlan', 'align-success-plan', false],
  ])('%s is given in %s', (supply, step, required) => {
    expect(fieldsOf(step).find(({ supplies }) => supplies === supply)).toMatchObject({ required });
  });
});

describe('what becomes of an answer', () => {
  it('the brief goes back to the account executive with its gaps, for 24 hours (S2, S4)', () => {
    expect(askStep(playbook, 'review-brief').returns).toEqual({
      choice: 'return',
      to: 'complete-package',
      within: '24 hours',
    });
  });

  it('the second reviewer sends it back to the account executive with its gaps, too (S4)', () => {
    expect(askStep(playbook, 'second-review').returns).toEqual({
      choice: 'return',
      to: 'complete-package',
      within: '24 hours',
    });
  });

  it('an exception is reviewed by revenue operations, within 24 hours (S2)', () => {
    expect(askStep(playbook, 'complete-package')).toMatchObject({
      reviewedBy: ['revenueOperations'],
      review: { within: '24 hours', ladder: 'standard' },
    });
  });

  it('the first value is asked for every 15 days, at most three times (S2, S4)', () => {
    expect(askStep(playbook, 'record-first-value').repeat).toEqual({ choice: 'not-yet', every: '15 days', times: 3 });
  });

  it('a score below 8 alerts (S2)', () => {
    expect(askStep(playbook, 'rate-handoff').scores).toMatchObject({ field: 'score', atLeast: 8, say: 'low-score' });
  });

  // Which step brings about what later steps count from.
  it.each([
    ['packageReady', 'complete-package'],
    ['internalMeetingHeld', 'hold-internal-meeting'],
    ['introductionSent', 'introduce-customer'],
    ['kickoffHeld', 'hold-kickoff'],
    ['handoffConfirmed', 'confirm-handoff'],
    ['firstValueReached', 'record-first-value'],
  ])('%s is brought about by %s', (anchor, step) => {
    expect(askStep(playbook, step).marks).toBe(anchor);
  });

  // What is not so yet makes a follow-up with an owner and a date (row 8, negative answers).
  it.each([
    ['schedule-kickoff', "Win the customer's first reply", '3 business days'],
    ['map-stakeholders', 'Find the missing key contacts', '5 business days'],
    ['align-success-plan', 'Agree on the success plan', '5 business days'],
    ['record-first-value', 'Reach first value', '15 days'],
  ])('a negative answer in %s makes the follow-up "%s"', (step, title, within) => {
    const { choices } = askStep(playbook, step);
    const negatives = choices.flatMap(({ negative, evidence }) => [
      negative,
      ...evidence.map((field) => field.negative),
    ]);
    expect(negatives.filter((each) => each !== undefined)).toMatchObject([{ title, within }]);
  });

  // Success as S2 measures it: which step proves it.
  it.each([
    ['acknowledged', 'review-brief'],
    ['meetingRecorded', 'hold-internal-meeting'],
    ['positiveReply', 'schedule-kickoff'],
    ['allKeyContacts', 'map-stakeholders'],
    ['clientAgreed', 'align-success-plan'],
    ['onboardingComplete', 'record-first-value'],
  ])('%s is proved by %s', (fact, step) => {
    const { choices } = askStep(playbook, step);
    const proved = choices.flatMap(({ proves, evidence }) => [proves, ...evidence.map((field) => field.proves)]);
    expect(proved).toContain(fact);
  });
});
