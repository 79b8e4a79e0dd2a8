import { describe, expect, it } from 'vitest';
import { askedStep } from '../../../../functions/domain/handoff/step-rule.ts';
import { handoffRecord, lena, stepRecord } from '../../../support/handoff-record.ts';

describe('the rule of a step', () => {
  it('is found once it was asked', () => {
    const record = handoffRecord({ steps: [stepRecord('hold-kickoff')] });
    expect(askedStep(record, 'hold-kickoff')).toMatchObject({
      rule: { title: 'Hold the kickoff' },
      asked: { owner: lena },
    });
    expect(askedStep(record, 'confirm-handoff')).toBeUndefined();
  });
});
