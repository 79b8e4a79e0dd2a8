import { expect, it } from 'vitest';
import { shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';
import { readSourceFiles } from '../support/source-files.ts';

const names = [
  ...new Set(
    Object.values(shippedPlaybooks).flatMap(({ steps, meetings, ladders }) =>
      [steps, meetings, ladders].flatMap(Object.keys),
    ),
  ),
];

/** Reads the shapes of earlier versions, in which the code knew the steps by name. */
const mayName = ['functions/domain/playbook/earlier-playbooks.ts'];

const commentLine = /^\s*(\/\/|\/?\*)/;

/** Whether a line of code names a step, a meeting or a ladder; `complete-package` is also what a choice does. */
function isNamed(name: string, line: string): boolean {
  if (commentLine.test(line) || !new RegExp(`(['"\`])${name}\\1`).test(line)) return false;
  if (name === 'complete-package' && /\bdoes\b/.test(line)) return false;
  // A plain word such as "package" or "standard" says many things; here it counts where the line is about these tables.
  return name.includes('-') || /\b(steps?|meetings?|ladders?|plans|holds)\b/.test(line);
}

it('no code names a step, a meeting or a ladder of a shipped playbook', () => {
  const code = readSourceFiles().filter(({ path }) => /^(functions|infra)\//.test(path) && !mayName.includes(path));
  const named = code.flatMap(({ path, text }) => {
    const said = names.filter((name) => text.includes(name));
    if (said.length === 0) return [];
    return text
      .split('\n')
      .flatMap((line, i) => said.filter((name) => isNamed(name, line)).map((name) => `${path}:${i + 1} names ${name}`));
  });
  expect(named).toEqual([]);
});

it.each([
  ['hold-kickoff', "const held = record.steps['hold-kickoff'];", true],
  ['standard', "const { rungs } = ladders['standard'];", true],
  ['complete-package', "if (step === 'complete-package') return;", true],
  ['complete-package', "if (choice.does === 'complete-package') return;", false],
  ['standard', "  segment: 'standard',", false],
  ['hold-kickoff', ' * as in `hold-kickoff`', false],
])('%s in "%s": %s', (name, line, expected) => {
  expect(isNamed(name, line)).toBe(expected);
});
