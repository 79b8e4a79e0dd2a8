import type { Graph, ParallelState } from '../definition.ts';
import {
  ABORTED,
  abort,
  createScope,
  note,
  noteAborted,
  type Resume,
  record,
  resumeOf,
  type Scope,
} from '../execution.ts';
import { type Data, dataOf } from '../json.ts';
import type { Failure } from '../retry.ts';
import type { Frame } from './frame.ts';
import { evaluateArguments } from './simple.ts';

/**
 * One attempt of a Parallel: all branches at once, each with its own copy of the variables. The
 * first branch to fail stops the others. A redrive repeats only what had not finished.
 */
export async function attemptParallel(frame: Frame<ParallelState>): Promise<Data> {
  const { runtime, scope, state } = frame;
  const given = await evaluateArguments(frame, state.arguments);
  const input = given === frame.input.value ? frame.input : dataOf(given);
  const started = record(runtime, scope, 'ParallelStateStarted');
  const past = frame.resumed;
  frame.resumed = undefined;
  const branches = state.branches.map((graph, index): Branch => {
    const part = past?.[index];
    if (part !== undefined && 'output' in part) return { graph, done: part };
    const variables = { ...(part ?? scope).variables };
    const run = createScope(scope.execution, { last: started, variables, item: scope.item });
    scope.children.add(run);
    return { graph, run, resume: part, done: undefined };
  });
  scope.parts = () => branches.map(({ done, run }) => done ?? (run && resumeOf(run)));
  let open = branches.filter(({ done }) => done === undefined).length;
  let lastFinished = started;

  await new Promise<void>((resolve, reject) => {
    const cancel = (): void => reject(ABORTED);
    scope.pending.add(cancel);
    const end = (): void => {
      scope.pending.delete(cancel);
      resolve();
    };
    if (open === 0) end();
    for (const branch of branches) {
      const { graph, run, resume } = branch;
      if (run === undefined) continue;
      runtime.runGraph(run, { graph, input, resume }).then(
        (output) => {
          if (run.aborted) return;
          branch.done = { output: output.value };
          scope.children.delete(run);
          lastFinished = run.last;
          open -= 1;
          if (open === 0) end();
        },
        (error: unknown) => {
          if (run.aborted) return;
          scope.pending.delete(cancel);
          reject(stopBranches(frame, run, error));
        },
      );
    }
  });
  note(runtime, scope, { type: 'ParallelStateSucceeded', previous: lastFinished });
  scope.last = lastFinished;
  return dataOf(branches.map(({ done }) => done?.output));
}

interface Branch {
  readonly graph: Graph;
  /** Undefined for a branch that had finished before a redrive. */
  readonly run?: Scope;
  readonly resume?: Resume | undefined;
  done: { readonly output: unknown } | undefined;
}

function stopBranches(frame: Frame, failed: { readonly last: number }, error: unknown): unknown {
  const { runtime, scope } = frame;
  try {
    for (const child of scope.children) noteAborted(runtime, child);
  } catch (problem) {
    return problem;
  }
  for (const child of scope.children) abort(child);
  scope.children.clear();
  scope.last = failed.last;
  return error as Failure;
}
