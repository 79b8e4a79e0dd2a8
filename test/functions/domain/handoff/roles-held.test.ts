import { describe, expect, it } from 'vitest';
import { holderOf } from '../../../../functions/domain/handoff/roles-held.ts';
import { anna, daniel, handoffRecord, klaus, lena, stepRecord } from '../../../support/handoff-record.ts';

const { customerSuccessManager: _, ...withoutManager } = handoffRecord().state.people;
const assign = 'assign-customer-success-manager';

describe('who holds a role', () => {
  it('is in the record', () => {
    expect(holderOf(handoffRecord(), 'accountExecutive')).toBe(anna);
    expect(holderOf(handoffRecord(), 'salesManager')).toBe(klaus);
    expect(holderOf(handoffRecord(), 'customerSuccessManager')).toBe(lena);
  });

  it('is, for the customer success manager, also in what revenue operations decided', () => {
    const open = handoffRecord({ state: { people: withoutManager }, steps: [stepRecord(assign)] });
    expect(holderOf(open, 'customerSuccessManager')).toBeUndefined();
    const decided = stepRecord(assign, {
      decided: { choice: 'assigned', evidence: { customerSuccessManager: daniel } },
    });
    expect(
      holderOf(handoffRecord({ state: { people: withoutManager }, steps: [decided] }), 'customerSuccessManager'),
    ).toBe(daniel);
  });

  it('is what the record says once it says something else', () => {
    const decided = stepRecord(assign, {
      decided: { choice: 'assigned', evidence: { customerSuccessManager: daniel } },
    });
    expect(holderOf(handoffRecord({ steps: [decided] }), 'customerSuccessManager')).toBe(lena);
  });
});
