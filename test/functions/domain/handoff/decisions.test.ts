import { describe, expect, it } from 'vitest';
import { doneDecision, skippedDecision, whyNotDone } from '../../../../functions/domain/handoff/decisions.ts';
import { handoffRecord, stepRecord } from '../../../support/handoff-record.ts';

const step = 'record-first-value';
const answered = (choice: string) => handoffRecord({ steps: [stepRecord(step, { decided: { choice } })] });

describe('what was done', () => {
  it.each([
    ['reached', true, false],
    ['not-yet', false, false],
    ['unanswered', false, false],
    ['skipped', false, true],
  ])('after "%s": done %s, left out %s', (choice, done, skipped) => {
    const record = answered(choice);
    expect(doneDecision(record, step) !== undefined).toBe(done);
    expect(skippedDecision(record, step) !== undefined).toBe(skipped);
  });

  it('is nothing where nobody was asked', () => {
    expect(doneDecision(handoffRecord(), step)).toBeUndefined();
    expect(whyNotDone(handoffRecord(), step)).toBe('"Record the first value" is not decided.');
  });

  it('says that an answer which leaves the step open does not end it', () => {
    expect(whyNotDone(answered('not-yet'), step)).toBe('"Record the first value" is not done yet.');
  });

  it('says that a step was left out, and that nobody answered', () => {
    expect(whyNotDone(answered('skipped'), step)).toBe('"Record the first value" was skipped.');
    expect(whyNotDone(answered('unanswered'), step)).toBe('"Record the first value" ended unanswered.');
  });
});
