import { connectorOf } from '../../../functions/crm/connectors.ts';
import type { CrmSetup, SetupStep } from '../../../functions/crm/crm-setup.ts';
import type { Settings } from '../../stack/settings.ts';
import { crmSecretsName, crmWiring, webhookPath } from '../../wiring/crms.ts';
import { propertiesText, stepsText } from './setup-text.ts';
import { type StageSite, unknownSite } from './stage-site.ts';
import { stageSteps } from './stage-steps.ts';

/** A stage as it may stand in cdk.json, with what everybody has to say themselves. */
export const exampleStage = {
  company: 'Your Company',
  siteName: 'Handoff',
  sender: 'handoff@your-domain.example',
  senderIdentity: 'create',
  replyTo: 'revenue-operations@your-domain.example',
  alarmMail: 'operations@your-domain.example',
  defaultZone: 'Europe/Berlin',
} as const;

interface Asked {
  readonly name: Parameters<typeof crmWiring>[0];
  readonly known: CrmSetup;
  readonly stage: string;
  readonly site: StageSite;
  /** What cdk.json says of the stage; undefined where it sets no such stage. */
  readonly set: Pick<Settings, 'crm'> | undefined;
}

/** What somebody does to connect a CRM to a stage, in an order that works. */
export function setupSteps({ name, known, stage, site, set }: Asked): readonly SetupStep[] {
  const crm = set?.crm?.name === name ? set.crm : undefined;
  const { apiUrl, tells }: ReturnType<typeof crmWiring> = crmWiring(name);
  const settings = {
    account: crm?.account ?? '<your account id in the CRM>',
    apiUrl: crm?.apiUrl ?? apiUrl ?? "<your company's address in the CRM>",
    deals: crm?.deals ?? [],
    webhookUrl: `${'url' in site ? site.url : unknownSite}${webhookPath(name)}`,
  };
  const written = {
    ...{ name, account: settings.account },
    ...(apiUrl === undefined && { apiUrl: settings.apiUrl }),
    ...(tells === 'partner bus' && { partnerBus: '<the partner event bus>' }),
    writeBack: ['status', 'phase', 'owner', 'score', 'notes'],
  };
  const { secretNames } = connectorOf(name);
  return known.steps(
    settings,
    stageSteps({
      ...{ stage, crm: name, parameter: crmSecretsName(stage), secretNames },
      ...(!crm && { line: `"crm": ${JSON.stringify(written)}` }),
    }),
  );
}

/** The whole plan as text; what has to be done before everything else stands first. `out`: the folder that files were written to. */
export function setupText({ name, known, stage, site, set }: Asked, out?: string): string {
  const { title } = connectorOf(name);
  const steps = setupSteps({ name, known, stage, site, set });
  return [
    `Connecting ${title} to the stage ${stage}`,
    ...(set ? [] : [unsetText(stage)]),
    ...addressText(stage, site, steps),
    stepsText(steps, out),
    `The ${known.properties.length} properties that Handoff uses in ${title}:`,
    propertiesText(known.properties),
  ].join('\n\n');
}

const unsetText = (stage: string): string =>
  [
    `First of all: cdk.json sets no stage "${stage}". Add it to "stages" there, with what is yours ("Deploy" in README.md):`,
    '',
    ...JSON.stringify({ [stage]: exampleStage }, undefined, 2)
      .split('\n')
      .slice(1, -1)
      .map((line) => ` ${line}`),
  ].join('\n');

/** That files lack the address of the stage, which is known once it is deployed. */
function addressText(stage: string, site: StageSite, steps: readonly SetupStep[]): readonly string[] {
  const lacking = steps.findIndex(({ files = [] }) => files.some(({ text }) => text.includes(unknownSite)));
  if ('url' in site || lacking < 0) return [];
  const paths = steps[lacking]?.files?.map(({ path }) => path).join(', ');
  return [
    [
      `The address of the stage ${stage} is not known yet. ${site.unknown}`,
      `Deploy it first (npm run deploy -- ${stage}), or set its "domain", and run this again: the files then hold its address.`,
      `Or go on: step ${lacking + 1}, behind the deploy, says what to put in place of ${unknownSite} in ${paths}.`,
    ].join('\n'),
  ];
}
