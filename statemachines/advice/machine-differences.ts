import type { State, States } from '../states.ts';

/** What decides where an execution goes, and what it calls on its way. */
interface Course {
  readonly type: unknown;
  readonly goes: string;
}

interface Machine {
  readonly StartAt: string;
  readonly States: States;
}

/**
 * Where two state machines differ in what they do, a clause each: states that one lacks, or that lead elsewhere. What merely
 * labels a state does not count: the promise in its name, comments, or how calls are retried.
 */
export function machineDifferences(running: Machine, today: Machine): readonly string[] {
  const [was, is] = [coursesOf(running), coursesOf(today)];
  return [
    ...[...was.keys()].filter((name) => !is.has(name)).map((name) => `it has a state "${name}", which is gone today`),
    ...[...is.keys()].filter((name) => !was.has(name)).map((name) => `it has no state "${name}"`),
    ...[...was].flatMap(([name, course]) => {
      const other = is.get(name);
      return other && JSON.stringify(other) !== JSON.stringify(course) ? [`its state "${name}" goes on otherwise`] : [];
    }),
  ];
}

const coursesOf = ({ States, StartAt }: Machine): ReadonlyMap<string, Course> =>
  new Map([['start', { type: 'Start', goes: bare(StartAt) }], ...inRow(States)]);

const inRow = (states: States): readonly (readonly [string, Course])[] =>
  Object.entries(states).flatMap(([name, state]) => [
    [bare(name), { type: state['Type'], goes: goesOf(state) }] as const,
    ...branchesOf(state).flatMap(({ States }) => inRow(States)),
  ]);

const branchesOf = (state: State): readonly Machine[] =>
  (state['Branches'] ?? [state['ItemProcessor'] ?? []].flat()) as readonly Machine[];

function goesOf(state: State): string {
  const payload = Object(Object(state['Arguments'])['Payload']);
  const choices = (state['Choices'] ?? []) as readonly { readonly Next: string; readonly Condition?: unknown }[];
  return JSON.stringify([
    nextOf(state['Next']),
    nextOf(state['Default']),
    choices.map(({ Next, Condition }) => [nextOf(Next), Condition]),
    branchesOf(state).map(({ StartAt }) => bare(StartAt)),
    [payload.step, payload.say, payload.round],
    state['Timestamp'],
    state['Assign'],
  ]);
}

const nextOf = (name: unknown): string | undefined => (name === undefined ? undefined : bare(String(name)));

/** A state's name without the times in it. */
const bare = (name: string): string =>
  name
    .replace(/ \(SLA [^)]*\)$/, '')
    .replace(/^Wait -?[\d.]+ [a-z ]+ (after|more) /, 'Wait until $1 ')
    .replace(/^Wait same day after /, 'Wait until after ');
