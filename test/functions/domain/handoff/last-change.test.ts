import { describe, expect, it } from 'vitest';
import { lastChange } from '../../../../functions/domain/handoff/last-change.ts';
import { anna, handoffRecord, klaus, lena, stepRecord } from '../../../support/handoff-record.ts';

const at = (hour: number): string => `2026-11-20T${hour}:00:00Z`;
const handing = (by: string, hour: number) => ({ from: anna, by, at: at(hour), why: 'asked' }) as const;

describe('who changed a step last', () => {
  it('is the last of the others, whatever they did', () => {
    const record = handoffRecord({
      steps: [stepRecord('complete-package', { owner: anna, handed: handing(klaus, 16) })],
    });
    const saved = { saved: { by: lena, at: at(17) }, version: 1, marks: [] };
    const withHistory = { ...record, packageHistory: { 'contract.scope': saved } };
    expect(lastChange(record, 'complete-package', anna)).toEqual({ by: klaus, at: at(16) });
    expect(lastChange(withHistory, 'complete-package', anna)).toEqual({ by: lena, at: at(17) });
    expect(lastChange(withHistory, 'complete-package', lena)).toEqual({ by: klaus, at: at(16) });
  });

  it('is nobody where nobody else did anything since it was asked, or the machine did', () => {
    const of = (by: string, hour: number) =>
      handoffRecord({ steps: [stepRecord('review-brief', { handed: handing(by, hour) })] });
    expect(lastChange(of('system', 16), 'review-brief', anna)).toBeUndefined();
    expect(lastChange(of(anna, 16), 'review-brief', anna)).toBeUndefined();
    expect(lastChange(of(klaus, 14), 'review-brief', anna)).toBeUndefined();
    expect(lastChange(of(klaus, 16), 'no-such-step', anna)).toBeUndefined();
  });
});
