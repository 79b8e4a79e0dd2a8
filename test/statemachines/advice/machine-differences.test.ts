import { describe, expect, it } from 'vitest';
import type { AskStep } from '../../../functions/domain/playbook/playbook.ts';
import { machineDifferences } from '../../../statemachines/advice/machine-differences.ts';
import { compile } from '../../../statemachines/compile.ts';
import { shippedPlaybooks } from '../../../statemachines/shipped-playbooks.ts';
import { full } from '../../support/playbooks/full.ts';
import { asking, twoSteps, withSteps } from './two-steps.ts';

const write = twoSteps.steps['write-summary'] as AskStep;
const running = compile(twoSteps);
const withWrite = (over: Partial<AskStep>) => compile(withSteps({ 'write-summary': { ...write, ...over } }));

describe('two state machines', () => {
  it.each(Object.entries(shippedPlaybooks))('are the same once placeholders are filled: %s', (_, playbook) => {
    const filled = JSON.parse(JSON.stringify(compile(playbook)).replaceAll(/\$\{[A-Za-z]+\}/g, 'arn:aws:somewhere'));
    expect(machineDifferences(filled, compile(playbook))).toEqual([]);
  });

  it('are the same under another promise, though its name says it', () => {
    expect(machineDifferences(running, withWrite({ due: { after: 'closedWon', within: '9 hours' } }))).toEqual([]);
  });

  it('differ by states that one lacks', () => {
    const longer = compile(
      withSteps(
        { check: asking('accountExecutive', { title: 'Check', ask: 'check', waitFor: 'check' }) },
        { flow: [...twoSteps.flow, 'check'] },
      ),
    );
    expect(machineDifferences(running, longer)).toEqual([
      'it has no state "Ask to check"',
      'it has no state "Wait for check"',
      'its state "Wait for summary read" goes on otherwise',
    ]);
    expect(machineDifferences(longer, running)[0]).toBe('it has a state "Ask to check", which is gone today');
  });

  it('differ by an order, and by what decides', () => {
    const turned = compile({ ...twoSteps, flow: ['name-reader', 'read-summary', 'write-summary'] });
    expect(machineDifferences(running, turned).length).toBeGreaterThan(0);
    const text = JSON.stringify(compile(full));
    const stricter = JSON.parse(text.replace(/score < \d+/, 'score < 3'));
    expect(text).toMatch(/score < \d+/);
    expect(machineDifferences(JSON.parse(text), stricter)).toEqual([
      expect.stringMatching(/^its state "Whether the score .*" goes on otherwise$/),
    ]);
  });
});
