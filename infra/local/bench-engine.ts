import { StateMachine } from 'aws-local-stepfunctions';
import { createClock } from './clock.ts';
import { createStepFunctions } from './step-functions/api.ts';
import { isObject, type JsonObject } from './step-functions/json.ts';

/**
 * Executions per second of a 30-state definition with waits, expressions and full history, beside
 * aws-local-stepfunctions on the equivalent JSONPath definition, in alternation in this process.
 * `node infra/local/bench-engine.ts [rounds] [executions per round] [--json]`.
 */

const LAMBDA = 'arn:aws:lambda:us-east-1:000000000000:function:price';
const GROUPS = 6;

/** Five states, six times: set up, price (a task), decide, wait, tidy. */
function definition(language: 'JSONata' | 'JSONPath'): JsonObject {
  const states: JsonObject = {};
  for (let group = 1; group <= GROUPS; group += 1) {
    const next = group === GROUPS ? { End: true } : { Next: `Set up ${group + 1}` };
    Object.assign(states, language === 'JSONata' ? jsonataGroup(group, next) : jsonPathGroup(group, next));
  }
  return { QueryLanguage: language, StartAt: 'Set up 1', States: states };
}

function jsonataGroup(group: number, next: JsonObject): JsonObject {
  return {
    [`Set up ${group}`]: {
      Type: 'Pass',
      Output: {
        deal: '{% $states.input.deal %}',
        round: '{% $states.input.round + 1 %}',
        note: "{% 'round ' & $string($states.input.round) %}",
      },
      Next: `Price ${group}`,
    },
    [`Price ${group}`]: {
      Type: 'Task',
      Resource: LAMBDA,
      Arguments: { deal: '{% $states.input.deal %}', round: '{% $states.input.round %}' },
      Output: '{% $merge([$states.input, {"price": $states.result}]) %}',
      Next: `Decide ${group}`,
    },
    [`Decide ${group}`]: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.price.amount > 1000 %}', Next: `Tidy ${group}` }],
      Default: `Wait ${group}`,
    },
    [`Wait ${group}`]: { Type: 'Wait', Seconds: 3600, Next: `Tidy ${group}` },
    [`Tidy ${group}`]: {
      Type: 'Pass',
      Output: { deal: '{% $states.input.deal %}', round: '{% $states.input.round %}' },
      ...next,
    },
  };
}

function jsonPathGroup(group: number, next: JsonObject): JsonObject {
  return {
    [`Set up ${group}`]: {
      Type: 'Pass',
      Parameters: {
        'deal.$': '$.deal',
        'round.$': 'States.MathAdd($.round, 1)',
        'note.$': "States.Format('round {}', $.round)",
      },
      Next: `Price ${group}`,
    },
    [`Price ${group}`]: {
      Type: 'Task',
      Resource: LAMBDA,
      Parameters: { 'deal.$': '$.deal', 'round.$': '$.round' },
      ResultPath: '$.price',
      Next: `Decide ${group}`,
    },
    [`Decide ${group}`]: {
      Type: 'Choice',
      Choices: [{ Variable: '$.price.amount', NumericGreaterThan: 1000, Next: `Tidy ${group}` }],
      Default: `Wait ${group}`,
    },
    [`Wait ${group}`]: { Type: 'Wait', Seconds: 3600, Next: `Tidy ${group}` },
    [`Tidy ${group}`]: { Type: 'Pass', Parameters: { 'deal.$': '$.deal', 'round.$': '$.round' }, ...next },
  };
}

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

/** Executions per second of this project's engine; all are started together, then the clock runs to the end. */
async function ours(count: number): Promise<number> {
  const clock = createClock({ start: Date.UTC(2026, 0, 5, 9) });
  const stepFunctions = createStepFunctions({ clock, integrations: async ({ parameters }) => price(parameters) });
  const created = await stepFunctions.call('CreateStateMachine', {
    name: 'bench',
    definition: JSON.stringify(definition('JSONata')),
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
  const machine = new StateMachine(definition('JSONPath') as unknown as ConstructorParameters<typeof StateMachine>[0]);
  const waits = Object.fromEntries(Array.from({ length: GROUPS }, (_, index) => [`Wait ${index + 1}`, 0]));
  const handlers = Object.fromEntries(
    Array.from({ length: GROUPS }, (_, index) => [`Price ${index + 1}`, async (event: unknown) => price(event)]),
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

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const [rounds = 5, count = 200] = process.argv
  .slice(2)
  .filter((argument) => !argument.startsWith('--'))
  .map(Number);
const mine: number[] = [];
const other: number[] = [];
await ours(count);
await theirs(count);
for (let round = 0; round < rounds; round += 1) {
  mine.push(await ours(count));
  other.push(await theirs(count));
}
const ratios = mine.map((value, index) => value / (other[index] ?? Number.NaN));
const figures = {
  rounds,
  executionsPerRound: count,
  states: GROUPS * 5,
  engine: Math.round(median(mine)),
  awsLocalStepfunctions: Math.round(median(other)),
  medianRatio: Number(median(ratios).toFixed(2)),
};
if (process.argv.includes('--json')) {
  console.log(JSON.stringify(figures));
} else {
  console.log(`30-state definition, ${count} executions at once, median of ${rounds} rounds in alternation`);
  console.log(`  this engine (JSONata)               ${figures.engine} executions/s`);
  console.log(`  aws-local-stepfunctions (JSONPath)  ${figures.awsLocalStepfunctions} executions/s`);
  console.log(`  ratio                               ${figures.medianRatio} × (at least 1.5)`);
}
