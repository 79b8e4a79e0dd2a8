import { parseArgs } from 'node:util';
import { functionCalls } from '../../functions/aws/function-calls.ts';
import { drainQueues } from '../draining/drain-queues.ts';
import { queueCalls } from '../draining/queue-calls.ts';
import { queueName } from '../local/local-names.ts';
import { stageName } from '../wiring/names.ts';
import { deadLetterQueues } from '../wiring/queues.ts';
import { takerOf } from '../wiring/takers.ts';
import { clientsOf, isLocal, runOnDeployment, UnusableOptions } from './deployment.ts';

const usage = `Usage: npm run drain -- [<stage>]

Hands every dead letter of a deployment to the function that was to have it, and says of each what it was, why it died and
what became of it. What fails again stays where it was. Needs AWS credentials, or AWS_ENDPOINT_URL of an account on this machine
(npm start), which has no stages.

Exit code 0: nothing is left; 1: something is, or AWS did not do what was asked; 2: the options cannot be used.`;

/** `npm run drain`: see the usage above. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean' } } });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [stage, ...more] = positionals;
  if (more.length > 0) throw new UnusableOptions(`One stage at a time, not also ${more.join(', ')}.`);
  const here = isLocal(process.env);
  if (stage === undefined && !here)
    throw new UnusableOptions(
      'Which deployment? Name its stage, or set AWS_ENDPOINT_URL for an account on this machine.',
    );
  const queues = deadLetterQueues.map((name) => (stage === undefined ? queueName(name) : stageName(stage, name)));
  const { lambda } = clientsOf(process.env);
  const { done, left } = await drainQueues({
    queues,
    call: queueCalls(lambda, process.env['AWS_ENDPOINT_URL']),
    functions: functionCalls(lambda),
    takerOf: (queueArn) => takerOf(queueArn, (name, prefix) => (stage === undefined ? name : prefix + name)),
    say: (line) => console.log(line),
  }).catch((error: Error) => {
    if (error.name !== 'QueueDoesNotExist') throw error;
    throw new UnusableOptions(`There is no stage ${stage} in this account and region: it has no queue ${queues[0]}.`);
  });
  console.log(done + left === 0 ? 'No dead letters.' : `${done} done, ${left} left.`);
  return left === 0 ? 0 : 1;
}

await runOnDeployment(main, usage);
