import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { clientsOf, findDeployment, isLocal, runOnDeployment, UnusableOptions } from './deployment.ts';
import { smokeDeal } from './smoke-deal.ts';

const usage = `Usage: npm run smoke -- [<stage>] [--account-executive <mail address>] [--seconds <n>]

Puts a small deal on the bus of a deployment, sees the execution start and the first mail claimed, cancels the deal, and sees
the execution stopped. Needs AWS credentials, or AWS_ENDPOINT_URL of an account on this machine (npm start), which has no
stages. HANDOFF_TABLE, HANDOFF_BUS and STATE_MACHINE_ARN name the deployment where no stage does. On AWS the first mail goes to SES's mailbox
simulator, unless another account executive is named. The colleague to whom the customer would go hears of the cancellation.

--seconds: how long to wait for each thing (60). Exit code 0: all seen; 1: something was not; 2: the options cannot be used.`;

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
  const well = await smokeDeal({
    ...deployment,
    clients: clientsOf(process.env),
    at: new Date().toISOString(),
    accountExecutive: values['account-executive'] ?? (isLocal(process.env) ? 'smoke.test@example.com' : simulator),
    say: (line) => console.log(line),
    pause: () => setTimeout(lookEvery),
    looks: Math.ceil((seconds * 1000) / lookEvery),
  });
  console.log(well ? 'The deployment works.' : 'The deployment does not work.');
  return well ? 0 : 1;
}

await runOnDeployment(main, usage);
