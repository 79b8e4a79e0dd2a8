import { describe, expect, it } from 'vitest';
import { checkPackage } from '../../functions/domain/deal/completeness.ts';
import { packageFields, packageFieldsOf } from '../../functions/domain/deal/package.ts';
import { variantOfDeal } from '../../functions/domain/deal/variant.ts';
import { freezePlaybook } from '../../functions/domain/playbook/freeze.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { type SampleName, sampleDeal, sampleNames } from '../support/deals.ts';

const gapsOf = (name: SampleName) => {
  const deal = sampleDeal(name);
  const rules = freezePlaybook(playbook, variantOfDeal(playbook, deal).variant);
  return checkPackage({ package: deal.package, deal, rules }).gaps.map(({ path }) => path);
};

describe('the draft of the SOP', () => {
  it('is to be 70 % complete at signature (S2), and complex deals get a preview meeting before it (S4)', () => {
    const of = (segment: string) => {
      const { draftTarget, previewMeeting } = freezePlaybook(playbook, { segment });
      return [draftTarget, previewMeeting];
    };
    expect(of('standard')).toEqual([70, undefined]);
    expect(of('self-serve')).toEqual([70, undefined]);
    expect(of('enterprise')).toEqual([70, 30]);
  });
});

describe('the package of the SOP', () => {
  it('has these sections', () => {
    expect([...new Set(packageFields.map(({ section }) => section))]).toEqual([
      'dealContext',
      'customerGoals',
      'technicalRequirements',
      'stakeholders',
      'contract',
      'redFlags',
      'promises',
      'communication',
      'attachments',
    ]);
  });

  it.each(sampleNames.filter((name) => name !== 'incomplete'))('the sample %s is complete', (name) => {
    expect(gapsOf(name)).toEqual([]);
  });

  it('the sample incomplete has gaps', () => {
    expect(gapsOf('incomplete')).not.toEqual([]);
  });

  it.each(['context', 'relationships', 'goals', 'risks'])(
    'asks for the pillar %s, which may not be skipped (S2)',
    (pillar) => {
      const required = packageFieldsOf(freezePlaybook(playbook, { segment: 'standard' })).filter(
        (field) => field.required,
      );
      expect(required.map((field) => field.pillar)).toContain(pillar);
    },
  );
});
