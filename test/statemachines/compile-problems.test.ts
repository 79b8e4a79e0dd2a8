import { describe, expect, it } from 'vitest';
import { compileProblems } from '../../statemachines/compile-problems.ts';
import { full } from '../support/playbooks/full.ts';
import { call, small } from './laws/changed-playbook.ts';

describe('why a playbook cannot be compiled', () => {
  it('is nothing for one that can', () => {
    expect(compileProblems(full)).toEqual([]);
  });

  it('is the laws it breaks, and those alone', () => {
    expect(compileProblems(small({ call, write: call }, { linkDays: 31 }))).toEqual([
      'Links work for 31 days: say 1 to 30.',
    ]);
  });

  it.each([
    [
      'two states of one name',
      small({ call, write: call }),
      'Two states are called "Ask to call": give the steps different wordings.',
    ],
    [
      'a state name with other signs',
      small({ call: { ...call, ask: 'call?' } }),
      '"Ask to call?" is no state name: at most 80 letters, digits, spaces, hyphens, and parentheses.',
    ],
  ])('is %s', (_, playbook, problem) => {
    expect(compileProblems(playbook)).toEqual([problem]);
  });
});
