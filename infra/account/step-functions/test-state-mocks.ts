import { type MapState, type ParallelState, queryLanguage } from './definition.ts';
import { attemptWithRetry } from './interpreter.ts';
import { type Data, dataFrom } from './json.ts';
import { Failure } from './retry.ts';
import { evaluateField, evaluateTyped, type Frame, type Step } from './states/frame.ts';
import { itemsOf } from './states/map.ts';
import { evaluateArguments } from './states/simple.ts';
import type { Inspection } from './test-state-inspection.ts';
import type { Mock, TestRequest } from './test-state-request.ts';

function resultOf({ failure, result }: Mock): Data {
  if (failure !== undefined) throw new Failure(failure.error, failure.cause);
  return dataFrom(result);
}

/** Runs a Parallel whose branches are mocked together. */
export function runMockedParallel(frame: Frame<ParallelState>, mock: Mock, seen: Inspection): Promise<Step> {
  return attemptWithRetry(frame, async () => {
    const given = await evaluateArguments(frame, frame.state.arguments);
    if (frame.state.arguments !== undefined) seen.called(given);
    return resultOf(mock);
  });
}

/** Runs a Map whose iterations are mocked together; too many failed ones exceed what it tolerates. */
export function runMockedMap(frame: Frame<MapState>, request: TestRequest, seen: Inspection): Promise<Step> {
  const { mock, mapIterationFailureCount: failures, state: source } = request;
  const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage, itemSelector } = frame.state;
  return attemptWithRetry(frame, async () => {
    const items = await itemsOf(frame);
    if (queryLanguage(source, undefined) === 'JSONPath') seen.note('afterItemsPath', JSON.stringify(items));
    if (itemSelector !== undefined && items.length > 0) {
      const selected = await Promise.all(items.map((_item, index) => selectedItem(frame, items, index)));
      seen.note('afterItemSelector', JSON.stringify(selected));
    }
    const number = async (limit: MapState['maxConcurrency']): Promise<number | undefined> =>
      limit === undefined ? undefined : Number(await evaluateTyped(frame, limit, 'number'));
    const [count, percentage] = [await number(toleratedFailureCount), await number(toleratedFailurePercentage)];
    seen.note('maxConcurrency', (await number(maxConcurrency)) ?? 0);
    if (count !== undefined) seen.note('toleratedFailureCount', count);
    if (percentage !== undefined) seen.note('toleratedFailurePercentage', percentage);
    const exceeded =
      (count !== undefined && failures > count) ||
      (percentage !== undefined && failures * 100 > percentage * items.length);
    if (exceeded && mock?.failure === undefined) {
      const failure = new Failure(
        'States.ExceedToleratedFailureThreshold',
        'The specified tolerated failure threshold was exceeded',
      );
      seen.failed(failure);
      throw failure;
    }
    return resultOf(mock ?? { result: '[]', failure: undefined });
  });
}

function selectedItem(frame: Frame<MapState>, items: readonly unknown[], index: number): unknown {
  const { itemSelector } = frame.state;
  if (itemSelector === undefined) return items[index];
  const scope = { ...frame.scope, item: { Index: index, Value: items[index] } };
  return evaluateField({ ...frame, scope, view: undefined }, itemSelector);
}
