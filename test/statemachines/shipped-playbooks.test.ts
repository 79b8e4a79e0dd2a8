import { describe, expect, it } from 'vitest';
import { findPlaybook, playbookNames, shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';

describe('the shipped playbooks', () => {
  it.each(playbookNames)('have one that is called %s, in itself as well', (name) => {
    expect(findPlaybook(name)).toEqual({ playbook: shippedPlaybooks[name] });
    expect(shippedPlaybooks[name].name).toBe(name);
  });

  it.each(['', 'Default', 'toString', 'deflaut'])('have none that is called "%s", and say which there are', (name) => {
    expect(findPlaybook(name)).toEqual({
      problem: `No playbook is called "${name}". There are: ${playbookNames.join(', ')}.`,
    });
  });
});
