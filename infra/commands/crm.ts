import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openTable } from '../../functions/aws/dynamodb.ts';
import { recordsIn } from '../../functions/aws/records.ts';
import { connect } from '../../functions/crm/connect.ts';
import type { CrmSetup, SetupCheck, SetupStep } from '../../functions/crm/crm-setup.ts';
import { setups } from '../../functions/crm/setups.ts';
import { placeOf } from '../../functions/verbs/merged-deal.ts';
import { findPlaybook } from '../../statemachines/shipped-playbooks.ts';
import { settingsOf } from '../stack/settings.ts';
import type { CrmName } from '../wiring/crms.ts';
import { mappedDeal } from './crm/map-text.ts';
import { setupSteps, setupText } from './crm/setup-plan.ts';
import { checksText, createdText, registeredText } from './crm/setup-text.ts';
import { findSite, type StageSite } from './crm/stage-site.ts';
import { clientsOf, deployedVariables, findTable, isLocal, runOnDeployment, UnusableOptions } from './deployment.ts';
import { timeOf } from './doctor/time-of.ts';
import { patience } from './patience.ts';
import { findAccess, patientCrm, patientHttp, type StageAccess } from './stage-crm.ts';
import { toldOf } from './stage-playbook.ts';
import { stagesSet, unsetStage } from './stages.ts';

const usage = `Usage: npm run crm -- setup <hubspot|salesforce|pipedrive> <stage> [--out <folder>] [--create]
       npm run crm -- check [<stage>] [--deal <id>]
       npm run crm -- map [<stage>] <deal id>

setup  prints what to do to connect the CRM to a stage, step by step; --out writes the files into a folder. --create makes the
       properties, and the webhook, where the CRM's API can, once the stage is deployed and its secrets are there.
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

const settable = Object.keys(setups).join(', ');

function setupOf(name: string): CrmSetup {
  const found = Object.hasOwn(setups, name) ? setups[name] : undefined;
  if (found) return found;
  throw new UnusableOptions(`There is nothing to set up in "${name}"; there is in ${settable}.`);
}

/** The CRM and the stage that are named. */
function named([name, stage, ...more]: readonly string[]): { name: CrmName; known: CrmSetup; stage: string } {
  if (name === undefined)
    throw new UnusableOptions(`Name the CRM, one of ${settable}, and a stage: npm run crm -- setup hubspot production`);
  const known = setupOf(name);
  if (stage === undefined) throw new UnusableOptions(`Name the stage, too: npm run crm -- setup ${name} production`);
  if (more.length > 0) throw new UnusableOptions(`One stage at a time, not also ${more.join(', ')}.`);
  return { name: name as CrmName, known, stage };
}

async function setup(given: readonly string[], out: string | undefined): Promise<number> {
  const { name, known, stage } = named(given);
  const unset = unsetStage(stage);
  const set = unset === undefined ? settingsOf(stage, stagesSet()) : undefined;
  const site: StageSite = set
    ? await findSite({ stage, domain: set.domain?.name }, deployedVariables(process.env))
    : { unknown: 'cdk.json does not set it.' };
  const asked = { name, known, stage, site, set };
  if (out !== undefined) await writeFiles(setupSteps(asked), out);
  console.log(setupText(asked, out));
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
  const { known: seen } = await placeOf(recordsIn(table), dealId);
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
