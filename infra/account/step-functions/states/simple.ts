import type { ChoiceState, FailState, PassState, SucceedState, WaitState } from '../definition.ts';
import { sleepUntil } from '../execution.ts';
import type { Template } from '../expressions.ts';
import { Failure } from '../retry.ts';
import {
  evaluateField,
  evaluateTyped,
  evaluationFailure,
  type Frame,
  following,
  inState,
  leave,
  type Step,
} from './frame.ts';

type MaybeStep = Step | Promise<Step>;

/** Pass hands its input on, or its Output. */
export function runPass(frame: Frame<PassState>): MaybeStep {
  const { output, assign, next } = frame.state;
  return leave(frame, { output, assign, otherwise: frame.input, next });
}

/** Succeed ends its graph well. */
export function runSucceed(frame: Frame<SucceedState>): MaybeStep {
  return leave(frame, { output: frame.state.output, assign: undefined, otherwise: frame.input, next: undefined });
}

/** Fail ends its graph with an error. */
export async function runFail(frame: Frame<FailState>): Promise<Step> {
  const text = async (template: Template | undefined): Promise<string | undefined> =>
    template === undefined ? undefined : String(await evaluateTyped(frame, template, 'string'));
  const error = await text(frame.state.error);
  throw new Failure(error, await text(frame.state.cause));
}

/** Choice takes the first rule whose condition is true, else its Default. */
export function runChoice(frame: Frame<ChoiceState>, from = 0): MaybeStep {
  const { state, input } = frame;
  const choice = state.choices[from];
  if (choice !== undefined) {
    return following(evaluateTyped(frame, choice.condition, 'boolean'), (met) =>
      met === true
        ? leave(frame, { output: choice.output, assign: choice.assign, otherwise: input, next: choice.next })
        : runChoice(frame, from + 1),
    );
  }
  if (state.next === undefined) {
    const cause = inState(frame, 'Failed to transition out of the state. The state does not point to a next state.');
    throw new Failure('States.NoChoiceMatched', cause);
  }
  return leave(frame, { output: state.output, assign: state.assign, otherwise: input, next: state.next });
}

/** Wait sleeps to the exact millisecond; a time that has passed is no wait. */
export function runWait(frame: Frame<WaitState>): MaybeStep {
  const { runtime, scope, state, input } = frame;
  const done = (): MaybeStep =>
    leave(frame, { output: state.output, assign: state.assign, otherwise: input, next: state.next });
  return following(wakeTime(frame), (time) => {
    if (time <= runtime.clock.now()) return done();
    return sleepUntil(runtime, scope, { time, label: `${scope.execution.name}: ${state.name}` }).then(done);
  });
}

function wakeTime(frame: Frame<WaitState>): number | Promise<number> {
  const { timestamp, seconds } = frame.state;
  if (timestamp !== undefined) {
    return following(evaluateTyped(frame, timestamp, 'string'), (text) => {
      const time = parseTimestamp(String(text));
      if (time !== undefined) return time;
      const message = `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${String(text)}`;
      throw evaluationFailure(frame, { message, location: 'Timestamp' });
    });
  }
  if (seconds === undefined) return frame.enteredAt;
  return following(evaluateTyped(frame, seconds, 'number'), (value) => {
    if (typeof value === 'number' && value >= 0 && Number.isInteger(value)) return frame.enteredAt + value * 1000;
    const message = `The Seconds field must be a non-negative integer, but was: ${String(value)}`;
    throw evaluationFailure(frame, { message, location: 'Seconds' });
  });
}

const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)$/i;

/** Milliseconds since the epoch of an ISO-8601 date-time with offset (nanoseconds are cut off); undefined when it is none. */
export function parseTimestamp(text: string): number | undefined {
  const [, year, month, day, hour, minute, second = '00', fraction = '', zone] = TIMESTAMP.exec(text) ?? [];
  if (zone === undefined || Number(hour) > 23 || Number(day) > daysIn(Number(year), Number(month))) return undefined;
  const time = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}${zone.toUpperCase()}`,
  );
  return Number.isNaN(time) ? undefined : time;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Evaluates an optional number of seconds; undefined when the state sets none. */
export async function evaluateSeconds(frame: Frame, template: Template | undefined): Promise<number | undefined> {
  if (template === undefined) return undefined;
  const seconds = Number(await evaluateTyped(frame, template, 'number'));
  if (seconds > 0 && Number.isInteger(seconds)) return seconds;
  throw evaluationFailure(frame, {
    message: `The ${template.location} field must be a positive integer, but was: ${seconds}`,
    location: template.location,
  });
}

/** Evaluates the input of a Task or Parallel: its Arguments, or what it was given. */
export function evaluateArguments(frame: Frame, template: Template | undefined): unknown {
  return template === undefined ? frame.input.value : evaluateField(frame, template);
}
