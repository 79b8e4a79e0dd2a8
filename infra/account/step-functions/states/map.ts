import type { MapState } from '../definition.ts';
import {
  ABORTED,
  abort,
  createScope,
  note,
  noteAborted,
  type Part,
  record,
  resumeOf,
  type Scope,
} from '../execution.ts';
import { type Data, dataOf } from '../json.ts';
import { evaluateField, evaluateTyped, evaluationFailure, type Frame } from './frame.ts';

/** Iterations that an inline Map runs at once when MaxConcurrency does not say fewer. */
const CONCURRENCY = 40;

interface Run {
  readonly frame: Frame<MapState>;
  readonly items: readonly unknown[];
  /** By index: what each iteration has come to. */
  readonly done: ({ readonly output: unknown } | undefined)[];
  readonly past: readonly Part[] | undefined;
  /** The iterations that were begun, each with its index. */
  readonly indexes: Map<Scope, number>;
  nextIndex: number;
  open: number;
  lastFinished: number;
}

/** One attempt of an inline Map. The first iteration to fail stops the others; a redrive repeats only what had not finished. */
export async function attemptMap(frame: Frame<MapState>): Promise<Data> {
  const { runtime, scope } = frame;
  const items = await itemsOf(frame);
  const concurrency = await checkLimits(frame);
  const started = record(runtime, scope, 'MapStateStarted', { length: items.length });
  const past = frame.resumed;
  frame.resumed = undefined;
  const done = items.map((_item, index) => {
    const part = past?.[index];
    return part !== undefined && 'output' in part ? part : undefined;
  });
  const run: Run = {
    frame,
    items,
    done,
    past,
    indexes: new Map(),
    nextIndex: 0,
    open: done.filter((part) => part === undefined).length,
    lastFinished: started,
  };
  scope.parts = () => partsOf(run);

  if (run.open > 0) {
    await new Promise<void>((resolve, reject) => {
      const cancel = (): void => reject(ABORTED);
      scope.pending.add(cancel);
      const done = (error?: unknown): void => {
        scope.pending.delete(cancel);
        if (error === undefined) resolve();
        else reject(error);
      };
      for (let slot = 0; slot < Math.min(concurrency, items.length); slot += 1) void runSlot(run, started, done);
    });
  }
  note(runtime, scope, { type: 'MapStateSucceeded', previous: run.lastFinished });
  scope.last = run.lastFinished;
  return dataOf(run.done.map((part) => part?.output));
}

function partsOf({ done, past, indexes }: Run): readonly Part[] {
  const begun = new Map([...indexes].map(([scope, index]) => [index, scope]));
  return done.map((part, index) => {
    const scope = begun.get(index);
    return part ?? (scope === undefined ? past?.[index] : resumeOf(scope));
  });
}

/** The items that a Map runs over; throws its Failure when they are no list. */
export async function itemsOf(frame: Frame<MapState>): Promise<readonly unknown[]> {
  const { items } = frame.state;
  const value = items === undefined ? frame.input.value : await evaluateTyped(frame, items, 'array');
  if (Array.isArray(value)) return value;
  throw evaluationFailure(frame, {
    message: `Map state input must be an array but was: ${JSON.stringify(value)}`,
    location: undefined,
  });
}

/** Tolerated failures count in distributed Maps only; here they are evaluated, so that a mistake in them shows. */
async function checkLimits(frame: Frame<MapState>): Promise<number> {
  const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = frame.state;
  for (const limit of [toleratedFailureCount, toleratedFailurePercentage]) {
    if (limit !== undefined) await evaluateTyped(frame, limit, 'number');
  }
  const most = maxConcurrency === undefined ? 0 : Number(await evaluateTyped(frame, maxConcurrency, 'number'));
  return most > 0 ? Math.min(most, CONCURRENCY) : CONCURRENCY;
}

/** Takes one item after the other; each iteration's events follow those of the slot's iteration before. */
async function runSlot(run: Run, started: number, done: (error?: unknown) => void): Promise<void> {
  const { frame, items } = run;
  const { runtime, scope, state } = frame;
  let last = started;
  while (run.nextIndex < items.length) {
    const index = run.nextIndex;
    run.nextIndex += 1;
    if (run.done[index] !== undefined) continue;
    const value = items[index];
    const part = run.past?.[index];
    const resume = part !== undefined && 'state' in part ? part : undefined;
    const iteration = createScope(scope.execution, {
      last,
      variables: { ...(resume ?? scope).variables },
      item: { Index: index, Value: value },
    });
    const details = { name: state.name, index };
    try {
      record(runtime, iteration, 'MapIterationStarted', details);
      scope.children.add(iteration);
      run.indexes.set(iteration, index);
      const input = await selected(frame, iteration);
      const output = await runtime.runGraph(iteration, { graph: state.processor, input, resume });
      if (iteration.aborted) return;
      scope.children.delete(iteration);
      run.indexes.delete(iteration);
      run.done[index] = { output: output.value };
      run.lastFinished = note(runtime, scope, { type: 'MapIterationSucceeded', previous: iteration.last, details });
      last = iteration.last;
    } catch (error) {
      if (!iteration.aborted) done(stopIterations(run, iteration, error));
      return;
    }
    run.open -= 1;
    if (run.open === 0) done();
  }
}

async function selected(frame: Frame<MapState>, iteration: Scope): Promise<Data> {
  const { itemSelector } = frame.state;
  if (itemSelector === undefined) return dataOf(iteration.item?.Value);
  return dataOf(await evaluateField({ ...frame, scope: iteration }, itemSelector));
}

function stopIterations(run: Run, failed: Scope, error: unknown): unknown {
  const { runtime, scope, state } = run.frame;
  try {
    for (const iteration of scope.children) {
      noteAborted(runtime, iteration);
      const index = run.indexes.get(iteration);
      note(runtime, scope, {
        type: iteration === failed ? 'MapIterationFailed' : 'MapIterationAborted',
        previous: iteration.last,
        details: { name: state.name, index },
      });
    }
  } catch (problem) {
    return problem;
  }
  run.nextIndex = run.items.length;
  for (const child of scope.children) abort(child);
  scope.children.clear();
  scope.last = failed.last;
  return error;
}
