import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const here = fileURLToPath(import.meta.url);

it('says at once that it cannot write there, before anything is played', () => {
  const command = fileURLToPath(new URL('../../../../infra/local/mails.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, here], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(`${here} can't be a folder: `);
  expect(stderr).not.toContain('    at ');
});
