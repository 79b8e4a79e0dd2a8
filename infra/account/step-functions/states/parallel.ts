import type { ParallelState } from '../definition.ts';
import { ABORTED, abort, createScope, note, noteAborted, record } from '../execution.ts';
import { type Data, dataOf } from '../json.ts';
import type { Failure } from '../retry.ts';
import type { Frame } from './frame.ts';
import { evaluateArguments } from './simple.ts';

/**
 * One attempt of a Parallel: all branches at once, each with its own copy of the variables. The
 * first branch to fail stops the others.
 */
export async function attemptParallel(frame: Frame<ParallelState>): Promise<Data> {
  const { runtime, scope, state } = frame;
  const given = await evaluateArguments(frame, state.arguments);
  const input = given === frame.input.value ? frame.input : dataOf(given);
  const started = record(runtime, scope, 'ParallelStateStarted');
  const outputs: unknown[] = new Array(state.branches.length);
  let open = state.branches.length;
  let lastFinished = started;

  await new Promise<void>((resolve, reject) => {
    const cancel = (): void => reject(ABORTED);
    scope.pending.add(cancel);
    const branches = state.branches.map((graph) => {
      const branch = createScope(scope.execution, {
        last: started,
        variables: { ...scope.variables },
        item: scope.item,
      });
      scope.children.add(branch);
      return { graph, branch };
    });
    if (open === 0) resolve();
    for (const [index, { graph, branch }] of branches.entries()) {
      runtime.runGraph(branch, graph, input).then(
        (output) => {
          if (branch.aborted) return;
          outputs[index] = output.value;
          scope.children.delete(branch);
          lastFinished = branch.last;
          open -= 1;
          if (open > 0) return;
          scope.pending.delete(cancel);
          resolve();
        },
        (error: unknown) => {
          if (branch.aborted) return;
          scope.pending.delete(cancel);
          reject(stopBranches(frame, branch, error));
        },
      );
    }
  });
  note(runtime, scope, 'ParallelStateSucceeded', { previous: lastFinished });
  scope.last = lastFinished;
  return dataOf(outputs);
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
