import { describe, expect, it } from 'vitest';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { course } from '../support/course.ts';
import { play } from '../support/play.ts';

describe('A package that is returned', () => {
  it('with a field and a free gap comes back answered, twice; the score of the package falls', async () => {
    const scenario = await play('complete-standard', {
      script: {
        'review-brief': [
          {
            choice: 'return',
            evidence: { 'gaps.contract.termMonths': 'Does it renew by itself?', gaps: 'Who signs off the migration?' },
          },
          { choice: 'return', evidence: { gaps: 'Contract: Term length: and from which day?' } },
        ],
        'complete-package': [
          // Not yet: one gap is open.
          { choice: 'complete', evidence: { 'answers.0': 'It does.', 'answers.1': '' } },
        ],
      },
    });
    expect(scenario.mishaps.map(({ step, problem }) => `${step}: ${problem}`)).toEqual([
      expect.stringMatching(
        /^complete-package: the page answered 422.*Answer .*Who signs off the migration\?.* or say why not/,
      ),
    ]);
    expect(scenario.step('review-brief').map(({ outcome }) => outcome)).toEqual(['return', 'return', 'accept']);
    const again = scenario.step('complete-package').filter(({ askedAt }) => askedAt !== null);
    expect(again.map(({ round, outcome }) => `${round} ${outcome}`)).toEqual(['2 complete', '3 complete']);
    expect(scenario.mails('ask', 'complete-package').map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/: Lena needs 2 more answers by /),
      expect.stringMatching(/: Lena needs 1 more answer by /),
    ]);
    const { measures, status } = scenario.report.handoff;
    expect(status).toBe('complete');
    expect(measures.returns).toBe(2);
    expect(measures.completeness).toBeLessThan(100);
    expect(measures.completeness).toBeGreaterThan(90);
    expect(scenario.report.audit.some(({ detail }) => detail.includes('Term length: and from which day?'))).toBe(true);
  });

  it('is asked for in the working hours of an owner abroad, who answers in their own', course, async () => {
    const scenario = await play('enterprise-across-zones', {
      script: { 'review-brief': [{ choice: 'return', evidence: { gaps: 'stakeholders: who is technical?' } }] },
    });
    expect(scenario.mishaps).toEqual([]);
    const again = scenario.step('complete-package').find(({ round }) => round === 2);
    expect(again).toMatchObject({ outcome: 'complete', late: false });
    expect(again?.due).toContain('New York time');
    const [mail] = scenario.mails('ask', 'complete-package').filter(({ subject }) => subject.includes('1 more answer'));
    expect(mail?.subject).toMatch(/needs 1 more answer by /);
    expect(scenario.report.handoff.status).toBe('complete');
  });
});

describe('A second reviewer (S4)', () => {
  it(
    'sends it back too: whoever accepted it reads what has become of it, and accepts it again first',
    course,
    async () => {
      const scenario = await play('enterprise-across-zones', {
        playbook,
        script: { 'second-review': [{ choice: 'return', evidence: { gaps: 'Who decides?' } }, {}] },
      });
      expect(scenario.report.handoff.status).toBe('complete');
      const of = (step: string) => scenario.step(step).map(({ owner, outcome }) => [owner, outcome]);
      const [chloe, ruth] = ['chloe.nguyen@example.com', 'ruth.lindqvist@example.com'];
      expect(of('second-review')).toEqual([
        [ruth, 'return'],
        [ruth, 'accept'],
      ]);
      expect(of('review-brief')).toEqual([
        [chloe, 'accept'],
        [chloe, 'accept'],
      ]);
      expect(scenario.report.handoff.measures.returns).toBe(1);
      const asks = scenario.mails('ask').filter(({ step }) => step === 'review-brief' || step === 'second-review');
      expect(asks.map(({ step, to }) => [step, ...to])).toEqual([
        ['review-brief', chloe],
        ['second-review', ruth],
        ['review-brief', chloe],
        ['second-review', ruth],
      ]);
    },
  );
});
