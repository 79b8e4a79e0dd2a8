import { describe, expect, it } from 'vitest';
import type { Template } from '../../../../infra/commands/ending/replaced-resources.ts';
import {
  cancelOpenOption,
  runStackCommand,
  type StackCommand,
} from '../../../../infra/commands/ending/stack-command.ts';
import type { Keeping } from '../../../../infra/commands/ending/what-stays.ts';
import { settingsOf } from '../../../../infra/stack/settings.ts';
import { synthesize } from '../../stack/synthesize.ts';

const stage = {
  company: 'Example',
  siteName: 'Handoff',
  sender: 'handoff@example.com',
  senderIdentity: 'create',
  alarmMail: 'operations@example.com',
  defaultZone: 'UTC',
  customerManagedKey: true,
};
const settings = settingsOf('production', { production: stage });
const deployed: Template = synthesize().template;
const table = 'StorageTableB43FDCE7';
const machine = 'WorkflowMachine0C2E3460';

/** The deployed template with a resource under another logical id, or with other properties. */
function changed(id: string, change: { renamed?: string; properties?: object }): Template {
  const { [id]: resource, ...Resources } = deployed.Resources ?? {};
  if (!resource) throw new Error(id);
  const Properties = { ...resource.Properties, ...change.properties };
  return { Resources: { ...Resources, [change.renamed ?? id]: { ...resource, Properties } } };
}

interface Account {
  readonly open: number;
  readonly deployed?: Template | undefined;
  readonly next?: Template;
  readonly keeping?: Keeping;
}

const keeping = { table: 'handoff-production-StorageTable-1', bucket: 'handoff-production-facts-1', key: '12ab-34cd' };

/** Runs a command in an account, and tells what was done and said, in order. */
async function run(command: Partial<StackCommand>, account: Account) {
  const done: string[] = [];
  const said: string[] = [];
  let { open } = account;
  const exitCode = await runStackCommand(
    { verb: 'destroy', settings, mayCancel: undefined, options: ['--force'], ...command },
    {
      cdk: (args) => {
        done.push(args.join(' '));
        return 0;
      },
      open: async () => Array.from({ length: open }, (_, i) => `arn:${i}`),
      cancelOpen: async () => {
        done.push('cancel');
        const canceled = open;
        open = 0;
        return { canceled, stopped: 0 };
      },
      deployed: async () => ('deployed' in account ? account.deployed : deployed),
      synthesized: () => account.next ?? deployed,
      keeping: async () => account.keeping ?? keeping,
      say: (line) => said.push(line),
    },
  );
  return { exitCode, done, said: said.join('\n') };
}

const destroyed = 'destroy -c stage=production --force';
const synthesized = 'synth --quiet -c stage=production';
const deployedNow = 'deploy --app cdk.out --force';

describe('destroying a stage', () => {
  it('is refused while anything is open, with how many and what to do next', async () => {
    const { exitCode, done, said } = await run({}, { open: 12 });
    expect([exitCode, done]).toEqual([2, []]);
    expect(said).toContain('12 executions are open in handoff-production.');
    expect(said).toContain('npm run destroy -- production --cancel-open 12');
    expect((await run({}, { open: 1 })).said).toContain('1 execution is open');
  });

  it('is refused when more is open than somebody agreed to end', async () => {
    const { exitCode, done, said } = await run({ mayCancel: 11 }, { open: 12 });
    expect([exitCode, done]).toEqual([2, []]);
    expect(said).toContain('more than the 11 agreed to');
    expect(said).toContain('--cancel-open 12');
  });

  it('cancels what is open first, when told to', async () => {
    for (const mayCancel of [12, 13])
      expect(await run({ mayCancel }, { open: 12 })).toMatchObject({ exitCode: 0, done: ['cancel', destroyed] });
    // Once more, when nothing is open any more.
    expect(await run({ mayCancel: 12 }, { open: 0 })).toMatchObject({ exitCode: 0, done: [destroyed] });
  });

  it('says what stays, and how to remove it', async () => {
    const { said, done } = await run({}, { open: 0 });
    expect(done).toEqual([destroyed]);
    for (const part of [
      'aws dynamodb update-table --table-name handoff-production-StorageTable-1 --no-deletion-protection-enabled',
      'aws dynamodb delete-table --table-name handoff-production-StorageTable-1',
      'aws s3 rb --force s3://handoff-production-facts-1',
      'nobody can read the table and the bucket',
      'aws kms schedule-key-deletion --key-id 12ab-34cd',
      'aws sesv2 delete-email-identity --email-identity example.com',
      'senderIdentity is "existing"',
      'all logs',
    ])
      expect(said).toContain(part);
  });
});

