import { describe, expect, it } from 'vitest';
import type { AskStep, Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { playbookFindings } from '../../../statemachines/advice/playbook-findings.ts';
import { playbook as usual } from '../../../statemachines/playbooks/default.ts';
import { roster } from '../../support/deals.ts';
import { asking, kindLadder, twoSteps, withSteps } from './two-steps.ts';

const summary = (over: Partial<AskStep>): Playbook =>
  withSteps({ 'write-summary': { ...(twoSteps.steps['write-summary'] as AskStep), ...over } });

const found = (playbook: Playbook) =>
  playbookFindings(playbook)
    .map(({ rule, about }) => [rule, ...about].join(' '))
    .sort();

describe('a playbook', () => {
  it('in which nothing is wrong is clean', () => {
    expect(playbookFindings(twoSteps, roster())).toEqual([]);
  });

  it('that breaks a law is found for that alone', () => {
    const problems = playbookFindings({ ...twoSteps, linkDays: 0 });
    expect(problems.map(({ rule, sentence }) => [rule, sentence])).toEqual([
      ['law', 'Links work for 0 days: say 1 to 30.'],
    ]);
  });

  it('that cannot be compiled is found for that alone', () => {
    const problems = playbookFindings(summary({ ask: 'write it down?' }));
    expect(problems.map(({ rule, sentence }) => [rule, sentence])).toEqual([
      ['law', expect.stringMatching(/^"Ask to write it down\?" is no state name/)],
    ]);
  });

  it('may leave no time for a step that waits for a slower one', () => {
    const [finding] = playbookFindings(summary({ due: { after: 'closedWon', within: '6 business days' } }));
    expect(finding).toMatchObject({ rule: 'no-time-left', about: ['read-summary'] });
    expect(finding?.sentence).toBe(
      '"read-summary" is promised for Tue, Feb 10, 5 PM Berlin time, and asked for only Wed, Feb 11, 5 PM Berlin time, though every step before it was done when it was due (segment all, closed Tue 9:00, package complete, one office).',
    );
    expect(finding?.remedy).toContain('Promise "read-summary" for later');
  });

  it.each<[string, Playbook['ladders'][string]]>([
    ['tells nobody', { rungs: kindLadder.rungs.slice(0, 1), afterwards: { unansweredAfterDue: '2 business days' } }],
    ['tells the owner alone', { ...kindLadder, rungs: kindLadder.rungs.slice(0, 2) }],
  ])('may have a ladder that %s once a step is overdue', (_, ladder) => {
    const playbook = { ...summary({ ladder: 'quiet' }), ladders: { ...twoSteps.ladders, quiet: ladder } };
    expect(found(playbook)).toEqual(['silent-ladder write-summary']);
  });

  it('may have a rung that no step reaches', () => {
    const rungs = [
      ...kindLadder.rungs.slice(0, 1),
      { kind: 'remind', when: { after: 'closedWon', within: '20 days' }, tell: ['owner'] } as const,
      ...kindLadder.rungs.slice(1),
    ];
    const playbook = {
      ...summary({ ladder: 'slow' }),
      ladders: { ...twoSteps.ladders, slow: { ...kindLadder, rungs } },
    };
    expect(found(playbook)).toEqual(['unreached-rung write-summary slow 2']);
  });

  it('may write twice to one person within the hour, for one step', () => {
    const rungs = [{ kind: 'warn', when: { beforeDue: '4.5 hours' }, tell: ['owner'] } as const, ...kindLadder.rungs];
    const playbook = {
      ...summary({ ladder: 'loud' }),
      ladders: { ...twoSteps.ladders, loud: { ...kindLadder, rungs } },
    };
    expect(found(playbook)).toEqual(['two-mails-at-once write-summary warn warn']);
  });

  it.each([
    ['within the hour', '4.5 hours', ['two-mails-at-once write-summary check-contract']],
    ['at the same moment, which is one mail', '4 hours', []],
  ] as const)('may write to one person %s, for two steps', (_, beforeDue, findings) => {
    const [, ...afterDue] = kindLadder.rungs;
    const early = {
      ...kindLadder,
      rungs: [{ kind: 'warn', when: { beforeDue }, tell: ['owner'] } as const, ...afterDue],
    };
    const playbook = withSteps(
      { 'check-contract': asking('accountExecutive', { title: 'Check the contract', ladder: 'early' }) },
      {
        ladders: { ...twoSteps.ladders, early },
        flow: [
          'name-reader',
          { name: 'Write and check', beside: [['write-summary'], ['check-contract']] },
          'read-summary',
        ],
      },
    );
    expect(found(playbook)).toEqual(findings);
  });

  it('may leave an owner with an expired link', () => {
    expect(found({ ...twoSteps, linkDays: 5 })).toEqual(['link-expires read-summary', 'link-expires write-summary']);
    // A weekly reminder comes up to a day later, when most of its readers work.
    expect(found({ ...twoSteps, linkDays: 8 })).toEqual([]);
  });

  it('may name nobody for a role that the assignment rules leave open', () => {
    const { 'name-reader': _, ...steps } = twoSteps.steps;
    expect(found({ ...twoSteps, steps, flow: ['write-summary', 'read-summary'] })).toEqual([
      'nobody-named customerSuccessManager',
    ]);
  });

  it('may lose a no that is said for the last time', () => {
    const rule = usual.steps['record-first-value'] as AskStep;
    const choices = rule.choices.map(({ id, label, evidence }) => ({ id, label, evidence }));
    const lost: Playbook = { ...usual, steps: { ...usual.steps, 'record-first-value': { ...rule, choices } } };
    const ofNo = (playbook: Playbook) => playbookFindings(playbook).filter(({ rule: name }) => name === 'lost-no');
    expect(ofNo(lost)).toMatchObject([
      {
        about: ['record-first-value'],
        sentence:
          'After the last "Not yet", "record-first-value" is not asked again, and nobody has anything left to do about it.',
      },
    ]);
    expect(ofNo(usual)).toEqual([]);
  });

  it('may have steps for a role that nobody on the roster holds', () => {
    const people = roster().filter(({ role }) => role !== 'accountExecutive');
    expect(playbookFindings(twoSteps, people).map(({ sentence }) => sentence)).toEqual([
      'Nobody active on the roster is accountExecutive, who owns "write-summary".',
    ]);
  });
});
