import { describe, expect, it } from 'vitest';
import type { HandoffState } from '../../../../functions/domain/handoff/handoff.ts';
import { scoreOf, scoreText } from '../../../../functions/domain/handoff/handoff-score.ts';
import { anna, handoffRecord, lena, type StepOverrides, stepRecord } from '../../../support/handoff-record.ts';

const scored = (steps: Readonly<Record<string, StepOverrides>>, state: Partial<HandoffState> = {}) =>
  scoreOf(
    handoffRecord({
      state,
      steps: Object.entries(steps).map(([id, overrides]) => stepRecord(id, overrides)),
    }),
    '2026-11-20T15:00:00Z',
  );

const late = '2026-11-24T15:00:00Z';
const accepted = { decided: { choice: 'accept' } };
const returned = (round: number) => ({
  round,
  owner: lena,
  because: 'due then',
  askedAt: '2026-11-20T15:00:00Z',
  dueAt: '2026-11-23T15:00:00Z',
  decision: { choice: 'return', by: lena, as: 'owner', at: '2026-11-21T09:00:00Z', evidence: {} } as const,
});
const rated = (score: number) => ({ decided: { choice: 'rated', evidence: { score } } });

describe('the score of a handoff (S2)', () => {
  it('is 100 when nothing is left to wish for, each part with its reason', () => {
    expect(scored({ 'review-brief': accepted, 'rate-handoff': rated(10) })).toEqual({
      points: 100,
      outOf: 100,
      reasons: [
        { what: 'Package at the trigger', points: 30, outOf: 30, because: '100% of the required fields were there.' },
        { what: 'Promises kept', points: 30, outOf: 30, because: '2 of 2 promises were kept.' },
        { what: 'Returns', points: 15, outOf: 15, because: 'The package was not returned.' },
        { what: 'Survey', points: 15, outOf: 15, because: 'Rated 10 of 10.' },
        { what: 'Exceptions', points: 10, outOf: 10, because: 'No exception was granted.' },
      ],
      notKnown: [],
    });
  });

  it('is made of the package, promises, returns, the survey and exceptions', () => {
    const score = scored(
      {
        'complete-package': { owner: anna, decided: { choice: 'grant-exception' } },
        'review-brief': { round: 2, earlier: [returned(1)], ...accepted },
        'hold-kickoff': { decided: { choice: 'held', at: late } },
        'rate-handoff': rated(6),
      },
      { packagePercent: 60, packageComplete: false },
    );
    expect(score.reasons.map(({ points, outOf }) => `${points}/${outOf}`)).toEqual([
      '18/30',
      '24/30',
      '7.5/15',
      '9/15',
      '5/10',
    ]);
    expect(score.points).toBe(64);
    expect(score.reasons[1]?.because).toBe('4 of 5 promises were kept. Missed: Hold the kickoff.');
  });

  it('has nothing left for returns after the second, and never goes below nothing', () => {
    const score = scored({
      'review-brief': { round: 4, earlier: [returned(1), returned(2), returned(3)], ...accepted },
    });
    expect(score.reasons.find(({ what }) => what === 'Returns')).toMatchObject({ points: 0 });
  });

  it('leaves out what is not known yet, scales the rest, and says so', () => {
    const score = scored({}, { packagePercent: 70, packageComplete: false });
    expect(score).toMatchObject({
      points: 70,
      reasons: [{ points: 21, outOf: 30 }],
      notKnown: ['Promises kept', 'Returns', 'Survey', 'Exceptions'],
    });
    expect(scoreText(score)).toBe(
      'Package at the trigger 21 of 30: 70% of the required fields were there. Not known, so left out: Promises kept, Returns, Survey, Exceptions. The rest is scaled to 100.',
    );
  });

  it.each(['unanswered', 'skipped'])('leaves out a survey that was %s', (choice) => {
    const { notKnown } = scored({ 'review-brief': accepted, 'rate-handoff': { decided: { choice } } });
    expect(notKnown).toEqual(['Survey']);
  });

  it('does not count what was skipped as a promise', () => {
    const { notKnown } = scored({ 'hold-kickoff': { decided: { choice: 'skipped', at: late } } });
    expect(notKnown).toContain('Promises kept');
  });

  it('says which steps ended with a no: they kept no promise', () => {
    const never = { round: 3, decided: { choice: 'not-yet' } };
    const score = scored({
      'review-brief': accepted,
      'record-first-value': never,
      'map-stakeholders': { decided: { choice: 'verified', evidence: { allKeyContacts: false } } },
      'hold-kickoff': { decided: { choice: 'held', at: late } },
    });
    expect(score.reasons[1]?.because).toBe(
      '1 of 4 promises were kept. Missed: Hold the kickoff. Answered with no or not yet: Record the first value, Verify the stakeholder map.',
    );
  });

  it('is none for a handoff that was canceled, and says so', () => {
    const score = scored({ 'review-brief': accepted }, { status: 'cancelled', endedAt: late });
    expect(score).toEqual({
      points: null,
      outOf: 100,
      reasons: [],
      notKnown: [],
      notScored: 'The handoff was canceled.',
    });
    expect(scoreText(score)).toBe('The handoff was canceled.');
  });

  it('has nothing for what a handoff that was given up never came to', () => {
    const score = scored({ 'review-brief': {} }, { status: 'abandoned', endedAt: late });
    expect(score).toMatchObject({ points: 40, notKnown: [] });
    expect(score.reasons.map(({ what, points }) => `${what} ${points}`)).toEqual([
      'Package at the trigger 30',
      'Promises kept 0',
      'Returns 0',
      'Survey 0',
      'Exceptions 10',
    ]);
    expect(scoreText(score)).toContain('Survey 0 of 15: The handoff was given up before it came to that.');
  });
});
