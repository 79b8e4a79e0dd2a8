import { isRecord } from '../../functions/domain/fields/record.ts';
import { either } from '../../functions/domain/fields/words.ts';
import { parseWithin, type Within } from '../../functions/domain/time/due.ts';

/** Whether something said in a table is understood. */
export interface Check<T> {
  /** Why it is not, one sentence each; `at` is how sentences call the place. */
  readonly problems: (said: unknown, at: string) => string[];
  /** What it understands; for the compiler only. */
  readonly understood?: T;
}

/** A member that may be left out. */
interface Maybe<T> {
  readonly maybe: Check<T>;
}

/** A check for each member of T, so that none is forgotten: `Maybe` for those that may be left out. */
export type Members<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? Maybe<Exclude<T[K], undefined>> : Check<T[K]>;
};

/** A table whose members are known. */
export interface Table<T> extends Check<T> {
  readonly members: Readonly<Record<string, Check<unknown> | Maybe<unknown>>>;
}

export const maybe = <T>(check: Check<T>): Maybe<T> => ({ maybe: check });

/** Exactly these members. */
export function table<T>(members: Members<T>): Table<T> {
  const known: Table<T>['members'] = members;
  return {
    members: known,
    problems: (said, at) => (isRecord(said) ? memberProblems(known, said, at) : [no(at, said, 'table')]),
  };
}

/** The same table, of which everything may be left out. */
export const partly = <T>({ members }: Table<T>): Check<Partial<T>> => {
  const known = Object.fromEntries(
    Object.entries(members).map(([name, check]) => [name, 'maybe' in check ? check : maybe(check)]),
  );
  return { problems: (said, at) => (isRecord(said) ? memberProblems(known, said, at) : [no(at, said, 'table')]) };
};

function memberProblems(
  known: Table<unknown>['members'],
  said: Readonly<Record<string, unknown>>,
  at: string,
): string[] {
  const unknown = Object.keys(said).filter((member) => !Object.hasOwn(known, member));
  return [
    ...unknown.map((member) => `${subject(at)} says "${member}", which nothing in the code understands.`),
    ...Object.entries(known).flatMap(([member, check]) => {
      const value = said[member];
      if ('maybe' in check) return value === undefined ? [] : check.maybe.problems(value, inside(at, member));
      return value === undefined
        ? [`${subject(at)} does not say "${member}".`]
        : check.problems(value, inside(at, member));
    }),
  ];
}

/** Any number of entries under names of their own; `called` names the place of one. */
export const entries = <T>(check: Check<T>, called: (name: string) => string): Check<Readonly<Record<string, T>>> => ({
  problems: (said, at) =>
    isRecord(said)
      ? Object.entries(said).flatMap(([key, value]) => [
          ...name.problems(key, called(key)),
          ...(value === undefined ? [] : check.problems(value, called(key))),
        ])
      : [no(at, said, 'table')],
});

/** A list; `called` names the place of an item, which is the list's unless said. */
export const listOf = <T>(
  check: Check<T>,
  called: (at: string, item: unknown, i: number) => string = (at) => at,
): Check<readonly T[]> => ({
  problems: (said, at) =>
    Array.isArray(said) ? said.flatMap((item, i) => check.problems(item, called(at, item, i))) : [no(at, said, 'list')],
});

/** One of some words; the compiler keeps the record of them complete. */
export const oneOf = <V extends string>(values: Readonly<Record<V, true>>, called: string): Check<V> => ({
  problems: (said, at) =>
    typeof said === 'string' && Object.hasOwn(values, said)
      ? []
      : [`${at}: ${shown(said)} is no ${called}; say ${either(Object.keys(values).map(shown))}.`],
});

/** Tables told apart by a member. */
export const toldApartBy = <V extends string, T>(
  member: string,
  values: Check<V>,
  tables: Readonly<Record<V, Check<T>>>,
): Check<T> => ({
  problems: (said, at) => {
    if (!isRecord(said)) return [no(at, said, 'table')];
    const problems = values.problems(said[member], inside(at, member));
    return problems.length > 0 ? problems : tables[said[member] as V].problems(said, at);
  },
});

/** Tables told apart by which of these members they have. */
export const withOneOf = <T>(tables: Readonly<Record<string, Check<T>>>): Check<T> => ({
  problems: (said, at) => {
    const found = Object.entries(tables).find(([member]) => isRecord(said) && said[member] !== undefined);
    return found
      ? found[1].problems(said, at)
      : [`${subject(at)} says none of ${either(Object.keys(tables).map(shown))}.`];
  },
});

/** This word, or else something else. */
export const wordOr = <V extends string, T>(word: V, other: Check<T>): Check<V | T> => ({
  problems: (said, at) => {
    if (said === word) return [];
    return typeof said === 'string' ? [`${at}: ${shown(said)} is not "${word}".`] : other.problems(said, at);
  },
});

const ofType = <T>(called: string, is: (said: unknown) => boolean): Check<T> => ({
  problems: (said, at) => (is(said) ? [] : [no(at, said, called)]),
});

export const text = ofType<string>('text', (said) => typeof said === 'string' && said.trim() !== '');
/** What a playbook calls something; a table seems to have what every object in JavaScript has. */
export const name: Check<string> = {
  problems: (said, at) => {
    const problems = text.problems(said, at);
    return problems.length === 0 && String(said) in {} ? [`${at}: "${said}" cannot be a name.`] : problems;
  },
};
export const number = ofType<number>('number', (said) => typeof said === 'number' && Number.isFinite(said));
export const yesOrNo: Check<boolean> = {
  problems: (said, at) => (typeof said === 'boolean' ? [] : [`${at}: ${shown(said)} is neither true nor false.`]),
};
export const yes: Check<true> = {
  problems: (said, at) => (said === true ? [] : [`${at}: ${shown(said)} is not true: leave it out instead.`]),
};

/** A span that can be parsed. */
export const span: Check<Within> = {
  problems: (said, at) => {
    const parsed = parseWithin(String(said));
    return parsed instanceof Error ? [`${at}: ${parsed.message}.`] : [];
  },
};

/** How sentences call the tables that everything else is in. */
export const roots = { playbook: 'The playbook', overlay: 'it' } as const;
const isRoot = (at: string): boolean => Object.values<string>(roots).includes(at);

const inside = (at: string, member: string): string => (isRoot(at) ? `"${member}"` : `${at}, "${member}"`);
const subject = (at: string): string => (at.includes(', ') ? `${at},` : at);
const shown = (said: unknown): string => JSON.stringify(said) ?? 'nothing';
const no = (at: string, said: unknown, called: string): string => `${at}: ${shown(said)} is no ${called}.`;
