import { describe, expect, it } from 'vitest';
import { setups } from '../../../../functions/crm/setups.ts';
import { exampleStage, setupSteps, setupText } from '../../../../infra/commands/crm/setup-plan.ts';
import { findSite, type StageSite } from '../../../../infra/commands/crm/stage-site.ts';
import { settingsOf } from '../../../../infra/stack/settings.ts';

const at: StageSite = { url: 'https://handoff.example.com' };
const nowhere: StageSite = { unknown: 'It is not deployed.' };
const names = ['hubspot', 'salesforce', 'pipedrive'] as const;

function asked(name: (typeof names)[number], site: StageSite = at) {
  const known = setups[name];
  if (!known) throw new Error(`There is no setup of ${name}.`);
  return { name, known, stage: 'production', site, set: {} };
}

/** Where each line stands in the plan. */
function order(text: string, ...lines: readonly string[]): readonly number[] {
  const places = lines.map((line) => text.indexOf(line));
  expect(places).not.toContain(-1);
  return places;
}

const ascending = (places: readonly number[]) => expect(places.toSorted((one, other) => one - other)).toEqual(places);

describe('the plan to connect a CRM', () => {
  it.each(names)('of %s saves the secrets, deploys and checks, in this order, as steps of their own', (name) => {
    const text = setupText(asked(name));
    ascending(
      order(
        text,
        'ssm put-parameter --name /handoff/production/crm --type SecureString',
        `"crm": {"name":"${name}","account":"<your account id in the CRM>"`,
        'npm run deploy -- production',
        'npm run crm -- check production',
        '--deal <its id>',
      ),
    );
    const whats = setupSteps(asked(name)).map(({ what }) => what);
    expect(whats.at(-1)).toBe('Check that all is there.');
    expect(whats).toContain('Deploy the stage.');
    expect(text).toContain(`${whats.length}. Check that all is there.`);
    expect(text).not.toContain('First of all');
  });

  it.each([
    ['hubspot', 'Have the app send webhooks.'],
    ['pipedrive', 'Show the fields to your sellers.'],
  ] as const)('of %s creates the properties once it is deployed, before what names them', (name, later) => {
    const text = setupText(asked(name));
    const create = `npm run crm -- setup ${name} production --create`;
    ascending(order(text, 'npm run deploy -- production', create, later, 'npm run crm -- check production'));
  });

  it('of HubSpot uploads no webhook before the properties that it names are there', () => {
    const steps = setupSteps(asked('hubspot'));
    const uploaded = steps.findIndex(({ how }) => how.includes('hs project upload'));
    const created = steps.findIndex(({ how }) => how.some((line) => line.endsWith('--create')));
    const before = steps.slice(0, created).flatMap(({ files = [] }) => files.map(({ path }) => path));
    expect(uploaded).toBeLessThan(created);
    expect(before).toEqual(['hsproject.json', 'src/app/app-hsmeta.json']);
    // What lies outside of src is not uploaded.
    expect(steps.slice(created).flatMap(({ files = [] }) => files.map(({ path }) => path))).toEqual([
      'webhooks-hsmeta.json',
    ]);
  });

  it('says before everything else that the address is not known, and in which step it is filled in', () => {
    const text = setupText(asked('hubspot', nowhere));
    const [said = ''] = text.split('\n\n').slice(1);
    expect(said).toContain('The address of the stage production is not known yet. It is not deployed.');
    const step = Number(/step (\d+), behind the deploy/.exec(said)?.[1]);
    const { how, files = [] } = setupSteps(asked('hubspot', nowhere))[step - 1] ?? { how: [] };
    expect(files[0]?.text).toContain('"targetUrl": "<Site>/crm/hubspot"');
    expect(how.join('\n')).toContain('in place of <Site>');
    const known = setupText(asked('hubspot'));
    expect(known).toContain('"targetUrl": "https://handoff.example.com/crm/hubspot"');
    expect(known).not.toContain('<Site>');
    expect(known).not.toContain('not known yet');
  });

  it('needs no address where no file holds one', () => {
    for (const name of ['salesforce', 'pipedrive'] as const)
      expect(setupText(asked(name, nowhere))).not.toContain('not known yet');
  });

  it('says of a stage that is not set what to add to cdk.json', () => {
    const text = setupText({ ...asked('pipedrive', nowhere), set: undefined });
    expect(text).toMatch(/^Connecting Pipedrive to the stage production\n\nFirst of all: cdk\.json sets no stage/);
    expect(text).toContain('   "production": {\n     "company": "Your Company",');
    expect(settingsOf('production', { production: exampleStage })).toMatchObject(exampleStage);
  });

  it('lets the settings be where they name the CRM already', () => {
    const crm = { name: 'hubspot', account: '24681357', deals: [], writeBack: [] } as const;
    const text = setupText({ ...asked('hubspot'), set: { crm: { ...crm, deals: [], writeBack: [] } } });
    expect(text).toContain('(account 24681357)');
    expect(text).not.toContain('In cdk.json');
  });
});

describe('the address of a stage', () => {
  const stage = 'production';
  const never = async (): Promise<undefined> => expect.fail('Nobody is to be asked.');

  it('is its domain, else what its deployed functions are told', async () => {
    expect(await findSite({ stage, domain: 'handoff.example.com' }, never)).toEqual(at);
    const told = async (name: string) => (name.includes(stage) ? { SITE_URL: 'https://d1.example' } : undefined);
    expect(await findSite({ stage, domain: undefined }, told)).toEqual({ url: 'https://d1.example' });
  });

  it('is not known before it is deployed, or where AWS does not say', async () => {
    const without = { stage, domain: undefined };
    expect(await findSite(without, async () => undefined)).toEqual({
      unknown: 'It has no "domain" in cdk.json, and is not deployed in this account and region.',
    });
    const failing = (error: Error) => () => Promise.reject(error);
    const noRegion = failing(new Error('Region is missing'));
    expect(await findSite(without, noRegion)).toEqual({ unknown: expect.stringContaining('Set AWS_REGION') });
    const denied = failing(Object.assign(new Error('Not authorized.'), { $metadata: {} }));
    expect(await findSite(without, denied)).toEqual({ unknown: expect.stringContaining('Not authorized.') });
    await expect(findSite(without, failing(new Error('A bug.')))).rejects.toThrow('A bug.');
  });
});
