import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateStateMachineCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it, onTestFinished } from 'vitest';
import cdk from '../../../cdk.json' with { type: 'json' };
import { workflowRoleArn } from '../../../infra/local/local-names.ts';
import { course } from '../../support/course.ts';
import { openSystem } from '../../support/world.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs a command file as a stranger to any AWS account would. */
async function run(file: string, arguments_: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const node = spawn(process.execPath, [file, ...arguments_], { cwd: root, env: environment });
  const written: Buffer[] = [];
  for (const stream of [node.stdout, node.stderr]) stream.on('data', (chunk) => written.push(chunk));
  const status = await new Promise<number | null>((resolve) => node.on('close', resolve));
  return { status, said: Buffer.concat(written).toString() };
}

describe('The app', () => {
  it('is synthesized without an account, and says how large it is', course, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'handoff-synth-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const { status, said } = await run('infra/stack/app.ts', [], {
      CDK_OUTDIR: join(folder, 'cdk.out'),
      // The bundles have tests of their own; the CDK leaves them out for commands that need no code, such as destroy.
      // What CloudFormation's own rules find fails here; otherwise the CDK would only say it.
      CDK_CONTEXT_JSON: JSON.stringify({
        ...cdk.context,
        'aws:cdk:bundling-stacks': [],
        '@aws-cdk/core:validateAgainstDefaultRules': true,
      }),
    });
    expect(said).toMatch(/Template: [\d,]+ bytes of 1,048,576, \d+ resources of 500\./);
    expect(said).not.toMatch(/ERROR|AwsSolutions/);
    expect(status).toBe(0);
  });

  it('says what is wrong with a stage, and nothing of its own code', async () => {
    const stages = { mine: { ...cdk.context.stages.sample, defaultZone: 'Berlin' } };
    const asked = { CDK_CONTEXT_JSON: JSON.stringify({ ...cdk.context, stages, stage: 'mine' }) };
    const { status, said } = await run('infra/stack/app.ts', [], asked);
    expect(said).toBe(
      'The settings of stage "mine" cannot be used:\n  defaultZone: an IANA time zone such as Europe/Berlin\n',
    );
    expect(status).toBe(1);
  });
});

describe('npm run deploy', () => {
  it('asks for a stage, and names those there are', async () => {
    expect(await run('infra/commands/deploy.ts', ['deploy'])).toEqual({
      status: 2,
      said: expect.stringContaining('npm run deploy -- <stage>. cdk.json has: sample'),
    });
  });

  it('does not deploy the sample, nor what is not a command', course, async () => {
    expect((await run('infra/commands/deploy.ts', ['deploy', 'sample'])).said).toContain('is a sample');
    expect((await run('infra/commands/deploy.ts', ['bootstrap', 'sample'])).said).toContain(
      'none of deploy, diff, destroy',
    );
    expect((await run('infra/commands/deploy.ts', ['diff', 'prod'])).said).toContain('no stage "prod"');
  });
});

describe('npm run destroy', () => {
  it('asks the account what is open, and refuses while anything is', course, async () => {
    const { account, clients } = await openSystem();
    const { url } = await account.listen(0);
    const definition = JSON.stringify({
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 86_400, End: true } },
    });
    const made = new CreateStateMachineCommand({ name: 'handoff-sample', definition, roleArn: workflowRoleArn });
    const { stateMachineArn } = await clients.sfn.send(made);
    for (const name of ['D-1-1', 'D-2-1']) await clients.sfn.send(new StartExecutionCommand({ stateMachineArn, name }));
    const { status, said } = await run('infra/commands/deploy.ts', ['destroy', 'sample'], { AWS_ENDPOINT_URL: url });
    expect(said).toContain('2 executions are open in handoff-sample. Destroyed now');
    expect(said).toContain('npm run destroy -- sample --cancel-open 2');
    expect(status).toBe(2);
    const unclear = await run('infra/commands/deploy.ts', ['destroy', 'sample', '--cancel-open'], {});
    expect([unclear.status, unclear.said]).toEqual([2, expect.stringContaining('such as --cancel-open 12')]);
  });
});
