import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { compile } from '../../statemachines/compile.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { committed, committedText } from '../support/handoff-definition.ts';

const validate = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => {
  readonly isValid: boolean;
  errorsText(): string;
};

/** The copy that asl-validator may write into, changed first. */
function changed(change: (machine: { States: Record<string, Record<string, unknown>> }) => void): unknown {
  const copy = JSON.parse(committedText);
  change(copy);
  return copy;
}

describe('the committed state machine', () => {
  it('is what the playbook compiles to: run `npm run asl` when this fails', () => {
    expect(committedText).toBe(`${JSON.stringify(compile(playbook), null, 2)}\n`);
  });

  it('is valid', () => {
    expect(validate(changed(() => undefined)).errorsText()).toBe('');
  });

  it.each<[string, (machine: { States: Record<string, Record<string, unknown>> }) => void]>([
    ['a transition to nowhere', ({ States }) => Object.assign(States['Close the handoff'] ?? {}, { Next: 'Nowhere' })],
    ['a state without a way on', ({ States }) => delete States['Close the handoff']?.['Next']],
    [
      'an expression that is no JSONata',
      ({ States }) => Object.assign(States['Close the handoff'] ?? {}, { Output: '{% $states. %}' }),
    ],
    ['a state of no type', ({ States }) => Object.assign(States['Close the handoff'] ?? {}, { Type: 'Sleep' })],
  ])('would not be valid with %s', (_, change) => {
    expect(validate(changed(change)).isValid).toBe(false);
  });

  it('is small enough for Step Functions, and for CloudFormation to show', () => {
    expect(Buffer.byteLength(committedText)).toBeLessThan(1_000_000);
    expect(Buffer.byteLength(JSON.stringify(committed))).toBeLessThan(200_000);
  });

  it('is the same text for the same playbook', () => {
    expect(compile(structuredClone(playbook))).toEqual(compile(playbook));
  });
});
