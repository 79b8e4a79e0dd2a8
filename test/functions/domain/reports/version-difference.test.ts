import { describe, expect, it } from 'vitest';
import type { MeasuredPlaybook } from '../../../../functions/domain/reports/measured-handoff.ts';
import { measuredPlaybookOf } from '../../../../functions/domain/reports/row-of.ts';
import {
  differenceText,
  unlikeSteps,
  versionDifference,
} from '../../../../functions/domain/reports/version-difference.ts';
import { upTo } from '../../../support/progress.ts';

const version = (...steps: MeasuredPlaybook['steps']): MeasuredPlaybook => ({
  ...{ name: 'sample', hash: 'v', since: '2026-09-01T08:00:00Z', steps },
});

const brew = { id: 'brew', title: 'Brew', waitsFor: ['grind'], promised: '8 hours' };

describe('what a version of a playbook does otherwise', () => {
  it.each([
    ['nothing that is known', version(brew), []],
    [
      'another promise',
      version({ ...brew, promised: 'same day' }),
      ['“Brew” is promised on the same day, not within 8 hours'],
    ],
    ['another name', version({ ...brew, title: 'Brew it' }), ['“Brew” is called “Brew it” now']],
    ['another order', version({ ...brew, waitsFor: [] }), ['“Brew” waits for other steps']],
    ['a step more', version(brew, { id: 'pour', title: 'Pour' }), ['“Pour” is new']],
    ['another step', version({ id: 'pour', title: 'Pour' }), ['“Pour” is new', '“Brew” is gone']],
  ])('is %s', (_, to, said) => {
    expect(versionDifference(version(brew), to)).toEqual(said);
  });

  it('leaves the steps that both promise alike, as far as that is known', () => {
    const pour = { id: 'pour', title: 'Pour', promised: '2 days' };
    const old = version(brew, pour, { id: 'taste', title: 'Taste' });
    expect(unlikeSteps(old, old)).toEqual([]);
    const newer = version(
      { ...brew, title: 'Brew it', promised: '24 hours' },
      pour,
      { id: 'taste', title: 'Taste', promised: '1 day' },
      { id: 'grind', title: 'Grind' },
    );
    expect(unlikeSteps(old, newer)).toEqual(['brew', 'grind']);
    expect(unlikeSteps(newer, old)).toEqual(['brew', 'grind']);
  });

  it('is not known of versions that were measured before it was kept, but for their steps', () => {
    const [old, newer] = [version({ id: 'brew', title: 'Brew' }), version({ id: 'brew', title: 'Brew it' })];
    expect(versionDifference(old, old)).toBeUndefined();
    expect(versionDifference(old, newer)).toEqual(['“Brew” is called “Brew it” now']);
    expect(differenceText([{ from: old, to: old }])).toContain('not on record');
  });

  it('is said once of segments that changed alike', () => {
    const change = { from: version(brew), to: version({ ...brew, promised: '24 hours' }) };
    expect(differenceText([change, change])).toBe(
      'What changed: “Brew” is promised within 24 hours, not within 8 hours.',
    );
    expect(differenceText([{ from: change.from, to: change.from }])).toContain('are the same');
  });

  it('is known of what is measured now', async () => {
    const { system, id } = await upTo('review-brief');
    const { steps } = measuredPlaybookOf(await system.load(id));
    expect(steps.length).toBeGreaterThan(5);
    expect(steps.filter(({ promised }) => promised === undefined)).toEqual([]);
  });
});
