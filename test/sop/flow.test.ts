import { describe, expect, it } from 'vitest';
import { flowSteps } from '../../functions/domain/playbook/playbook.ts';
import { positionsOf } from '../../statemachines/laws/flow-order.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';

describe('the flow of the SOP', () => {
  it('comes to the steps in this order', () => {
    expect(flowSteps(playbook.flow)).toEqual([
      'assign-customer-success-manager',
      'tell-who-takes-over',
      'complete-package',
      'review-brief',
      'second-review',
      'draft-success-plan',
      'schedule-internal-meeting',
      'hold-internal-meeting',
      'introduce-customer',
      'schedule-kickoff',
      'hold-kickoff',
      'align-success-plan',
      'map-stakeholders',
      'confirm-handoff',
      'give-feedback',
      'record-first-value',
      'send-onboarding-mails',
      'close-availability',
      'rate-handoff',
      'introduce-by-phone',
      'remind-of-renewal',
    ]);
  });

  const positions = positionsOf(playbook);
  const waitsFor = (step: string, other: string): boolean => {
    const position = positions.get(step);
    if (!position || !positions.has(other)) throw new Error(`The flow has no "${step}" or no "${other}".`);
    return position.before.has(other);
  };

  it.each([
    ['complete-package', 'schedule-internal-meeting'],
    ['review-brief', 'hold-internal-meeting'],
    ['draft-success-plan', 'hold-internal-meeting'],
    ['map-stakeholders', 'hold-kickoff'],
    ['map-stakeholders', 'align-success-plan'],
    ['introduce-by-phone', 'complete-package'],
    ['introduce-by-phone', 'introduce-customer'],
    ['introduce-by-phone', 'confirm-handoff'],
    ['rate-handoff', 'confirm-handoff'],
    ['rate-handoff', 'give-feedback'],
    ['close-availability', 'confirm-handoff'],
    ['close-availability', 'rate-handoff'],
    ['record-first-value', 'give-feedback'],
  ])('%s and %s wait for each other in no way', (one, other) => {
    expect([waitsFor(one, other), waitsFor(other, one)]).toEqual([false, false]);
  });

  it.each([
    ['review-brief', 'complete-package'],
    ['second-review', 'review-brief'],
    ['draft-success-plan', 'second-review'],
    ['hold-internal-meeting', 'schedule-internal-meeting'],
    ['introduce-customer', 'hold-internal-meeting'],
    ['introduce-customer', 'draft-success-plan'],
    ['map-stakeholders', 'introduce-customer'],
    ['align-success-plan', 'hold-kickoff'],
    ['confirm-handoff', 'align-success-plan'],
    ['confirm-handoff', 'map-stakeholders'],
    ['give-feedback', 'confirm-handoff'],
    ['record-first-value', 'confirm-handoff'],
  ])('%s waits for %s', (step, other) => {
    expect(waitsFor(step, other)).toBe(true);
  });
});
