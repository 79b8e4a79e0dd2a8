import { describe, expect, it } from 'vitest';
import { parseScript } from '../../../../infra/local/play/script.ts';
import { choicesOfEveryKind } from '../../../support/playbooks/every-kind.ts';
import { tiny } from '../../../support/playbooks/tiny.ts';

describe('a script', () => {
  it('may name every choice of a step, every action beside them, and what only a segment offers', () => {
    const [choice] = choicesOfEveryKind;
    const segment = choice && { ...choice, id: 'only-here' };
    const playbook = { ...tiny, segments: { plain: { steps: { 'aa-j': { choices: segment ? [segment] : [] } } } } };
    const script = {
      'zz-i': [{ choice: 'that-is-all' }, { choice: 'request-exception' }, 'never'],
      'aa-j': [{ choice: 'enough' }, { choice: 'only-here' }],
    };
    expect(parseScript(script, playbook)).toEqual(script);
  });

  it('is refused with every step and every choice that there is not, and those there are', () => {
    const script = { 'aa-j': [{ choice: 'enuff' }, {}], 'mm-k': { choice: 'enough' }, constructor: { choice: 'x' } };
    expect(() => parseScript(script, tiny)).toThrow(
      [
        'No step is called "constructor". Steps: zz-i, aa-j, mm-k.',
        'aa-j: no choice is called "enuff". Choices: enough, not-enough. Actions beside them: save, request-exception, decline-exception, hand-review, reassign, wait-for-customer, move-meeting, call-off-meeting, note, skip, cancel, away.',
        'mm-k: no choice is called "enough". Choices: graded. Actions beside them: save, request-exception, decline-exception, hand-review, reassign, wait-for-customer, move-meeting, call-off-meeting, note, skip, cancel, away.',
      ].join('\n'),
    );
  });
});
