import type { Measured } from '../../domain/reports/measured-handoff.ts';
import type { Scope, Whose } from '../../domain/reports/who-sees.ts';

/** Of one and the same handoffs: most of it are numbers, which take no room. */
const mostKept = 60;

/** What a reader sees is a copy of all rows, which takes as much room as they do. */
const mostSights = 3;
const sightMark = 'sight ';

const kept = new WeakMap<Measured, Map<string, unknown>>();

/**
 * What is made of measured handoffs, made once: they stay the same until the next night, and pages of one reader ask for the same
 * again and again. The last few are kept, and no longer than what they are made of.
 */
export function madeOnce<T>(measured: Measured, key: string, make: () => T): T {
  const known = kept.get(measured) ?? new Map<string, unknown>();
  kept.set(measured, known);
  const made = known.has(key) ? (known.get(key) as T) : make();
  // The last one used is the last to go.
  known.delete(key);
  known.set(key, made);
  for (const oldest of known.keys()) {
    if (known.size <= (key.startsWith(sightMark) ? mostSights : mostKept)) break;
    known.delete(oldest);
  }
  return made;
}

/** What tells apart what readers see: all of their scope that `seenBy` asks for. */
export const sightOf = (scope: Scope, whose: Whose): string =>
  sightMark +
  JSON.stringify([
    whose,
    scope.everybody,
    ...[scope.self, scope.reports, scope.line, scope.known].map((ids) => [...ids]),
    ...[scope.names, scope.teams].map((names) => [...names.keys()]),
  ]);
