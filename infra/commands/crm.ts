import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openTable } from '../../functions/aws/dynamodb.ts';
import { recordsIn } from '../../functions/aws/records.ts';
import { connect } from '../../functions/crm/connect.ts';
import { connectorOf } from '../../functions/crm/connectors.ts';
import type { CrmSetup, SetupCheck, SetupStep } from '../../functions/crm/crm-setup.ts';
import { setups } from '../../functions/crm/setups.ts';
import { findPlaybook } from '../../statemachines/shipped-playbooks.ts';
import { settingsOf } from '../stack/settings.ts';
import { crmSecretsName, crmWiring, webhookPath } from '../wiring/crms.ts';
import { mappedDeal } from './crm/map-text.ts';
import { checksText, createdText, propertiesText, registeredText, secretsText, stepsText } from './crm/setup-text.ts';
import { clientsOf, findTable, isLocal, runOnDeployment, UnusableOptions } from './deployment.ts';
import { timeOf } from './doctor/time-of.ts';
import { patience } from './patience.ts';
import { findAccess, patientCrm, patientHttp, type StageAccess } from './stage-crm.ts';
import { toldOf } from './stage-playbook.ts';
import { stagesSet, unsetStage } from './stages.ts';

const usage = `Usage: npm run crm -- setup <hubspot|salesforce|pipedrive> <stage> [--out <folder>] [--create]
       npm run crm -- check [<stage>] [--deal <id>]
       npm run crm -- map [<stage>] <deal id>

setup  prints what to create in the CRM and where its secrets go, for a stage of cdk.json; --out writes the files into a
       folder. --create makes the properties, and the webhook, where the CRM's API can, once the stage is deployed and its secrets
       are there.
check  asks the CRM: the token works, its scopes suffice, the stages are found, the mapping covers what is required. With --deal, a
       deal in which you have just changed something: whether that arrived.
map    shows a deal of the CRM as the package it would become, gap by gap. It changes nothing.

Needs AWS credentials (lambda:GetFunctionConfiguration, ssm:GetParameter; with --deal dynamodb:GetItem), or AWS_ENDPOINT_URL of an
account on this machine, which has no stages.

Exit code 0: all is well; 1: something is to be done; 2: it could not look.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      create: { type: 'boolean', default: false },
      deal: { type: 'string' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [doing, ...rest] = positionals;
  if (values.help) {
    console.log(usage);
    return 0;
  }
  switch (doing) {
    case 'setup':
      return values.create ? createIn(rest) : setup(rest, values.out);
    case 'check':
      return check(rest, values.deal);
    case 'map':
      return map(rest);
    default:
      throw new UnusableOptions('Say what to do: setup, check or map.');
  }
}

function setupOf(name: string): CrmSetup {
  const found = Object.hasOwn(setups, name) ? setups[name] : undefined;
  if (found) return found;
  throw new UnusableOptions(`There is nothing to set up in "${name}"; there is in ${Object.keys(setups).join(', ')}.`);
}

/** The CRM and the stage that are named. */
function named([name = '', stage, ...more]: readonly string[]): { name: string; known: CrmSetup; stage: string } {
  const known = setupOf(name);
  if (stage === undefined || more.length > 0) throw new UnusableOptions('Name the CRM and one stage.');
  return { name, known, stage };
}

async function setup(given: readonly string[], out: string | undefined): Promise<number> {
  const { name, known, stage } = named(given);
  const unset = unsetStage(stage);
  if (unset) throw new UnusableOptions(unset);
  const { crm, domain } = settingsOf(stage, stagesSet());
  const isHere = crm?.name === name;
  const site = domain ? `https://${domain.name}` : "<the stage's output Site>";
  const { apiUrl, tells }: ReturnType<typeof crmWiring> = crmWiring(name as Parameters<typeof crmWiring>[0]);
  const settings = {
    account: isHere ? crm.account : '<your account id in the CRM>',
    apiUrl: (isHere ? crm.apiUrl : undefined) ?? apiUrl ?? "<your company's address in the CRM>",
    webhookUrl: `${site}${webhookPath(name)}`,
  };
  const written = {
    ...{ name, account: settings.account },
    ...(apiUrl === undefined && { apiUrl: settings.apiUrl }),
    ...(tells === 'partner bus' && { partnerBus: (isHere && crm.partnerBus) || '<the partner event bus>' }),
    writeBack: ['status', 'phase', 'owner', 'score', 'notes'],
  };
  const { secretNames, title } = connectorOf(name);
  console.log(`Connecting ${title} to the stage ${stage}\n`);
  const steps = known.steps(settings);
  if (out !== undefined) await writeFiles(steps, out);
  console.log(stepsText(steps, out));
  console.log(`\n${known.properties.length} properties that it has to have (--create makes them where it can):\n`);
  console.log(propertiesText(known.properties));
  console.log(`\n${secretsText(crmSecretsName(stage), secretNames)}`);
  if (!isHere)
    console.log(`\nThen add to the stage in cdk.json, and deploy it:\n\n   "crm": ${JSON.stringify(written)}`);
  console.log(`\nAt last: npm run crm -- check ${stage}`);
  return 0;
}

