import { describe, expect, it } from 'vitest';
import { freezePlaybook, type Variant } from '../../functions/domain/playbook/freeze.ts';
import { askStep } from '../../functions/domain/playbook/playbook.ts';
import { playbookIn } from '../../functions/domain/playbook/wording-by-language.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { phrase } from './wording-of-rules.ts';

const leftOut = (variant: Variant): readonly string[] => {
  const frozen = freezePlaybook(playbook, variant);
  return Object.keys(playbook.steps).filter((id) => !frozen.steps[id]);
};
const opens = (variant: Variant, step: string): string => {
  const rule = askStep(freezePlaybook(playbook, variant), step).opens;
  return rule ? phrase(rule) : 'at once';
};

/** Every text within a value, however deep. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(textsIn);

describe('the segments of the SOP', () => {
  it('a deal of no known segment is treated as standard', () => {
    expect(playbook.fallbackSegment).toBe('standard');
  });

  it('standard: no second review, no phone introduction, no onboarding mails', () => {
    expect(leftOut({ segment: 'standard' })).toEqual(['second-review', 'introduce-by-phone', 'send-onboarding-mails']);
  });

  it('enterprise: a phone introduction (S3), and a second review (S4)', () => {
    expect(leftOut({ segment: 'enterprise' })).toEqual(['send-onboarding-mails']);
  });

  it('enterprise: sales stays available for 60 days, and nothing is said on day 30 (S2)', () => {
    const rule = freezePlaybook(playbook, { segment: 'enterprise' }).steps['close-availability'];
    expect(rule?.kind === 'tell' ? rule.tells : []).toMatchObject([
      { say: 'availability-closes', opens: { after: 'introductionSent', within: '60 days' } },
      { say: 'availability-ended', silent: true },
    ]);
  });

  it('self-serve: onboarding mails in place of a kickoff (S3)', () => {
    expect(leftOut({ segment: 'self-serve' })).toEqual([
      'second-review',
      'introduce-by-phone',
      'schedule-kickoff',
      'hold-kickoff',
    ]);
  });

  it('self-serve: approving the introduction approves the onboarding mails, and says so', () => {
    const rule = askStep(freezePlaybook(playbook, { segment: 'self-serve' }), 'introduce-customer');
    expect(rule.approves).toBe('send-onboarding-mails');
    expect(rule.what).toContain('3 onboarding emails');
  });

  it.each(['en', ...Object.keys(playbook.languages ?? {})])(
    'self-serve: nothing speaks of a kickoff: %s',
    (language) => {
      const saying = (segment: string) => {
        const { steps } = playbookIn(freezePlaybook(playbook, { segment }), language);
        return textsIn(steps).filter((text) => /kickoff/i.test(text) && !/^kickoff(Held)?$/.test(text));
      };
      expect(saying('self-serve')).toEqual([]);
      expect(saying('standard')).not.toEqual([]);
    },
  );

  it.each([
    ['give-feedback', '14 days after introductionSent'],
    ['record-first-value', '30 days after introductionSent'],
  ])('self-serve: %s is asked %s', (step, when) => {
    expect(opens({ segment: 'self-serve' }, step)).toBe(when);
  });
});

describe('the industries of the SOP', () => {
  it.each(['technicalRequirements.dataAgreementSigner', 'technicalRequirements.complianceEvidence'])(
    'healthcare: the package also says %s',
    (path) => {
      const of = (variant: Variant) => freezePlaybook(playbook, variant).fields[path]?.required ?? false;
      expect(of({ segment: 'standard' })).toBe(false);
      expect(of({ segment: 'standard', industry: 'healthcare' })).toBe(true);
    },
  );

  it('healthcare: the review looks at who signs the data agreement', () => {
    const { what } = askStep(freezePlaybook(playbook, { segment: 'standard', industry: 'healthcare' }), 'review-brief');
    expect(what).toContain('data agreement');
  });
});
