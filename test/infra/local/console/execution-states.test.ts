import { expect, it } from 'vitest';
import { currentStates, statesOfEvents } from '../../../../infra/local/console/execution-states.ts';
import { history } from './event-history.ts';

const started = history(
  [1, 0, 'ExecutionStarted'],
  [2, 1, 'ParallelStateEntered', 'Both'],
  [3, 2, 'ParallelStateStarted'],
  [4, 3, 'TaskStateEntered', 'Ask'],
  [5, 3, 'WaitStateEntered', 'Wait'],
  [6, 4, 'TaskScheduled'],
);

it('stands in each branch', () => {
  expect(currentStates(started)).toEqual(['Ask', 'Wait']);
  expect(statesOfEvents(started).get(6)).toBe('Ask');
  expect(statesOfEvents(started).get(1)).toBeUndefined();
});

it('leaves a state, and everything inside it, when it ends', () => {
  const left = [
    ...started,
    ...history(
      [7, 6, 'TaskStateExited', 'Ask'],
      [8, 5, 'WaitStateExited', 'Wait'],
      [9, 8, 'ParallelStateSucceeded'],
      [10, 9, 'ParallelStateExited', 'Both'],
    ),
  ];
  expect(currentStates(left.slice(0, 7))).toEqual(['Wait']);
  expect(currentStates(left)).toEqual([]);
  expect(currentStates([...left, ...history([11, 10, 'TaskStateEntered', 'Next'])])).toEqual(['Next']);
});

it('leaves what was aborted', () => {
  expect(currentStates([...started, ...history([7, 5, 'WaitStateAborted'])])).toEqual(['Ask']);
});
