import { describe, expect, it } from 'vitest';
import { flowSteps } from '../../functions/domain/playbook/playbook.ts';
import { positionsOf } from '../../statemachines/laws/flow-order.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';

describe('the flow of the SOP', () => {
  it('comes to the steps in this order', () => {
    expect(flowSteps(playbook.flow)).toEqual([
      'assign-customer-success-manager',
      'complete-package',
      'schedule-internal-meeting',
      'review-brief',
      'hold-internal-meeting',
      'introduce-customer',
      'schedule-kickoff',
      'hold-kickoff',
      'map-stakeholders',
      'align-success-plan',
      'introduce-by-phone',
      'confirm-handoff',
      'close-availability',
      'give-feedback',
      'rate-handoff',
      'record-first-value',
      'send-onboarding-mails',
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
    ['map-stakeholders', 'introduce-customer'],
    ['align-success-plan', 'hold-kickoff'],
    ['introduce-by-phone', 'complete-package'],
    ['rate-handoff', 'give-feedback'],
    ['record-first-value', 'rate-handoff'],
    ['give-feedback', 'close-availability'],
  ])('%s and %s wait for each other in no way', (one, other) => {
    expect([waitsFor(one, other), waitsFor(other, one)]).toEqual([false, false]);
  });

  it.each([
    ['introduce-customer', 'hold-internal-meeting'],
    ['map-stakeholders', 'hold-internal-meeting'],
    ['confirm-handoff', 'hold-kickoff'],
    ['confirm-handoff', 'align-success-plan'],
    ['give-feedback', 'confirm-handoff'],
  ])('%s waits for %s', (step, other) => {
    expect(waitsFor(step, other)).toBe(true);
  });
});
