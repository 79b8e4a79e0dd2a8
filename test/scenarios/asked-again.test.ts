import { expect, it } from 'vitest';
import type { Script } from '../../infra/local/play/script.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { course } from '../support/course.ts';
import { local, play } from '../support/play.ts';

const changes = { choice: 'changes-wanted', evidence: { changes: 'Start with the warehouse in Bremen.' } };

it('asks again about a plan that the customer wants changed, three business days after the answer', async () => {
  const scenario = await play('complete-standard', { playbook, script: { 'align-success-plan': [changes, {}] } });
  const [first, second] = scenario.step('align-success-plan');
  expect(first).toMatchObject({ outcome: 'changes-wanted', round: 1 });
  expect(local(first?.decidedAt ?? null)).toBe('Thu, Nov 19, 2026, 11:10 AM');
  expect(second).toMatchObject({
    outcome: 'aligned',
    round: 2,
    promise:
      'promised Thu, Nov 26, 5 PM Berlin time: close of business, 2 business days after Tue, Nov 24, 5 PM (asked)',
  });
  expect(scenario.report.handoff.measures.success.clientAgreed).toBe(true);
});

it('stops asking after the third answer, and the plan is not agreed', course, async () => {
  const script: Script = { 'align-success-plan': [changes, changes, changes], 'settle-open-item': 'never' };
  const scenario = await play('complete-standard', { playbook, script });
  expect(scenario.step('align-success-plan').map(({ outcome }) => outcome)).toEqual(Array(3).fill('changes-wanted'));
  expect(scenario.report.handoff.status).toBe('complete');
  expect(scenario.report.handoff.measures.success.clientAgreed).toBe(false);
});