describe('what stays of a stage', () => {
  const said = async (more: object, kept: Keeping = {}) => {
    const changed = settingsOf('production', { production: { ...stage, ...more } });
    return (await run({ settings: changed }, { open: 0, keeping: kept })).said;
  };

  it('is named as far as it is known', async () => {
    const { length } = (await said({})).match(/<[^>]+>/g) ?? [];
    expect(length).toBe(5);
    expect(await said({})).toContain('aws s3 rb --force s3://<the bucket of handoff-production>');
  });

  it('is what is deployed, whatever the settings say by now', async () => {
    const other = { facts: 'table', customerManagedKey: false };
    expect(await said(other, keeping)).toMatch(/s3:\/\/handoff-production-facts-1.*--key-id 12ab-34cd/s);
    const without = await said({ ...other, senderIdentity: 'existing' });
    expect(without).not.toMatch(/bucket|kms/);
  });
});

describe('deploying a stage', () => {
  it('deploys what was synthesized, whatever is open, where the table and the state machine stay what they are', async () => {
    for (const account of [
      { open: 12 },
      { open: 12, deployed: undefined },
      { open: 12, next: changed(machine, { properties: { DefinitionString: '{}' } }) },
      { open: 12, next: changed(table, { properties: { DeletionProtectionEnabled: false } }) },
      { open: 12, next: changed('PagesApi998C29E9', { renamed: 'Other' }) },
    ])
      expect(await run({ verb: 'deploy' }, account)).toEqual({
        exitCode: 0,
        done: [synthesized, deployedNow],
        said: '',
      });
  });

  const key = (name: string) => ({ KeySchema: [{ AttributeName: name, KeyType: 'HASH' }] });
  it.each([
    ['the table under another id', changed(table, { renamed: 'Table2' }), 'no longer in the stack'],
    ['another key', changed(table, { properties: key('id') }), 'its KeySchema would change'],
    ['a name for the table', changed(table, { properties: { TableName: 'handoff' } }), 'its TableName would change'],
    [
      'an attribute of another type',
      changed(table, { properties: { AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'N' }] } }),
      'its AttributeDefinitions would change',
    ],
    ['the machine under another id', changed(machine, { renamed: 'Machine2' }), 'no longer in the stack'],
    [
      'another name of the machine',
      changed(machine, { properties: { StateMachineName: 'x' } }),
      'its StateMachineName',
    ],
    [
      'another type of machine',
      changed(machine, { properties: { StateMachineType: 'EXPRESS' } }),
      'its StateMachineType',
    ],
  ])('is refused while anything is open when it would replace what handoffs stand on: %s', async (_, next, why) => {
    const refused = await run({ verb: 'deploy' }, { open: 3, next });
    expect([refused.exitCode, refused.done]).toEqual([2, [synthesized]]);
    expect(refused.said).toContain(why);
    expect(refused.said).toContain('npm run deploy -- production --cancel-open 3');
    expect((await run({ verb: 'deploy', mayCancel: 3 }, { open: 3, next })).done).toEqual([
      synthesized,
      'cancel',
      deployedNow,
    ]);
    const empty = await run({ verb: 'deploy' }, { open: 0, next });
    expect(empty.done).toEqual([synthesized, deployedNow]);
    expect(empty.said).toContain(why);
  });

  it('ends where the synthesis does', async () => {
    const cdk = (args: readonly string[]) => (args[0] === 'synth' ? 3 : 0);
    const never = () => Promise.reject(new Error('Nobody asks.'));
    const effects = { cdk, open: never, cancelOpen: never, deployed: never, keeping: never, say: () => undefined };
    const synthesized = () => deployed;
    expect(
      await runStackCommand(
        { verb: 'deploy', settings, mayCancel: undefined, options: [] },
        { ...effects, synthesized },
      ),
    ).toBe(3);
  });
});

describe('comparing a stage', () => {
  it('asks nobody', async () => {
    expect(await run({ verb: 'diff' }, { open: 12 })).toEqual({
      exitCode: 0,
      done: ['diff -c stage=production --force'],
      said: '',
    });
  });
});

describe('--cancel-open', () => {
  it('is taken out of what the CDK is given', () => {
    expect(cancelOpenOption(['--force', '--cancel-open', '12', '--profile', 'x'])).toEqual({
      mayCancel: 12,
      options: ['--force', '--profile', 'x'],
    });
    expect(cancelOpenOption(['--cancel-open=0'])).toEqual({ mayCancel: 0, options: [] });
    expect(cancelOpenOption(['--force'])).toEqual({ mayCancel: undefined, options: ['--force'] });
  });

  it('needs a whole number', () => {
    for (const options of [
      ['--cancel-open'],
      ['--cancel-open', '--force'],
      ['--cancel-open=all'],
      ['--cancel-open', '-1'],
    ])
      expect(() => cancelOpenOption(options)).toThrow('such as --cancel-open 12');
  });
});
