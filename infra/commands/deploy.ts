import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { GetFunctionConfigurationCommand, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { openTable } from '../../functions/aws/dynamodb.ts';
import { functionCalls } from '../../functions/aws/function-calls.ts';
import { handoffRecords } from '../../functions/aws/handoff-records.ts';
import { queryCalls } from '../calls/query-calls.ts';
import { type Settings, settingsOf } from '../stack/settings.ts';
import type { FunctionName } from '../wiring/function-names.ts';
import { stageName } from '../wiring/names.ts';
import { cdkProcess } from './cdk-process.ts';
import { clientsOf, runOnDeployment, UnusableOptions } from './deployment.ts';
import { cancelOpen } from './ending/cancel-open.ts';
import { deployedTemplate, keepingOf, machineArnOf } from './ending/deployed-stack.ts';
import { openExecutions } from './ending/open-executions.ts';
import { cancelOpenOption, runStackCommand, type StackEffects, type StackVerb } from './ending/stack-command.ts';
import { patience } from './patience.ts';
import { stagesSet } from './stages.ts';

const usage = `Usage: npm run deploy|diff|destroy -- <stage> [--cancel-open <n>] [options of cdk]

Runs the CDK on a stage of cdk.json. While handoffs are open, destroy is refused, and so is a deploy that would put another state
machine or table in place of theirs. --cancel-open <n> cancels them first, if no more than <n> executions are open.

Exit code: the CDK's; 1: AWS did not do what was asked; 2: it was refused, or the options cannot be used.`;

const verbs: readonly string[] = ['deploy', 'diff', 'destroy'] satisfies StackVerb[];
const isVerb = (text: string): text is StackVerb => verbs.includes(text);

/** Deploying what the sample says would ask SES for somebody else's domain. */
const isSample = (address: string): boolean => /@(.*\.)?example\.(com|org|net)$/.test(address);

/** `npm run deploy|diff|destroy`: see the usage above. */
async function main(): Promise<number> {
  const [verb = '', stage = '', ...rest] = process.argv.slice(2);
  if (!isVerb(verb)) throw new UnusableOptions(`"${verb}" is none of ${verbs.join(', ')}.`);
  if (stage === '--help') {
    console.log(usage);
    return 0;
  }
  const stages = stagesSet();
  if (!stage || stage.startsWith('-'))
    throw new UnusableOptions(
      `Say which stage: npm run ${verb} -- <stage>. cdk.json has: ${Object.keys(stages).join(', ')}.`,
    );
  const settings = usableSettings(stage, stages);
  const { sender, alarmMail } = settings;
  if (verb === 'deploy' && [sender, alarmMail].some(isSample))
    throw new UnusableOptions(
      `Stage "${stage}" is a sample: give cdk.json a stage with a sender and an alarmMail of your own.`,
    );
  const { mayCancel, options } = cancelOpenOption(rest);
  return runStackCommand({ verb, settings, mayCancel, options }, effectsOn(settings, environmentFor(options)));
}

function usableSettings(stage: string, stages: unknown): Settings {
  try {
    return settingsOf(stage, stages);
  } catch (error) {
    throw new UnusableOptions(error instanceof Error ? error.message : String(error));
  }
}

/** The CDK takes a profile as an option and a region by an older name: what is asked of AWS here is asked of the same account. */
function environmentFor(options: readonly string[]): NodeJS.ProcessEnv {
  const at = options.findIndex((option) => /^--profile(=|$)/.test(option));
  const profile = options[at]?.split('=')[1] ?? options[at + 1];
  const region = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
  if (at >= 0 && profile) process.env['AWS_PROFILE'] = profile;
  if (region) process.env['AWS_REGION'] = region;
  return process.env;
}

/** What is stopped has ended within moments: looked for during ten minutes. */
const [lookEvery, looks] = [5_000, 120];

function effectsOn(settings: Settings, environment: NodeJS.ProcessEnv): StackEffects {
  const { stage } = settings;
  const { sfn, lambda, dynamodb } = clientsOf(environment);
  const endpoint = environment['AWS_ENDPOINT_URL'];
  const sts = queryCalls(lambda, { service: 'sts', version: '2011-06-15' }, endpoint);
  const cloudFormation = queryCalls(lambda, { service: 'cloudformation', version: '2010-05-15' }, endpoint);
  const again = patience((milliseconds) => setTimeout(milliseconds));
  const machine = async () => ({
    client: sfn,
    again,
    stateMachineArn: await machineArnOf(stage, sts, String(await lambda.config.region())),
  });
  const table = async () => {
    try {
      const FunctionName = stageName(stage, 'start-handoff' satisfies FunctionName);
      const found = await again(() => lambda.send(new GetFunctionConfigurationCommand({ FunctionName })));
      return found.Environment?.Variables?.['HANDOFF_TABLE'];
    } catch (error) {
      // Never deployed, or half-way through an earlier try.
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  };
  return {
    cdk: (args) => {
      const { file, args: all } = cdkProcess(args);
      const { status, error } = spawnSync(file, all, { stdio: 'inherit' });
      if (error) throw error;
      return status ?? 1;
    },
    open: async () => openExecutions(await machine()),
    cancelOpen: async () => {
      const name = await table();
      const functions = functionCalls(lambda);
      return cancelOpen({
        ...(await machine()),
        handoffs: name === undefined ? { load: async () => undefined } : handoffRecords(openTable(dynamodb, name)),
        stopDeal: (event) => functions.call(stageName(stage, 'stop-deal'), event),
        at: new Date().toISOString(),
        reason: `${settings.siteName} (${stage}) is taken out of service.`,
        say: (line) => console.log(line),
        pause: () => setTimeout(lookEvery),
        looks,
      });
    },
    deployed: () => deployedTemplate(stage, cloudFormation, again),
    synthesized: () => JSON.parse(readFileSync(`cdk.out/${stageName(stage)}.template.json`, 'utf8')),
    keeping: () => keepingOf(stage, cloudFormation, again),
    say: (line) => console.error(line),
  };
}

await runOnDeployment(main, usage);
