import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { courseUnless } from '../../../support/course.ts';

const top = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'crm-setup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const setup = (...words: readonly string[]) =>
  spawnSync(process.execPath, ['infra/commands/crm.ts', 'setup', ...words], { cwd: top, encoding: 'utf8' });

describe('npm run crm -- setup', () => {
  it('prints the plan for a stage that nobody has set yet, and writes its files', () => {
    const { status, stdout, stderr } = setup('hubspot', 'not-set-yet', '--out', folder);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain('First of all: cdk.json sets no stage "not-set-yet".');
    expect(stdout).toContain('The address of the stage not-set-yet is not known yet. cdk.json does not set it.');
    const webhooks = JSON.parse(readFileSync(join(folder, 'webhooks-hsmeta.json'), 'utf8'));
    expect(webhooks.config.settings.targetUrl).toBe('<Site>/crm/hubspot');
  });

  const refusals: readonly (readonly [readonly string[], string])[] = [
    [[], 'Name the CRM, one of hubspot, salesforce, pipedrive, and a stage: npm run crm -- setup hubspot production'],
    [['hubspot'], 'Name the stage, too: npm run crm -- setup hubspot production'],
    [['dynamics', 'x'], 'There is nothing to set up in "dynamics"; there is in hubspot, salesforce, pipedrive.'],
    [['hubspot', 'one', 'two'], 'One stage at a time, not also two.'],
  ];
  // Each is a process of its own.
  for (const [words, said] of refusals)
    it(`ends with 2 for ${JSON.stringify(words)}`, courseUnless(words.length === 0), () => {
      const { status, stderr } = setup(...words);
      expect(status).toBe(2);
      expect(stderr.trim()).toBe(said);
    });
});
