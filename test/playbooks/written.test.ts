import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { definitionFileOf } from '../../infra/wiring/state-machine.ts';
import { compile } from '../../statemachines/compile.ts';
import { playbookProblems } from '../../statemachines/laws/playbook-laws.ts';
import { shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';
import { placedStates } from '../support/placed-states.ts';
import { tiny } from '../support/playbooks/tiny.ts';

const validate = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => { errorsText(): string };
const shipped = Object.entries(shippedPlaybooks);

describe.each([...shipped, ['tiny', tiny] as const])('the playbook %s', (_, playbook) => {
  it('breaks no law', () => {
    expect(playbookProblems(playbook)).toEqual([]);
  });

  it('compiles to a valid state machine, the same each time', () => {
    const machine = compile(playbook);
    expect(validate(structuredClone(machine)).errorsText()).toBe('');
    expect(compile(structuredClone(playbook))).toEqual(machine);
  });

  it('names each state once, as Step Functions takes it', () => {
    const names = placedStates(compile(playbook)).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[A-Za-z0-9 ()-]{1,80}$/.test(name))).toEqual([]);
  });
});

it.each(shipped)(
  'the committed state machine of %s is up to date: run `npm run asl` when this fails',
  (name, playbook) => {
    expect(readFileSync(definitionFileOf(name), 'utf8')).toBe(`${JSON.stringify(compile(playbook), null, 2)}\n`);
  },
);

it.each(shipped)(
  'the state machine of %s is small enough for Step Functions, and for CloudFormation to show',
  (name) => {
    const text = readFileSync(definitionFileOf(name), 'utf8');
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    expect(Buffer.byteLength(JSON.stringify(JSON.parse(text)))).toBeLessThan(200_000);
  },
);
