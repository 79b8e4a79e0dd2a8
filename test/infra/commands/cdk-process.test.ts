import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cdkProcess } from '../../../infra/commands/cdk-process.ts';
import { trims } from '../../../infra/stack/bundling-trims.ts';

const { scripts } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
const { app } = JSON.parse(readFileSync(new URL('../../../cdk.json', import.meta.url), 'utf8'));

describe('the process that the CDK runs in', () => {
  it('is Node with the script of the CDK, on Windows too: no batch file, no shell, and each argument as it is', () => {
    const tools = {
      node: 'C:\\Program Files\\nodejs\\node.exe',
      cdk: 'C:\\Users\\Jörg K\\handoff\\node_modules\\aws-cdk\\bin\\cdk',
    };
    expect(cdkProcess(['deploy', '-c', 'stage=production', '--toolkit-stack-name', 'a "b" & %PATH%'], tools)).toEqual({
      file: tools.node,
      args: [tools.cdk, 'deploy', '-c', 'stage=production', '--toolkit-stack-name', 'a "b" & %PATH%'],
    });
  });

  it('starts on this machine', () => {
    const { file, args } = cdkProcess(['--version']);
    const { status, stdout } = spawnSync(file, args, { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^2\.\d+\.\d+/)]);
  });
});

describe('the commands of the project', () => {
  it.each(Object.entries<string>({ ...scripts, 'cdk.json': app }))('%s reads the same in every shell', (_, text) => {
    // Programs by name, each followed by plain words; one after another by "&&", which all shells know.
    for (const command of text.split(' && ')) expect(command).toMatch(/^[a-z]+( [\w./:-]+)*$/);
  });
});

describe('what is left out of bundles', () => {
  it('is known by its path as Windows writes it, too', () => {
    const filters: RegExp[] = [];
    const build = {
      onLoad: ({ filter, namespace }: { filter: RegExp; namespace?: string }) =>
        namespace === undefined && filters.push(filter),
      onResolve: () => undefined,
    };
    trims.setup(build as never);
    const files = ['nodemailer/lib/mime-funcs/mime-types.js', 'nodemailer/lib/fetch/index.js', 'jsonata/jsonata.js'];
    const taking = (path: string) => filters.filter((filter) => filter.test(path)).length;
    for (const file of files) {
      const path = `/home/anna/handoff/node_modules/${file}`;
      expect(taking(path), path).toBe(file.startsWith('jsonata') ? 1 : 2);
      expect(taking(`C:${path.replaceAll('/', '\\')}`), path).toBe(taking(path));
    }
  });
});
