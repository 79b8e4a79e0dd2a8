import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { settingsOf } from '../stack/settings.ts';
import { clientsOf, findDeployment, isLocal, runOnDeployment, UnusableOptions } from './deployment.ts';
import { checkStage, stageCalls } from './smoke/check-stage.ts';
import { type Finding, findingLines } from './smoke/finding.ts';
import { smokeDeal } from './smoke-deal.ts';
import { stagesSet } from './stages.ts';

const usage = `Usage: npm run smoke -- [<stage>] [--account-executive <mail address>] [--seconds <n>]

Puts a small deal on the bus of a deployment, sees the execution start and the first mail claimed, cancels the deal, and sees
the execution stopped. Of a stage it then checks what no deal passes through: that SES has verified the sender and is out of its
sandbox, that EventBridge may write to the dead letters, that somebody has confirmed to get the alarms, and which of their metrics
have data. Each failed check says how to mend it. Needs AWS credentials, or AWS_ENDPOINT_URL of an account on this machine (npm start), which has no
stages. HANDOFF_TABLE, HANDOFF_BUS and STATE_MACHINE_ARN name the deployment where no stage does. On AWS the first mail goes to SES's mailbox
simulator, unless another account executive is named. The colleague to whom the customer would go hears of the cancellation.

--seconds: how long to wait for each thing (60). Exit code 0: all is well; 1: something is not; 2: the options cannot be used.`;

/** AWS's own address for such tests: mail to it touches nobody, and not the reputation of the sender either. */
const simulator = 'success@simulator.amazonses.com';
const lookEvery = 500;

/** `npm run smoke`: see the usage above. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'account-executive': { type: 'string' },
      seconds: { type: 'string', default: '60' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [stage, ...more] = positionals;
  if (more.length > 0) throw new UnusableOptions(`One stage at a time, not also ${more.join(', ')}.`);
  const seconds = Number(values.seconds);
  if (!(seconds > 0 && seconds <= 3600)) throw new UnusableOptions('--seconds takes a number from 1 to 3600.');
  const deployment = await findDeployment(process.env, stage);
  const clients = clientsOf(process.env);
  const well = await smokeDeal({
    ...deployment,
    clients,
    at: new Date().toISOString(),
    accountExecutive: values['account-executive'] ?? (isLocal(process.env) ? 'smoke.test@example.com' : simulator),
    say: (line) => console.log(line),
    pause: () => setTimeout(lookEvery),
    looks: Math.ceil((seconds * 1000) / lookEvery),
  });
  const findings = await checked(stage, clients.lambda);
  for (const finding of findings) for (const line of findingLines(finding)) console.log(line);
  const isWell = well && findings.every(({ kind }) => kind !== 'bad');
  console.log(isWell ? 'The deployment works.' : 'The deployment does not work, or not as it should.');
  return isWell ? 0 : 1;
}

/** What no deal passes through: of a stage on AWS alone, with the settings that it is deployed with. */
async function checked(stage: string | undefined, client: LambdaClient): Promise<readonly Finding[]> {
  if (isLocal(process.env)) return [];
  const skipped = (why: string): readonly Finding[] => [
    { kind: 'not yet', what: `The sender, the dead letters and the alarms are not checked: ${why}` },
  ];
  if (stage === undefined) return skipped('name the stage');
  const stages = stagesSet();
  if (!Object.hasOwn(stages, stage)) return skipped(`cdk.json here does not set the stage ${stage}`);
  return checkStage(settingsOf(stage, stages), stageCalls(client));
}

await runOnDeployment(main, usage);
