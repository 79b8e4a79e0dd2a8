import { describe, expect, it } from 'vitest';
import { currentPlaybook } from '../../../../functions/domain/playbook/earlier-playbook.ts';
import { freezePlaybook } from '../../../../functions/domain/playbook/playbook.ts';
import { playbook } from '../../../../statemachines/playbooks/default.ts';

describe('a playbook that was frozen by an earlier version', () => {
  const frozen = freezePlaybook(playbook, 'enterprise');

  it('stays as it is where nothing has changed since', () => {
    expect(currentPlaybook(frozen)).toEqual(frozen);
  });

  it('has a person to choose where it had a customer success manager', () => {
    const text = JSON.stringify(frozen);
    const earlier = text.replaceAll(
      '"kind":"person","from":{"role":"customerSuccessManager"}',
      '"kind":"customerSuccessManager"',
    );
    expect(earlier).not.toBe(text);
    expect(currentPlaybook(JSON.parse(earlier))).toEqual(frozen);
  });
});
