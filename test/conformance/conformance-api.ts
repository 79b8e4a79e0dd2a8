import { ApiError, NotEmulated } from '../../infra/account/step-functions/errors.ts';
import { isObject, type JsonObject } from '../../infra/account/step-functions/json.ts';
import { answerDifference } from './conformance-match.ts';
import { flatten, historyOf, settleExecution, type World } from './conformance-world.ts';

/** Makes the calls of an `api/` case in order; answers the first difference. */
export async function runConversation(world: World, calls: readonly unknown[]): Promise<string | undefined> {
  const answers: JsonObject = {};
  for (const call of calls) {
    if (!isObject(call)) return 'a call is not an object';
    const action = String(call['action']);
    const params = substitute(call['params'], answers);
    const at = `${String(call['id'])} ${action}`;
    if (action === '_await') {
      const problem = await awaitExecution(world, isObject(params) ? params : {});
      if (problem !== undefined) return `${at}: ${problem}`;
      continue;
    }
    const problem = await converse(world, { id: String(call['id']), action, params, call, answers });
    if (problem !== undefined) return `${at}: ${problem}`;
  }
  return undefined;
}

interface Exchange {
  readonly id: string;
  readonly action: string;
  readonly params: unknown;
  readonly call: JsonObject;
  readonly answers: JsonObject;
}

async function converse(world: World, { id, action, params, call, answers }: Exchange): Promise<string | undefined> {
  let answer: unknown;
  try {
    answer = await world.stepFunctions.call(action, params);
  } catch (error) {
    if (!(error instanceof ApiError) || error instanceof NotEmulated) throw error;
    if (!isObject(call['error'])) return `refused with ${error.name}: ${error.message}`;
    return errorDifference(substitute(call['error'], answers), error);
  }
  if (isObject(call['error'])) return `should be refused with ${String(call['error']['name'])}, but was answered`;
  answers[id] = answer;
  const flat =
    isObject(answer) && Array.isArray(answer['events'])
      ? { ...answer, events: answer['events'].map((event) => flatten(event)) }
      : answer;
  return answerDifference(substitute(call['expect'], answers), flat);
}

function errorDifference(expected: unknown, error: ApiError): string | undefined {
  const { name, message, httpStatus, reason } = error;
  return isObject(expected) ? answerDifference(expected, { name, message, httpStatus, reason }) : undefined;
}

/** Puts in what earlier calls answered, for `${c0.field}`. */
function substitute(value: unknown, answers: JsonObject): unknown {
  if (Array.isArray(value)) return value.map((item) => substitute(item, answers));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, answers)]));
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{(c\d+)\.(\w+)\}/g, (whole, id: string, field: string) => {
    const answer = answers[id];
    return isObject(answer) && answer[field] !== undefined ? String(answer[field]) : whole;
  });
}

async function awaitExecution(world: World, params: JsonObject): Promise<string | undefined> {
  const { stepFunctions } = world;
  const executionArn = String(params['executionArn']);
  const until = String(params['until']);
  const status = () => stepFunctions.execution(executionArn)?.status;
  const goals: Record<string, () => boolean> = {
    started: () => status() !== undefined,
    terminated: () => status() !== undefined && status() !== 'RUNNING',
    succeeded: () => status() === 'SUCCEEDED',
    aborted: () => status() === 'ABORTED',
  };
  const [kind, wanted = ''] = splitGoal(until);
  if (kind === 'status') goals[until] = () => status() === wanted;
  if (kind === 'state-entered') {
    const entered = async (): Promise<boolean> =>
      (await historyOf(stepFunctions, executionArn)).some(
        (event) => event.type.endsWith('StateEntered') && event.name === wanted,
      );
    await world.clock.settled();
    while (!(await entered())) if (!(await world.clock.jumpToNext())) return `never: ${until}`;
    return undefined;
  }
  const goal = goals[until];
  if (goal === undefined) return `unknown condition '${until}'`;
  return (await settleExecution(world, goal)) ? undefined : `never: ${until}`;
}

function splitGoal(until: string): [string, string | undefined] {
  const colon = until.indexOf(':');
  return colon < 0 ? [until, undefined] : [until.slice(0, colon), until.slice(colon + 1)];
}
