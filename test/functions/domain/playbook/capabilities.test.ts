import { describe, expect, it } from 'vitest';
import * as capabilities from '../../../../functions/domain/playbook/capabilities.ts';
import { freezePlaybook } from '../../../../functions/domain/playbook/freeze.ts';
import { askStep, type FrozenPlaybook } from '../../../../functions/domain/playbook/playbook.ts';
import { full } from '../../../support/playbooks/full.ts';

const standard = freezePlaybook(full, { segment: 'standard' });
const selfServe = freezePlaybook(full, { segment: 'self-serve' });
const nothing: FrozenPlaybook = { ...standard, steps: {}, meetings: {} };

describe('what code asks of a playbook', () => {
  it.each<[string, (playbook: FrozenPlaybook) => capabilities.NamedStep | undefined, string]>([
    ['fills the package', capabilities.packageStep, 'complete-package'],
    ['goes back to another', (playbook) => capabilities.returningTo(playbook, 'complete-package')[0], 'review-brief'],
    [
      'names a role',
      (playbook) => capabilities.stepNaming(playbook, 'customerSuccessManager'),
      'assign-customer-success-manager',
    ],
    ['announces', (playbook) => capabilities.stepAnnouncing(playbook, 'feedback'), 'give-feedback'],
    ['announces by its score', (playbook) => capabilities.stepAnnouncing(playbook, 'low-score'), 'rate-handoff'],
    ['plans a meeting', (playbook) => capabilities.stepPlanning(playbook, 'kickoff'), 'schedule-kickoff'],
    ['holds a meeting', (playbook) => capabilities.stepHolding(playbook, 'kickoff'), 'hold-kickoff'],
    ['marks a moment', (playbook) => capabilities.stepMarking(playbook, 'introductionSent'), 'introduce-customer'],
    ['scores', capabilities.scoringStep, 'rate-handoff'],
  ])('which step %s', (_, find, id) => {
    expect(find(standard)).toEqual({ id, rule: standard.steps[id] });
    expect(find(nothing)).toBeUndefined();
  });

  it.each([
    ['names no role', capabilities.stepNaming(standard, 'accountExecutive')],
    ['goes back to nothing', capabilities.returningTo(standard, 'review-brief')[0]],
    ['plans no such meeting', capabilities.stepPlanning(standard, 'retreat')],
    ['marks nothing', capabilities.stepMarking(standard, undefined)],
    ['announces no reminder', capabilities.stepAnnouncing(standard, 'renewal-reminder')],
  ])('and finds none that %s', (_, found) => {
    expect(found).toBeUndefined();
  });

  it('which step approved a mail that is told later, where it is told at all', () => {
    expect(capabilities.stepApproving(selfServe, 'onboarding-faq')?.id).toBe('introduce-customer');
    expect(capabilities.stepApproving(standard, 'onboarding-faq')).toBeUndefined();
    expect(capabilities.stepApproving(standard, 'renewal-reminder')).toBeUndefined();
  });

  it('which meeting a step plans or holds', () => {
    expect(capabilities.meetingOfStep(standard, askStep(standard, 'schedule-kickoff'))).toBe(
      standard.meetings['kickoff'],
    );
    expect(capabilities.meetingOfStep(standard, askStep(standard, 'hold-kickoff'))).toBe(standard.meetings['kickoff']);
    expect(capabilities.meetingOfStep(standard, askStep(standard, 'confirm-handoff'))).toBeUndefined();
  });

  it('whether the customer is met', () => {
    expect(capabilities.meetsCustomer(standard)).toBe(true);
    expect(capabilities.meetsCustomer(selfServe)).toBe(false);
  });

  it('which choice an answer made: none for what the system decides', () => {
    const rule = askStep(standard, 'review-brief');
    expect(capabilities.choiceOf(rule, 'return')).toBe(rule.choices.find(({ id }) => id === 'return'));
    expect(capabilities.choiceOf(rule, 'unanswered')).toBeUndefined();
    expect(capabilities.choiceOf(rule, undefined)).toBeUndefined();
  });

  it.each([
    ['review-brief', 'return', true],
    ['review-brief', 'accept', false],
    ['record-first-value', 'not-yet', true],
    ['record-first-value', 'reached', false],
    ['confirm-handoff', 'confirmed', false],
  ])('whether the answer to %s "%s" leaves it undone: %s', (step, choice, undone) => {
    expect(capabilities.leavesUndone(askStep(standard, step), choice)).toBe(undone);
  });

  it.each([
    ['review-brief', 'accept', 1, {}, true],
    ['review-brief', 'return', 1, {}, false],
    ['record-first-value', 'not-yet', 1, {}, false],
    ['record-first-value', 'unanswered', 2, {}, false],
    // Asked for the last time.
    ['record-first-value', 'not-yet', 3, {}, true],
    ['rate-handoff', 'rated', 1, { score: 8 }, true],
    ['rate-handoff', 'rated', 1, { score: 7 }, false],
    ['rate-handoff', 'skipped', 1, {}, true],
    ['hold-kickoff', 'called-off', 1, {}, false],
    ['hold-kickoff', 'held', 1, {}, true],
  ])('whether the flow goes straight on after "%s" is answered "%s", in round %i, with %j: %s', (...row) => {
    const [step, choice, round, evidence, goesOn] = row;
    expect(capabilities.goesStraightOn(askStep(standard, step), { choice, round, evidence })).toBe(goesOn);
  });

  it('every moment at which something is told', () => {
    expect(capabilities.tellsOf(standard).map(({ step, tell }) => [step, tell.say])).toEqual([
      ['close-availability', 'availability-closes'],
      ['close-availability', 'availability-ended'],
      ['remind-of-renewal', 'renewal-reminder'],
    ]);
  });

  it('every step that somebody is asked to do', () => {
    const ids = capabilities.askSteps(selfServe).map(({ id }) => id);
    expect(ids).toContain('confirm-handoff');
    expect(ids).not.toContain('send-onboarding-mails');
    expect(ids).not.toContain('hold-kickoff');
  });
});
