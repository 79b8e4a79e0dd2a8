import { StateMachine } from 'aws-local-stepfunctions';
import { createClock } from '../../account/clock.ts';
import { createStepFunctions } from '../../account/step-functions/api.ts';
import { isObject } from '../../account/step-functions/json.ts';
import { median, type Part, spread } from './figures.ts';
import { groups, thirtyStates } from './thirty-states.ts';

const rounds = 7;
const warmUp = 2;
const executions = 200;
const leastRatio = 3;

const input = {
  deal: {
    id: 'deal-1',
    name: 'Acme onboarding',
    amount: 42_000,
    contacts: [{ mail: 'kim@example.com', role: 'sponsor' }],
  },
  round: 0,
};

const price = (event: unknown) => ({
  amount: isObject(event) ? Number(event['round']) * 100 : 0,
  currency: 'EUR',
});

/** Milliseconds that executions took: of the clock, and of processor time of all threads. */
interface Took {
  readonly clock: number;
  readonly processor: number;
}

/**
 * Executions per second of a 30-state definition with waits, expressions and full history, beside
 * aws-local-stepfunctions on the equivalent JSONPath definition, in alternation in this process.
 */
export async function benchEngine(): Promise<Part> {
  const mine: Took[] = [];
  const other: Took[] = [];
  const [runOurs, runTheirs] = [await ours(), theirs()];
  for (let round = 0; round < warmUp + rounds; round += 1) {
    mine.push(await runOurs(executions));
    other.push(await runTheirs(executions));
  }
  mine.splice(0, warmUp);
  other.splice(0, warmUp);
  const perSecond = (took: readonly Took[], of: keyof Took) =>
    spread(
      took.map((each) => (executions * 1000) / each[of]),
      0,
    );
  const ratiosOf = (of: keyof Took) => mine.map((each, index) => (other[index]?.[of] ?? Number.NaN) / each[of]);
  const ratios = ratiosOf('processor');
  return {
    title: `Engine: a ${groups * 5}-state definition with waits, JSONata and full history`,
    figures: [
      { what: 'this engine (JSONata), executions per second of a core', measured: perSecond(mine, 'processor') },
      {
        what: 'aws-local-stepfunctions (JSONPath), executions per second of a core',
        measured: perSecond(other, 'processor'),
      },
      {
        what: 'ratio',
        measured: `${spread(ratios, 2)} ×`,
        goal: { text: `≥ ${leastRatio} ×`, met: median(ratios) >= leastRatio },
      },
      {
        what: 'by the clock: each per second, and the ratio',
        measured: `${perSecond(mine, 'clock')}, ${perSecond(other, 'clock')}; ${spread(ratiosOf('clock'), 2)} ×`,
      },
    ],
    notes: [
      `${executions} executions at once; median and range of ${rounds} rounds in alternation after ${warmUp} of each.`,
      'A second of a core is a second of processor time, all threads of the process together.',
    ],
  };
}

/** Runs executions to their end, all started together. */
type Run = (count: number) => Promise<Took>;

/** This project's engine, the same for all rounds, as an account has one. It keeps as many closed executions as it is to run at once. */
async function ours(): Promise<Run> {
  const clock = createClock({ start: Date.UTC(2026, 0, 5, 9) });
  const stepFunctions = createStepFunctions({
    clock,
    keepClosed: executions,
    integrations: async ({ parameters }) => price(parameters),
  });
  const created = await stepFunctions.call('CreateStateMachine', {
    name: 'bench',
    definition: JSON.stringify(thirtyStates('JSONata')),
    roleArn: 'arn:aws:iam::000000000000:role/bench',
  });
  const stateMachineArn = isObject(created) ? created['stateMachineArn'] : undefined;
  const text = JSON.stringify(input);
  let started = 0;
  return async (count) => {
    const since = clock.now();
    const took = await timed(async () => {
      for (let index = 0; index < count; index += 1) {
        started += 1;
        await stepFunctions.call('StartExecution', { stateMachineArn, name: `e${started}`, input: text });
      }
      await clock.runToEnd();
    });
    const done = stepFunctions
      .executions()
      .filter((each) => each.startedAt >= since && each.status === 'SUCCEEDED' && each.eventCount === 80);
    if (done.length !== count) throw new Error(`only ${done.length} of ${count} executions came through`);
    return took;
  };
}

/** The same for aws-local-stepfunctions: its waits overridden to nothing, its log read to the end. */
function theirs(): Run {
  const machine = new StateMachine(
    thirtyStates('JSONPath') as unknown as ConstructorParameters<typeof StateMachine>[0],
  );
  const waits = Object.fromEntries(Array.from({ length: groups }, (_, index) => [`Wait ${index + 1}`, 0]));
  const handlers = Object.fromEntries(
    Array.from({ length: groups }, (_, index) => [`Price ${index + 1}`, async (event: unknown) => price(event)]),
  );
  const run = async () => {
    const execution = machine.run(structuredClone(input), {
      overrides: { waitTimeOverrides: waits, taskResourceLocalHandlers: handlers },
    });
    let events = 0;
    for await (const _event of execution.eventLogs) events += 1;
    await execution.result;
    if (events < 60) throw new Error(`only ${events} events`);
  };
  return (count) => timed(() => Promise.all(Array.from({ length: count }, run)));
}

async function timed(work: () => Promise<unknown>): Promise<Took> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { clock: performance.now() - began, processor: (user + system) / 1000 };
}
