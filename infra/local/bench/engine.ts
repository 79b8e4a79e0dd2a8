import { StateMachine } from 'aws-local-stepfunctions';
import { createClock } from '../../account/clock.ts';
import { createStepFunctions } from '../../account/step-functions/api.ts';
import { isObject } from '../../account/step-functions/json.ts';
import { median, type Part, spread } from './figures.ts';
import { groups, thirtyStates } from './thirty-states.ts';

const rounds = 5;
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

/**
 * Executions per second of a 30-state definition with waits, expressions and full history, beside
 * aws-local-stepfunctions on the equivalent JSONPath definition, in alternation in this process.
 */
export async function benchEngine(): Promise<Part> {
  const mine: number[] = [];
  const other: number[] = [];
  await ours(executions);
  await theirs(executions);
  for (let round = 0; round < rounds; round += 1) {
    mine.push(await ours(executions));
    other.push(await theirs(executions));
  }
  const ratios = mine.map((value, index) => value / (other[index] ?? Number.NaN));
  return {
    title: `Engine: a ${groups * 5}-state definition with waits, JSONata and full history`,
    figures: [
      { what: 'this engine (JSONata), executions per second', measured: spread(mine, 0) },
      { what: 'aws-local-stepfunctions (JSONPath), executions per second', measured: spread(other, 0) },
      {
        what: 'ratio',
        measured: `${spread(ratios, 2)} ×`,
        goal: { text: `≥ ${leastRatio} ×`, met: median(ratios) >= leastRatio },
      },
    ],
    notes: [`${executions} executions at once; median and range of ${rounds} rounds in alternation after one of each.`],
  };
}

/** Executions per second of this project's engine; all are started together, then the clock runs to the end. */
async function ours(count: number): Promise<number> {
  const clock = createClock({ start: Date.UTC(2026, 0, 5, 9) });
  const stepFunctions = createStepFunctions({ clock, integrations: async ({ parameters }) => price(parameters) });
  const created = await stepFunctions.call('CreateStateMachine', {
    name: 'bench',
    definition: JSON.stringify(thirtyStates('JSONata')),
    roleArn: 'arn:aws:iam::000000000000:role/bench',
  });
  const stateMachineArn = isObject(created) ? created['stateMachineArn'] : undefined;
  const text = JSON.stringify(input);
  const began = performance.now();
  for (let index = 0; index < count; index += 1) {
    await stepFunctions.call('StartExecution', { stateMachineArn, name: `e${index}`, input: text });
  }
  await clock.runToEnd();
  const took = performance.now() - began;
  const done = stepFunctions
    .executions()
    .filter(({ status, eventCount }) => status === 'SUCCEEDED' && eventCount === 80);
  if (done.length !== count) throw new Error(`only ${done.length} of ${count} executions came through`);
  return (count * 1000) / took;
}

/** The same for aws-local-stepfunctions: all at once, its waits overridden to nothing, its log read to the end. */
async function theirs(count: number): Promise<number> {
  const machine = new StateMachine(
    thirtyStates('JSONPath') as unknown as ConstructorParameters<typeof StateMachine>[0],
  );
  const waits = Object.fromEntries(Array.from({ length: groups }, (_, index) => [`Wait ${index + 1}`, 0]));
  const handlers = Object.fromEntries(
    Array.from({ length: groups }, (_, index) => [`Price ${index + 1}`, async (event: unknown) => price(event)]),
  );
  const began = performance.now();
  await Promise.all(
    Array.from({ length: count }, async () => {
      const execution = machine.run(structuredClone(input), {
        overrides: { waitTimeOverrides: waits, taskResourceLocalHandlers: handlers },
      });
      let events = 0;
      for await (const _event of execution.eventLogs) events += 1;
      await execution.result;
      if (events < 60) throw new Error(`only ${events} events`);
    }),
  );
  return (count * 1000) / (performance.now() - began);
}
