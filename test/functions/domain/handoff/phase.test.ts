import { describe, expect, it } from 'vitest';
import type { HandoffStatus } from '../../../../functions/domain/handoff/handoff.ts';
import { phaseOf } from '../../../../functions/domain/handoff/phase.ts';
import { freezePlaybook } from '../../../../functions/domain/playbook/freeze.ts';
import type { FrozenPlaybook } from '../../../../functions/domain/playbook/playbook.ts';
import { playbook as agency } from '../../../../statemachines/playbooks/agency.ts';
import { handoffRecord, type StepOverrides, stepRecord } from '../../../support/handoff-record.ts';
import { full } from '../../../support/playbooks/full.ts';

const standing = (steps: Readonly<Record<string, StepOverrides>>, playbook?: FrozenPlaybook, status?: HandoffStatus) =>
  phaseOf({
    ...handoffRecord({
      ...(status && { state: { status } }),
      steps: Object.entries(steps).map(([id, overrides]) => stepRecord(id, overrides)),
    }),
    ...(playbook && { playbook }),
  });

const done = (choice: string) => ({ decided: { choice } });
const introduced = { 'introduce-customer': done('approved') };
const signedOff = { ...introduced, 'hold-kickoff': done('held'), 'confirm-handoff': done('confirmed') };

describe('the phase of a handoff', () => {
  it.each([
    ['preparing', {}],
    ['preparing', { 'review-brief': {}, 'introduce-by-phone': done('called') }],
    ['introducing', { 'introduce-customer': {} }],
    ['kicking off', introduced],
    ['kicking off', { 'introduce-customer': done('skipped') }],
    ['kicking off', { ...introduced, 'rate-handoff': {}, 'confirm-handoff': {} }],
    ['handed over', signedOff],
    ['handed over', { ...signedOff, 'confirm-handoff': done('skipped') }],
    ['following up', { ...signedOff, 'give-feedback': {} }],
    ['following up', { ...signedOff, 'rate-handoff': done('rated') }],
  ] as const)('is %s: %j', (phase, steps) => {
    expect(standing(steps)).toBe(phase);
  });

  it.each([
    ['complete', 'complete'],
    ['cancelled', 'canceled'],
    ['abandoned', 'abandoned'],
    ['stalled', 'kicking off'],
  ] as const)('of one that is %s is %s', (status, phase) => {
    expect(standing(introduced, undefined, status)).toBe(phase);
  });

  it('has no kickoff where none is held', () => {
    const playbook = freezePlaybook(full, { segment: 'self-serve' });
    expect(standing(introduced, playbook)).toBe('introducing');
    expect(standing({ ...introduced, 'confirm-handoff': done('confirmed') }, playbook)).toBe('handed over');
  });

  it('goes by the meetings with the customer in a playbook without a sign-off, whatever its steps are called', () => {
    const playbook = freezePlaybook(agency, { segment: agency.fallbackSegment });
    const sent = { 'introduce-account-manager': done('approved') };
    expect(standing({ 'hold-handoff-call': {} }, playbook)).toBe('preparing');
    expect(standing({ 'introduce-account-manager': {} }, playbook)).toBe('introducing');
    expect(standing({ ...sent, 'book-client-kickoff': {} }, playbook)).toBe('kicking off');
    expect(standing({ ...sent, 'book-client-kickoff': done('scheduled') }, playbook)).toBe('handed over');
  });
});
