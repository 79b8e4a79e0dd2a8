import { describe, expect, it } from 'vitest';
import { portActions } from '../../../functions/aws/port-actions.ts';
import { readSourceFiles } from '../../support/source-files.ts';

const files = readSourceFiles().filter(({ path }) => /^functions\/(verbs|mailing)\//.test(path));
const used = files.flatMap(({ path, text }) =>
  [...text.matchAll(/'([a-z][a-zA-Z]*\.[a-zA-Z]+)'/g)]
    .map(([, use = '']) => ({ path, text, use }))
    .filter(({ use }) => Object.hasOwn(portActions, use)),
);

describe('what a verb says it uses of the world', () => {
  it('is used in its own file', () => {
    expect(used.length).toBeGreaterThan(40);
    const idle = used.filter(({ text, use }) => !text.includes(`world.${use}(`));
    expect(idle.map(({ path, use }) => `${path} lists ${use}`)).toEqual([]);
  });
});