/** Writes the files that belong to the steps into a folder. */
async function writeFiles(steps: readonly SetupStep[], folder: string): Promise<void> {
  for (const { path, text } of steps.flatMap(({ files = [] }) => files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** The way to the CRM of a stage, which has to be the one that is named. */
async function accessOf(stage: string, name: string): Promise<StageAccess> {
  const access = await findAccess(process.env, stage);
  if (access.crm === name) return access;
  throw new UnusableOptions(`The stage ${stage} is connected to ${access.crm}, not to ${name}.`);
}

async function createIn(given: readonly string[]): Promise<number> {
  const { name, known, stage } = named(given);
  const access = await accessOf(stage, name);
  const { createProperties, registerWebhook } = known;
  if (!createProperties)
    throw new UnusableOptions('The API of this CRM creates no properties: setup without --create says how to.');
  const connection = { ...access, http: patientHttp(access.http, patience(setTimeout)) };
  const created = await createProperties(connection);
  console.log(createdText(created));
  const registered = await registerWebhook?.(connection);
  if (registered !== undefined) console.log(registeredText(registered));
  return [registered, ...created.map(({ outcome }) => outcome)].some((outcome) => typeof outcome === 'object') ? 1 : 0;
}

async function check(stages: readonly string[], deal: string | undefined): Promise<number> {
  const stage = oneStage(stages);
  const access = await findAccess(process.env, stage);
  const checks = [
    ...(await setupOf(access.crm).check(access)),
    ...(deal === undefined ? [] : [await arrival(stage, deal)]),
  ];
  console.log(checksText(checks));
  if (deal === undefined) console.log('\nWhether changes arrive: change a deal, and say --deal <its id>.');
  return checks.every(({ ok }) => ok) ? 0 : 1;
}

/** Whether what happened to a deal has come in. */
async function arrival(stage: string | undefined, dealId: string): Promise<SetupCheck> {
  const table = openTable(clientsOf(process.env).dynamodb, await findTable(process.env, stage));
  const seen = await recordsIn(table).seenDeals.load(dealId);
  const what = `What happens to deal ${dealId} arrives`;
  if (seen) return { what: `${what}: last ${seen.seen.at}`, ok: true };
  return {
    what,
    ok: false,
    problem: 'Nothing was heard of it.',
    remedy:
      'Change it in the CRM, wait a minute, and check again. Then look at the log of hear-webhook, or at the partner bus.',
  };
}

async function map(given: readonly string[]): Promise<number> {
  const [dealId, stage] = given.length > 1 ? [given[1], given[0]] : [given[0], undefined];
  if (dealId === undefined || given.length > 2) throw new UnusableOptions('Name one deal, by its id in the CRM.');
  const access = await findAccess(process.env, stage);
  const again = patience((milliseconds) => setTimeout(milliseconds));
  const read = await patientCrm(connect(access, Date.now).crm, again).readDeal(dealId);
  if (!('deal' in read)) {
    console.log('gone' in read ? read.gone : `The deal became part of the deal ${read.mergedInto}.`);
    return 1;
  }
  const at = await timeOf(isLocal(process.env) ? process.env['AWS_ENDPOINT_URL'] : undefined);
  const { playbookName } = await toldOf(stage, process.env);
  const found = findPlaybook(playbookName);
  if ('problem' in found) throw new UnusableOptions(`The stage's playbook is not here: ${found.problem}`);
  const { text, isUsable } = mappedDeal(read.deal, { playbook: found.playbook, at });
  console.log(text);
  return isUsable ? 0 : 1;
}

function oneStage([stage, ...more]: readonly string[]): string | undefined {
  if (more.length > 0) throw new UnusableOptions(`One stage at a time, not also ${more.join(', ')}.`);
  return stage;
}

await runOnDeployment(main, usage);
