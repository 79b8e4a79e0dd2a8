/** How a changed member is told: what it is called, and its value in words. */
export interface MemberWords {
  readonly called: string;
  readonly say?: (value: unknown) => string;
}

type Members = Readonly<Record<string, unknown>>;

/**
 * What differs between two tables, member by member: 'due 4 days after closed won, was 3 days after closed won'. Members
 * without words of their own are told by name and as JSON, so that no difference is passed over. `except`: told elsewhere.
 */
export function memberChanges(
  before: object,
  after: object,
  {
    words = {},
    except = [],
  }: { readonly words?: Readonly<Record<string, MemberWords>>; readonly except?: readonly string[] },
): readonly string[] {
  if (before === after) return [];
  const [was, is] = [before as Members, after as Members];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => !except.includes(name));
  return names.flatMap((name) => {
    if (isSame(was[name], is[name])) return [];
    const { called, say = quoted } = words[name] ?? { called: name };
    if (was[name] === undefined) return [`${called} ${say(is[name])}, was not said`];
    if (is[name] === undefined) return [`${called} is not said any more, was ${say(was[name])}`];
    return [`${called} ${say(is[name])}, was ${say(was[name])}`];
  });
}

/** The same, whatever the order of their members. */
export const isSame = (a: unknown, b: unknown): boolean => a === b || stable(a) === stable(b);

const stable = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  ) ?? '';

/** A text in quotes, anything else as JSON. */
export const quoted = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

/** What came, what went, and what stayed under its name. */
export function namesChanged<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): {
  readonly added: readonly (readonly [string, T])[];
  readonly gone: readonly (readonly [string, T])[];
  readonly kept: readonly { readonly name: string; readonly was: T; readonly is: T }[];
} {
  return {
    added: Object.entries(after).filter(([name]) => !Object.hasOwn(before, name)),
    gone: Object.entries(before).filter(([name]) => !Object.hasOwn(after, name)),
    kept: Object.entries(after).flatMap(([name, is]) => {
      const was = before[name];
      return was === undefined ? [] : [{ name, was, is }];
    }),
  };
}

/** The list as a table, by a name that each entry has. */
export const byName = <T>(list: readonly T[], nameOf: (entry: T) => string): Readonly<Record<string, T>> =>
  Object.fromEntries(list.map((entry) => [nameOf(entry), entry]));
