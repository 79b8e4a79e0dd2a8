import { expect, it } from 'vitest';
import { lateReasonFields, lateReasonsIn, withLateReasons } from '../../../../functions/domain/handoff/late-reasons.ts';
import { handoffRecord, type StepOverrides, stepRecord } from '../../../support/handoff-record.ts';

const late = '2026-11-24T15:00:00Z';
const dueAt = '2026-11-23T15:00:00Z';
const asked = (steps: Readonly<Record<string, StepOverrides>>) =>
  lateReasonFields(
    handoffRecord({ steps: Object.entries(steps).map(([id, over]) => stepRecord(id, { dueAt, ...over })) }),
    { at: '2026-11-25T09:00:00Z', zone: 'Europe/Berlin' },
  ).map(({ name, hint }) => `${name}: ${hint}`);

it('asks about steps that were done late, in any of their rounds, and that are late still', () => {
  expect(
    asked({
      'review-brief': {
        round: 2,
        dueAt: '2026-11-26T15:00:00Z',
        decided: { choice: 'accept', at: late },
        earlier: [{ ...stepRecord('review-brief', { dueAt, decided: { choice: 'return', at: late } }) }],
      },
      'hold-kickoff': { decided: { choice: 'held', at: '2026-11-23T14:00:00Z' } },
      'confirm-handoff': {},
    }),
  ).toEqual([
    'lateReason.review-brief: due Mon, Nov 23, 4 PM, done Tue, Nov 24, 4 PM',
    'lateReason.confirm-handoff: due Mon, Nov 23, 4 PM, not done yet',
  ]);
});

it('asks nothing about steps that nobody did, that are optional, or that are open items', () => {
  expect(
    asked({
      'hold-kickoff': { decided: { choice: 'skipped', at: late } },
      'rate-handoff': { decided: { choice: 'unanswered', by: 'system', at: late } },
      'share-remarks': { decided: { choice: 'shared', at: late } },
    }),
  ).toEqual([]);
});

it('keeps reasons in one list, and evidence without any as it is', () => {
  const evidence = { signOff: ['Done'] };
  expect(withLateReasons(evidence)).toBe(evidence);
  const kept = withLateReasons({ ...evidence, 'lateReason.hold-kickoff': 'Snow' });
  expect(kept).toEqual({ ...evidence, lateReasons: [{ step: 'hold-kickoff', reason: 'Snow' }] });
  expect(lateReasonsIn(kept['lateReasons'])).toHaveLength(1);
  expect(lateReasonsIn('by hand')).toEqual([]);
});
