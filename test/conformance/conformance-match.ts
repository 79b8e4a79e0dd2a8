import { isObject, type JsonObject } from '../../infra/account/step-functions/json.ts';

/** An event in the form of the recorded cases: details parsed and flattened. */
export interface FlatEvent {
  readonly type: string;
  readonly name?: string;
  readonly resourceType?: string;
  readonly resource?: string;
  readonly previousEventId?: number;
  readonly id?: number;
  readonly unorderedGroup?: number;
  readonly details?: JsonObject;
  /** Members that AWS's events have not. */
  readonly misplaced?: readonly string[];
}

const ANY = '<any>';

/** Writes out `{"$repeat": "a", "times": n}` wherever it stands. */
export function expandRepeats(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(expandRepeats);
  if (!isObject(value)) return value;
  if (typeof value['$repeat'] === 'string' && typeof value['times'] === 'number')
    return value['$repeat'].repeat(value['times']);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expandRepeats(item)]));
}

/** Where and how `actual` differs from what was recorded; undefined when it matches. */
export function difference(expected: unknown, actual: unknown, path = ''): string | undefined {
  if (expected === ANY) return undefined;
  if (isObject(expected) && '$json' in expected) return jsonDifference(expected['$json'], actual, path);
  if (typeof expected === 'string' && expected.includes(ANY)) {
    return typeof actual === 'string' && wildcard(expected).test(actual) ? undefined : mismatch(path, expected, actual);
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return mismatch(path, expected, actual);
    return first(expected.keys(), (index) => difference(expected[index], actual[index], `${path}[${index}]`));
  }
  if (isObject(expected)) {
    if (!isObject(actual)) return mismatch(path, expected, actual);
    const extra = Object.keys(actual).find((key) => !(key in expected));
    if (extra !== undefined) return `${path}/${extra}: not in the recording, but is ${show(actual[extra])}`;
    return memberDifference(expected, actual, path);
  }
  return Object.is(expected, actual) || (expected === 0 && actual === 0) ? undefined : mismatch(path, expected, actual);
}

/** Like `difference`, but the answer may have further members, AWS having added some since; an empty one stays empty. */
export function answerDifference(expected: unknown, actual: unknown): string | undefined {
  if (!isObject(expected) || !isObject(actual) || '$json' in expected) return difference(expected, actual);
  if (Object.keys(expected).length === 0) return difference(expected, actual);
  return memberDifference(expected, actual, '');
}

function memberDifference(expected: JsonObject, actual: JsonObject, path: string): string | undefined {
  return first(Object.keys(expected), (key) => {
    if (expected[key] === ANY) return undefined;
    if (!(key in actual)) return `${path}/${key}: missing, should be ${show(expected[key])}`;
    return difference(expected[key], actual[key], `${path}/${key}`);
  });
}

function jsonDifference(expected: unknown, actual: unknown, path: string): string | undefined {
  if (typeof actual !== 'string') return mismatch(path, expected, actual);
  let parsed: unknown;
  try {
    parsed = JSON.parse(actual);
  } catch {
    return mismatch(path, expected, actual);
  }
  const isLambdaError = isObject(expected) && 'errorType' in expected && 'errorMessage' in expected;
  if (isLambdaError && isObject(parsed)) return memberDifference(expected, parsed, path);
  return difference(expected, parsed, path);
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.split(ANY).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('[\\s\\S]*')}$`);
}

function first<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

function mismatch(path: string, expected: unknown, actual: unknown): string {
  return `${path || 'value'}: should be ${show(expected)}, but is ${show(actual)}`;
}

/** Compares a history with the recording, at all levels of strictness that the recording still has. */
export function historyDifference(
  expected: readonly FlatEvent[],
  actual: readonly FlatEvent[],
  order: string,
): string | undefined {
  if (expected.length !== actual.length) {
    return `${actual.length} events instead of ${expected.length}: ${actual.map((event) => event.type).join(' ')}`;
  }
  const misnumbered = actual.findIndex(({ id }, index) => id !== index + 1);
  if (misnumbered >= 0) return `event ${misnumbered + 1} has the id ${show(actual[misnumbered]?.id)}`;
  if (order === 'concurrent')
    return matchAll(range(expected.length), range(actual.length), { expected, actual, chained: true });
  return first(expected.keys(), (index) => {
    const wanted = expected[index];
    if (wanted === undefined) return undefined;
    if (wanted.unorderedGroup === undefined) return eventDifference(wanted, actual[index], index);
    const group = range(expected.length).filter(
      (position) => expected[position]?.unorderedGroup === wanted.unorderedGroup,
    );
    return group[0] === index ? matchAll(group, group, { expected, actual, chained: false }) : undefined;
  });
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function eventDifference(expected: FlatEvent, actual: FlatEvent | undefined, index: number): string | undefined {
  if (expected.type === ANY) return undefined;
  const at = `event ${index + 1} ${expected.type}`;
  const content = contentDifference(expected, actual);
  if (content !== undefined) return `${at} ${content}`;
  if (expected.previousEventId === undefined || expected.previousEventId === actual?.previousEventId) return undefined;
  return `${at} previousEventId: should be ${expected.previousEventId}, but is ${actual?.previousEventId}`;
}

function contentDifference(expected: FlatEvent, actual: FlatEvent | undefined): string | undefined {
  const { previousEventId: _previous, unorderedGroup: _group, id: _id, ...wanted } = expected;
  const { previousEventId: _actualPrevious, id: _actualId, ...found } = actual ?? { type: 'nothing' };
  return difference({ details: {}, ...wanted }, { details: {}, ...found });
}

interface Comparison {
  readonly expected: readonly FlatEvent[];
  readonly actual: readonly FlatEvent[];
  /** Also compare what each event follows. */
  readonly chained: boolean;
}

/** Pairs recorded events with written ones, each once; names the first that finds no partner. */
function matchAll(wanted: readonly number[], found: readonly number[], comparison: Comparison): string | undefined {
  const partnerOf = new Map<number, number>();
  const pair = (position: number, tried: Set<number>): boolean => {
    for (const candidate of found) {
      if (tried.has(candidate) || !alike(position, candidate, comparison)) continue;
      tried.add(candidate);
      const rival = partnerOf.get(candidate);
      if (rival === undefined || pair(rival, tried)) {
        partnerOf.set(candidate, position);
        return true;
      }
    }
    return false;
  };
  return first(wanted, (position) =>
    pair(position, new Set())
      ? undefined
      : `no partner for recorded event ${position + 1}: ${show(comparison.expected[position])}`,
  );
}

/** What follows several branches at once depends on which finished last. */
const JOIN = /^(Map|Parallel)State(Succeeded|Failed|Exited|Aborted)$|^MapIterationStarted$/;

function alike(position: number, candidate: number, comparison: Comparison): boolean {
  const expected = comparison.expected[position];
  const actual = comparison.actual[candidate];
  if (expected === undefined || actual === undefined) return false;
  if (expected.type === ANY) return true;
  if (contentDifference(expected, actual) !== undefined) return false;
  if (!comparison.chained || expected.previousEventId === undefined || JOIN.test(expected.type)) return true;
  if (expected.previousEventId === 0 || actual.previousEventId === 0)
    return expected.previousEventId === actual.previousEventId;
  return alike(expected.previousEventId - 1, (actual.previousEventId ?? 0) - 1, comparison);
}
