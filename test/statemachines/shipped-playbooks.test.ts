import { describe, expect, it } from 'vitest';
import type { FlowItem, Playbook, StepRule } from '../../functions/domain/playbook/playbook.ts';
import { compile } from '../../statemachines/compile.ts';
import { findPlaybook, playbookNames, shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';

const ruleOf = (steps: Playbook['steps'], step: string): StepRule | undefined => steps[step];

function isNaming(steps: Playbook['steps'], item: FlowItem): boolean {
  const rule = typeof item === 'string' ? ruleOf(steps, item) : undefined;
  return rule?.kind === 'ask' && rule.names !== undefined;
}

describe('the shipped playbooks', () => {
  it.each(playbookNames)('have one that is called %s, in itself as well', (name) => {
    expect(findPlaybook(name)).toEqual({ playbook: shippedPlaybooks[name] });
    expect(shippedPlaybooks[name].name).toBe(name);
  });

  it.each(playbookNames)(
    'let what %s says before anybody is asked take turns at SES, and nothing that comes later',
    (name) => {
      const { flow, steps }: Playbook = shippedPlaybooks[name];
      const { States } = compile(shippedPlaybooks[name]);
      const catching = Object.entries(States).filter(([, { Catch }]) =>
        JSON.stringify(Catch ?? []).includes('MailTurn'),
      );
      expect(JSON.stringify(States).split('"MailTurn"').length - 1).toBe(catching.length);
      for (const [state, { Arguments, Catch }] of catching) {
        expect(Arguments).toMatchObject({ Payload: { inTurn: true } });
        const [{ Next }] = Catch as [{ Next: string }];
        expect(Next).toMatch(/^Wait for a turn at SES \(.+\)$/);
        expect(States[Next]).toMatchObject({ Type: 'Wait', Next: state, Output: {} });
      }
      // Who is named holds up nobody; what is told before the first request, if anything is, goes out to many at once.
      const first = flow.find((item) => !isNaming(steps, item));
      expect(catching).toHaveLength(typeof first === 'string' && ruleOf(steps, first)?.kind === 'tell' ? 1 : 0);
    },
  );

  it.each(['', 'Default', 'toString', 'deflaut'])('have none that is called "%s", and say which there are', (name) => {
    expect(findPlaybook(name)).toEqual({
      problem: `No playbook is called "${name}". There are: ${playbookNames.join(', ')}.`,
    });
  });
});
