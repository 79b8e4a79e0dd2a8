import { queryLanguage } from './definition.ts';
import type { Bindings } from './expressions.ts';
import type { Data, JsonObject } from './json.ts';
import { Failure } from './retry.ts';
import type { TestRequest } from './test-state-request.ts';

/** What TestState tells of a run beside its result: the data at each stage, in the members AWS uses for the state's language. */
export interface Inspection {
  /** A task was called with these parameters. */
  called(parameters: unknown): void;
  /** A task answered with this JSON. */
  answered(result: string): void;
  /** A number of a Map state, or the items it runs over. */
  note(member: string, value: unknown): void;
  /** The state had the output. */
  ended(output: Data): void;
  /** The state, or what it called, failed. */
  failed(failure: Failure): void;
  failure(): Failure | undefined;
  /** Adds to `errorDetails`. */
  details(more: JsonObject): void;
  /** The whole of it, with the variables as they are after the state. */
  data(variables: Bindings): JsonObject;
}

/** Begins to note what a state under test sees. */
export function inspection({ state, mock }: TestRequest, input: Data): Inspection {
  const jsonata = queryLanguage(state, undefined) === 'JSONata';
  const seen: JsonObject = { input: input.text };
  const type = state['Type'];
  const fixed = !jsonata && type === 'Pass' && state['Result'] !== undefined;
  if (!jsonata && !fixed) seen['afterInputPath'] = input.text;
  let failure = mock?.failure === undefined ? undefined : new Failure(mock.failure.error, mock.failure.cause);
  let errorDetails: JsonObject | undefined;

  function ended(output: Data): void {
    if (jsonata || failure !== undefined) return;
    if (fixed) seen['result'] = output.text;
    else if (type === 'Pass') seen['afterParameters'] = output.text;
    if (fixed || type === 'Pass' || type === 'Task' || type === 'Parallel' || type === 'Map') {
      seen['afterResultSelector'] = output.text;
      seen['afterResultPath'] = output.text;
    }
  }

  return {
    called: (parameters) => {
      seen[jsonata ? 'afterArguments' : 'afterParameters'] = JSON.stringify(parameters);
    },
    answered: (result) => {
      seen['result'] = result;
    },
    note: (member, value) => {
      seen[member] = value;
    },
    ended,
    failed: (found) => {
      failure = found;
    },
    failure: () => failure,
    details: (more) => {
      errorDetails = { ...errorDetails, ...more };
    },
    data: (variables) => ({
      ...seen,
      ...(errorDetails === undefined ? {} : { errorDetails }),
      ...(Object.keys(variables).length === 0 ? {} : { variables: JSON.stringify(variables) }),
    }),
  };
}
