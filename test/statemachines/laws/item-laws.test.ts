import { describe, expect, it } from 'vitest';
import type { AskStep } from '../../../functions/domain/playbook/playbook.ts';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import { type Broken, ruleOf, sound, withChoices, withFlow, withoutMember, withSteps } from './changed-playbook.ts';

const items = ruleOf('settle-open-item') as AskStep;
const of = '"settle-open-item" asks for open items';
const [supplied, settled] = items.choices;
const offering = (...choices: readonly (AskStep['choices'][number] | undefined)[]) =>
  withSteps({ 'settle-open-item': { choices: choices.filter((choice) => choice !== undefined) } });

const broken: Broken = {
  'something else beside open items': [
    withSteps({ 'settle-open-item': { marks: 'firstValueReached' } }, withoutMember('record-first-value', 'marks')),
    `${of}, and can do nothing else ("marks").`,
  ],
  'no way to hand in answers': [offering(settled), `${of}: say one choice that hands in answers ("supply-answers").`],
  'no way to settle what owes no answer': [
    offering(supplied),
    `${of}, of which some owe no answer: say a choice for those.`,
  ],
  'open items that are due before they are asked for': [
    withSteps({ 'settle-open-item': { due: { after: 'closedWon', within: '3 business days' } } }),
    `${of}, which are due after they are asked for ("opened").`,
  ],
  'open items in the flow': [
    withFlow([...sound.flow, 'settle-open-item']),
    `${of}, which nothing waits for, and yet is in the flow.`,
  ],
  'handing in answers where no open items are asked for': [
    withChoices([{ id: 'held', label: 'Held', does: 'supply-answers', evidence: [] }]),
    '"introduce-by-phone", choice "held", does "supply-answers", but the step asks for no open items.',
  ],
  'two steps that ask for open items': [
    { ...sound, steps: { ...sound.steps, 'bring-open-item': items } },
    '"settle-open-item" and "bring-open-item" both ask for open items.',
  ],
};

describe('the laws of open items', () => {
  it.each(Object.entries(broken))('refuse %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed).join('\n')).toContain(problem);
  });
});
