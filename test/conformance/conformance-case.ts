import type { StepFunctions } from '../../infra/account/step-functions/api.ts';
import { NotEmulated } from '../../infra/account/step-functions/errors.ts';
import { isObject, type JsonObject, objectsIn } from '../../infra/account/step-functions/json.ts';
import { firstJsonPathField } from '../../infra/account/step-functions/jsonpath-fields.ts';
import { runConversation } from './conformance-api.ts';
import { difference, expandRepeats, type FlatEvent, historyDifference } from './conformance-match.ts';
import { createWorld, historyOf, settleExecution } from './conformance-world.ts';
import { NotTranslatable, toJsonata } from './jsonpath-to-jsonata.ts';

/** How one recorded case went. */
export type Verdict =
  | { readonly result: 'passed' }
  | { readonly result: 'failed' | 'skipped'; readonly reason: string };

const ROLE = 'arn:aws:iam::111111111111:role/sfn_role_1';
const JSONPATH_ERRORS = new Set([
  'States.Runtime',
  'States.ParameterPathFailure',
  'States.ResultPathMatchFailure',
  'States.IntrinsicFailure',
]);

/** Runs one case in an engine of its own, under a clock of its own. */
export async function runCase(source: unknown): Promise<Verdict> {
  const test = expandRepeats(source);
  if (!isObject(test)) return { result: 'failed', reason: 'the case is not an object' };
  try {
    const problem = Array.isArray(test['calls'])
      ? await runConversation(createWorld(test), test['calls'])
      : await runExecution(test);
    return problem === undefined ? { result: 'passed' } : { result: 'failed', reason: problem };
  } catch (error) {
    if (error instanceof NotEmulated || error instanceof NotTranslatable)
      return { result: 'skipped', reason: error.message };
    return { result: 'failed', reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** The day AWS launched redrives, and with them a new member of the context object. */
const REDRIVE_LAUNCHED = '2023-11-15';
const CONTEXT_BEFORE = 'Id,Input,Name,RoleArn,StartTime';

/** A recording from before redrives, as AWS would make it today: a context object counts them. */
function asOfToday(origin: unknown, value: unknown): unknown {
  const [, day, month, year] = /, (\d\d)-(\d\d)-(\d{4}),/.exec(String(origin)) ?? [];
  if (year === undefined || `${year}-${month}-${day}` >= REDRIVE_LAUNCHED) return value;
  const renew = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(renew);
    if (!isObject(item)) return item;
    const members = Object.entries(item).map(([key, inner]) => [key, renew(inner)]);
    const isContext = Object.keys(item).toSorted().join() === CONTEXT_BEFORE;
    return Object.fromEntries(isContext ? [...members, ['RedriveCount', 0]] : members);
  };
  return renew(value);
}

async function runExecution(test: JsonObject): Promise<string | undefined> {
  const recorded = asOfToday(test['origin'], test['expect']);
  const expect = isObject(recorded) ? recorded : {};
  const world = createWorld(test);
  const { clock, stepFunctions } = world;
  const machines = isObject(test['machines']) ? test['machines'] : {};
  if (
    JSONPATH_ERRORS.has(String(expect['error'])) &&
    isObject(test['definition']) &&
    firstJsonPathField(test['definition']) !== undefined
  ) {
    throw new NotTranslatable(`${String(expect['error'])}, an error of JSONPath itself`);
  }
  for (const [name, definition] of Object.entries(machines)) await createMachine(stepFunctions, name, definition);
  const stateMachineArn = await createMachine(stepFunctions, 'case', test['definition']);
  const started = await stepFunctions.call('StartExecution', {
    stateMachineArn,
    input: JSON.stringify(test['input'] ?? {}),
  });
  const executionArn = String(isObject(started) ? started['executionArn'] : undefined);
  await settleExecution(world, () => stepFunctions.execution(executionArn)?.status !== 'RUNNING');
  await clock.settled();

  const described = await stepFunctions.call('DescribeExecution', { executionArn });
  if (!isObject(described)) return 'the execution cannot be described';
  const refusal = notEmulatedIn(described);
  if (refusal !== undefined) throw refusal;
  if (described['status'] !== expect['status'])
    return `status: should be ${String(expect['status'])}, but is ${String(described['status'])} (${String(described['error'])}: ${String(described['cause'])})`;
  const outputs =
    'output' in expect
      ? difference(expect['output'], JSON.parse(String(described['output'])), 'output')
      : difference(undefined, described['output'], 'output');
  const events = objectsIn(expect['events']) as unknown as FlatEvent[];
  const last = (await historyOf(stepFunctions, executionArn)).at(-1);
  return (
    outputs ??
    finalDifference(expect, last) ??
    describedDifference(described, last) ??
    (expect['eventsOrder'] === 'racy'
      ? undefined
      : historyDifference(events, await historyOf(stepFunctions, executionArn), String(expect['eventsOrder'])))
  );
}

function notEmulatedIn(described: JsonObject): NotEmulated | undefined {
  const cause = String(described['cause']);
  return described['error'] === 'States.Runtime' && cause.startsWith('NotEmulated: ')
    ? Object.assign(new NotEmulated(''), { message: cause })
    : undefined;
}

/** What is described of a failure is what its last event says. */
function describedDifference(described: JsonObject, last: FlatEvent | undefined): string | undefined {
  for (const key of ['error', 'cause']) {
    const problem = difference(last?.details?.[key], described[key], `described ${key}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function finalDifference(expect: JsonObject, last: FlatEvent | undefined): string | undefined {
  for (const key of ['error', 'cause']) {
    if (!(key in expect)) continue;
    const actual = last?.details?.[key];
    const problem =
      expect[key] === null
        ? actual === undefined
          ? undefined
          : `${key}: none was recorded, but is ${String(actual)}`
        : difference(expect[key], actual, key);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** A JSONPath machine runs as its JSONata equivalent: what is compared is what does not depend on the language. */
async function createMachine(stepFunctions: StepFunctions, name: string, definition: unknown): Promise<string> {
  const translated = isObject(definition) ? toJsonata(definition) : definition;
  const created = await stepFunctions.call('CreateStateMachine', {
    name,
    definition: JSON.stringify(translated),
    roleArn: ROLE,
  });
  return String(isObject(created) ? created['stateMachineArn'] : undefined);
}
